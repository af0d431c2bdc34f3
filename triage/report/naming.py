"""Every rule by what it says, for people: the label or text of what it belongs to, never its id."""

from __future__ import annotations

from triage.errors import UsageError, nearest
from triage.explain import GRADES
from triage.models import (
    CaveatSet,
    Cite,
    Disorder,
    Evidence,
    Exclusion,
    Grade,
    KnowledgeBase,
    RuleKind,
    Treatment,
    UrgencyRule,
)
from triage.report import wording

Said = tuple[str, tuple[Cite, ...]]
"""what a rule says, and its sources"""


def resolved(kb: KnowledgeBase, name: str) -> str:
    """The id of the disorder, danger rule or other rule that ``name`` means.

    Raises ``UsageError`` for a name that nothing has.
    """
    if name in kb.aliases:
        return kb.aliases[name]
    if name in kb.urgency_rules or name in kb.exprs:
        return name
    known = [*kb.aliases, *kb.urgency_rules, *kb.treatments, *kb.exprs]
    raise UsageError(f"nothing is called `{name}`", hint=nearest(name, known))


def title_of(kb: KnowledgeBase, name: str) -> str:
    """What a disorder, danger rule or other rule is called."""
    if name in kb.disorders:
        return kb.disorders[name].name
    if name in kb.urgency_rules:
        return kb.urgency_rules[name].label
    return rule_said(kb, name)[0]


def rule_said(kb: KnowledgeBase, rule: str) -> Said:
    """What a rule says in words, and its sources."""
    if rule in kb.patterns:
        return kb.patterns[rule].label, kb.patterns[rule].source
    entry = kb.rules[rule]
    part = rule.removeprefix(f"{entry.owner}.")
    match entry.kind:
        case RuleKind.GUARD:
            return wording.ASKED.format(finding=kb.findings[entry.owner].label), ()
        case RuleKind.COMPLAINT:
            label = next(one.label for one in kb.interview.complaints if f"complaint.{one.id}" == rule)
            return wording.PRESENT.format(complaint=label), ()
        case RuleKind.URGENCY_WHEN | RuleKind.URGENCY_UNLESS:
            return _urgency(kb.urgency_rules[entry.owner], part)
        case RuleKind.ADULT:
            return wording.ADULT, ()
        case RuleKind.CONTEXT | RuleKind.CAVEAT:
            return _treatment(kb, rule)
        case _:
            return _disorder(kb.disorders[entry.owner], part)


def _urgency(rule: UrgencyRule, part: str) -> Said:
    text = rule.label if part == "when" else wording.REASSURES.format(rule=rule.label)
    return text, rule.source


def _disorder(disorder: Disorder, part: str) -> Said:
    if part in GRADES:
        return f"{disorder.name} {wording.GRADE[Grade(part)]}", ()
    for criterion in disorder.criteria:
        if criterion.id == part:
            return f"{part.upper()}. {criterion.text}", criterion.source
    parts: tuple[Exclusion | Evidence, ...] = (*disorder.excludes, *disorder.evidence)
    for one in parts:
        if one.id == part:
            return one.text, one.source
    if part == "confirmed_by":
        return disorder.confirmed_by.text, disorder.confirmed_by.source
    return wording.MILD.format(name=disorder.name), ()


def _treatment(kb: KnowledgeBase, rule: str) -> Said:
    holders: tuple[CaveatSet | Treatment, ...] = (*kb.caveat_sets.values(), *kb.treatments.values())
    for holder in holders:
        for caveat in holder.caveats:
            if f"{holder.id}.{caveat.id}" == rule:
                return caveat.text, caveat.source
    for treatment in kb.treatments.values():
        for path in treatment.paths:
            if path.context and f"{treatment.id}.{path.id}.context" == rule:
                return f"{treatment.name}, {path.context.text}", ()
            for caveat in path.caveats:
                if f"{treatment.id}.{path.id}.{caveat.id}" == rule:
                    return caveat.text, caveat.source
    raise KeyError(rule)
