"""Answers and rules as columns of digits: what ``decide`` says, in SQL."""

from __future__ import annotations

from collections.abc import Collection
from typing import assert_never

from triage.bulk.sql import digits
from triage.bulk.sql.columns import part_column
from triage.bulk.sql.comparisons import compared, constant, ends_of
from triage.bulk.sql.program import Program, quoted
from triage.logic import (
    And,
    AtLeast,
    Atom,
    Compare,
    ComparePair,
    Expr,
    FindingType,
    HasChoice,
    IsChoice,
    NoChoice,
    Not,
    Or,
    Ref,
    YesNo,
    to_text,
)
from triage.models import KnowledgeBase


class Truths:
    """The columns of rules and of their parts, defined when somebody names them.

    ``given`` are the columns that the table has; an answer that has none is unknown everywhere. Without ``implied``
    only what was answered counts.
    """

    def __init__(
        self, kb: KnowledgeBase, program: Program, given: Collection[str], *, implied: bool = True
    ) -> None:
        self.kb = kb
        self.program = program
        self.given = frozenset(given)
        self.implied = kb.implied if implied else {}
        self._columns: dict[Expr, str] = {}

    def rule(self, id: str) -> str:
        """The digit of a rule; unknown for an id that no rule has."""
        expr = self.kb.exprs.get(id)
        if expr is None:
            return digits.UNKNOWN
        known = self._columns.get(expr)
        if known is None:
            known = self.program.define(f"rule {id}", self.digit(expr), f"{id}: {to_text(expr)}")
            self._columns[expr] = known
        return known

    def node(self, expr: Expr) -> str:
        """The digit of a part of a rule as a column of its own, or a constant."""
        if isinstance(expr, Ref):
            return self.rule(expr.rule)
        known = self._columns.get(expr)
        if known is None:
            name = f"part {len(self._columns)}"
            known = self._columns[expr] = self.program.define(name, self.digit(expr), to_text(expr))
        return known

    def digit(self, expr: Expr) -> str:
        """The truth of an expression as SQL."""
        known = self._columns.get(expr)
        if known is not None:
            return known
        match expr:
            case YesNo() | Compare() | IsChoice() | HasChoice() | NoChoice() | ComparePair():
                return self.atom(expr)
            case Ref(rule):
                return self.rule(rule)
            case Not(arg):
                return digits.negated(self.digit(arg))
            case And(args):
                return digits.all_of(self.digit(arg) for arg in args)
            case Or(args):
                return digits.any_of(self.digit(arg) for arg in args)
            case AtLeast(count, args):
                return digits.at_least(count, [self.digit(arg) for arg in args])
            case _:
                assert_never(expr)

    def atom(self, expr: Atom) -> str:
        """The digit of one answer, implied values included."""
        match expr:
            case YesNo(finding):
                return self._completed(
                    finding, quoted(finding), finding, finding, self.implied.get(finding) is True
                )
            case HasChoice(finding, choice):
                column = part_column(finding, choice)
                return self._completed(column, quoted(column), column, finding, False)
            case IsChoice(finding, choices):
                listed = ", ".join(f"'{choice}'" for choice in choices)
                test = (
                    f"{quoted(finding)} = {listed}"
                    if len(choices) == 1
                    else f"{quoted(finding)} IN ({listed})"
                )
                name = f"{finding} in {' '.join(choices)}"
                return self._completed(name, test, finding, finding, self.implied.get(finding) in choices)
            case Compare(finding, op, value):
                ends = ends_of(finding, self.given)
                if ends is None:
                    return digits.UNKNOWN
                return self.program.define(f"{finding} {op} {value!r}", compared(ends, op, constant(value)))
            case NoChoice(finding, choices):
                return digits.negated(digits.any_of(self.atom(HasChoice(finding, one)) for one in choices))
            case ComparePair(left, op, right):
                first, second = ends_of(left, self.given), ends_of(right, self.given)
                if first is None or second is None:
                    return digits.UNKNOWN
                return compared(first, op, second)
            case _:
                assert_never(expr)

    def told(self, finding: str, choice: str | None) -> str:
        """The digit of an answer: of a choice, or without one of a yes."""
        if choice is None:
            return self.atom(YesNo(finding))
        several = self.kb.findings[finding].type is FindingType.ANY_OF
        return self.atom(HasChoice(finding, choice) if several else IsChoice(finding, (choice,)))

    def guard(self, finding: str) -> str:
        """The digit of the finding's guard; true for a finding that is always asked."""
        return self.rule(f"{finding}.asked_when") if finding in self.kb.guards else digits.TRUE

    def _completed(self, name: str, test: str, column: str, finding: str, implied: bool) -> str:
        """The digit of ``test`` on ``column``, or what is implied while the finding's guard is false."""
        given = digits.UNKNOWN
        if column in self.given:
            given = digits.of_boolean(test, f"{quoted(column)} IS NULL")
            given = self.program.define(f"answer {name}", given)
        if finding not in self.implied:
            return given
        asked = digits.possible(self.guard(finding))
        if self.kb.findings[finding].type is FindingType.ANY_OF:
            # Where some choices are answered, nothing is implied for the others.
            asked = digits.any_flag([asked, self._any_given(finding)])
        if implied:
            denied = self.program.define(f"denied {name}", digits.negated(given))
            filled = digits.negated(_closed(denied, asked))
        else:
            filled = _closed(given, asked)
        return self.program.define(f"completed {name}", filled)

    def _any_given(self, finding: str) -> str:
        """1 while any choice of an any_of finding is answered."""
        columns = [part_column(finding, choice) for choice in self.kb.findings[finding].choices]
        given = [quoted(column) for column in columns if column in self.given]
        if not given:
            return "0"
        nothing = " AND ".join(f"{column} IS NULL" for column in given)
        return self.program.define(f"any given {finding}", digits.tiny(f"NOT ({nothing})"))


def _closed(given: str, asked: str) -> str:
    """``given``, but false where it is unknown and was not to be asked (``asked`` 0)."""
    if asked == "1":
        return given
    if given in digits.CONSTANTS:
        return asked if given == digits.UNKNOWN else given
    return f"({given} & ({asked} | ({given} & 2) | ({given} >> 1)))"
