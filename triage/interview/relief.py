"""Emergencies that were shown and then end: a person who was told of one is told that it is none, and why."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from triage.assessment import rule_truth
from triage.explain import why_not
from triage.interview.memory import Memory
from triage.interview.overview import so_far
from triage.interview.state import Answers
from triage.logic import Truth
from triage.models import Level


@dataclass(frozen=True, slots=True)
class Relief:
    """Emergencies that were shown and hold no more because of answers given since."""

    ended: tuple[str, ...]
    """the urgency rules that are false now"""
    reopened: tuple[str, ...]
    """those that are unknown now"""
    answers: tuple[str, ...]
    """the findings whose answers made it so"""
    now: Level
    """how soon to be seen after these answers"""


def relief_of(
    memory: Memory, answers: Answers, page: Collection[str], gone: Collection[str]
) -> Relief | None:
    """What the answers to the findings of a page took back; ``gone`` are the rules that held before, None without any.

    Where none of these answers decides a rule, all of them are named.
    """
    if not gone:
        return None
    kb, world = memory.kb, memory.at(answers.facts)
    used = {
        name
        for rule in gone
        for reason in why_not(kb, world, answers.facts, rule)
        for name in reason.all_used()
    }
    false = [name for name in sorted(gone) if rule_truth(kb.urgency_rules[name], world) is Truth.FALSE]
    return Relief(
        ended=tuple(false),
        reopened=tuple(name for name in sorted(gone) if name not in false),
        answers=tuple(name for name in page if name in used) or tuple(page),
        now=so_far(memory, answers.facts).now,
    )
