"""Write the rules' own texts as Markdown."""

from __future__ import annotations

from archdoc.outputs.templates import environment
from archdoc.rules import EVERY_RULE, OUTPUT_RULES, Rule


def emit() -> dict[str, bytes]:
    """The pages, by path: `index.md`, and one named after each rule."""
    jinja = environment("rules")
    page, index = jinja.get_template("rule.md.j2"), jinja.get_template("index.md.j2")
    pages = {"index.md": index.render(rules=EVERY_RULE)}
    for rule in EVERY_RULE:
        pages[f"{rule.name}.md"] = page.render(
            rule=rule,
            example=_fenced(rule.example, _language(rule)),
            accept=_fenced(f"# archdoc: ignore[{rule.name}] why it is right here", "yaml"),
        )
    return {path: text.encode() for path, text in pages.items()}


def _language(rule: Rule) -> str:
    if rule.example.startswith("$ "):
        return "console"
    return "text" if rule in OUTPUT_RULES else "yaml"


def _fenced(text: str, language: str) -> str:
    fence = "````" if "```" in text else "```"
    return f"{fence}{language}\n{text}\n{fence}"
