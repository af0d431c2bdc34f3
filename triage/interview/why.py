"""Why a question is asked: the danger rules and disorders that hang on its answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from triage.assessment.grading import standing
from triage.assessment.likeness import likeness_of
from triage.assessment.urgency import rule_truth
from triage.interview import wording
from triage.logic import Truth, World, pending_findings
from triage.models import Band, KnowledgeBase

WHY_SHOWN = 4


@dataclass(frozen=True, slots=True)
class WhyAsked:
    """What an answer could still change; ids, highest danger and best fit first."""

    urgency_rules: tuple[str, ...]
    criteria: tuple[str, ...]
    """``disorder.criterion``"""
    patterns: tuple[str, ...]


def why_asked(kb: KnowledgeBase, world: World, finding: str) -> WhyAsked:
    """The open rules in which the finding is still pending."""
    rules = [
        rule
        for rule in kb.urgency_rules.values()
        if world.truths[f"{rule.id}.when"] is Truth.UNKNOWN
        and finding in pending_findings(kb.exprs[f"{rule.id}.when"], world)
    ]
    likeness = likeness_of(kb, world.facts)
    standings = [standing(kb, disorder, world.truths, likeness) for disorder in kb.disorders.values()]
    able = sorted((one for one in standings if one.band in (Band.FITS, Band.OPEN)), key=lambda one: one.key)
    criteria = [
        f"{one.disorder}.{criterion.id}"
        for one in able
        for criterion in kb.disorders[one.disorder].criteria
        if not criterion.judgement
        and finding in pending_findings(kb.exprs[f"{one.disorder}.{criterion.id}"], world)
    ]
    patterns = [
        pattern.id
        for pattern in kb.patterns.values()
        if pattern.involvement and finding in pending_findings(kb.exprs[pattern.id], world)
    ]
    return WhyAsked(
        tuple(rule.id for rule in sorted(rules, key=lambda rule: (-rule.level.rank, rule.id))),
        tuple(criteria),
        tuple(patterns),
    )


def emergencies(kb: KnowledgeBase, world: World) -> tuple[str, ...]:
    """The emergency rules that hold now."""
    highest = max(kb.urgency.levels, key=lambda level: level.rank)
    return tuple(
        rule.id
        for rule in kb.urgency_rules.values()
        if rule.level is highest and rule_truth(rule, world) is Truth.TRUE
    )


def why_lines(kb: KnowledgeBase, world: World, findings: Sequence[str]) -> list[str]:
    """The same as sentences, for the findings of one question together."""
    dangers: dict[str, None] = {}
    disorders: dict[str, None] = {}
    nerve = False
    overview = any(name in page.findings for page in kb.interview.overviews for name in findings)
    for name in findings:
        reason = why_asked(kb, world, name)
        dangers |= {kb.urgency_rules[rule].label: None for rule in reason.urgency_rules}
        disorders |= {kb.disorders[rule.split(".")[0]].name: None for rule in reason.criteria}
        nerve = nerve or bool(reason.patterns)
    lines = []
    if dangers:
        lines += [wording.WHY_DANGER, *_some(list(dangers))]
    if disorders:
        lines += [wording.WHY_DISORDER, *_some(list(disorders))]
    if nerve:
        lines.append(wording.WHY_NERVE)
    if overview:
        lines.append(wording.WHY_OVERVIEW)
    return lines or [wording.WHY_NOTHING]


def _some(texts: list[str]) -> list[str]:
    more = len(texts) - WHY_SHOWN
    return [*(f"  - {text}" for text in texts[:WHY_SHOWN]), *([f"  - and {more} more"] if more > 0 else [])]
