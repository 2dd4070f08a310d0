"""Environments compared, for terminals and for programs. Nothing reads it back."""

from archdoc.outputs.comparison.all_changes import all_changes
from archdoc.outputs.comparison.emit import changes_json, table_json
from archdoc.outputs.comparison.text import changes_text, table_text

__all__ = ["all_changes", "changes_json", "changes_text", "table_json", "table_text"]
