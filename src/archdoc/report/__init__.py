"""Findings as values (`Diagnostic`), and one module for each way to show them."""

from archdoc.report.diagnostic import Diagnostic, Note, Severity, Span, in_order

__all__ = ["Diagnostic", "Note", "Severity", "Span", "in_order"]
