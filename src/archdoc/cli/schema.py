"""`archdoc schema`."""

from __future__ import annotations

import click


@click.command("schema")
def command() -> None:
    """Print the JSON Schema of model files, for editors.

    An editor finds it by the first line of a model file: `# yaml-language-server: $schema=FILE`.
    """
    from archdoc.source import schema_text

    click.echo(schema_text(), nl=False)
