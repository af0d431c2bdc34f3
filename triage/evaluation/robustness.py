"""What missing answers cost: the right name, or any name at all."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from triage.assessment import decided, leading_lines, ranking_of
from triage.assessment.ranking import Family, lines_of
from triage.models import NONE_OF_THESE, Case, KnowledgeBase, RuleKind

Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tries:
    """One case with answers removed again and again: how often what came first with all answers still does."""

    id: str
    disorder: str
    """the labelled disorder; without a label the leading family"""
    tries: int
    leader_stays: int
    """the family that led first still does"""
    first_line_stays: int
    """it is still the first line: of what leads, else of what is undecided"""
    no_name: int
    """nothing fits any more"""

    @property
    def wrong_name(self) -> int:
        """Another family leads."""
        return self.tries - self.leader_stays - self.no_name


def robustness(
    kb: KnowledgeBase, cases: Sequence[Case], share: float, *, repeats: int = 20, seed: int = 0
) -> Figures:
    """Fractions of tries in which the leading family stays when ``share`` of the answers is missing.

    Cases in which nothing leads with all answers have nothing to lose and are only counted; so are those labelled as
    none of these. The same seed gives the
    same figures.
    """
    tried = [found for case in cases if (found := _tries(kb, case, share, repeats, seed)) is not None]
    worst = _by_disorder(tried)
    return {
        "removed": share,
        "repeats": repeats,
        "cases": len(tried),
        "without_leader": len(cases) - len(tried),
        "leader_stays": _share(tried, "leader_stays"),
        "first_line_stays": _share(tried, "first_line_stays"),
        "lost_no_name": _share(tried, "no_name"),
        "lost_wrong_name": _share(tried, "wrong_name"),
        "worst": sorted(
            worst, key=lambda one: (one["leader_stays"], one["first_line_stays"], one["disorder"])
        ),
    }


def _tries(kb: KnowledgeBase, case: Case, share: float, repeats: int, seed: int) -> Tries | None:
    expected = case.expected.disorder if case.expected else None
    full = decided(kb, case.facts, RuleKind.ADULT)
    ranking = ranking_of(full)
    leaders = leading_lines(kb, ranking.ranked, full.truths)
    if not leaders or expected == NONE_OF_THESE:
        return None
    leader = leaders[0]
    source = random.Random(f"{seed}:{case.id}:{share}")
    stays = first = nothing = 0
    for _ in range(repeats):
        # Taken away from the decided case, which is faster than deciding the rest anew; a test holds both equal.
        less = full.answered(dict.fromkeys(removed_answers(case, share, source)))
        ranked = ranking.after(less).ranked
        now = leading_lines(kb, ranked, less.truths)
        stays += now[:1] == [leader]
        nothing += not now
        first += (now[0] if now else _first_open(kb, ranked)) == leader
    return Tries(case.id, kb.aliases.get(expected or "", leader), repeats, stays, first, nothing)


def removed_answers(case: Case, share: float, source: random.Random) -> list[str]:
    """The findings whose answers are taken away: a random ``share`` of those the case has."""
    kept = round(len(case.facts) * (1 - share))
    staying = set(source.sample(sorted(case.facts), kept))
    return [name for name in case.facts if name not in staying]


def _first_open(kb: KnowledgeBase, ranked: list[Family]) -> str | None:
    return next((family.head for family in lines_of(kb, ranked).open), None)


def _by_disorder(tried: Iterable[Tries]) -> list[Figures]:
    grouped: dict[str, list[Tries]] = {}
    for one in tried:
        grouped.setdefault(one.disorder, []).append(one)
    return [
        {
            "disorder": name,
            "cases": len(own),
            "leader_stays": _share(own, "leader_stays"),
            "first_line_stays": _share(own, "first_line_stays"),
        }
        for name, own in grouped.items()
    ]


def _share(tried: Sequence[Tries], part: str) -> float | None:
    total = sum(one.tries for one in tried)
    return sum(getattr(one, part) for one in tried) / total if total else None
