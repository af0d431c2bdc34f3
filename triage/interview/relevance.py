"""Which disorders could still lead, and how much each unanswered finding could tell between them.

A finding counts for every disorder it could still decide, more for those that fit better so far and are met more
often. Nothing here names a finding or a disorder; the weights were tried out with simulated interviews.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from triage.assessment.grading import (
    CRITERIA_POINTS,
    EVIDENCE_LIMIT,
    evidence_groups,
    exclusions_of,
)
from triage.interview.memory import Memory
from triage.logic import Truth, World
from triage.models import AskedOf, Band, Direction, Disorder, KnowledgeBase

POSSIBLE_WEIGHT = 3.0
CRITERION_WEIGHT = 1.0
EXCLUSION_WEIGHT = 1.0
EVIDENCE_WEIGHT = 0.25
PATTERN_WEIGHT = 0.5
# How much of the fit that open answers could still add is hoped for when asking whether a disorder could catch up.
HOPE = 0.6


@dataclass(frozen=True, slots=True)
class Contender:
    """A disorder that could still lead."""

    disorder: Disorder
    band: Band
    fit: int
    reachable: int
    """the fit if every answer that can still be asked spoke for it"""

    @property
    def hoped(self) -> float:
        """The fit it is given credit for when others are compared with the leader."""
        return self.fit + HOPE * (self.reachable - self.fit)

    @property
    def weight(self) -> float:
        """How much its open questions count."""
        return float((3 - self.disorder.frequency.rank) * 2.0 ** (max(-4, min(self.fit, 8)) / 2))


class Outlook:
    """What further answers could still change in the case ``memory`` is at; ``unasked`` may still be asked."""

    def __init__(self, memory: Memory, world: World, unasked: frozenset[str]) -> None:
        self.kb = memory.kb
        self.memory = memory
        self.world = world
        self.unasked = unasked

    def pending(self, rule: str) -> frozenset[str]:
        """The findings that could still decide a rule and may still be asked."""
        return self.memory.pending(rule) & self.unasked

    def contenders(self, present: Iterable[str]) -> list[Contender]:
        """The disorders that could still lead, for the complaints present; best first."""
        concerned = set(present)
        found = []
        for disorder in self.kb.disorders.values():
            if not concerned & set(disorder.explains):
                continue
            state = self.memory.standing(disorder.id)
            undecidable = state.band is Band.OPEN and not self.pending(f"{disorder.id}.possible")
            if state.band in (Band.FITS, Band.OPEN) and not undecidable:
                found.append(Contender(disorder, state.band, state.fit, self._reachable(disorder)))
        best = max((one.fit for one in found if one.band is Band.FITS), default=None)
        if best is not None:
            found = [one for one in found if one.hoped >= best]
        return sorted(
            found,
            key=lambda one: (
                one.band is not Band.FITS,
                -one.fit,
                one.disorder.frequency.rank,
                one.disorder.id,
            ),
        )

    def _could_hold(self, rule: str) -> bool:
        value = self.world.truths[rule]
        return value is Truth.TRUE or (value is Truth.UNKNOWN and bool(self.pending(rule)))

    def _reachable(self, disorder: Disorder) -> int:
        counted = [f"{disorder.id}.{one.id}" for one in disorder.criteria if not one.judgement]
        could = sum(self._could_hold(rule) for rule in counted)
        failed = sum(self.world.truths[rule] is Truth.FALSE for rule in counted)
        points = 0
        if counted:
            points = CRITERIA_POINTS * could // len(counted) - CRITERIA_POINTS * failed // len(counted)
        weighed = 0
        for direction, group in evidence_groups(self.kb, disorder.id):
            if direction is Direction.FOR:
                weighed += max((weight for rule, weight in group if self._could_hold(rule)), default=0)
            else:
                held = (weight for rule, weight in group if self.world.truths[rule] is Truth.TRUE)
                weighed -= max(held, default=0)
        return points + max(-EVIDENCE_LIMIT, min(EVIDENCE_LIMIT, weighed))

    def values(self, found: list[Contender]) -> Mapping[str, float]:
        """By finding: how much its answer could still decide between the contenders."""
        total: dict[str, float] = defaultdict(float)
        for one in found:
            for rule, weight in self._parts(one.disorder):
                self._share(rule, weight * one.weight, total)
        for pattern in self.kb.patterns.values():
            if pattern.involvement:
                self._share(pattern.id, PATTERN_WEIGHT, total)
        return total

    def _parts(self, disorder: Disorder) -> Iterator[tuple[str, float]]:
        name = disorder.id
        yield f"{name}.possible", POSSIBLE_WEIGHT
        for criterion in disorder.criteria:
            if not criterion.judgement:
                yield f"{name}.{criterion.id}", CRITERION_WEIGHT
        for rule, _ in exclusions_of(self.kb, disorder):
            yield rule, EXCLUSION_WEIGHT
        for item in disorder.evidence:
            yield f"{name}.{item.id}", EVIDENCE_WEIGHT * item.weight.points

    def _share(self, rule: str, weight: float, total: dict[str, float]) -> None:
        pending = self.pending(rule)
        for name in pending:
            # A rule that waits for many answers is further from being decided by any one of them.
            total[name] += weight / len(pending)


def askable_findings(kb: KnowledgeBase, answered_by: str, given: Iterable[str]) -> frozenset[str]:
    """The findings this person can be asked and has not been."""
    examined = answered_by != "patient"
    able = {one.id for one in kb.findings.values() if examined or one.asked_of is AskedOf.PATIENT}
    return frozenset(able - set(given))
