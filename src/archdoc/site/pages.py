"""The generated pages: one a system overview, one an environment, one an element."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from posixpath import dirname, relpath

from archdoc.model import (
    Container,
    Documented,
    Element,
    Link,
    Placement,
    display_name,
    further_ports,
    up_command,
    volume_named_in,
    with_ports,
)
from archdoc.outputs.compose import offered_as
from archdoc.outputs.templates import environment as templates
from archdoc.site import decisions, glossary
from archdoc.site.blocks import (
    containers,
    containers_table,
    placement_table,
    render_block,
    versions_table,
)
from archdoc.site.comparison import (
    PAGE,
    Difference,
    differences,
    values_of_page,
    ways_from,
)
from archdoc.site.content import Content, Doc, Figure
from archdoc.site.markdown import code, code_block, escape, written
from archdoc.site.marks import Marks
from archdoc.site.own_pages import Problem, expand
from archdoc.site.to_know import to_know
from archdoc.site.view_pages import VIEWS, anchors_of_flows, by_page, flows_with, views_table
from archdoc.source import body_of


@dataclass(frozen=True)
class Pages:
    """Makes pages from content. Paths are of Markdown files under the docs folder."""

    content: Content
    problems: list[tuple[Doc, Problem]] = field(default_factory=list)
    """What is wrong in files that elements name."""

    @cached_property
    def marks(self) -> Marks:
        """Where figures will be in them."""
        return Marks(self.content, self._html_page)

    @cached_property
    def element_pages(self) -> dict[str, str]:
        """Element id → its page; deployment nodes are explained on their environment's page."""
        index = self.content.model.index
        return {id_: f"elements/{id_}.md" for id_ in index.elements} | {
            node.id: f"environments/{environment}.md"
            for environment, nodes in index.nodes.items()
            for node in nodes.values()
        }

    @cached_property
    def texts(self) -> dict[str, str]:
        """Every generated page: path → Markdown, with marks where figures will be."""
        model = self.content.model
        start = {
            **self._to_run(),
            "has_views": bool(self.figures),
            "to_know": to_know(model, self._link("index.md")),
        }
        pages = {"index.md": self._render("index.md.j2", "index.md", start)}
        pages |= self._views()
        if containers(model):
            pages["versions.md"] = self._render("versions.md.j2", "versions.md", {})
        if model.groups:
            pages["groups.md"] = self._render("groups.md.j2", "groups.md", {})
        link = self._link(glossary.PAGE)
        words: dict[str, object] = {
            "own": glossary.own_words(model, link),
            "c4": glossary.words_of_c4(model, link),
        }
        pages[glossary.PAGE] = self._render("glossary.md.j2", glossary.PAGE, words)
        if self.compares:
            pages[PAGE] = self._comparison()
        pages |= self._decision_indexes()
        for environment in model.environments:
            path = f"environments/{environment}.md"
            pages[path] = self._environment(path, environment)
        for element in model.index.elements.values():
            path = self.element_pages[element.id]
            pages[path] = self._element(path, element)
        return pages

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The pictures of all views but those of environments."""
        return self.content.of_kind("landscape", "context", "container", "component", "dynamic")

    @property
    def compares(self) -> bool:
        """Whether there is a page that compares environments: there must be several."""
        return len(self.content.model.environments) > 1

    def own(self, path: str, text: str) -> tuple[str, list[Problem]]:
        """A hand-written page with its blocks and values filled in, and marks for figures.

        One that is a decision also has what its front matter says.
        """
        draw, link = self.marks.on(path), self._link(path)
        decision = next((d for d in self.content.decisions if d.page == path), None)
        expanded, problems = expand(
            body_of(text) if decision else text,
            self.content.model,
            lambda settings: render_block(settings, self.content, draw, link),
        )
        if decision:
            expanded = decisions.with_facts(expanded, self.content, decision, link)
        return expanded, problems

    def _views(self) -> dict[str, str]:
        """The page of all views, and those of single ones."""
        pages = by_page(self.figures)
        every = views_table(pages)
        return {
            path: self._render(
                "views.md.j2" if path == VIEWS else "view.md.j2",
                path,
                {"all": every, "figures": shown, "anchors": anchors_of_flows(shown)},
            )
            for path, shown in pages.items()
        }

    def _decision_indexes(self) -> dict[str, str]:
        """A page for all decisions, and one for each category."""
        found = decisions.categories(self.content)
        inner = {category: ds for category, ds in found.items() if category}
        pages = {}
        for category in dict.fromkeys(["", *found]) if found else ():
            path = decisions.index_of(category)
            values: dict[str, object] = {
                "category": category,
                "count": len(found.get(category, ())),
                "table": decisions.decisions_table(self.content, category, path, self._link(path)),
                "further": {} if category else inner,
            }
            pages[path] = self._render("decisions.md.j2", path, values)
        return pages

    def _to_run(self) -> dict[str, object]:
        """The first environment that can be run at home, and what is built there."""
        model = self.content.model
        runnable = next((e for e in model.environments if self.content.compose.get(e)), None)
        places = Placement(model, runnable).places if runnable else ()
        built = [
            place.container.name
            for place in places
            if isinstance(place.container.content, Container)
            and "build" in place.container.content.service
        ]
        return {"runnable": runnable, "building": ", ".join(built), "up": up_command()}

    def _environment(self, path: str, environment: str) -> str:
        placement = Placement(self.content.model, environment)
        own = self.content.model.links_by_environment[environment]
        nodes = ((element.name, placement.node(id_)) for id_, element in placement.nodes.items())
        said = [(name, node.said) for name, node in nodes if node.said]
        return self._render(
            "environment.md.j2",
            path,
            {
                "environment": placement.environment,
                "environment_id": environment,
                "placement": placement,
                "figures": self.content.of_environment(environment),
                "decisions": self._decisions_about(environment, path),
                "own_relationships": own,
                "said": said,
                "fronts": any(node.fronts for node in placement.environment.nodes.values()),
                "tagged": any(node.tags for node in placement.environment.nodes.values()),
                "said_titles": list(dict.fromkeys(title for _, facts in said for title in facts)),
                "compose": self.content.compose.get(environment, {}),
                "compared": ways_from(self.content, self._differences, environment, path),
            },
        )

    @cached_property
    def _differences(self) -> list[Difference]:
        return differences(self.content.model, self.content.bases, self.content.compose)

    def _comparison(self) -> str:
        values = values_of_page(self.content, self._differences, self._link(PAGE))
        return self._render("environments.md.j2", PAGE, values)

    def _element(self, path: str, element: Element) -> str:
        model = self.content.model
        inside = {element.id, *(e.id for e in model.index.descendants(element.id))}
        links = [link for link in model.links if {link.source.id, link.target.id} & inside]
        return self._render(
            "element.md.j2",
            path,
            {
                "element": element,
                "figure": self.content.picture_of(element),
                "outgoing": [k for k in links if _crosses(k, inside) and k.source.id in inside],
                "incoming": [k for k in links if _crosses(k, inside) and k.target.id in inside],
                "placements": [Placement(model, environment) for environment in model.environments],
                "children": model.index.children(element.id),
                "flows": flows_with(inside, self.figures, path),
                "decisions": self._decisions_about(element, path),
            },
        )

    def _decisions_about(self, subject: Element | str, path: str) -> str:
        found = decisions.about(self.content, subject)
        return decisions.listed(self.content, found, path)

    def _render(self, template: str, path: str, values: dict[str, object]) -> str:
        jinja = templates("site")
        return jinja.get_template(template).render(
            **values,
            model=self.content.model,
            content=self.content,
            e=escape,
            display_name=display_name,
            further_ports=further_ports,
            how_often_asked=how_often_asked,
            anchor_of_node=anchor_of_node,
            code=code,
            code_block=code_block,
            names=variable_names,
            offered_as=offered_as,
            volume_named_in=volume_named_in,
            port=lambda port: code(with_ports(self.content.model, written(port))),
            docs=lambda content: self._docs(path, content),
            draw=self.marks.on(path),
            link=self._link(path),
            to=lambda target: relpath(target, dirname(path) or "."),
            containers_table=lambda: containers_table(self.content.model, self._link(path)),
            versions_table=lambda: versions_table(self.content.model, self._link(path)),
            placement_table=lambda: placement_table(self.content.model, self._link(path)),
        )

    def _docs(self, path: str, content: Documented) -> str:
        """What the file says that an element names, with its blocks and values filled in."""
        doc = self.content.docs.get(content.docs or "")
        if doc is None:
            return ""
        text, problems = self.own(path, doc.text)
        self.problems.extend((doc, problem) for problem in problems)
        return text

    def _html_page(self, element_id: str) -> str | None:
        page = self.element_pages.get(element_id)
        if page is None:
            return None
        is_node = element_id not in self.content.model.index.elements
        place = f"#{anchor_of_node(element_id.rpartition('.')[2])}" if is_node else ""
        return f"{page.removesuffix('.md')}.html{place}"

    def _link(self, path: str) -> Callable[[str], str]:
        index = self.content.model.index

        def link(element_id: str) -> str:
            target = relpath(self.element_pages[element_id], dirname(path) or ".")
            return f"[{escape(index.elements[element_id].name)}]({target})"

        return link


def anchor_of_node(local_id: str) -> str:
    """Its row's place on its environment's page: unlike any heading's, since those have no dots."""
    return f"node.{local_id}"


def variable_names(environment: object) -> list[str]:
    """The names of a service's variables, which Compose takes as a mapping or as `NAME=value`."""
    entries = environment if isinstance(environment, dict | list) else ()
    return [str(entry).partition("=")[0] for entry in entries]


def how_often_asked(service: Mapping[str, object]) -> str:
    """Whether Docker asks a service for its health, and how often, as far as it says that."""
    check = service.get("healthcheck")
    if not isinstance(check, Mapping) or check.get("disable") is True:
        return "none"
    return f"every {escape(written(check['interval']))}" if check.get("interval") else "set"


def _crosses(link: Link, inside: set[str]) -> bool:
    return (link.source.id in inside) != (link.target.id in inside)
