"""Grade, band and fit of every disorder, as ``assessment.grading`` defines them, and the key that ranks them.

The key of a disorder is one whole number that is smaller for the better standing: band, then weight (its fit; while it
is open, what is told for it; and its likeness), then a number that is fixed for each disorder (frequency, then id). Its
lowest part therefore also tells which disorder it is.
"""

from __future__ import annotations

from functools import cached_property

from triage.assessment.grading import (
    CRITERIA_POINTS,
    CRITERION_POINTS,
    EVIDENCE_LIMIT,
    FIT_WEIGHT,
    LIKENESS_LIMIT,
    evidence_groups,
    exclusions_of,
)
from triage.bulk.assessment.likeness import Likenesses
from triage.bulk.assessment.truths import Truths
from triage.bulk.sql import digits
from triage.bulk.sql.remembered import remembered
from triage.models import Direction, Disorder, Effect, Grade

BEST_FIT = CRITERIA_POINTS + EVIDENCE_LIMIT
FITS_WIDTH = 32
"""a power of two above the number of values that a fit can have"""
LADDER = (
    Grade.RULED_OUT,
    Grade.UNLIKELY,
    Grade.UNDETERMINED,
    Grade.POSSIBLE,
    Grade.PROBABLE,
    Grade.ESTABLISHED,
)
"""grades by their number in SQL"""
BANDS = ("fits", "open", "unlikely", "ruled_out")


class Standings:
    """The columns of grades, fits and keys."""

    def __init__(self, truths: Truths) -> None:
        self.kb = truths.kb
        self.truths = truths
        self.program = truths.program
        self._likenesses = Likenesses(truths)
        by_rank = sorted(self.kb.disorders.values(), key=lambda one: (one.frequency.rank, one.id))
        self.ranks = {disorder.id: rank for rank, disorder in enumerate(by_rank)}
        self.by_rank = [disorder.id for disorder in by_rank]
        self.rank_width = 1 << max(len(by_rank) - 1, 1).bit_length()
        criteria = (sum(not one.judgement for one in each.criteria) for each in self.kb.disorders.values())
        best_told = max(BEST_FIT, CRITERION_POINTS * max(criteria, default=0) + EVIDENCE_LIMIT)
        self.best_weight = FIT_WEIGHT * best_told + LIKENESS_LIMIT
        self.band_width = (1 << (2 * self.best_weight).bit_length()) * self.rank_width
        """keys from it on belong to the band that fits, those from twice of it on to the open one, and so on"""
        self.key_width = 5 * self.band_width
        """a key that no disorder has; those below the band that fits are free for a line that is moved before it"""

    def digit(self, disorder: Disorder, name: str) -> str:
        """The truth of a criterion, exclusion or grade."""
        return self.truths.rule(f"{disorder.id}.{name}")

    @cached_property
    def _conditions(self) -> dict[str, tuple[str, str, str, str]]:
        return {disorder.id: self._flags(disorder) for disorder in self.kb.disorders.values()}

    def _flags(self, disorder: Disorder) -> tuple[str, str, str, str]:
        """Flags: not ruled out; nor unlikely; fits; no exclusion open."""
        excluding = {
            effect: digits.any_of(
                self.truths.rule(rule)
                for rule, one in exclusions_of(self.kb, disorder)
                if one.effect is effect
            )
            for effect in Effect
        }
        needed = digits.all_of(
            self.digit(disorder, one.id) for one in disorder.criteria if one.if_false and not one.judgement
        )
        kept = digits.all_of([needed, digits.negated(excluding[Effect.RULES_OUT])])
        excluded = digits.any_of(excluding.values())
        alive = digits.all_of([needed, digits.negated(excluded), self.digit(disorder, "possible")])
        reached = digits.any_of(self.digit(disorder, grade) for grade in disorder.grades.defined)
        name = disorder.id
        settled = digits.negated(excluded)
        alive = self.program.define(
            f"alive {name}", digits.possible(alive), f"{name}: neither ruled out nor unlikely"
        )
        fits = digits.all_flags([alive, digits.sure(reached)])
        return (
            self.program.define(f"kept {name}", digits.possible(kept), f"{name}: not ruled out"),
            alive,
            self.program.define(f"fits {name}", fits, f"{name}: possible or better"),
            self.program.define(f"unexcluded {name}", digits.sure(settled), f"{name}: no exclusion is open"),
        )

    def fits(self, disorder: str) -> str:
        """1 while the disorder is possible or better."""
        return self._conditions[disorder][2]

    @remembered
    def grade(self, disorder: str) -> str:
        """The grade as its number in ``LADDER``, a FLOAT."""
        entry = self.kb.disorders[disorder]
        kept, alive, fits, settled = self._conditions[disorder]
        established = self.digit(entry, "established") if entry.grades.established else digits.FALSE
        probable = self.digit(entry, "probable") if entry.grades.probable else digits.FALSE
        steps = [
            kept,
            alive,
            fits,
            digits.all_flags([fits, settled, digits.sure(digits.any_of([probable, established]))]),
            digits.all_flags([fits, settled, digits.sure(established)]),
        ]
        return self.program.define(f"grade {disorder}", digits.total(steps), f"{disorder}: grade, 0 to 5")

    @remembered
    def fit(self, disorder: str) -> str:
        """Criteria met less criteria not met, in sixths, plus weighted evidence; a FLOAT."""
        sql = _sum([_points(self._counted(disorder)), self._evidence(disorder)])
        return self.program.define(f"fit {disorder}", sql, f"{disorder}: fit")

    @remembered
    def told_for(self, disorder: str) -> str:
        """Criteria met less criteria not met, two points each, plus weighted evidence; a FLOAT."""
        sql = _sum([_balance(self._counted(disorder)), self._evidence(disorder)])
        return self.program.define(f"told {disorder}", sql, f"{disorder}: what is told for it")

    @remembered
    def likeness(self, disorder: str) -> str:
        """How like its usual picture what is told is, clipped; a FLOAT."""
        raw = self._likenesses.points(disorder)
        return self.program.define(
            f"likeness {disorder}", _within(raw, LIKENESS_LIMIT), f"{disorder}: likeness"
        )

    def _counted(self, disorder: str) -> list[str]:
        entry = self.kb.disorders[disorder]
        return [self.digit(entry, one.id) for one in entry.criteria if not one.judgement]

    @remembered
    def _evidence(self, disorder: str) -> str:
        """Weighted evidence, clipped; empty if the disorder has none."""
        weighed, low, high = self._weighed(disorder)
        if not weighed:
            return ""
        sum_of = self.program.define(f"evidence {disorder}", weighed, f"{disorder}: weighted evidence")
        if low >= -EVIDENCE_LIMIT and high <= EVIDENCE_LIMIT:
            return sum_of
        clipped = _within(sum_of, EVIDENCE_LIMIT)
        return self.program.define(f"clipped {disorder}", clipped, f"{disorder}: weighted evidence, clipped")

    def _weighed(self, disorder: str) -> tuple[str, int, int]:
        """The sum of evidence before it is clipped, and the least and the most it can be."""
        by_points: dict[int, list[str]] = {}
        low = high = 0
        for direction, group in evidence_groups(self.kb, disorder):
            sign = 1 if direction is Direction.FOR else -1
            most = max(points for _, points in group)
            low, high = (low, high + most) if sign > 0 else (low - most, high)
            if len(group) == 1:
                by_points.setdefault(sign * most, []).append(self.truths.rule(group[0][0]))
                continue
            for level in range(1, most + 1):  # the strongest true item reaches this level
                reached = digits.any_of(self.truths.rule(rule) for rule, points in group if points >= level)
                by_points.setdefault(sign, []).append(reached)
        # The high bit of a digit is 2, so each point counts half.
        sums = [
            f"{digits.total(listed, '2')} * {_float(points / 2)}"
            for points, listed in sorted(by_points.items())
            if any(one not in (digits.FALSE, digits.UNKNOWN) for one in listed)
        ]
        return (f"({' + '.join(sums)})" if sums else "", low, high)

    @remembered
    def key(self, disorder: str) -> str:
        """The INTEGER that ranks the disorder: the smaller, the better."""
        kept, alive, fits, _ = self._conditions[disorder]
        worst = 4 * self.band_width + self.best_weight * self.rank_width + self.ranks[disorder]
        bands = f"{digits.total([kept, alive, fits])} * {self.band_width}"
        is_open = digits.all_flags([alive, digits.not_flag(fits)])
        told = (
            f"CASE WHEN {digits.holds(is_open)} THEN {self.told_for(disorder)} ELSE {self.fit(disorder)} END"
        )
        weight = f"({told} * {_float(FIT_WEIGHT)} + {self.likeness(disorder)})"
        sql = f"CAST(CAST({worst} AS FLOAT) - {bands} - {weight} * {self.rank_width} AS INTEGER)"
        return self.program.define(f"key {disorder}", sql, f"{disorder}: key of the ranking")


def _points(counted: list[str]) -> str:
    """``6 * met // n - 6 * not_met // n``, not met being what could not be true any more; empty if nothing counts."""
    if not counted:
        return ""
    met, possible = digits.total(counted, "2"), digits.total(counted, "1")
    sixth = CRITERIA_POINTS
    if sixth % len(counted) == 0:
        share = sixth // len(counted)
        return f"({met} * {_float(share / 2)} + {possible} * {_float(share)} - {_float(sixth)})"
    each = _float(len(counted))
    lost = f"ceil({possible} * {_float(sixth)} / {each})"
    return f"(floor({met} * {_float(sixth // 2)} / {each}) + {lost} - {_float(sixth)})"


def _balance(counted: list[str]) -> str:
    """``2 * (met - not_met)``, not met being what could not be true any more; empty if nothing counts."""
    if not counted:
        return ""
    met, possible = digits.total(counted, "2"), digits.total(counted, "1")
    all_points = CRITERION_POINTS * len(counted)
    return f"({met} * {_float(CRITERION_POINTS / 2)} + {possible} * {_float(CRITERION_POINTS)} - {_float(all_points)})"


def _within(sql: str, limit: int) -> str:
    """A number clipped to ``limit`` on both sides."""
    most = _float(limit)
    return f"CASE WHEN {sql} > {most} THEN {most} WHEN {sql} < -{most} THEN -{most} ELSE {sql} END"


def _sum(parts: list[str]) -> str:
    listed = [one for one in parts if one]
    return f"({' + '.join(listed)})" if listed else "CAST(0 AS FLOAT)"


def _float(value: float) -> str:
    return f"CAST({value:g} AS FLOAT)"
