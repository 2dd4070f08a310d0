"""Random models: every kind of thing that a model can say, in forms that its types allow."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from archdoc.model import CATALOGUE, ContainerKind, Model, ViewKind, mistakes_in

# Words that look like something else in some version of YAML, and ids like keys of the model.
_IDS = st.sampled_from(
    [
        "a",
        "b",
        "NO",
        "true",
        "null",
        "1",
        "01",
        "1e3",
        "service",
        "in",
        "x-y",
        "name",
        "on",
        "_",
        "0-",
    ]
)
_LOOKS_LIKE_SOMETHING_ELSE = st.sampled_from(
    ["NO", "1.10", "22:22", "~", "a: b", "# x", "- x", "<<", "*a", "{x}", "a\nb", "'", '"', "0x1"]
)
_CHARACTERS = st.characters(
    codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"
)
TEXT = st.text(_CHARACTERS, max_size=12) | _LOOKS_LIKE_SOMETHING_ELSE
_TEXT_WITH_SOMETHING = TEXT.filter(lambda text: bool(" ".join(text.split())))
_URLS = st.sampled_from(["https://example.org/a?b=c#d", "mailto:a@b.example", "http://x/(y)"])
_SCALARS = (
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | TEXT
    | st.floats(allow_nan=False, allow_infinity=False)
)  # fmt: skip
_ANYTHING = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


def _some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A mapping with any of the fields."""
    return st.fixed_dictionaries({}, optional=fields)


_DESCRIBED = {
    "name": TEXT,
    "description": TEXT,
    "tags": st.lists(_TEXT_WITH_SOMETHING, max_size=2),
}
_DOCUMENTED = {
    **_DESCRIBED,
    "owner": TEXT,
    "url": _URLS,
    "links": st.dictionaries(TEXT, _URLS, max_size=2),
    "properties": st.dictionaries(TEXT, TEXT, max_size=2),
    "docs": st.just("docs/a.md"),
}
_BUILT = {**_DOCUMENTED, "technology": TEXT, "version": TEXT, "platform": TEXT}
_GROUPED = {"group": _IDS}
_COMPONENT = _some(**_BUILT, **_GROUPED)
_CONTAINER = _some(
    **_BUILT,
    **_GROUPED,
    kind=st.sampled_from([kind.value for kind in ContainerKind]),
    port=st.integers(1, 65535),
    singleton=st.booleans(),
    service=_some(
        image=TEXT,
        environment=st.dictionaries(TEXT, _SCALARS, max_size=3),
        **{"x-mine": _ANYTHING},
    ).filter(lambda service: not mistakes_in(service)),
    files=st.lists(st.just({"template": "a.j2", "to": "/etc/a"}), max_size=1),
    components=st.dictionaries(_IDS, _COMPONENT, max_size=2),
)
_SYSTEM = _some(
    **_BUILT,
    **_GROUPED,
    external=st.booleans(),
    containers=st.dictionaries(_IDS, _CONTAINER, max_size=3),
)
_PERSON = _some(**_DOCUMENTED, **_GROUPED, external=st.booleans(), plural=TEXT, scale=TEXT)
_REFS = st.sampled_from(["a", "b", "a.b", "NO", "1", "x-y", "odd ref", "a:b", "->"])
_RELATIONSHIP = st.tuples(
    st.fixed_dictionaries({"from": _REFS, "to": _REFS}),
    _some(
        label=TEXT,
        technology=TEXT,
        description=TEXT,
        direction=st.sampled_from(["one-way", "two-way"]),
        line=st.sampled_from(["solid", "dashed", "dotted"]),
        order=st.integers(-3, 3),
        opened_by=st.sampled_from(["source", "target"]),
        mount=st.sampled_from(["", "/a", "/a:ro"]),
        tags=st.lists(_TEXT_WITH_SOMETHING, max_size=2),
        **{"async": st.booleans()},
    ),
).map(lambda parts: parts[0] | parts[1])
_INSTANCE = st.fixed_dictionaries({"container": _REFS, "replicas": st.integers(1, 9)})
_NODE = st.tuples(
    st.fixed_dictionaries({"kind": st.sampled_from(list(CATALOGUE))}),
    _some(
        **_BUILT,
        runs=st.lists(_REFS | _INSTANCE, max_size=2),
        realises=st.lists(_REFS, max_size=2),
        **{"in": _IDS},
    ),
).map(lambda parts: parts[0] | parts[1])  # fmt: skip
_ENVIRONMENT = _some(
    **_DESCRIBED,
    nodes=st.dictionaries(_IDS, _NODE, max_size=3),
    relationships=st.lists(_RELATIONSHIP, max_size=2),
    reword=st.dictionaries(TEXT, st.none() | TEXT, max_size=2),
)
_SELECTOR = st.one_of(
    st.just("*"),
    _REFS,
    st.fixed_dictionaries({"tag": _TEXT_WITH_SOMETHING}),
    st.fixed_dictionaries({"kind": st.sampled_from(["person", "database", "component"])}),
    st.fixed_dictionaries({"group": _IDS}),
    st.fixed_dictionaries({"inside": _REFS}),
    st.fixed_dictionaries({"around": _REFS, "depth": st.integers(1, 20)}),
)
_STEP = st.fixed_dictionaries({"from": _REFS, "to": _REFS, "label": TEXT})
_NEEDS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    ViewKind.LANDSCAPE: {},
    ViewKind.CONTEXT: {"of": _REFS},
    ViewKind.CONTAINER: {"of": _REFS},
    ViewKind.COMPONENT: {"of": _REFS},
    ViewKind.DEPLOYMENT: {"environment": _IDS},
    ViewKind.AWS: {"environment": _IDS},
    ViewKind.DYNAMIC: {
        "steps": st.lists(_STEP, min_size=1, max_size=2)
    },
}  # fmt: skip
_VIEW = st.sampled_from(list(_NEEDS)).flatmap(
    lambda kind: st.tuples(
        st.fixed_dictionaries({"kind": st.just(str(kind)), **_NEEDS[kind]}),
        _some(
            **_DESCRIBED,
            include=st.lists(_SELECTOR, max_size=2),
            exclude=st.lists(_SELECTOR, max_size=2),
            direction=st.sampled_from(["down", "right"]),
            legend=st.booleans(),
            icons=st.booleans(),
        ),
    ).map(lambda parts: parts[0] | parts[1])
)
_COLOURS = st.sampled_from(["#000000", "#ABCDEF", "#123456"])

MODELS: st.SearchStrategy[Model] = st.tuples(
    st.fixed_dictionaries({"name": _TEXT_WITH_SOMETHING}),
    _some(
        description=TEXT,
        groups=st.dictionaries(_IDS, _some(**_DOCUMENTED, **{"in": _IDS}), max_size=2),
        people=st.dictionaries(_IDS, _PERSON, max_size=2),
        systems=st.dictionaries(_IDS, _SYSTEM, max_size=2),
        relationships=st.lists(_RELATIONSHIP, max_size=3),
        glossary=st.dictionaries(_TEXT_WITH_SOMETHING, TEXT | _some(meaning=TEXT), max_size=2),
        volumes=st.dictionaries(_IDS, TEXT | _some(description=TEXT), max_size=2),
        networks=st.dictionaries(_IDS, TEXT | _some(description=TEXT), max_size=2),
        secrets=st.dictionaries(_IDS, TEXT | _some(description=TEXT, file=TEXT), max_size=2),
        variables=st.dictionaries(
            _IDS, TEXT | _some(description=TEXT, default=TEXT, example=TEXT), max_size=2
        ),
        environments=st.dictionaries(_IDS, _ENVIRONMENT, max_size=2),
        views=st.dictionaries(_IDS, _VIEW, max_size=2),
        styles=st.dictionaries(
            _TEXT_WITH_SOMETHING, _some(background=_COLOURS, line=st.just("dashed")), max_size=2
        ),
        rules=st.dictionaries(TEXT, st.sampled_from(["error", "warning", "off"]), max_size=2),
        render=_some(servers=st.lists(st.just("http://[::1]:80/a"), max_size=1)),
    ),
).map(lambda parts: Model.model_validate(parts[0] | parts[1]))
