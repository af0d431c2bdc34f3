"""What a label is held against: lines of the differential, nerve modality, urgency.

Taken from an assessment of any engine, or decided by the reference without what no label speaks of (caveats, treatment
paths, what would settle a disorder), in a quarter of the time; a test holds both equal.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from triage.assessment import Decided, Ranking, decided, held_rules, level_now, ranking_of
from triage.assessment.nerves import nerves_of, with_disorder
from triage.assessment.ranking import leading_families, lines_of
from triage.logic import Facts
from triage.models import Assessment, Entry, KnowledgeBase, Level, NerveModality, RuleKind


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the differential: its family's head and the members shown beneath."""

    head: str
    best: str
    """the most exact name a reader finds: the best member beneath, also where the head itself ranks higher"""
    members: frozenset[str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a case came out as: the lines of the differential, then those not decided, as a reader meets them.

    ``from_open`` tells that nothing fits.
    """

    lines: tuple[Line, ...]
    from_open: bool
    modality: NerveModality
    urgency: Level


def outcome_of(kb: KnowledgeBase, assessment: Assessment) -> Outcome:
    """The outcome that an assessment holds."""
    lines = [
        _line(
            entry.disorder,
            [
                one.disorder
                for one in assessment.differential
                if one.parent == entry.disorder and _member(kb, one)
            ],
        )
        for entry in assessment.differential
        if entry.parent is None
    ]
    lines += [_open_line(kb, entry.disorder) for entry in assessment.open]
    return Outcome(
        tuple(lines), not assessment.differential, assessment.nerves.modality, assessment.urgency.now
    )


def outcomes(kb: KnowledgeBase) -> Callable[[Facts], Outcome]:
    """What turns validated answers into an outcome by the reference engine; what holds unanswered is decided once."""
    nothing_known = decided(kb, {}, RuleKind.ADULT)
    ranking = ranking_of(nothing_known)

    def of(facts: Facts) -> Outcome:
        case = nothing_known.answered(facts)
        return _outcome(case, ranking.after(case))

    return of


def _outcome(case: Decided, ranking: Ranking) -> Outcome:
    kb, world = case.kb, case.world
    lines = lines_of(kb, ranking.ranked)
    leading = leading_families(kb, lines, case.truths)
    heads = [family.head for family in leading]
    held = [rule.level for rule in held_rules(kb, world)]
    shown = [_line(family.head, [one.disorder for one in family.members()]) for family in lines.differential]
    shown += [_open_line(kb, family.best.disorder) for family in lines.open]
    nerves = with_disorder(kb, nerves_of(kb, world), lines.shown, leading)
    return Outcome(tuple(shown), not lines.fitting, nerves.modality, level_now(kb, world, held, heads))


def _line(head: str, members: list[str]) -> Line:
    return Line(head, members[0] if members else head, frozenset(members))


def _open_line(kb: KnowledgeBase, disorder: str) -> Line:
    return Line(kb.family(disorder), disorder, frozenset({disorder}))


def _member(kb: KnowledgeBase, entry: Entry) -> bool:
    return kb.disorders[entry.disorder].parent == entry.parent
