"""One file as a tree, or what keeps it from being one."""

from __future__ import annotations

import re

import yaml

from archdoc.report import Diagnostic, Note, Span
from archdoc.source.build import TooLargeError, TreeBuilder
from archdoc.source.text import SourceText
from archdoc.source.tree import Tree


def parse(source: SourceText) -> tuple[Tree | None, list[Diagnostic]]:
    """One file as a tree; None and findings where it is not YAML, or no mapping."""
    builder = TreeBuilder(source)
    try:
        tree = builder.build()
    except yaml.MarkedYAMLError as error:
        return None, [_syntax(error, source)]
    except TooLargeError as error:
        return None, [Diagnostic("yaml-syntax", str(error), span=error.span)]
    except yaml.YAMLError as error:
        message = f"this is not YAML: {error}"
        return None, [Diagnostic("yaml-syntax", message, subject=source.file)]
    if tree is None:
        message = f"{source.file} is empty"
        return None, [Diagnostic("empty-file", message, subject=source.file, help="remove it")]
    if not isinstance(tree.value, dict):
        message = "a model file is a mapping with keys such as `systems:`"
        builder.problems.append(Diagnostic("wrong-type", message, span=tree.span))
        return None, builder.problems
    return tree, builder.problems


def _syntax(error: yaml.MarkedYAMLError, source: SourceText) -> Diagnostic:
    """PyYAML's complaint with its place; its context ("while parsing a mapping") as a note."""
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return Diagnostic("yaml-syntax", str(error), subject=source.file)
    notes: tuple[Note, ...] = ()
    if error.context and error.context_mark and error.context_mark.line != mark.line:
        notes = (Note(error.context, _at(error.context_mark, source)),)
    message = f"this is not YAML: {error.problem or error.context}"
    help_ = "text with `: `, `{`, `#` or quotes in it must stand in quotes"
    if "\t" in _at(mark, source).text:
        help_ = "indent with spaces: YAML allows no tabs there"
    opened = _opened_before_comment(source.text[: mark.index])
    if opened is not None:
        notes = (Note("opened here, and not closed", source.span(opened, opened + 1)),)
        help_ = "`#` begins a comment: quote the colour, or whatever begins with it"
    return Diagnostic("yaml-syntax", message, span=_at(mark, source), notes=notes, help=help_)


_BEFORE_COMMENT = re.compile(r"[{\[][^{}\[\]\n]*[:,\[{][ \t]+#[^\n]*[}\]][^\n]*$", re.MULTILINE)


def _opened_before_comment(text: str) -> int | None:
    """Where a `{` or a `[` stands that a comment keeps from being closed: `{colour: #ff0000}`."""
    found = list(_BEFORE_COMMENT.finditer(text))
    return found[-1].start() if found else None


def _at(mark: yaml.Mark, source: SourceText) -> Span:
    return source.span(mark.index, mark.index + 1)
