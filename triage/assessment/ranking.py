"""Families, combined disorders and leading disorders: from standings to lines of the differential diagnosis.

What fits stands before what is undecided, but for one line: the best undecided one, if it is far ahead of all that fits
(docs/decisions/0013-an-undecided-disorder-may-stand-first.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from triage.assessment.grading import Standing, standing
from triage.assessment.likeness import likeness_of
from triage.logic import Truth, World
from triage.models import Band, Grade, KnowledgeBase

OPEN_SHOWN = 5
AHEAD_BY = 8
"""by how much more than this an undecided disorder must have to show than the first that fits, to stand before it;
no undecided one stands before what is probable or established"""


@dataclass(frozen=True, slots=True)
class Family:
    """One line of the differential: a head with its members, or a disorder that stands alone."""

    head: str
    standings: tuple[Standing, ...]
    """head and members, best first"""

    @classmethod
    def of(cls, head: str, standings: Iterable[Standing]) -> Family:
        """The family of these standings, in any order."""
        return cls(head, tuple(sorted(standings, key=lambda one: one.key)))

    @property
    def best(self) -> Standing:
        """The member that decides the rank."""
        return self.standings[0]

    @property
    def own(self) -> Standing:
        """The head."""
        return next(item for item in self.standings if item.disorder == self.head)

    @property
    def band(self) -> Band:
        """The band of the best member."""
        return self.best.band

    def fitting(self) -> list[Standing]:
        """Head and members that fit, best first."""
        return [item for item in self.standings if item.band is Band.FITS]

    def members(self) -> list[Standing]:
        """The members shown beneath the head, best first: those that fit or, while nothing does, the best."""
        return [item for item in self.fitting() or [self.best] if item.disorder != self.head]


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a case that are shown, each group best first."""

    ahead: Family | None
    """the undecided line that stands before all that fit"""
    fitting: tuple[Family, ...]
    open: tuple[Family, ...]
    """the other undecided lines with more told for them than against, at most five"""

    @property
    def differential(self) -> tuple[Family, ...]:
        """The one ahead, then those that fit."""
        return (self.ahead, *self.fitting) if self.ahead is not None else self.fitting

    @property
    def shown(self) -> tuple[Family, ...]:
        """All of them in the order in which a reader meets them."""
        return (*self.differential, *self.open)


def families(kb: KnowledgeBase, world: World) -> list[Family]:
    """Every family in a case, best first."""
    likeness = likeness_of(kb, world.facts)
    return families_of(
        kb, (standing(kb, disorder, world.truths, likeness) for disorder in kb.disorders.values())
    )


def families_of(kb: KnowledgeBase, standings: Iterable[Standing]) -> list[Family]:
    """The families of all standings, best first."""
    grouped: dict[str, list[Standing]] = {}
    for one in standings:
        grouped.setdefault(kb.family(one.disorder), []).append(one)
    found = (Family.of(head, items) for head, items in grouped.items())
    return sorted(found, key=lambda family: family.best.key)


def beneath(kb: KnowledgeBase, ranked: Iterable[Family]) -> dict[str, str]:
    """By disorder or head of a family: the fitting combined disorder that it stands beneath."""
    parts: dict[str, str] = {}
    for family in ranked:
        for item in family.fitting():
            for part in kb.disorders[item.disorder].combines:
                parts.setdefault(part, item.disorder)
    return parts


def explained(kb: KnowledgeBase, family: Family) -> frozenset[str]:
    """The complaints that the head and the fitting members account for."""
    names = {family.head, *(item.disorder for item in family.fitting())}
    return frozenset(complaint for name in names for complaint in kb.disorders[name].explains)


def lines_of(kb: KnowledgeBase, ranked: list[Family]) -> Lines:
    """The lines that are shown, from all families, best first; what a combined disorder takes beneath it has none."""
    parts = beneath(kb, ranked)
    own = [family for family in ranked if family.head not in parts]
    fitting = tuple(line for line in own if line.band is Band.FITS)
    undecided = tuple(line for line in own if line.band is Band.OPEN and line.best.weight > 0)
    if fitting and undecided and _overtakes(undecided[0].best, fitting[0].best):
        return Lines(undecided[0], fitting, undecided[1 : OPEN_SHOWN + 1])
    return Lines(None, fitting, undecided[:OPEN_SHOWN])


def _overtakes(undecided: Standing, fitting: Standing) -> bool:
    """Whether an undecided disorder is far ahead of one that fits; what is probable or established is not overtaken."""
    return fitting.grade is Grade.POSSIBLE and undecided.claim > fitting.claim + AHEAD_BY


def leading_families(kb: KnowledgeBase, lines: Lines, truths: Mapping[str, Truth]) -> list[Family]:
    """The line that is ahead, then the first that fits and each further one with a complaint of its own to explain.

    That is a present complaint which no family that leads and fits explains; what is undecided explains none yet.
    """
    present = {entry.id for entry in kb.interview.complaints if truths[f"complaint.{entry.id}"] is Truth.TRUE}
    leading: list[Family] = []
    covered: set[str] = set()
    for family in lines.fitting:
        explains = explained(kb, family) & present
        if not leading or explains - covered:
            leading.append(family)
            covered |= explains
    return [lines.ahead, *leading] if lines.ahead is not None else leading


def leading_lines(kb: KnowledgeBase, ranked: list[Family], truths: Mapping[str, Truth]) -> list[str]:
    """The heads of the leading families."""
    return [family.head for family in leading_families(kb, lines_of(kb, ranked), truths)]
