"""What an engine did, as data: every firing with what it rested on, and working memory and agenda at each step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, assert_never

from triage.engine.clauses import Clause, Premise
from triage.logic import (
    And,
    AtLeast,
    Compare,
    ComparePair,
    Facts,
    HasChoice,
    Interval,
    IsChoice,
    NoChoice,
    Not,
    Or,
    Ref,
    Value,
    YesNo,
    to_text,
)
from triage.models import RuleKind

ItemKind = Literal["answer", "rule", "part"]


@dataclass(frozen=True, slots=True)
class Item:
    """One item of working memory: an answer, the truth of a rule, or the truth of a part of one."""

    kind: ItemKind
    name: str
    """id of the finding or rule; the expression of a part"""
    value: bool | int | float | Interval | str
    """an answer in the finding's unit; whether the choice is present; whether the rule or part is true"""
    choice: str = ""
    """of an any_of finding"""


@dataclass(frozen=True, slots=True)
class Firing:
    """One rule, or part of a rule, that was decided, and what decided it."""

    number: int
    """1 for the first"""
    rule: str
    truth: bool
    layer: RuleKind
    grounds: tuple[Item, ...]
    """together they are enough"""
    part: str = ""
    """the expression that was decided, where it is not the rule as a whole"""
    implied: tuple[Item, ...] = ()
    """answers that hold because the finding need not be asked"""
    again: bool = False
    """it was already decided so, on other grounds"""

    @property
    def conclusions(self) -> tuple[Item, ...]:
        """What it adds to working memory."""
        own = Item("part", self.part, self.truth) if self.part else Item("rule", self.rule, self.truth)
        return () if self.again else (own, *self.implied)


@dataclass(frozen=True)
class Trace:
    """The firings of one case in their order; conclusions never depend on the order."""

    given: tuple[Item, ...]
    """the answers"""
    firings: tuple[Firing, ...]

    @cached_property
    def known_since(self) -> Mapping[Item, int]:
        """By item: the number of the firing that concluded it; 0 for answers."""
        since = dict.fromkeys(self.given, 0)
        for firing in self.firings:
            for item in firing.conclusions:
                since.setdefault(item, firing.number)
        return since

    def working_memory(self, step: int) -> tuple[Item, ...]:
        """What is known after ``step`` firings, the oldest first."""
        return tuple(item for item, number in self.known_since.items() if number <= step)

    def agenda(self, step: int) -> tuple[Firing, ...]:
        """The rules waiting to fire after ``step`` firings, the next first."""
        since = self.known_since
        waiting = self.firings[step:]
        return tuple(one for one in waiting if all(since[ground] <= step for ground in one.grounds))


def answer_items(finding: str, value: Value) -> tuple[Item, ...]:
    """An answer as items: one, or one per answered choice."""
    if isinstance(value, Mapping):
        return tuple(Item("answer", finding, present, choice) for choice, present in value.items())
    return (Item("answer", finding, value),)


def firing(
    number: int, clause: Clause, facts: Facts, *, implied: tuple[Item, ...] = (), again: bool = False
) -> Firing:
    """The firing of ``clause`` in a case with these ``facts``, implied values included."""
    whole = isinstance(clause.conclusion.expr, Ref)
    return Firing(
        number=number,
        rule=clause.rule,
        truth=clause.conclusion.truth,
        layer=clause.layer,
        grounds=tuple(dict.fromkeys(_ground(premise, facts) for premise in clause.premises)),
        part="" if whole else to_text(clause.conclusion.expr),
        implied=implied,
        again=again,
    )


def _ground(premise: Premise, facts: Facts) -> Item:
    match premise.expr:
        case YesNo(finding):
            return Item("answer", finding, premise.truth)
        case HasChoice(finding, choice):
            return Item("answer", finding, premise.truth, choice)
        case Compare(finding) | IsChoice(finding):
            value = facts[finding]
            assert not isinstance(value, Mapping)
            return Item("answer", finding, value)
        case Ref(rule):
            return Item("rule", rule, premise.truth)
        case Not() | And() | Or() | AtLeast() | NoChoice() | ComparePair():
            return Item("part", to_text(premise.expr), premise.truth)
        case _:
            assert_never(premise.expr)
