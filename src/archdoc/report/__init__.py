"""Findings as values (`Diagnostic`), and one module for each way to show them."""

from archdoc.report.diagnostic import Diagnostic, Note, Severity, Span, in_order
from archdoc.report.nearest import did_you_mean, nearest

__all__ = ["Diagnostic", "Note", "Severity", "Span", "did_you_mean", "in_order", "nearest"]
