"""How much each unanswered finding could still tell: the weights behind the choice of the next question.

A finding counts for every disorder it could still decide, more for those that fit better so far and are met more
often. Nothing here names a finding or a disorder; the weights were tried out with simulated interviews.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from triage.assessment.grading import (
    CRITERIA_POINTS,
    EVIDENCE_LIMIT,
    evidence_groups,
    exclusions_of,
    standing,
)
from triage.logic import Truth, World, pending_findings
from triage.models import AskedOf, Band, Direction, Disorder, KnowledgeBase

POSSIBLE_WEIGHT = 3.0
CRITERION_WEIGHT = 1.0
EXCLUSION_WEIGHT = 1.0
EVIDENCE_WEIGHT = 0.25
PATTERN_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Contender:
    """A disorder that could still lead."""

    disorder: Disorder
    band: Band
    fit: int
    reachable: int
    """the fit if every open answer spoke for it"""

    @property
    def weight(self) -> float:
        """How much its open questions count."""
        return float((3 - self.disorder.frequency.rank) * 2.0 ** (max(-4, min(self.fit, 8)) / 2))


def contenders(kb: KnowledgeBase, world: World, present: Iterable[str]) -> list[Contender]:
    """The disorders that could still fit and reach the fit of the best one, for the complaints present; best first."""
    concerned = set(present)
    found = []
    for disorder in kb.disorders.values():
        if concerned and not concerned & set(disorder.explains):
            continue
        state = standing(kb, disorder, world.truths)
        if state.band in (Band.FITS, Band.OPEN):
            found.append(Contender(disorder, state.band, state.fit, _reachable(kb, disorder, world)))
    best = max((one.fit for one in found if one.band is Band.FITS), default=None)
    if best is not None:
        found = [one for one in found if one.reachable >= best]
    return sorted(
        found,
        key=lambda one: (one.band is not Band.FITS, -one.fit, one.disorder.frequency.rank, one.disorder.id),
    )


def _reachable(kb: KnowledgeBase, disorder: Disorder, world: World) -> int:
    counted = [world.truths[f"{disorder.id}.{one.id}"] for one in disorder.criteria if not one.judgement]
    could = sum(value is not Truth.FALSE for value in counted)
    failed = sum(value is Truth.FALSE for value in counted)
    points = (
        CRITERIA_POINTS * could // len(counted) - CRITERIA_POINTS * failed // len(counted) if counted else 0
    )
    weighed = 0
    for direction, group in evidence_groups(kb, disorder.id):
        truths = [(world.truths[rule], weight) for rule, weight in group]
        if direction is Direction.FOR:
            weighed += max((weight for value, weight in truths if value is not Truth.FALSE), default=0)
        else:
            weighed -= max((weight for value, weight in truths if value is Truth.TRUE), default=0)
    return points + max(-EVIDENCE_LIMIT, min(EVIDENCE_LIMIT, weighed))


def values(
    kb: KnowledgeBase, world: World, found: list[Contender], askable: frozenset[AskedOf]
) -> dict[str, float]:
    """By finding: how much its answer could still decide between the contenders."""
    total: dict[str, float] = defaultdict(float)
    for one in found:
        name = one.disorder.id
        parts = [(f"{name}.possible", POSSIBLE_WEIGHT)]
        parts += [(f"{name}.{c.id}", CRITERION_WEIGHT) for c in one.disorder.criteria if not c.judgement]
        parts += [(rule, EXCLUSION_WEIGHT) for rule, _ in exclusions_of(kb, one.disorder)]
        parts += [(f"{name}.{e.id}", EVIDENCE_WEIGHT * e.weight.points) for e in one.disorder.evidence]
        for rule, weight in parts:
            _share(kb, world, rule, weight * one.weight, askable, total)
    for pattern in kb.patterns.values():
        if pattern.involvement:
            _share(kb, world, pattern.id, PATTERN_WEIGHT, askable, total)
    return total


def _share(
    kb: KnowledgeBase,
    world: World,
    rule: str,
    weight: float,
    askable: frozenset[AskedOf],
    total: dict[str, float],
) -> None:
    pending = [
        name for name in pending_findings(kb.exprs[rule], world) if kb.findings[name].asked_of in askable
    ]
    for name in pending:
        # A rule that waits for many answers is further from being decided by any one of them.
        total[name] += weight / len(pending)
