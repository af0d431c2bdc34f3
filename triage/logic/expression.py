"""The one expression tree: a closed set of frozen, hashable nodes that every reader matches on.

A new kind of node means a new case in each reader; the type checker (``assert_never``) lists those forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, assert_never

from triage.logic.interval import Number

Operator = Literal["<", "<=", ">", ">=", "==", "!="]


@dataclass(frozen=True, slots=True)
class YesNo:
    """``finding``: the answer is yes."""

    finding: str


@dataclass(frozen=True, slots=True)
class Compare:
    """``finding op value``, in the unit of the finding."""

    finding: str
    op: Operator
    value: Number


@dataclass(frozen=True, slots=True)
class IsChoice:
    """``finding == choice`` or ``finding in (choice, choice)`` of a one_of finding."""

    finding: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HasChoice:
    """``choice in finding``: this choice of an any_of finding is present."""

    finding: str
    choice: str


@dataclass(frozen=True, slots=True)
class NoChoice:
    """``none in finding``: every choice of an any_of finding is absent."""

    finding: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ComparePair:
    """``left op right``: two number findings; in contradictions only."""

    left: str
    op: Operator
    right: str


@dataclass(frozen=True, slots=True)
class Ref:
    """Another rule, by its full id (``pattern`` or ``disorder.criterion``)."""

    rule: str


@dataclass(frozen=True, slots=True)
class Not:
    """Kleene negation."""

    arg: Expr


@dataclass(frozen=True, slots=True)
class And:
    """Kleene conjunction."""

    args: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Kleene disjunction."""

    args: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least ``count`` of the distinct ``args``."""

    count: int
    args: tuple[Expr, ...]


Atom = YesNo | Compare | IsChoice | HasChoice | NoChoice | ComparePair
Expr = Atom | Ref | Not | And | Or | AtLeast


def children(expr: Expr) -> tuple[Expr, ...]:
    """The direct parts of a node; empty for atoms and references."""
    match expr:
        case Not(arg):
            return (arg,)
        case And(args) | Or(args) | AtLeast(_, args):
            return args
        case YesNo() | Compare() | IsChoice() | HasChoice() | NoChoice() | ComparePair() | Ref():
            return ()
        case _:
            assert_never(expr)


def walk(expr: Expr) -> Iterator[Expr]:
    """Every node of the tree, the root first."""
    yield expr
    for child in children(expr):
        yield from walk(child)


def needed(expr: And | Or | AtLeast, *, holds: bool) -> int:
    """How many of its parts must be true for ``expr`` to be true; or, unless it ``holds``, false for it to be false.

    >>> two_of_three = AtLeast(2, (YesNo("a"), YesNo("b"), YesNo("c")))
    >>> needed(two_of_three, holds=True), needed(two_of_three, holds=False), needed(Or(two_of_three.args), holds=False)
    (2, 2, 3)
    """
    match expr:
        case And(args):
            count = len(args)
        case Or():
            count = 1
        case AtLeast(count):
            pass
        case _:
            assert_never(expr)
    return count if holds else len(expr.args) - count + 1


def spelt_out(none: NoChoice) -> And:
    """``none in finding``, choice by choice."""
    return And(tuple(Not(HasChoice(none.finding, choice)) for choice in none.choices))


def findings_of(atom: Atom) -> tuple[str, ...]:
    """The findings an atom names: one, or two for a pair."""
    if isinstance(atom, ComparePair):
        return (atom.left, atom.right)
    return (atom.finding,)


def named_findings(expr: Expr) -> frozenset[str]:
    """The findings an expression names itself, rules it refers to not followed."""
    return frozenset(
        name
        for node in walk(expr)
        if not isinstance(node, Ref | Not | And | Or | AtLeast)
        for name in findings_of(node)
    )


def named_rules(expr: Expr) -> frozenset[str]:
    """The ids of the rules an expression refers to directly."""
    return frozenset(node.rule for node in walk(expr) if isinstance(node, Ref))
