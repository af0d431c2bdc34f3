"""Families, combined disorders and leading disorders: from standings to lines of the differential diagnosis."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from triage.assessment.grading import Standing, standing
from triage.assessment.likeness import likeness_of
from triage.logic import Truth, World
from triage.models import Band, KnowledgeBase

OPEN_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Family:
    """One line of the differential: a head with its members, or a disorder that stands alone."""

    head: str
    standings: tuple[Standing, ...]
    """head and members, best first"""

    @property
    def best(self) -> Standing:
        """The member that decides the rank."""
        return self.standings[0]

    @property
    def band(self) -> Band:
        """The band of the best member."""
        return self.best.band

    def fitting(self) -> list[Standing]:
        """Head and members that fit, best first."""
        return [item for item in self.standings if item.band is Band.FITS]


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
    found = [Family(head, tuple(sorted(items, key=lambda item: item.key))) for head, items in grouped.items()]
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


def leading_families(kb: KnowledgeBase, fitting: list[Family], truths: Mapping[str, Truth]) -> list[Family]:
    """The first family that fits, then each further one that explains a present complaint no leading one explains."""
    present = {entry.id for entry in kb.interview.complaints if truths[f"complaint.{entry.id}"] is Truth.TRUE}
    leading: list[Family] = []
    covered: set[str] = set()
    for family in fitting:
        explains = explained(kb, family) & present
        if not leading or explains - covered:
            leading.append(family)
            covered |= explains
    return leading


def lines_left(kb: KnowledgeBase, ranked: list[Family]) -> list[Family]:
    """The families that are lines of their own: none that a fitting combined disorder takes beneath it."""
    parts = beneath(kb, ranked)
    return [family for family in ranked if family.head not in parts]


def open_lines(lines: Iterable[Family]) -> list[Family]:
    """The lines shown as not decided, best first: those with more told for them than against, at most five."""
    return [line for line in lines if line.band is Band.OPEN and line.best.weight > 0][:OPEN_SHOWN]


def shown_lines(lines: Iterable[Family]) -> list[Family]:
    """The lines that fit; if none does, those shown as not decided."""
    listed = list(lines)
    return [line for line in listed if line.band is Band.FITS] or open_lines(listed)


def leading_lines(kb: KnowledgeBase, ranked: list[Family], truths: Mapping[str, Truth]) -> list[str]:
    """The heads of the leading families; what a combined disorder takes beneath it does not lead."""
    fitting = [line for line in lines_left(kb, ranked) if line.band is Band.FITS]
    return [family.head for family in leading_families(kb, fitting, truths)]
