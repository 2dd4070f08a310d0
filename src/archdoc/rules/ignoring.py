"""Which findings are left out because somebody accepted them, and which such comments are vain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from archdoc.report import Diagnostic, did_you_mean
from archdoc.rules.base import Rule
from archdoc.source import Ignore

_HELP = "write `# archdoc: ignore[rule-name] reason` on the line, or alone on the line above it"


def without_ignored(
    found: Iterable[Diagnostic], ignores: Sequence[Ignore], rules: Mapping[str, Rule]
) -> Iterator[Diagnostic]:
    """The findings that no comment accepts, and findings about comments.

    A rule is named by its name or its code. Findings of required rules stay.
    """
    at: dict[tuple[str, int], list[Ignore]] = {}
    for ignore in ignores:
        at.setdefault((ignore.span.file, ignore.line), []).append(ignore)
    used: set[tuple[Ignore, str]] = set()
    for diagnostic in found:
        rule = rules.get(diagnostic.code)
        spans = (diagnostic.span, *(note.span for note in diagnostic.notes if note.accepts))
        lines = [(span.file, span.line) for span in spans if span and rule and not rule.required]
        here = [ignore for line in lines for ignore in at.get(line, [])]
        names = {rule.name, rule.code} if rule else set()
        accepted = {(i, name) for i in here for name in i.rules if name in names}
        used |= accepted
        if not accepted:
            yield diagnostic
    for ignore in ignores:
        yield from _judge(ignore, used, rules)


def _judge(
    ignore: Ignore, used: set[tuple[Ignore, str]], rules: Mapping[str, Rule]
) -> Iterator[Diagnostic]:
    if not ignore.rules or not ignore.reason:
        what = "why" if ignore.rules else "what"
        message = f"this comment does not say {what} it ignores"
        yield _about(ignore, "unexplained-ignore", message, rules)
    for name in ignore.rules:
        rule = rules.get(name) or next((r for r in rules.values() if r.code == name), None)
        if rule is None:
            label = did_you_mean(name, rules)
            yield _about(ignore, "unused-ignore", f"there is no rule `{name}`", rules, label)
        elif rule.required:
            message = f"`{rule.name}` cannot be ignored: no output can be made of what it finds"
            yield _about(ignore, "unused-ignore", message, rules)
        elif (ignore, name) not in used:
            message = f"`{name}` finds nothing on line {ignore.line}"
            yield _about(ignore, "unused-ignore", message, rules)


def _about(
    ignore: Ignore, code: str, message: str, rules: Mapping[str, Rule], label: str = ""
) -> Diagnostic:
    severity = rules[code].severity
    return Diagnostic(code, message, severity, span=ignore.span, label=label, help=_HELP)
