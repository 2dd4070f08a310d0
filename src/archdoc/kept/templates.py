"""Jinja2's templates, compiled once and kept: compiling takes longer than using most of them."""

from __future__ import annotations

import os
import platform
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator

from archdoc.kept.cache import Cache, default_folder, key_of


class AsWritten(CodeGenerator):
    """Compiles templates as they are: what is kept holds no result of a filter, which may change.

    Jinja2 applies filters to constants when compiling; `optimized=False` alone does not keep it
    from that where they are written out.
    """

    def _output_child_to_const(self, node: nodes.Expr, *rest: Any) -> str:
        if not isinstance(node, nodes.TemplateData):
            raise nodes.Impossible
        return super()._output_child_to_const(node, *rest)


def keep_compiled(environment: jinja2.Environment) -> None:
    """Read templates that were compiled before, where nobody else could have written them."""
    cache = Cache(default_folder(os.environ)).programs
    if cache is not None:
        environment.bytecode_cache = _Compiled(cache, environment)


class _Compiled(jinja2.BytecodeCache):
    def __init__(self, cache: Cache, environment: jinja2.Environment) -> None:
        self._cache = cache
        self._environment = environment

    def load_bytecode(self, bucket: Bucket) -> None:
        kept = self._cache.read(self._key(bucket))
        if kept is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._cache.write(self._key(bucket), bucket.bytecode_to_string())

    def _key(self, bucket: Bucket) -> str:
        """Of all that compiling depends on. Filters of constants are applied when compiling."""
        used = self._environment
        return key_of(
            f"{platform.python_implementation()} {platform.python_version()} {jinja2.__version__}",
            *(bucket.key, bucket.checksum),
            " ".join(sorted(used.extensions)),
            " ".join(sorted(used.filters)),
            repr((used.trim_blocks, used.lstrip_blocks, used.keep_trailing_newline)),
            f"{used.code_generator_class.__name__} {used.optimized}",
            str(used.autoescape if isinstance(used.autoescape, bool) else "by the template's name"),
        )
