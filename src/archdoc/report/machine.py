"""Findings for programs: JSON, GitHub's annotations, SARIF 2.1.0."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from archdoc.report.diagnostic import Diagnostic, Span
from archdoc.report.text import printable


def as_json(diagnostics: Sequence[Diagnostic]) -> str:
    """A list of objects, one a finding."""
    return json.dumps([_object(d) for d in diagnostics], indent=2, ensure_ascii=False) + "\n"


def github(diagnostics: Sequence[Diagnostic]) -> str:
    """Workflow commands that GitHub shows beside the lines of a pull request.

    Escaped as GitHub's runner wants it (actions/toolkit, packages/core/src/command.ts).
    """
    return "".join(_annotation(diagnostic) for diagnostic in diagnostics)


def sarif(diagnostics: Sequence[Diagnostic], rules: Mapping[str, str], version: str) -> str:
    """One run in the Static Analysis Results Interchange Format 2.1.0 (OASIS).

    `rules` gives each code's summary; `version` is archdoc's own.
    """
    codes = sorted({diagnostic.code for diagnostic in diagnostics})
    driver = {
        "name": "archdoc",
        "version": version,
        "rules": [{"id": c, "shortDescription": {"text": rules.get(c, c)}} for c in codes],
    }
    results = [_result(diagnostic, codes) for diagnostic in diagnostics]
    document = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
        ],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _object(diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "place": _place(diagnostic.span),
        "file": diagnostic.span.file if diagnostic.span else diagnostic.file,
        "subject": diagnostic.subject,
        "label": diagnostic.label,
        "help": diagnostic.help,
        "notes": [{"message": n.message, "place": _place(n.span)} for n in diagnostic.notes],
    }


def _place(span: Span | None) -> dict[str, Any] | None:
    if span is None:
        return None
    return {
        "file": span.file,
        "line": span.line,
        "column": span.column,
        "end_column": span.end_column,
    }


def _annotation(diagnostic: Diagnostic) -> str:
    properties = {"title": f"archdoc {diagnostic.code}"}
    span = diagnostic.span
    if span is not None:
        place = {"file": span.file, "line": span.line, "col": span.column}
        properties |= {name: str(value) for name, value in place.items()}
    elif diagnostic.file:
        properties["file"] = diagnostic.file
    said = ",".join(f"{name}={_escaped(text, property_=True)}" for name, text in properties.items())
    message = " ".join(filter(None, (diagnostic.message, diagnostic.label, diagnostic.help)))
    return f"::{diagnostic.severity} {said}::{_escaped(message)}\n"


def _escaped(text: str, *, property_: bool = False) -> str:
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    if property_:
        escaped = escaped.replace(":", "%3A").replace(",", "%2C")
    return printable(escaped)


def _result(diagnostic: Diagnostic, codes: list[str]) -> dict[str, Any]:
    text = ". ".join(filter(None, (diagnostic.message, diagnostic.help)))
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "ruleIndex": codes.index(diagnostic.code),
        "level": diagnostic.severity.value,
        "message": {"text": text},
    }
    span = diagnostic.span
    if span is not None:
        result["locations"] = [{"physicalLocation": _location(span)}]
    elif diagnostic.file:
        result["locations"] = [{"physicalLocation": _artifact(diagnostic.file)}]
    elif diagnostic.subject:
        logical = {"fullyQualifiedName": diagnostic.subject}
        result["locations"] = [{"logicalLocations": [logical]}]
    related = [
        {"physicalLocation": _location(note.span), "message": {"text": note.message}}
        for note in diagnostic.notes
        if note.span is not None
    ]
    if related:
        result["relatedLocations"] = related
    return result


def _location(span: Span) -> dict[str, Any]:
    region = {"startLine": span.line, "startColumn": span.column, "endColumn": span.end_column}
    return {**_artifact(span.file), "region": region}


def _artifact(file: str) -> dict[str, Any]:
    return {"artifactLocation": {"uri": quote(file)}}
