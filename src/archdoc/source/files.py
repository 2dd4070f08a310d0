"""From files to trees: which files belong to a model, and what can be wrong with a file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import yaml

from archdoc.report import Diagnostic, Note, Span
from archdoc.source.tree import TooLargeError, Tree, TreeBuilder

_MAX_BYTES = 10 * 1024 * 1024
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def shown(path: Path) -> str:
    """A path as people know it: relative to the working directory where it is inside it."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix() or "."
    except ValueError:
        return path.as_posix()


def model_files(path: Path) -> tuple[list[Path], list[Diagnostic]]:
    """The YAML files of a model that is a file or a folder, sorted; hidden files are not part."""
    if not path.exists():
        return [], [
            Diagnostic(
                "no-model",
                f"there is no model at {shown(path)}",
                subject=shown(path),
                help="name the model's file or folder, or run in the folder that holds `model/`",
            )
        ]
    if path.is_file():
        return [path], []
    root = path.resolve()
    files = [
        file
        for file in sorted(path.rglob("*"))
        if file.suffix in {".yaml", ".yml"}
        and not any(part.startswith((".", "#")) for part in file.relative_to(path).parts)
        and file.is_file()
    ]
    outside = [file for file in files if not file.resolve().is_relative_to(root)]
    problems = [
        _about_file(
            "outside-file", f"{shown(f)} leads out of the model's folder", f, "copy it here"
        )
        for f in outside
    ]
    if not files:
        message = f"{shown(path)} holds no YAML file"
        problems.append(_about_file("no-model", message, path, "write the model into `app.yaml`"))
    return [file for file in files if file not in outside], problems


def read_tree(file: Path) -> tuple[Tree | None, list[Diagnostic]]:
    """One file as a tree; None and diagnostics where it cannot be read."""
    text, problem = _text(file)
    if problem is not None:
        return None, [problem]
    builder = TreeBuilder(shown(file), text)
    try:
        document = _only_document(text, builder, file)
        tree = None if document is None else builder.build(document)
    except yaml.MarkedYAMLError as error:
        return None, [_syntax(error, builder)]
    except TooLargeError as error:
        return None, [Diagnostic("yaml-syntax", str(error), span=error.span)]
    except (yaml.YAMLError, RecursionError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        return None, [_about_file("yaml-syntax", f"this is not YAML: {reason}", file, "")]
    if tree is not None and not isinstance(tree.value, dict):
        message = "a model file is a mapping with keys such as `systems:`"
        builder.problems.append(Diagnostic("wrong-type", message, span=tree.span))
        tree = None
    return tree, builder.problems


def _only_document(text: str, builder: TreeBuilder, file: Path) -> yaml.Node | None:
    """The one document of a file; None, and a problem, where there is none or a second one."""
    documents = list(yaml.compose_all(text, Loader=_LOADER))
    if len(documents) == 1 and documents[0] is not None:
        document: yaml.Node = documents[0]
        return document
    if len(documents) > 1:
        problem = Diagnostic(
            "yaml-syntax",
            "a second document begins here",
            span=builder.span(documents[1]),
            help="write one document a file, without `---`",
        )
    else:
        problem = _about_file("empty-file", f"{shown(file)} is empty", file, "remove it")
    builder.problems.append(problem)
    return None


def combine(trees: Iterable[Tree]) -> tuple[Tree, list[Diagnostic]]:
    """Several files as one model: mappings are joined, lists appended, and nothing said twice."""
    first, *others = trees
    problems: list[Diagnostic] = []
    result = first
    for other in others:
        result = _join(result, other, "", problems)
    return result, problems


def _join(left: Tree, right: Tree, name: str, problems: list[Diagnostic]) -> Tree:
    if isinstance(left.value, list) and isinstance(right.value, list):
        return Tree([*left.value, *right.value], left.span)
    if isinstance(left.value, dict) and isinstance(right.value, dict):
        values, keys = dict(left.value), dict(left.keys)
        for key, value in right.value.items():
            here = right.keys[key]
            if key not in values:
                values[key], keys[key] = value, here
            elif _is_collection(values[key]) and _is_collection(value):
                values[key] = _join(values[key], value, key, problems)
            else:
                problems.append(_twice(key, here, keys[key]))
        return Tree(values, left.span, keys)
    problems.append(_twice(name, right.span, left.span))
    return left


def _is_collection(tree: Tree) -> bool:
    return isinstance(tree.value, dict | list)


def _twice(name: str, here: Span, there: Span) -> Diagnostic:
    return Diagnostic(
        "duplicate-id",
        f"`{name}` is given in two files",
        span=here,
        notes=(Note("first given here", there),),
        help="keep one of them",
    )


def _text(file: Path) -> tuple[str, Diagnostic | None]:
    try:
        if file.stat().st_size > _MAX_BYTES:
            message = f"{shown(file)} is larger than {_MAX_BYTES // 2**20} MiB"
            return "", _about_file("unreadable-file", message, file, "split it, or leave it out")
        data = file.read_bytes()
    except OSError as error:
        message = f"{shown(file)} cannot be read: {error.strerror}"
        return "", _about_file("unreadable-file", message, file, "check its permissions")
    try:
        return data.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"{shown(file)} is not UTF-8 (line {line})"
        return "", _about_file("unreadable-file", message, file, "save it as UTF-8")


def _about_file(code: str, message: str, file: Path, help_: str) -> Diagnostic:
    return Diagnostic(code, message, subject=shown(file), help=help_)


def _syntax(error: yaml.MarkedYAMLError, builder: TreeBuilder) -> Diagnostic:
    """PyYAML's complaint with its place; its context ("while parsing a mapping") as a note."""
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return Diagnostic("yaml-syntax", str(error), subject=builder.file)
    line = builder.lines[mark.line] if mark.line < len(builder.lines) else ""
    span = Span(builder.file, mark.line + 1, mark.column + 1, mark.column + 2, line.rstrip("\r"))
    notes: tuple[Note, ...] = ()
    if error.context and error.context_mark and error.context_mark.line != mark.line:
        start = error.context_mark
        text = builder.lines[start.line].rstrip("\r") if start.line < len(builder.lines) else ""
        at = Span(builder.file, start.line + 1, start.column + 1, start.column + 2, text)
        notes = (Note(error.context, at),)
    message = f"this is not YAML: {error.problem or error.context}"
    help_ = "text with `: `, `{`, `#` or quotes in it must stand in quotes"
    return Diagnostic("yaml-syntax", message, span=span, notes=notes, help=help_)
