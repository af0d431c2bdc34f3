"""Text to expression tree: Python's own expression grammar, read with ``ast`` and restricted to a closed set of nodes.

Typed against the vocabulary: every mistake is an ``ExpressionError`` with file, line, column and a hint.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field

from triage.errors import ExpressionError, Place, nearest
from triage.logic.expression import (
    And,
    AtLeast,
    Compare,
    ComparePair,
    Expr,
    HasChoice,
    IsChoice,
    NoChoice,
    Not,
    Operator,
    Or,
    Ref,
    YesNo,
    walk,
)
from triage.logic.interval import Number
from triage.logic.vocabulary import FindingType, Term, Vocabulary

MAX_CHARACTERS = 10_000
MAX_DEPTH = 50
MAX_NUMBER = 2**53
"""every engine holds whole numbers up to this one as they are"""

_OPERATORS: dict[type[ast.cmpop], Operator] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
_MIRRORED: dict[Operator, Operator] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}


@dataclass(frozen=True)
class Scope:
    """The names an expression may use.

    ``rules`` maps a name as written to the full id of the rule it stands for; ``pairs`` allows comparing two findings.
    """

    vocabulary: Vocabulary
    rules: Mapping[str, str] = field(default_factory=dict)
    pairs: bool = False


def parse(text: str, scope: Scope, place: Place | None = None, indent: int = 0) -> Expr:
    """The expression tree of ``text``.

    ``place`` is where the text begins in its file and ``indent`` how far its further lines are indented there, so
    that a mistake is reported at its own line and column.

    Raises ``ExpressionError``.
    """
    return _Parser(text, scope, place or Place(), indent).parse()


class _Parser:
    def __init__(self, text: str, scope: Scope, place: Place, indent: int) -> None:
        self.text = text
        self.scope = scope
        self.place = place
        self.indent = indent

    def parse(self) -> Expr:
        self._check_size()
        try:
            return self._expr(self._tree(), 0)
        except (RecursionError, MemoryError):
            # Python's parser raises either, as its version has it, for what brackets alone do not count: `- - - 1`.
            raise self._too_deep(self.place) from None

    def _tree(self) -> ast.expr:
        try:
            # The brackets let an expression run over several lines; they shift the columns of the first line by one.
            return ast.parse(f"({self.text}\n)", mode="eval").body
        except SyntaxError as error:
            line, offset = error.lineno or 1, error.offset or 1
            last = self.text.count("\n") + 1
            raise ExpressionError(
                "the expression cannot be read" if line <= last else "the expression ends too early",
                place=self._at(
                    min(line, last), offset - 1 if line <= last else len(self.text.split("\n")[-1])
                ),
                hint="use and, or, not, brackets, comparisons and at_least(n, ...)",
            ) from None

    def _check_size(self) -> None:
        if not self.text.strip():
            raise ExpressionError("the expression is empty", place=self.place)
        if len(self.text) > MAX_CHARACTERS:
            raise ExpressionError(
                f"the expression has {len(self.text)} characters, more than {MAX_CHARACTERS}",
                place=self.place,
                hint="make parts of it patterns",
            )
        if not self.text.isascii():
            bad = next(character for character in self.text if not character.isascii())
            raise ExpressionError(f"the character `{bad}` has no place in an expression", place=self.place)
        if "#" in self.text:
            raise ExpressionError(
                "a comment has no place inside an expression",
                place=self.place,
                hint="write it as a YAML comment above, or as `rationale:`",
            )
        depth = deepest = 0
        for character in self.text:
            depth += (character == "(") - (character == ")")
            deepest = max(deepest, depth)
        if deepest > MAX_DEPTH or self.text.split().count("not") > MAX_DEPTH * 4:
            raise self._too_deep(self.place)

    def _too_deep(self, place: Place) -> ExpressionError:
        message = f"the expression is nested more than {MAX_DEPTH} deep"
        return ExpressionError(message, place=place, hint="make parts of it patterns")

    def _at(self, line: int, offset: int) -> Place:
        # `line` and `offset` count from 1 and 0 in the text in brackets.
        if line <= 1:
            return Place(self.place.path, self.place.line, self.place.column + max(offset - 1, 0))
        return Place(
            self.place.path, self.place.line + line - 1 if self.place.line else 0, self.indent + offset + 1
        )

    def _error(self, node: ast.AST, message: str, hint: str = "", finding: str = "") -> ExpressionError:
        return ExpressionError(message, place=self._place(node), hint=hint, finding=finding)

    def _place(self, node: ast.AST) -> Place:
        return self._at(getattr(node, "lineno", 1), getattr(node, "col_offset", 0))

    def _expr(self, node: ast.expr, depth: int) -> Expr:
        if depth > MAX_DEPTH:
            raise self._too_deep(self._place(node))
        match node:
            case ast.BoolOp(op, values):
                args = tuple(self._expr(value, depth + 1) for value in values)
                return And(args) if isinstance(op, ast.And) else Or(args)
            case ast.UnaryOp(ast.Not(), operand):
                return Not(self._expr(operand, depth + 1))
            case ast.Compare():
                return self._comparison(node)
            case ast.Call():
                return self._at_least(node, depth)
            case ast.Name(name):
                return self._name(node, name)
            case ast.Constant(value=bool() | None):
                raise self._error(
                    node,
                    f"`{ast.unparse(node)}` is not an expression",
                    "write the finding alone, or `not` before it",
                )
            case ast.Constant():
                raise self._error(
                    node, f"`{ast.unparse(node)}` alone is not a condition", "compare a finding with it"
                )
            case _:
                raise self._error(
                    node,
                    f"`{ast.unparse(node)}` is not part of the expression language",
                    "use and, or, not, comparisons and at_least(n, ...)",
                )

    def _name(self, node: ast.expr, name: str) -> Expr:
        term = self.scope.vocabulary.get(name)
        if term is None:
            if name in self.scope.rules:
                return Ref(self.scope.rules[name])
            raise self._unknown(node, name)
        match term.type:
            case FindingType.YES_NO:
                return YesNo(name)
            case FindingType.NUMBER:
                raise self._error(
                    node, f"`{name}` is a number and needs a comparison", f"for example `{name} >= 1`", name
                )
            case FindingType.ONE_OF:
                hint = f"for example `{name} == {term.choices[0]}`"
                raise self._error(node, f"`{name}` has choices and needs one of them", hint, name)
            case FindingType.ANY_OF:
                hint = f"for example `{term.choices[0]} in {name}`"
                raise self._error(node, f"`{name}` is a list of choices and needs one of them", hint, name)

    def _unknown(self, node: ast.AST, name: str) -> ExpressionError:
        owners = [term for term in self.scope.vocabulary.values() if name in term.choices]
        if owners:
            term = owners[0]
            form = f"{name} in {term.name}" if term.type is FindingType.ANY_OF else f"{term.name} == {name}"
            return self._error(node, f"`{name}` is a choice, not a finding or rule", f"write `{form}`")
        hint = nearest(name, [*self.scope.vocabulary, *self.scope.rules])
        return self._error(node, f"unknown finding or rule `{name}`", hint, name)

    def _comparison(self, node: ast.Compare) -> Expr:
        operands = [node.left, *node.comparators]
        steps = [
            self._step(node, left, op, right)
            for left, op, right in zip(operands, node.ops, operands[1:], strict=False)
        ]
        return steps[0] if len(steps) == 1 else And(tuple(steps))

    def _step(self, node: ast.Compare, left: ast.expr, op: ast.cmpop, right: ast.expr) -> Expr:
        if isinstance(op, ast.In):
            return self._membership(left, right)
        if type(op) not in _OPERATORS:
            raise self._error(
                node, f"`{ast.unparse(node)}` uses an operator that is not allowed", "put `not` before it"
            )
        operator = _OPERATORS[type(op)]
        number = _constant(left)
        if number is not None:
            term = self._term(right)
            return self._number_comparison(right, term, _MIRRORED[operator], number)
        term = self._term(left)
        number = _constant(right)
        if number is not None:
            return self._number_comparison(left, term, operator, number)
        if isinstance(right, ast.Name):
            return self._word_comparison(node, left, term, operator, right)
        raise self._error(
            right, f"`{ast.unparse(right)}` is neither a number nor a choice", "choices are bare words"
        )

    def _word_comparison(
        self, node: ast.AST, left: ast.expr, term: Term, op: Operator, right: ast.Name
    ) -> Expr:
        other = self.scope.vocabulary.get(right.id)
        if other is not None and other.type is FindingType.NUMBER and term.type is FindingType.NUMBER:
            if self.scope.pairs:
                return ComparePair(term.name, op, other.name)
            raise self._error(right, "two findings are compared in contradictions only", finding=other.name)
        match term.type:
            case FindingType.NUMBER:
                raise self._error(
                    right, f"`{term.name}` is a number and cannot be `{right.id}`", "", term.name
                )
            case FindingType.YES_NO:
                hint = f"write `{term.name}` or `not {term.name}`"
                raise self._error(left, f"`{term.name}` is answered yes or no", hint, term.name)
            case FindingType.ANY_OF:
                hint = f"write `{right.id} in {term.name}`"
                raise self._error(left, f"`{term.name}` is a list of choices", hint, term.name)
            case FindingType.ONE_OF:
                chosen = IsChoice(term.name, (self._choice(right, term),))
                if op not in ("==", "!="):
                    raise self._error(
                        node, f"choices of `{term.name}` have no order", "use == or in (...)", term.name
                    )
                return chosen if op == "==" else Not(chosen)

    def _number_comparison(self, node: ast.expr, term: Term, op: Operator, number: Number) -> Expr:
        if term.type is not FindingType.NUMBER:
            raise self._error(
                node, f"`{term.name}` is no number and cannot be compared with {number!r}", "", term.name
            )
        if abs(number) > MAX_NUMBER:
            raise self._error(node, f"a number compared with `{term.name}` is too large", "", term.name)
        return Compare(term.name, op, number)

    def _membership(self, left: ast.expr, right: ast.expr) -> Expr:
        if isinstance(right, ast.Tuple):
            term = self._term(left)
            if term.type is not FindingType.ONE_OF:
                hint = f"for a list of choices write `choice in {term.name}` for each"
                raise self._error(
                    left, f"`{term.name}` is not answered with one of several choices", hint, term.name
                )
            choices = tuple(self._choice(item, term) for item in right.elts)
            if len(choices) < 2 or len(set(choices)) < len(choices):
                raise self._error(
                    right, "give two or more different choices in brackets", "for one choice use =="
                )
            return IsChoice(term.name, choices)
        term = self._term(right)
        if term.type is FindingType.ONE_OF:
            raise self._error(
                right, f"`{term.name}` has one answer", f"write `{term.name} == choice`", term.name
            )
        if term.type is not FindingType.ANY_OF:
            raise self._error(right, f"`{term.name}` has no choices", "", term.name)
        if isinstance(left, ast.Name) and left.id == "none":
            return NoChoice(term.name, term.choices)
        return HasChoice(term.name, self._choice(left, term))

    def _term(self, node: ast.expr) -> Term:
        if not isinstance(node, ast.Name):
            raise self._error(node, f"`{ast.unparse(node)}` is not a finding")
        term = self.scope.vocabulary.get(node.id)
        if term is None:
            if node.id in self.scope.rules:
                raise self._error(node, f"`{node.id}` is a rule and is not compared", "write its name alone")
            raise self._unknown(node, node.id)
        return term

    def _choice(self, node: ast.expr, term: Term) -> str:
        if not isinstance(node, ast.Name):
            raise self._error(
                node, f"`{ast.unparse(node)}` is not a choice", "choices are bare words", term.name
            )
        if node.id not in term.choices:
            hint = nearest(node.id, term.choices) or f"its choices are {', '.join(term.choices)}"
            raise self._error(node, f"`{term.name}` has no choice `{node.id}`", hint, term.name)
        return node.id

    def _at_least(self, node: ast.Call, depth: int) -> Expr:
        if not (isinstance(node.func, ast.Name) and node.func.id == "at_least") or node.keywords:
            raise self._error(
                node, f"`{ast.unparse(node.func)}(...)` is not known", "the only function is at_least(n, ...)"
            )
        count = _constant(node.args[0]) if node.args else None
        args = tuple(self._expr(arg, depth + 1) for arg in node.args[1:])
        if not isinstance(count, int) or not 1 <= count <= len(args):
            raise self._error(node, "at_least needs a whole number from 1 to the number of its conditions")
        if len(set(args)) < len(args):
            raise self._error(node, "at_least names a condition twice")
        if any(isinstance(part, AtLeast) for arg in args for part in walk(arg)):
            raise self._error(node, "at_least stands inside at_least", "make the inner one a pattern")
        return AtLeast(count, args)


def _constant(node: ast.expr) -> Number | None:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        number = _constant(node.operand)
        return None if number is None else -number
    if (
        isinstance(node, ast.Constant)
        and isinstance(node.value, int | float)
        and not isinstance(node.value, bool)
    ):
        return node.value
    return None
