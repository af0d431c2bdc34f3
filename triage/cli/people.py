"""Cases of one person together, with the highest urgency of all of them on top."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from triage.models import Assessment, Case, KnowledgeBase, Level


@dataclass(frozen=True, slots=True)
class Assessed:
    """A case with what follows from it."""

    case: Case
    assessment: Assessment


@dataclass(frozen=True, slots=True)
class Person:
    """The cases of one person, or one case that names nobody."""

    name: str | None
    cases: tuple[Assessed, ...]

    @property
    def urgency(self) -> Level:
        """The highest level of all cases."""
        return max((one.assessment.urgency.now for one in self.cases), key=lambda level: level.rank)

    @property
    def because(self) -> tuple[str, ...]:
        """The ids of the cases of that level."""
        return tuple(one.case.id for one in self.cases if one.assessment.urgency.now is self.urgency)


def people(cases: Iterable[Assessed]) -> list[Person]:
    """The persons in the order of their first cases."""
    grouped: dict[str, list[Assessed]] = {}
    for number, one in enumerate(cases):
        grouped.setdefault(f"person {one.case.person}" if one.case.person else f"case {number}", []).append(
            one
        )
    return [Person(group[0].case.person, tuple(group)) for group in grouped.values()]


def headline(kb: KnowledgeBase, person: Person) -> str:
    """What stands above the cases of a person who has several; empty for one case."""
    if len(person.cases) < 2:
        return ""
    words = kb.urgency.levels[person.urgency]
    cases = ", ".join(person.because)
    what = f"Person {person.name}: {len(person.cases)} cases."
    return f"{what} Highest urgency: {words.label} (case {cases}).\n{words.action}"
