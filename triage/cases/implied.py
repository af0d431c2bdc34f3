"""Implied values: what holds of a finding that need not be asked."""

from __future__ import annotations

from triage.logic import Facts, Truth, Value, evaluate
from triage.models import KnowledgeBase


def complete_facts(kb: KnowledgeBase, facts: Facts) -> Facts:
    """``facts`` with the implied value of every finding whose guard is false; a given answer is kept.

    A guard sees the values implied by guards before it, so that a finding below an absent complaint is decided too.
    """
    completed: dict[str, Value] = dict(facts)
    known = completed.keys()
    implied, named = kb.implied, kb.named_by_guard
    for finding, guard in kb.guards.items():
        # INVARIANT: an expression is not false while nothing that it names is known. Few answers leave most guards so.
        if finding not in implied or finding in completed or known.isdisjoint(named[finding]):
            continue
        if evaluate(guard, completed) is Truth.FALSE:
            completed[finding] = implied[finding]
    return completed
