"""How like the usual picture of each disorder what is told is: one more ground to order disorders; no rule reads it.

Every answer that the profile of a disorder lists counts one point, and one more or less for each step that it is more
or less usual there than in the average patient; what hardly anybody with the disorder says counts the steps alone, so
never for it. What published cases of the disorder told at least twice as often as all published cases counts one more.
What is denied and what is not listed counts nothing: what nobody asked is never held against anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from triage.assessment.identity import ByIdentity
from triage.logic import Facts, Value
from triage.models import AVERAGE, EVERY_CASE, CaseCount, KnowledgeBase, Spread, Usualness, finding_of

LISTED = 1
"""points of an answer that is as usual in the disorder as in the average patient"""
IN_HALF, IN_MOST, BEYOND = 1, 0, -2
"""points of a number among the middle half, among nine in ten, and beyond them"""

IN_CASES = 1
"""points of an answer that published cases of the disorder told clearly more often than all did"""
CLEARLY = 2
"""how many times as often that is"""
ORDINARY_CASES = 10
"""as if so many cases that tell what all cases tell had been counted for each disorder: few cases show little"""

Answer = tuple[str, str | None]
"""a finding, and its choice; None for the yes of a yes_no finding"""
Likeness = Mapping[str, int]
"""points by disorder; who has none is left out"""


def points_of(spread: Spread, value: float) -> int:
    """The points of a number."""
    if spread.half[0] <= value <= spread.half[1]:
        return IN_HALF
    return IN_MOST if spread.most[0] <= value <= spread.most[1] else BEYOND


def answers_told(finding: str, value: Value) -> Iterator[Answer]:
    """The answers that a value tells; a number and a no tell none."""
    match value:
        case bool():
            if value:
                yield finding, None
        case str():
            yield finding, value
        case Mapping():
            yield from ((finding, choice) for choice, chosen in value.items() if chosen)
        case _:
            return


def clearly_more_often(count: CaseCount, every: CaseCount, answer: str) -> bool:
    """Whether cases of one disorder told an answer clearly more often than all cases did.

    >>> every = CaseCount(cases=100, told={"tired": 20})
    >>> clearly_more_often(CaseCount(cases=10, told={"tired": 6}), every, "tired")
    True
    >>> clearly_more_often(CaseCount(cases=5, told={"tired": 3}), every, "tired")
    False
    """
    # Whole numbers, so that no rounding decides: (told + 10 s) / (cases + 10) >= 2 s with s = told by all / all cases.
    told = count.told[answer] * every.cases + ORDINARY_CASES * every.told[answer]
    return told >= CLEARLY * every.told[answer] * (count.cases + ORDINARY_CASES)


@dataclass(frozen=True)
class Table:
    """What every answer counts, read off profiles and case counts."""

    kb: KnowledgeBase

    @cached_property
    def answers(self) -> Mapping[Answer, Mapping[str, int]]:
        """By answer: points by disorder, those of none left out."""
        found = {answer: dict(points) for answer, points in self.judged.items()}
        for answer, counted in self.counted.items():
            points = found.setdefault(answer, {})
            for disorder in counted:
                points[disorder] = points.get(disorder, 0) + IN_CASES
        return {
            answer: {disorder: count for disorder, count in points.items() if count}
            for answer, points in found.items()
        }

    @cached_property
    def counted(self) -> Mapping[Answer, Mapping[str, int]]:
        """By answer: how many published cases told it, by disorder; left out if not clearly more often than in all."""
        found: dict[Answer, dict[str, int]] = {}
        for name, count in self.kb.case_counts.items():
            if name == EVERY_CASE:
                continue
            for answer, told in count.told.items():
                if clearly_more_often(count, self.kb.case_counts[EVERY_CASE], answer):
                    found.setdefault(finding_of(answer), {})[name] = told
        return found

    @cached_property
    def judged(self) -> Mapping[Answer, Mapping[str, int]]:
        """By answer: points by disorder for how usual its profile calls the answer."""
        average = self.kb.profiles[AVERAGE].answers() if AVERAGE in self.kb.profiles else {}
        found: dict[Answer, dict[str, int]] = {}
        for name, profile in self.kb.profiles.items():
            if name == AVERAGE:
                continue
            for answer, word in profile.answers().items():
                steps = word.rank - average.get(answer, word).rank
                points = steps if word is Usualness.HARDLY_EVER else LISTED + steps
                if points:
                    found.setdefault(finding_of(answer), {})[name] = points
        return found

    @cached_property
    def numbers(self) -> Mapping[str, Mapping[str, Spread]]:
        """By finding: where its numbers lie, by disorder."""
        found: dict[str, dict[str, Spread]] = {}
        for name, profile in self.kb.profiles.items():
            if name != AVERAGE:
                for finding, spread in profile.numbers.items():
                    found.setdefault(finding, {})[name] = spread
        return found

    def points(self, finding: str, value: Value) -> Iterator[tuple[str, int]]:
        """What one answer counts: disorders with points, a disorder as often as choices of a list count for it."""
        for answer in answers_told(finding, value):
            yield from self.answers.get(answer, {}).items()
        if isinstance(value, int | float) and not isinstance(value, bool):
            for disorder, spread in self.numbers.get(finding, {}).items():
                yield disorder, points_of(spread, value)


def likeness_of(kb: KnowledgeBase, facts: Facts) -> Likeness:
    """The points of every disorder; ``facts`` are validated answers, implied values included."""
    return changed(kb, {}, {}, facts)


def changed(kb: KnowledgeBase, before: Likeness, old: Facts, new: Facts) -> Likeness:
    """The points after some answers changed; ``before`` itself if no disorder has others."""
    table = table_of(kb)
    found = dict(before)
    for finding in old.keys() | new.keys():
        value, present = old.get(finding), new.get(finding)
        if value == present:
            continue
        for sign, answer in ((-1, value), (1, present)):
            if answer is not None:
                for disorder, points in table.points(finding, answer):
                    found[disorder] = found.get(disorder, 0) + sign * points
    found = {disorder: points for disorder, points in found.items() if points}
    return before if found == before else found


def table_of(kb: KnowledgeBase) -> Table:
    """The points of a knowledge base, worked out once."""
    return _table(ByIdentity(kb))


@lru_cache(maxsize=64)
def _table(held: ByIdentity[KnowledgeBase]) -> Table:
    return Table(held.it)


@dataclass(frozen=True, slots=True)
class Told:
    """One answer of a case that counts for or against a disorder, with what it counts."""

    finding: str
    value: Value
    """of a list, the one choice alone"""
    points: int
    in_cases: int
    """how many published cases of the disorder told it, if clearly more often than all did, else 0"""

    @property
    def judged(self) -> int:
        """The points that its profile gives."""
        return self.points - IN_CASES if self.in_cases else self.points


def told_of(kb: KnowledgeBase, facts: Facts, disorder: str) -> list[Told]:
    """The answers that count for or against a disorder, those that count most first."""
    table = table_of(kb)
    found = []
    for finding, answer in facts.items():
        for one in _single(answer):
            points = sum(points for name, points in table.points(finding, one) if name == disorder)
            in_cases = sum(
                table.counted.get(told, {}).get(disorder, 0) for told in answers_told(finding, one)
            )
            if points or in_cases:
                found.append(Told(finding, one, points, in_cases))
    return sorted(found, key=lambda told: (-told.points, told.finding))


def _single(answer: Value) -> Iterator[Value]:
    """An answer; of a list each chosen one by itself."""
    if isinstance(answer, Mapping):
        yield from ({choice: True} for choice, chosen in answer.items() if chosen)
    else:
        yield answer
