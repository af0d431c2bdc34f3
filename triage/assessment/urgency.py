"""How soon care is needed: decided by urgency rules, never by ranking."""

from __future__ import annotations

from collections.abc import Iterable

from triage.logic import Truth, World, evaluate, pending_findings
from triage.models import HeldRule, KnowledgeBase, Level, OpenRule, Urgency, UrgencyRule


def rule_truth(rule: UrgencyRule, world: World) -> Truth:
    """True when the rule holds, false when it cannot any more, unknown while open; reassurance needs no answer."""
    when = world.truths[f"{rule.id}.when"]
    reassured = world.truths.get(f"{rule.id}.unless", Truth.FALSE) is Truth.TRUE
    if when is Truth.FALSE or reassured:
        return Truth.FALSE
    return when


def held_rules(kb: KnowledgeBase, world: World) -> list[UrgencyRule]:
    """The urgency rules that hold, of every level."""
    return [rule for rule in kb.urgency_rules.values() if rule_truth(rule, world) is Truth.TRUE]


def concerns(rule: UrgencyRule, world: World) -> bool:
    """Whether a complaint the rule belongs to is present or not yet denied."""
    return any(world.truths.get(f"complaint.{name}", Truth.UNKNOWN) is not Truth.FALSE for name in rule.about)


def urgency_of(kb: KnowledgeBase, world: World, leading: Iterable[str]) -> Urgency:
    """Urgency now, what it could become, the rules that hold and those still open, highest first."""
    held: list[HeldRule] = []
    open_rules: list[OpenRule] = []
    for rule in kb.urgency_rules.values():
        truth = rule_truth(rule, world)
        if truth is Truth.TRUE:
            held.append(HeldRule(rule=rule.id, level=rule.level))
        elif truth is Truth.UNKNOWN and concerns(rule, world):
            pending = pending_findings(kb.exprs[f"{rule.id}.when"], world)
            if pending:
                open_rules.append(OpenRule(rule=rule.id, level=rule.level, findings=tuple(sorted(pending))))
    now = level_now(kb, world, (item.level for item in held), leading)
    could = max([now, *(item.level for item in open_rules)], key=lambda level: level.rank)
    return Urgency(
        now=now,
        could_become=could,
        because=tuple(sorted(held, key=lambda item: (-item.level.rank, item.rule))),
        open=tuple(sorted(open_rules, key=lambda item: (-item.level.rank, item.rule))),
    )


def level_now(kb: KnowledgeBase, world: World, held: Iterable[Level], leading: Iterable[str]) -> Level:
    """The highest of the levels that hold; without one, ordinary or, where all that leads allows it, care at home."""
    now = max(held, key=lambda level: level.rank, default=None)
    if now is not None:
        return now
    return Level.SELF_CARE if _self_care(kb, world, list(leading)) else Level.ROUTINE


def _self_care(kb: KnowledgeBase, world: World, leading: list[str]) -> bool:
    mild = (world.truths.get(f"{name}.self_care_when", Truth.FALSE) is Truth.TRUE for name in leading)
    if not leading or not all(mild):
        return False
    return not any(evaluate(sign, world.facts) is Truth.TRUE for sign in kb.danger_signs)
