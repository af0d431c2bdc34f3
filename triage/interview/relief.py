"""A level of urgency that falls by an answer: who was told to be seen soon is told that it is no longer so, and why."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from triage.assessment import held_rules, rule_truth
from triage.explain import why_not
from triage.interview.memory import Memory
from triage.interview.overview import so_far
from triage.interview.state import Answers
from triage.logic import Truth, World
from triage.models import KnowledgeBase, Level


@dataclass(frozen=True, slots=True)
class Relief:
    """Urgency rules that held and hold no more because of the answers just given."""

    was: Level
    """how soon to be seen while they held"""
    ended: tuple[str, ...]
    """those that are false now"""
    reopened: tuple[str, ...]
    """those that are unknown now"""
    answers: tuple[str, ...]
    """the findings whose answers made it so"""
    now: Level
    """how soon to be seen after these answers"""


def pressing(kb: KnowledgeBase, world: World) -> tuple[str, ...]:
    """The urgency rules of the highest level that holds; none where an ordinary appointment is soon enough."""
    held = [rule for rule in held_rules(kb, world) if rule.level.rank > Level.ROUTINE.rank]
    highest = max((rule.level.rank for rule in held), default=0)
    return tuple(rule.id for rule in held if rule.level.rank == highest)


def relief_of(
    memory: Memory, answers: Answers, page: Collection[str], before: Sequence[str]
) -> Relief | None:
    """What the answers to the findings of a page took back of the rules that were ``pressing`` before.

    None if the level stays; every emergency that ends counts, also while there is another. Where none of these
    answers decides a rule, all of them are named.
    """
    kb, world = memory.kb, memory.at(answers.facts)
    gone = [name for name in before if rule_truth(kb.urgency_rules[name], world) is not Truth.TRUE]
    if not gone:
        return None
    was, now = kb.urgency_rules[gone[0]].level, so_far(memory, answers.facts).now
    if now.rank >= was.rank and was is not Level.EMERGENCY:
        return None
    used = {
        name
        for rule in gone
        for reason in why_not(kb, world, answers.facts, rule)
        for name in reason.all_used()
    }
    false = [name for name in sorted(gone) if rule_truth(kb.urgency_rules[name], world) is Truth.FALSE]
    return Relief(
        was=was,
        ended=tuple(false),
        reopened=tuple(name for name in sorted(gone) if name not in false),
        answers=tuple(name for name in page if name in used) or tuple(page),
        now=now,
    )
