# ruff: noqa: N802, N815, D102 - methods are called after the nodes that they visit
"""What is put into a template before it is compiled, so that all that it does is looked at first.

Filters do that whose names no template can write: sandbox.py has them.
"""

from __future__ import annotations

from typing import NoReturn

from jinja2 import TemplateSyntaxError, nodes
from jinja2.visitor import NodeTransformer

SPEND, JOIN, COMPARE, TRUTH = "(spend)", "(join)", "(compare)", "(truth)"
PARTS, CUT = "(parts)", "(cut)"


class Priced(NodeTransformer):
    """Puts the price of what a template does again and again, or looks through, into the template.

    It is paid by filters that no template can name.
    """

    def visit_For(self, node: nodes.For) -> nodes.Node:
        price = self._price(node)
        self._repeated(node)
        node.iter = _call(PARTS, node.iter)
        if node.test is not None:
            node.test = nodes.And(price, _call(TRUTH, node.test), lineno=node.lineno)
        return node

    def _repeated(self, node: nodes.For | nodes.Macro | nodes.CallBlock) -> nodes.Node:
        price = self._price(node)
        self.generic_visit(node)
        node.body.insert(0, nodes.ExprStmt(price, lineno=node.lineno))
        return node

    visit_Macro = visit_CallBlock = _repeated

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:
        self.generic_visit(node)
        return _call(JOIN, nodes.List(node.nodes, lineno=node.lineno))

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:
        self.generic_visit(node)
        node.expr = _call(COMPARE, node.expr)
        for operand in node.ops:
            operand.expr = _call(COMPARE, operand.expr)
        return node

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:
        self.generic_visit(node)
        node.node = _call(CUT if isinstance(node.arg, nodes.Slice) else PARTS, node.node)
        return node

    def _asked(self, node: nodes.If | nodes.CondExpr) -> nodes.Node:
        self.generic_visit(node)
        node.test = _call(TRUTH, node.test)
        return node

    visit_If = visit_CondExpr = _asked

    def visit_Not(self, node: nodes.Not) -> nodes.Node:
        self.generic_visit(node)
        node.node = _call(TRUTH, node.node)
        return node

    def _first_asked(self, node: nodes.And | nodes.Or) -> nodes.Node:
        self.generic_visit(node)
        node.left = _call(TRUTH, node.left)
        return node

    visit_And = visit_Or = _first_asked

    def _refused(self, node: nodes.Node) -> NoReturn:
        raise TemplateSyntaxError("other templates cannot be read here", node.lineno)

    visit_Include = visit_Import = visit_FromImport = visit_Extends = _refused

    @staticmethod
    def _price(node: nodes.Node) -> nodes.Expr:
        """What it takes to go through a node once: its parts, and the text that it writes."""
        texts = sum(len(text.data) for text in node.find_all(nodes.TemplateData))
        parts = sum(1 for _ in node.find_all(nodes.Node))
        return _call(SPEND, nodes.Const(1 + texts + parts, lineno=node.lineno))


def _call(name: str, value: nodes.Node) -> nodes.Filter:
    return nodes.Filter(value, name, [], [], None, None, lineno=value.lineno)
