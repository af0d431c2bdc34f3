"""Which disorders could still lead, and how much each unanswered finding could tell between them.

A finding counts for every disorder it could still decide, more for those that fit better so far and are met more
often. Nothing here names a finding or a disorder; the weights were tried out with simulated interviews.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import exp2, sqrt

from triage.assessment.grading import (
    CRITERIA_POINTS,
    EVIDENCE_LIMIT,
    evidence_groups,
    exclusions_of,
)
from triage.assessment.urgency import held_rules, rule_truth
from triage.interview.memory import Memory
from triage.interview.openers import NOTHING, NOTHING_SAID, Openings
from triage.logic import Truth, World
from triage.models import EVERYBODY, AskedOf, Band, Direction, Disorder, KnowledgeBase, Level, RuleKind

POSSIBLE_WEIGHT = 3.0
CRITERION_WEIGHT = 1.0
EXCLUSION_WEIGHT = 1.0
EVIDENCE_WEIGHT = 0.25
PATTERN_WEIGHT = 0.5
# The same by the kind of a rule, where it is asked what one finding could tell.
KIND_WEIGHTS = {
    RuleKind.GRADE: POSSIBLE_WEIGHT,
    RuleKind.CRITERION: CRITERION_WEIGHT,
    RuleKind.EXCLUSION: EXCLUSION_WEIGHT,
    RuleKind.EVIDENCE: 2 * EVIDENCE_WEIGHT,
}
# How much of the fit that open answers could still add is hoped for when asking whether a disorder could catch up.
# After so many questions patience fades: less is hoped for, more is demanded of a rival, and where nothing fits yet,
# more of what a disorder must have has to be met.
PATIENCE = 12
HOPE = 0.7
HOPE_FADES = 0.09
MARGIN_GROWS = 0.1
NEARNESS_GROWS = 0.05
NEARNESS_WAITS = 4
# How much the questions of a disorder count while nothing that it must have was said.
WEIGHT_FAR = 0.2
# What would explain a complaint that nothing explains yet counts so much more, once another complaint is explained.
UNEXPLAINED = 4.0
# What there is something to tell of counts so much more; what only an examination or a test can say, and what there is
# nothing to tell of, so much less.
OPENED = 2.0
EXAMINED = 0.25
UNSAID = 0.3
CLOSED = 0.1
# A danger rule is asked about once so much of it is met; it counts as met at least this far.
NEAR = 0.5
NEAR_LEAST = 0.25
DANGER_WEIGHT = 10.0


@dataclass(frozen=True, slots=True)
class Contender:
    """A disorder that could still lead."""

    disorder: Disorder
    band: Band
    fit: int
    likeness: int
    """how like its usual picture what is told is"""
    reachable: int
    """the fit if every answer that can still be asked spoke for it"""
    near: float
    """how far what it must have is met, from 0 to 1"""
    hope: float
    """how much of the fit that open answers could still add is hoped for"""
    needed: bool = False
    """it would explain a complaint that nothing explains yet, while another is explained"""

    @property
    def standing(self) -> int:
        """What it is ranked by so far."""
        return self.fit + self.likeness

    @property
    def hoped(self) -> float:
        """What it is given credit for when others are compared with the leader."""
        return self.standing + self.hope * (self.reachable - self.fit)

    @property
    def weight(self) -> float:
        """How much its open questions count."""
        common = sqrt(3 - self.disorder.frequency.rank)
        fits = exp2(max(-4, min(self.fit, 8)) / 2)
        weight = common * fits * (WEIGHT_FAR + (1 - WEIGHT_FAR) * self.near)
        return UNEXPLAINED * weight if self.needed else weight


class Outlook:
    """What further answers could still change in the case ``memory`` is at; ``unasked`` may still be asked.

    ``said`` is what there is something to tell of.
    """

    def __init__(
        self,
        memory: Memory,
        world: World,
        unasked: frozenset[str],
        effort: float = 0.0,
        said: Openings = NOTHING_SAID,
    ) -> None:
        self.kb = memory.kb
        self.memory = memory
        self.world = world
        self.unasked = unasked
        self.said = said
        over = max(0.0, effort - PATIENCE)
        self.patient = over == 0
        self.told = frozenset(
            name
            for name in unasked
            if name in said.opened or self.kb.findings[name].asked_of is AskedOf.PATIENT
        )
        """what can be said; whether a danger could still be found hangs on this alone"""
        self.hoped = self.told - said.closed - (NOTHING if self.patient else said.unsaid)
        """what may well be said; whether a disorder could still lead hangs on this alone"""
        self.hope = max(0.0, HOPE - HOPE_FADES * over)
        self.margin = MARGIN_GROWS * over
        self.near_needed = min(1.0, NEARNESS_GROWS * max(0.0, over - NEARNESS_WAITS))

    def pending(self, rule: str) -> frozenset[str]:
        """The findings that could still decide a rule and may still be asked."""
        return self.memory.pending(rule) & self.unasked

    def _waits(self, rule: str) -> bool:
        """Whether something that can be said could still decide a rule."""
        return not self.told.isdisjoint(self.memory.pending(rule))

    def _hopes(self, rule: str) -> bool:
        """Whether something that may well be said could still decide a rule."""
        return not self.hoped.isdisjoint(self.memory.pending(rule))

    def contenders(self, present: Iterable[str]) -> list[Contender]:
        """The disorders that could still lead, for the complaints present; best first."""
        concerned = set(present)
        found = []
        for disorder in self.kb.disorders.values():
            if not concerned & set(disorder.explains):
                continue
            state = self.memory.standing(disorder.id)
            undecidable = state.band is Band.OPEN and not self._hopes(f"{disorder.id}.possible")
            if state.band in (Band.FITS, Band.OPEN) and not undecidable:
                found.append(
                    Contender(
                        disorder,
                        state.band,
                        state.fit,
                        state.likeness,
                        self._reachable(disorder),
                        self._near(disorder, state.band),
                        self.hope,
                    )
                )
        return self._able(found, concerned)

    def _able(self, found: list[Contender], present: set[str]) -> list[Contender]:
        """Those that could still lead for one of the complaints present, given what leads so far; best first."""
        ranked = sorted(
            found,
            key=lambda one: (
                one.band is not Band.FITS,
                -one.standing,
                one.disorder.frequency.rank,
                one.disorder.id,
            ),
        )
        leaders: dict[str, Contender] = {}
        for one in ranked:
            if one.band is Band.FITS:
                for name in one.disorder.explains:
                    leaders.setdefault(name, one)
        missing = present - set(leaders) if leaders else set()
        return [
            replace(one, needed=bool(missing & set(one.disorder.explains)))
            for one in ranked
            if any(self._rivals(one, leaders.get(name)) for name in present & set(one.disorder.explains))
        ]

    def _rivals(self, one: Contender, leader: Contender | None) -> bool:
        """Whether a contender leads, or could still overtake the one that does."""
        if leader is None:
            return one.near >= self.near_needed
        return one is leader or one.hoped >= leader.standing + self.margin

    def _near(self, disorder: Disorder, band: Band) -> float:
        return 1.0 if band is Band.FITS else self.memory.near(f"{disorder.id}.possible")

    def _could_hold(self, rule: str) -> bool:
        value = self.world.truths[rule]
        return value is Truth.TRUE or (value is Truth.UNKNOWN and self._hopes(rule))

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

    def values(self, found: list[Contender], present: Iterable[str]) -> Mapping[str, float]:
        """By finding: how much its answer could still decide between the contenders."""
        total: dict[str, float] = defaultdict(float)
        weights = _weights(found, present)
        for one in found:
            for rule, weight in self._parts(one.disorder):
                self._share(rule, weight * weights[one.disorder.id], total)
        for pattern in self.kb.patterns.values():
            if pattern.involvement:
                self._share(pattern.id, PATTERN_WEIGHT, total)
        return total

    def details(self, names: Iterable[str], present: Iterable[str]) -> Mapping[str, float]:
        """By finding: how much it could tell of all disorders that are still possible, whatever leads so far."""
        concerned = set(present)
        total: dict[str, float] = defaultdict(float)
        weights: dict[str, float] = {}
        for name in names:
            for rule in self.memory.hanging(name):
                kind, owner = self.kb.rules[rule].kind, self.kb.rules[rule].owner
                if kind not in KIND_WEIGHTS or owner not in self.kb.disorders:
                    continue
                if owner not in weights:
                    weights[owner] = self._open_weight(self.kb.disorders[owner], concerned)
                if weights[owner] and name in self.memory.pending(rule):
                    total[name] += weights[owner] * KIND_WEIGHTS[kind] / len(self.memory.pending(rule))
        return total

    def _open_weight(self, disorder: Disorder, present: set[str]) -> float:
        state = self.memory.standing(disorder.id)
        if state.band not in (Band.FITS, Band.OPEN) or not present & set(disorder.explains):
            return 0.0
        near = self._near(disorder, state.band)
        return Contender(disorder, state.band, state.fit, state.likeness, state.fit, near, self.hope).weight

    def dangers(self, present: Iterable[str], nearest: float = NEAR) -> Mapping[str, float]:
        """By finding: how much it could decide of danger rules above the present urgency that are met so far."""
        kb, world = self.kb, self.world
        concerned = {*present, EVERYBODY}
        now = max((rule.level.rank for rule in held_rules(kb, world)), default=Level.ROUTINE.rank)
        total: dict[str, float] = defaultdict(float)
        for rule in kb.urgency_rules.values():
            name = f"{rule.id}.when"
            if rule.level.rank <= now or not concerned & set(rule.about):
                continue
            if rule_truth(rule, world) is not Truth.UNKNOWN or not self._waits(name):
                continue
            near = self.memory.near(name)
            if near >= nearest:
                self._share(name, DANGER_WEIGHT * max(near, NEAR_LEAST) * (rule.level.rank - now), total)
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
            total[name] += weight / len(pending) * self._ease(name)

    def _ease(self, name: str) -> float:
        if name in self.said.opened:
            return OPENED
        if name in self.said.closed:
            return CLOSED
        if name in self.said.unsaid:
            return UNSAID
        return 1.0 if name in self.told else EXAMINED


def _weights(found: list[Contender], present: Iterable[str]) -> Mapping[str, float]:
    """By disorder: how much its open questions count, so that each complaint present is asked about alike."""
    weights = {one.disorder.id: one.weight for one in found}
    sums: dict[str, float] = {}
    for name in present:
        explained = [one for one in found if name in one.disorder.explains]
        if explained:
            sums[name] = sum(one.weight for one in explained)
    if len(sums) < 2:
        return weights
    average = sum(weights.values()) / len(sums)
    return {
        one.disorder.id: weights[one.disorder.id]
        * average
        * sum(1 / whole for name, whole in sums.items() if name in one.disorder.explains)
        for one in found
    }


def askable_findings(
    kb: KnowledgeBase, answered_by: str, given: Iterable[str], said: Openings = NOTHING_SAID
) -> frozenset[str]:
    """The findings this person can be asked and has not been."""
    examined = answered_by != "patient"
    able = {one.id for one in kb.findings.values() if examined or one.asked_of is AskedOf.PATIENT}
    return frozenset(able - set(given) - said.barred)
