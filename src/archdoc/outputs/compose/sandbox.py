"""Jinja2 for templates that may come from anybody: they read nothing, and cannot take for ever.

Jinja2's own sandbox keeps them away from Python's insides. What it leaves open is closed here: all
that a template makes, looks through or does again is paid for from a budget before it is done.
docs/decisions.md tells why it is done like this.
"""

from __future__ import annotations

import re
from collections.abc import (
    Callable,
    ItemsView,
    Iterable,
    Iterator,
    KeysView,
    Mapping,
    ValuesView,
)
from functools import cache
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes, pass_context
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import Context, LoopContext, Macro
from jinja2.sandbox import SandboxedEnvironment, safe_range
from jinja2.utils import Namespace

from archdoc.outputs.compose.budget import Budget, TooMuchError
from archdoc.outputs.compose.later import LATER, refuse_later, refuse_later_of
from archdoc.outputs.compose.priced import COMPARE, CUT, JOIN, PARTS, SPEND, TRUTH, Priced

_MOST_TOKENS = 20_000
"""Words and signs of the placeholders and statements in one text."""
_MOST_POWER = 1_000
"""What a power may be made of."""
_BUDGET = "the budget"
"""What a context calls it: no template can write a name with a space, nor with a bracket."""

FILTERS = tuple(
    """
    abs batch capitalize center count d default dictsort first float format groupby indent int items
    join last length list lower map max min reject rejectattr replace reverse round select
    selectattr slice sort string title tojson trim unique upper urlencode
    """.split()  # noqa: SIM905 - words read better without quotes
)
"""Those of Jinja2's that give the same every time, and no more than their arguments multiplied."""
_METHODS: dict[type, str] = {
    str: "capitalize count endswith find isdigit join lower lstrip removeprefix removesuffix "
    "replace rstrip split splitlines startswith strip title upper",
    dict: "get items keys values",
    list: "count index",
    tuple: "count index",
    LoopContext: "changed cycle",
}
"""The same of the methods of values."""


def render(text: str, names: dict[str, object], budget: Budget, later: Mapping[str, str]) -> str:
    """A text with its placeholders filled in from `names`.

    `later` tells the expressions, of those that were filled in, whose values nobody knows yet: they
    can be inserted, and no more. Raises WrongPlaceholderError where more is done with one,
    TooMuchError, and whatever Jinja2 and a template's own mistakes do.
    """
    budget.begin()
    rendered = _template(text).render({**names, _BUDGET: budget, LATER: later})
    rendered.encode()  # an escape may stand for half a character, which no file can hold
    return rendered


class _Namespace(Namespace):
    def __repr__(self) -> str:
        return "a namespace"  # and not all that is in it


class _Short(Extension):
    """Refuses texts that would take long to compile."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        for number, token in enumerate(stream):
            if number >= _MOST_TOKENS:
                message = f"more than {_MOST_TOKENS:,} words and signs in placeholders"
                raise TemplateSyntaxError(message, token.lineno)
            yield token


class _Environment(SandboxedEnvironment):
    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})

    def __init__(self) -> None:
        super().__init__(
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            optimized=False,  # or constants would be worked out before there is a budget
            finalize=_weigh,
            extensions=[_Short],
        )
        self.globals = {"range": safe_range, "namespace": _Namespace}
        paid = {name: _paid_filter(name) for name in FILTERS}
        inner = {SPEND: _spend, JOIN: _join, COMPARE: _compared, TRUTH: _truth, PARTS: _parts}
        inner[CUT] = _cut
        self.filters = {**paid, **inner}
        self.tests = {name: _paid_test(name) for name in self.tests}

    def _generate(self, source: nodes.Template, *rest: Any, **more: Any) -> str:
        return super()._generate(Priced().visit(source), *rest, **more)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        budget: Budget = context[_BUDGET]
        heavy, weights = (left, right), (budget.weigh(left), budget.weigh(right))
        if operator != "+":
            refuse_later(context, f"used with `{operator}`", [left, right])
        if operator == "%" and isinstance(left, str):
            _pay_format(budget, left, weights[1])
        elif operator == "**":
            if any(isinstance(x, int | float) and abs(x) > _MOST_POWER for x in heavy):
                raise TooMuchError
        elif operator == "*" and any(isinstance(x, str | list | tuple) for x in heavy):
            times = next((abs(x) for x in heavy if isinstance(x, int)), 0)
            budget.spend(times * max(weights))
        return super().call_binop(context, operator, left, right)

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805, PYI063 - as in Jinja2
        budget: Budget = __context[_BUDGET]
        owner = getattr(__obj, "__self__", None)
        if isinstance(__obj, Macro | LoopContext) or __obj in (safe_range, _Namespace):
            budget.spend(1)
        elif any(isinstance(owner, type_) and __obj.__name__ in names.split()
                 for type_, names in _METHODS.items()):  # fmt: skip
            _pay_product(budget, owner, args, kwargs)
            refuse_later_of(__context, __obj.__name__, owner, [*args, *kwargs.values()])
        else:
            raise SecurityError(f"`{getattr(__obj, '__name__', __obj)}` cannot be called here")
        return _solid(super().call(__context, __obj, *args, **kwargs))


_PLAIN = SandboxedEnvironment(undefined=StrictUndefined)
"""Whose filters and tests do the work that was paid for."""


@cache
def _environment() -> _Environment:
    return _Environment()


@cache
def _template(text: str) -> Template:
    """Compiled once: environments say mostly the same."""
    return _environment().from_string(text)


@pass_context
def _spend(context: Context, price: int) -> bool:
    context[_BUDGET].spend(abs(price))
    return True


@pass_context
def _weigh(context: Context, value: Any) -> Any:
    context[_BUDGET].weigh(value)
    return value


@pass_context
def _compared(context: Context, value: Any) -> Any:
    context[_BUDGET].weigh(value)
    refuse_later(context, "compared", value)
    return value


@pass_context
def _truth(context: Context, value: Any) -> Any:
    refuse_later(context, "asked whether it is empty", _text_of(context, value))
    return value


@pass_context
def _parts(context: Context, value: Any) -> Any:
    refuse_later(context, "taken apart", _text_of(context, value))
    return value


@pass_context
def _cut(context: Context, value: Any) -> Any:
    context[_BUDGET].weigh(value)
    return _parts(context, value)


def _text_of(context: Context, value: Any) -> str:
    """A value if it is a text, which is paid for where it will be looked through."""
    text = value if isinstance(value, str) else ""
    if context[LATER]:
        context[_BUDGET].weigh(text)
    return text


@pass_context
def _join(context: Context, values: list[Any]) -> str:
    context[_BUDGET].weigh(values)
    return "".join(map(str, values))


def _paid_filter(name: str) -> Callable[..., Any]:
    @pass_context
    def paid(context: Context, value: Any, *args: Any, **kwargs: Any) -> Any:
        budget: Budget = context[_BUDGET]
        value = _solid(value)
        _pay_product(budget, value, args, kwargs)
        refuse_later_of(context, name, value, [*args, *kwargs.values()])
        if name == "format":
            _pay_format(budget, str(value), budget.weigh([*args, *kwargs.values()]))
        elif name == "tojson" and (args or kwargs):
            raise TypeError("`tojson` takes no arguments here")
        result = _solid(_PLAIN.call_filter(name, value, args, kwargs, context=context))
        budget.weigh(result)
        return result

    return paid


def _paid_test(name: str) -> Callable[..., Any]:
    @pass_context
    def paid(context: Context, value: Any, *args: Any) -> Any:
        context[_BUDGET].weigh([value, *args])
        if name not in {"defined", "undefined"}:
            refuse_later(context, f"tested with `is {name}`", [value, *args])
        return _PLAIN.call_test(name, value, args, context=context)

    return paid


def _pay_product(budget: Budget, value: Any, args: Iterable[Any], named: dict[str, Any]) -> None:
    """The most that comes of a value and arguments that say how often, how wide or what between."""
    factor: float = 1
    for argument in (*args, *named.values()):
        factor += budget.weigh(argument)
        if isinstance(argument, int | float):
            factor += abs(argument)
    budget.spend((budget.weigh(value) + 1) * factor)


def _pay_format(budget: Budget, text: str, weight: int) -> None:
    """`'%9d' % x`: a width, and all that is filled in as often as it may be."""
    if re.search(r"%[^a-zA-Z%]*\*", text):
        raise SecurityError("a `*` in a format says a width that nobody knows")
    budget.spend(sum(map(int, re.findall(r"\d+", text))) + len(text) * weight)


def _solid(value: Any) -> Any:
    """A list in place of what can be gone through once, or is a look at something else."""
    if isinstance(value, LoopContext):
        return value
    seen_once = isinstance(value, Iterator | KeysView | ValuesView | ItemsView)
    return list(value) if seen_once else value
