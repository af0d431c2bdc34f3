"""What a label is held against: lines of the differential, nerve modality, urgency.

Taken from an assessment of any engine, or decided by the reference without what no label speaks of (caveats, treatment
paths, what would settle a disorder), in less than half the time; a test holds both equal.
"""

from __future__ import annotations

from dataclasses import dataclass

from triage.assessment import decide, level_now, rule_truth, world_of
from triage.assessment.nerves import nerves_of, with_disorder
from triage.assessment.ranking import families, leading_families, lines_left, open_lines, shown_lines
from triage.logic import Facts, Truth
from triage.models import Assessment, Band, Entry, KnowledgeBase, Level, NerveModality, RuleKind


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the differential: the disorder that decides it, its family's head, and the members that fit."""

    head: str
    best: str
    members: frozenset[str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a case came out as; ``from_open`` tells that nothing fits and the lines are those not decided."""

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
                if one.parent == entry.disorder and _member(kb, one) and one.band is Band.FITS
            ],
        )
        for entry in assessment.differential
        if entry.parent is None
    ]
    if not lines:
        lines = [_open_line(kb, entry.disorder) for entry in assessment.open]
    return Outcome(
        tuple(lines), not assessment.differential, assessment.nerves.modality, assessment.urgency.now
    )


def outcome(kb: KnowledgeBase, facts: Facts) -> Outcome:
    """The outcome of validated answers, decided by the reference engine."""
    truths = decide(kb, facts, RuleKind.ADULT)
    world = world_of(kb, facts, truths)
    lines = lines_left(kb, families(kb, world))
    fitting = [family for family in lines if family.band is Band.FITS]
    leading = [family.head for family in leading_families(kb, fitting, truths)]
    held = [rule.level for rule in kb.urgency_rules.values() if rule_truth(kb, rule, world) is Truth.TRUE]
    shown = [
        _line(family.head, [one.disorder for one in family.fitting() if one.disorder != family.head])
        for family in fitting
    ] or [_open_line(kb, family.best.disorder) for family in open_lines(lines)]
    nerves = with_disorder(kb, nerves_of(kb, world), shown_lines(lines))
    return Outcome(tuple(shown), not fitting, nerves.modality, level_now(kb, world, held, leading))


def _line(head: str, fitting: list[str]) -> Line:
    return Line(head, fitting[0] if fitting else head, frozenset(fitting))


def _open_line(kb: KnowledgeBase, disorder: str) -> Line:
    return Line(kb.family(disorder), disorder, frozenset({disorder}))


def _member(kb: KnowledgeBase, entry: Entry) -> bool:
    return kb.disorders[entry.disorder].parent == entry.parent
