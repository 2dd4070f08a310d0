"""Every mutant of every output of one build, and whether the check of outputs finds it.

What finds them are readers and comparisons: nothing here looks at hashes, or at bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

from archdoc.pipeline.kept import files
from archdoc.pipeline.kept.expected import Expected
from archdoc.pipeline.tree import MODEL_JSON
from archdoc.site import Page, read_page
from mutation import mermaid, pages, pictures, values
from mutation.mutant import Mutant

_SEARCH = "site/search/search_index.json"
_NAMES = {
    "c4_plantuml": "C4 picture", "c4_sequence": "C4 sequence", "aws_plantuml": "awslib picture",
    "aws_diagrams": "diagrams picture", "mermaid": "Mermaid",
    "mermaid_aws": "Mermaid of AWS",
    "mermaid_sequence": "Mermaid sequence",
}  # fmt: skip


@dataclass(frozen=True)
class Folder:
    """One build."""

    root: Path
    expected: Expected

    @property
    def paths(self) -> list[str]:
        """Every file that mutants are made of, or that facts are read from."""
        pages = (f"site/{page.path}" for page in self.pages)
        return [*self.expected.vectors, *self.expected.texts, *pages, _SEARCH]

    def mutants(self) -> Iterator[Mutant]:
        """All of them, each kind of output in turn."""
        for source in self.expected.sources:
            output = _NAMES.get(source.output.name, source.output.name)
            if source.is_drawn:
                graph = source.output.shows(source.diagram)
                held = {vertex.id for vertex in graph.vertices if vertex.parent}
                inside = frozenset(n for n, id_ in source.emitted.names.items() if id_ in held)
                svg = (self.root / source.svg_path).read_bytes()
                yield from pictures.mutants(output, source.svg_path, svg, inside)
            elif source.output.read_text is not None:
                yield from mermaid.mutants(output, source.path, source.emitted.source)
        yield from self._texts()
        yield from self._site()

    def _texts(self) -> Iterator[Mutant]:
        for path in self.expected.texts:
            content = (self.root / path).read_bytes()
            if path.endswith("compose.yaml"):
                document = yaml.safe_load(content)
                yield from values.mutants("compose.yaml", path, document, _as_yaml, _in_compose)
            elif path.endswith(".env.example"):
                yield from pages.settings(path, content.decode())
            elif path == MODEL_JSON:
                document = json.loads(content)
                yield from values.mutants("model.json", path, document, _as_json, _in_json)

    def _site(self) -> Iterator[Mutant]:
        generated = {*self.expected.page_paths, "views.html", "versions.html", "environments.html"}
        for path in sorted(generated):
            file = self.root / "site" / path
            if file.is_file() and not self.expected.is_own(path):
                yield from pages.mutants(f"site/{path}", file.read_text("utf-8"))
        document = json.loads((self.root / _SEARCH).read_bytes())
        found = values.mutants("search index", _SEARCH, document["docs"], _as_index, _in_json)
        for mutant in found:
            # Results are ordered by `boost`; it tells nobody anything. And a page of the project's
            # own may say that nobody should find it.
            is_no_fact = mutant.kind.startswith("boost") or (
                mutant.kind == "entry dropped" and not self._is_generated(mutant.change)
            )
            if not is_no_fact:
                yield mutant

    def _is_generated(self, entry: str) -> bool:
        """Whether an entry of the index, as it is told of, is of a page that archdoc writes."""
        found = re.search(r"'location': '([^'#]*)", entry)
        return found is not None and self.expected.page(found[1]) is not None

    @cached_property
    def pages(self) -> list[Page]:
        """Every page that can be searched for."""
        site = self.root / "site"
        paths = (file.relative_to(site).as_posix() for file in sorted(site.rglob("*.html")))
        return [read_page(p, (site / p).read_bytes()) for p in paths if p != "404.html"]

    def finds(self, mutant: Mutant) -> bool:
        """Whether the check tells that something is wrong in the file, or that it is no such."""
        try:
            return bool(self.differences(mutant.path, mutant.make()))
        except ValueError:
            return True

    def differences(self, path: str, content: bytes) -> list[str]:
        """The facts that a file has wrong. Raises ValueError for one that cannot be read."""
        expected = self.expected
        if path in expected.vectors:
            return [*map(str, files.picture_differences(expected.vectors[path], content))]
        if path in expected.texts:
            return [*map(str, files.text_differences(path, content, expected))]
        if path == _SEARCH:
            return [*map(str, files.search_differences(content, self.pages, expected))]
        page = read_page(path.removeprefix("site/"), content)
        return [*map(str, files.page_differences(page, expected))]


def _as_yaml(document: object) -> bytes:
    return yaml.safe_dump(document).encode()


def _as_json(document: object) -> bytes:
    return json.dumps(document).encode()


def _as_index(entries: object) -> bytes:
    return json.dumps({"config": {}, "docs": entries}).encode()


def _in_compose(place: tuple[str | int, ...]) -> str:
    """`ports` of `services.nginx.ports.0`; `networks` of `networks.x.internal`."""
    words = [str(key) for key in place if not isinstance(key, int)]
    if words[0] == "services":
        return words[2] if len(words) > 2 else "service" if len(words) == 2 else "services"
    return words[0] if len(words) < 3 else f"{words[0]}: {words[2]}"


def _in_json(place: tuple[str | int, ...]) -> str:
    """`port` of `elements.3.port`; `where it runs` has the names of environments in between."""
    words = [str(key) for key in place if not isinstance(key, int)]
    if "runs_on" in words:
        return f"runs_on: {words[-1]}" if len(words) > words.index("runs_on") + 2 else "runs_on"
    held = {"settings", "properties", "links", "reword", "origin"} & set(words)
    return held.pop() if held else words[-1] if words else "entry"
