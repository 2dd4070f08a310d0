"""Outputs that somebody keeps: read back, and compared with what the model says now."""

from archdoc.pipeline.kept.check import check_outputs

__all__ = ["check_outputs"]
