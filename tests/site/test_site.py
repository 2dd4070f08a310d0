"""The built site: what is on its pages, and that every link leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from archdoc.model import Model
from archdoc.pipeline import Report, build
from archdoc.site import Written
from archdoc.site.blocks import render_block
from archdoc.site.content import Content
from archdoc.site.markdown import code_block, escape
from archdoc.site.own_pages import expand
from archdoc.source import Loaded, load_model
from helpers import HOSTILE, SMALL, archdoc_model, on_aws, write
from site_pages import BuiltPage, broken_links, read


@pytest.fixture(scope="module")
def pages(built: Report) -> dict[Path, BuiltPage]:
    return {file: read(file) for file in (built.folder / "site").rglob("*.html")}


def test_nothing_was_complained_of(built: Report) -> None:
    assert built.problems == ()


def test_every_link_leads_to_a_file_and_every_anchor_to_an_id(pages: dict[Path, BuiltPage]) -> None:
    assert broken_links(pages) == []


def test_ids_are_unique_though_pictures_are_inlined(pages: dict[Path, BuiltPage]) -> None:
    for file, page in pages.items():
        twice = {id_ for id_ in page.ids if page.ids.count(id_) > 1}
        assert twice == set(), file


def test_no_page_asks_another_host_for_anything(built: Report) -> None:
    for file in (built.folder / "site").rglob("*.html"):
        asked = re.findall(r'(?:src|<link[^>]+href)="(https?:[^"]+)"', file.read_text("utf-8"))
        assert asked == []


def test_every_element_and_environment_has_a_page(
    pages: dict[Path, BuiltPage], reference: Loaded, built: Report
) -> None:
    there = {file.relative_to(built.folder / "site").as_posix() for file in pages}

    assert {f"elements/{id_}.html" for id_ in reference.model.index.elements} <= there
    assert {f"environments/{id_}.html" for id_ in reference.model.environments} <= there


def test_elements_in_pictures_are_links_to_their_pages(built: Report) -> None:
    start = (built.folder / "site" / "index.html").read_text("utf-8")

    assert re.search(
        r'<a href="elements/app\.django\.html"><g [^>]*data-element="app\.django"', start
    )


def test_nodes_in_pictures_lead_to_their_rows(
    pages: dict[Path, BuiltPage], reference: Loaded, built: Report
) -> None:
    site = built.folder / "site"
    for environment, nodes in reference.model.index.nodes.items():
        file = site / "environments" / f"{environment}.html"
        places = {f"node.{node.local_id}" for node in nodes.values()}
        text = file.read_text("utf-8")

        assert places <= set(pages[file].ids)
        for node in nodes.values():
            own = re.findall(rf'<a href="([^"]+)"><g [^>]*data-element="{node.id}"', text)
            assert set(own) <= {f"#node.{node.local_id}"}
        assert '<a href="#node.' in text
    document = (site / "deployment-architecture.html").read_text("utf-8")
    assert '<a href="environments/aws-advanced.html#node.rds"><g ' in document


def test_the_documents_page_has_its_sections_pictures_and_versions(built: Report) -> None:
    file = built.folder / "site" / "deployment-architecture.html"
    text = " ".join(" ".join(read(file).text).split())

    for heading in (
        "Context", "Proposed solution", "Infrastructure", "On AWS: the simple architecture",
        "On AWS: the advanced architecture", "On AWS: containers on ECS",
    ):  # fmt: skip
        assert heading in text
    for version in ("Nginx 1.21.3", "Django 4.2 on Python 3.10", "PostgreSQL 15", "Redis 5.x"):
        assert version in text
    assert file.read_text("utf-8").count('<figure class="archdoc-figure"') == 7


def test_an_environments_page_shows_its_compose_file(built: Report) -> None:
    text = "".join(read(built.folder / "site" / "environments" / "compose.html").text)

    assert "set $django django:8000;" in text
    assert "image: nginx:1.21.3" in text


def test_each_file_of_a_compose_project_can_be_downloaded_hidden_ones_too(built: Report) -> None:
    page = (built.folder / "site" / "environments" / "compose.html").read_text("utf-8")
    for path in ("compose.yaml", ".env.example", "nginx/default.conf"):
        place = f"compose/compose/{path.removeprefix('.')}"
        assert re.search(rf'<a download href="\.\./{re.escape(place)}"', page)
        made = (built.folder / "compose" / "compose" / path).read_bytes()
        assert (built.folder / "site" / place).read_bytes() == made


def test_hostile_text_is_shown_and_not_obeyed(tmp_path: Path, engines: None) -> None:
    name = HOSTILE.replace("'", "''")
    text = SMALL.replace("name: Shop", f"name: '{name}'").replace("Sells.", f"'{name}'")
    report = build(load_model(write(tmp_path / "model", app=text)), tmp_path / "build")
    page = read(tmp_path / "build" / "site" / "index.html")
    words = " ".join(" ".join(page.text).split())

    assert report.problems == ()
    assert " ".join(HOSTILE.split()) in words
    assert "<script>alert" not in (tmp_path / "build" / "site" / "index.html").read_text("utf-8")


def _model() -> Model:
    return Model.model_validate(
        {
            "name": "m",
            "systems": {"s": {"containers": {"db": {"technology": "P|G", "version": "15"}}}},
            "environments": {"e": {"name": "E", "nodes": {"n": {"kind": "host", "name": "N"}}}},
        }
    )


def test_a_balancer_before_another_node_names_it_on_the_environments_page() -> None:
    nodes = "a: {kind: aws.ec2, in: vpc, runs: [web]}\nalb: {kind: aws.alb, in: vpc, fronts: web}\n"
    model = archdoc_model(on_aws(nodes + "cdn: {kind: aws.cloudfront, in: aws, fronts: [alb, a]}"))
    text = Written.of(Content(model, ())).generated["environments/e.md"]

    assert "| Alb, A |" in text
    assert "| [Web](../elements/s.web.md) |" in text


def test_values_are_filled_in_outside_of_code_only() -> None:
    code = "\n```\n{{ db.version }}\n```\n"
    page = "{{ db.version }} `{{ db.version }}` {{ e.name }} {{e.n.name}}\n" + code
    text, problems = expand(page, _model(), lambda _: "")

    assert text == "15 `{{ db.version }}` E N\n" + code
    assert problems == []


def test_a_value_is_escaped() -> None:
    assert expand("{{ db.technology }}", _model(), lambda _: "")[0] == "P&#124;G\n"


WRONG = {
    "{{ dbb.name }}": ("no element is called `dbb`", "dbb", "did you mean `db`?"),
    "`code` {{ db.verson }} x": ("`db` has no `verson`, but ", "verson", "did you mean `version`?"),
    "{{ e.name }} {{ f.m.name }}": ("no element is called `f.m`", "f.m", ""),
    "{{ e.m.name }}": ("no element is called `m`", "e.m", "did you mean `e.n`?"),
    "```archdoc\nview:  overview\n```": ("there is no view `overview`", "overview", ""),
    "```archdoc\ntabel: versions\n```": ("a block says ", "tabel", "did you mean `table`?"),
    "```archdoc\ntable: version\n```": ("a block says ", "version", "did you mean `versions`?"),
    "```archdoc\nview: x\noutput: awz\n```": ("no output `awz`", "awz", "did you mean `aws`?"),
    "```archdoc\ntable\n```": ("`table` is not `key: value`", "table", ""),
    "```archdoc\n```": ("a block says ", "```archdoc", ""),
    "~~~archdoc\ntable: versions\n": ("no end: write ~~~ in the line after", "~~~archdoc", ""),
}


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_value_or_block_is_named_at_its_word_and_shown_in_its_place(text: str) -> None:
    message, word, label = WRONG[text]
    content, page = Content(_model(), ()), f"a\n\n{text}"
    shown, (problem,) = expand(
        page, content.model, lambda settings: render_block(settings, content, lambda _: "", str)
    )
    line = page.splitlines()[problem.line - 1]

    assert message in problem.message
    assert problem.label == label
    assert line[problem.column - 1 : problem.end_column and problem.end_column - 1] == word
    assert escape(problem.message) in shown
    assert "<mark>" in shown or "!!! failure" in shown


def test_another_block_may_end_with_the_page() -> None:
    page = "```yaml\n{{ db.nothing }}\n"

    assert expand(page, _model(), lambda _: "") == (page, [])


def test_a_fenced_block_inside_a_longer_fence_is_an_example() -> None:
    page = "````\n```archdoc\nview: x\n```\n````\n"

    def block(settings: dict[str, str]) -> str:
        raise AssertionError(settings)

    assert expand(page, _model(), block) == (page, [])


def test_no_text_ends_its_code_block() -> None:
    assert code_block("a\n```\nb", "text") == "````text\na\n```\nb\n````\n"


def test_escaping_leaves_letters_alone() -> None:
    assert escape("Requests over HTTPS, ünïcode 🎉") == "Requests over HTTPS, ünïcode 🎉"


def test_code_in_a_list_is_left_alone() -> None:
    page = "1. step\n\n    ```yaml\n    x: ${{ secrets.token }}\n    ```\n"

    assert expand(page, _model(), lambda _: "") == (page, [])


def test_what_a_picture_leaves_out_is_named_below_it(built: Report) -> None:
    page = (built.folder / "site" / "views.html").read_text("utf-8")

    arrow = "the arrow Magnet staff → Django application “Manages”"
    assert f"Not in this picture: {arrow}, which is shown where Django application is one" in page
    assert "the description of" not in page  # it stands in the table
    assert (built.folder / "site" / "diagrams" / "containers.mmd").exists()
    assert 'href="diagrams/containers.mmd" download>MMD</a>' in page


def test_an_element_leads_to_the_flows_in_which_it_or_what_is_inside_takes_part(
    built: Report,
) -> None:
    site = built.folder / "site"
    views = "../views.html#flow."
    shown = {
        "app.beat": ["task"],
        "app.nginx": ["page"],
        "app.redis": ["page", "task"],
        "app": ["page", "task"],
        "app.media": [],
        "staff": [],
    }
    for id_, flows in shown.items():
        page = read(site / "elements" / f"{id_}.html")
        assert [k for k in page.links if k.startswith(views)] == [f"{views}{f}" for f in flows]
        assert ("takes-part-in" in page.ids) == bool(flows)
    assert {"flow.page", "flow.task"} <= set(read(site / "views.html").ids)


def test_a_page_says_every_port_that_its_container_listens_on(built: Report) -> None:
    elements = built.folder / "site" / "elements"
    nginx = (elements / "app.nginx.html").read_text("utf-8")

    assert "<td>Listens on port</td>\n<td>443</td>" in nginx
    assert "<td>Also on port</td>\n<td>80</td>" in nginx
    assert "Also on port" not in (elements / "app.django.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("service", "said"),
    [
        ({}, "none"),
        ({"healthcheck": {"disable": True}}, "none"),
        ({"healthcheck": {"test": ["CMD", "true"]}}, "set"),
        ({"healthcheck": {"test": ["CMD", "true"], "interval": "1m30s"}}, "every 1m30s"),
    ],
)
def test_a_page_says_how_often_health_is_asked_for(service: dict[str, object], said: str) -> None:
    service = {"image": "a", **service}
    model = {"name": "m", "systems": {"s": {"containers": {"a": {"service": service}}}}}
    pages = Written.of(Content(Model.model_validate(model), ())).generated

    assert f"| Health check | {said} |" in pages["elements/s.a.md"]
