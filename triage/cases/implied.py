"""Implied values: what holds of a finding that need not be asked."""

from __future__ import annotations

from triage.logic import Facts, Truth, Value, evaluate
from triage.models import KnowledgeBase


def complete_facts(kb: KnowledgeBase, facts: Facts) -> Facts:
    """``facts`` with the implied value of every finding whose guard is false; a given answer is kept.

    A guard sees the values implied by guards before it, so that a finding below an absent complaint is decided too.
    """
    completed: dict[str, Value] = dict(facts)
    implied = kb.implied
    for finding, guard in kb.guards.items():
        if finding in implied and finding not in completed and evaluate(guard, completed) is Truth.FALSE:
            completed[finding] = implied[finding]
    return completed
