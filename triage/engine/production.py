"""Clauses as experta rules: what a fact says is its class, and answers with a value carry it in one field."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, ClassVar

from triage.engine.clauses import Clause, Premise
from triage.engine.compat import Fact, L, P, Rule
from triage.logic import Compare, Interval, IsChoice, Operator, Truth, compare


class Single(Fact):
    """A fact or pattern of which there is one object, so that identity is equality, and cheap."""

    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other


class Held(Single):
    """A fact whose class says it all: the premise is held."""

    premise: ClassVar[Premise]


class Answered(Single):
    """The answer to a number or one_of finding, in the field ``value``."""

    finding: ClassVar[str]


class Production(Rule):
    """One clause as an experta rule: its patterns on the left, on firing it declares what follows."""

    clause: Clause
    conclusion: type[Held]
    index: int

    @classmethod
    def of(cls, clause: Clause, patterns: Iterable[Fact], conclusion: type[Held], index: int) -> Production:
        """The production of a clause; ``index`` is its place in the firing order."""
        made: Production = cls(*patterns)
        made.clause = clause
        made.conclusion = conclusion
        made.index = index
        made.__name__ = clause.rule
        return made

    def __call__(self, engine: Any) -> None:
        """Fire: the engine does what follows."""
        engine.fire(self)

    # As with facts: each production exists once.
    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other


class FactClasses:
    """The classes of facts that a set of productions tests or declares."""

    def __init__(self) -> None:
        self.held: dict[Premise, type[Held]] = {}
        self.answered: dict[str, type[Answered]] = {}
        self.patterns: dict[Premise, Fact] = {}

    def held_class(self, premise: Premise) -> type[Held]:
        """The class that says ``premise``."""
        if premise not in self.held:
            self.held[premise] = type("Held", (Held,), {"premise": premise})
        return self.held[premise]

    def pattern(self, premise: Premise) -> Fact:
        """The pattern that matches when ``premise`` is held."""
        if premise not in self.patterns:
            self.patterns[premise] = self._pattern(premise)
        return self.patterns[premise]

    def _pattern(self, premise: Premise) -> Fact:
        match premise:
            case Premise(Compare(finding, op, bound), truth):
                return self._answered_class(finding)(value=P(_comparison(op, bound, truth)))
            case Premise(IsChoice(finding, (choice,)), True):
                return self._answered_class(finding)(value=L(choice))
            case Premise(IsChoice(finding, choices), truth):
                return self._answered_class(finding)(value=P(_membership(choices, truth)))
            case _:
                return self.held_class(premise)()

    def _answered_class(self, finding: str) -> type[Answered]:
        if finding not in self.answered:
            self.answered[finding] = type("Answered", (Answered,), {"finding": finding})
        return self.answered[finding]


# experta keeps every predicate for good, so equal ones are made once in the life of the program.
@cache
def _comparison(op: Operator, bound: float, truth: bool) -> Callable[[object], bool]:
    wanted = Truth.TRUE if truth else Truth.FALSE
    return lambda value: isinstance(value, int | float | Interval) and compare(value, op, bound) is wanted


@cache
def _membership(choices: tuple[str, ...], truth: bool) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and (value in choices) is truth


def productions(clauses: Iterable[Clause], classes: FactClasses) -> list[Production]:
    """The experta rules of ``clauses``, in their order; the classes they use are added to ``classes``."""
    return [
        Production.of(
            clause,
            [classes.pattern(premise) for premise in clause.premises],
            classes.held_class(clause.conclusion),
            index,
        )
        for index, clause in enumerate(clauses)
    ]
