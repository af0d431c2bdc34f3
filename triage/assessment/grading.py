"""From truths to the grade, band and fit of one disorder. Integers only, so that Python and SQL agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from triage.assessment.identity import ByIdentity
from triage.assessment.likeness import Likeness
from triage.logic import Truth, named_findings, named_rules
from triage.models import Band, Direction, Disorder, Effect, Exclusion, Grade, KnowledgeBase

CRITERIA_POINTS = 6
CRITERION_POINTS = 2
EVIDENCE_LIMIT = 6
LIKENESS_LIMIT = 200
FIT_WEIGHT = 2
"""what a point of fit counts beside a point of likeness"""
BANDS = {
    Grade.RULED_OUT: Band.RULED_OUT,
    Grade.UNLIKELY: Band.UNLIKELY,
    Grade.UNDETERMINED: Band.OPEN,
    Grade.POSSIBLE: Band.FITS,
    Grade.PROBABLE: Band.FITS,
    Grade.ESTABLISHED: Band.FITS,
}
BAND_ORDER = {band: order for order, band in enumerate((Band.FITS, Band.OPEN, Band.UNLIKELY, Band.RULED_OUT))}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one disorder stands in one case."""

    disorder: str
    grade: Grade
    band: Band
    fit: int
    likeness: int
    """how like its usual picture what is told is, see ``assessment.likeness``"""
    told: int
    """its fit; while open, twice the criteria met less not met, plus evidence"""
    weight: int
    """what ranks it within its band: twice what is told for it, and its likeness"""
    key: tuple[int, int, int, str]
    """sorts the better standing first: band, weight, frequency, id"""

    @property
    def claim(self) -> int:
        """What it has to show beside a disorder of another band: what is told for it, once, and its likeness.

        A share of criteria and a count of them are not the same measure, so neither is made heavier here: counted
        twice, an open disorder would have to be ahead by 12 instead of 8, and fewer cases would come out right.
        """
        return self.told + self.likeness

    def with_likeness(self, likeness: int) -> Standing:
        """The same standing while what is told is more or less like the usual picture."""
        likeness = _clipped(likeness, LIKENESS_LIMIT)
        if likeness == self.likeness:
            return self
        weight = self.weight + likeness - self.likeness
        band, _, frequency, name = self.key
        return replace(self, likeness=likeness, weight=weight, key=(band, -weight, frequency, name))


def standing(
    kb: KnowledgeBase, disorder: Disorder, truths: Mapping[str, Truth], likeness: Likeness
) -> Standing:
    """Grade, band and fit of ``disorder``, with its key in the ranking."""
    grade = grade_of(kb, disorder, truths)
    band = BANDS[grade]
    met, not_met, counted = _criteria(disorder, truths)
    evidence = _evidence(kb, disorder, truths)
    fit = _share(met, not_met, counted) + evidence
    # A share misleads while most is unknown: one met of two criteria tells less than three met of seven.
    told = CRITERION_POINTS * (met - not_met) + evidence if band is Band.OPEN else fit
    like = _clipped(likeness.get(disorder.id, 0), LIKENESS_LIMIT)
    weight = FIT_WEIGHT * told + like
    key = (BAND_ORDER[band], -weight, disorder.frequency.rank, disorder.id)
    return Standing(disorder.id, grade, band, fit, like, told, weight, key)


def exclusions_of(kb: KnowledgeBase, disorder: Disorder) -> list[tuple[str, Exclusion]]:
    """The exclusions of a disorder with the ids of their rules; what excludes a family excludes its members."""
    head = [kb.disorders[disorder.parent]] if disorder.parent else []
    return [(f"{owner.id}.{one.id}", one) for owner in (disorder, *head) for one in owner.excludes]


def grade_of(kb: KnowledgeBase, disorder: Disorder, truths: Mapping[str, Truth]) -> Grade:
    """The first grade of the ladder that applies."""

    def value(name: str) -> Truth:
        return truths[f"{disorder.id}.{name}"]

    listed = exclusions_of(kb, disorder)
    exclusions = {effect: [truths[rule] for rule, one in listed if one.effect is effect] for effect in Effect}
    needed = [
        value(criterion.id)
        for criterion in disorder.criteria
        if criterion.if_false and not criterion.judgement
    ]
    if Truth.FALSE in needed or Truth.TRUE in exclusions[Effect.RULES_OUT]:
        return Grade.RULED_OUT
    if value("possible") is Truth.FALSE or Truth.TRUE in exclusions[Effect.UNLIKELY]:
        return Grade.UNLIKELY
    open_exclusion = any(Truth.UNKNOWN in values for values in exclusions.values())
    reached = Grade.UNDETERMINED
    for grade in disorder.grades.defined:
        if value(grade) is Truth.TRUE:
            reached = grade
    if reached in (Grade.PROBABLE, Grade.ESTABLISHED) and open_exclusion:
        return Grade.POSSIBLE
    return reached


def fit_of(kb: KnowledgeBase, disorder: Disorder, truths: Mapping[str, Truth]) -> int:
    """Share of criteria met less share not met, in sixths, plus weighted evidence."""
    return _share(*_criteria(disorder, truths)) + _evidence(kb, disorder, truths)


def _share(met: int, not_met: int, counted: int) -> int:
    return CRITERIA_POINTS * met // counted - CRITERIA_POINTS * not_met // counted if counted else 0


def _criteria(disorder: Disorder, truths: Mapping[str, Truth]) -> tuple[int, int, int]:
    """How many criteria are met, how many are not, and how many count."""
    counted = [truths[f"{disorder.id}.{one.id}"] for one in disorder.criteria if not one.judgement]
    return (
        sum(value is Truth.TRUE for value in counted),
        sum(value is Truth.FALSE for value in counted),
        len(counted),
    )


def _evidence(kb: KnowledgeBase, disorder: Disorder, truths: Mapping[str, Truth]) -> int:
    """Weighted evidence for less against, clipped."""
    weighed = 0
    for direction, group in evidence_groups(kb, disorder.id):
        strongest = max((weight for rule, weight in group if truths[rule] is Truth.TRUE), default=0)
        weighed += strongest if direction is Direction.FOR else -strongest
    return _clipped(weighed, EVIDENCE_LIMIT)


def _clipped(points: int, limit: int) -> int:
    return max(-limit, min(limit, points))


Group = tuple[Direction, tuple[tuple[str, int], ...]]


def evidence_groups(kb: KnowledgeBase, disorder: str) -> tuple[Group, ...]:
    """Evidence that shares a finding, of which only the strongest true item counts: direction and (rule id, points)."""
    return _evidence_groups(ByIdentity(kb), disorder)


@lru_cache(maxsize=4096)
def _evidence_groups(held: ByIdentity[KnowledgeBase], disorder: str) -> tuple[Group, ...]:
    kb = held.it
    groups: list[tuple[Direction, set[str], list[tuple[str, int]]]] = []
    for item in kb.disorders[disorder].evidence:
        rule = f"{disorder}.{item.id}"
        names = set(named_findings(kb.exprs[rule]) | named_rules(kb.exprs[rule]))
        members = [(rule, item.weight.points)]
        apart = []
        for group in groups:
            if group[0] is item.direction and group[1] & names:
                names |= group[1]
                members = group[2] + members
            else:
                apart.append(group)
        groups = [*apart, (item.direction, names, members)]
    return tuple((direction, tuple(sorted(members))) for direction, _, members in groups)
