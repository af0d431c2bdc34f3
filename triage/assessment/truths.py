"""The reference engine: ``logic.evaluate`` on every rule, layer by layer."""

from __future__ import annotations

from triage.cases import complete_facts
from triage.logic import Facts, Truth, evaluate
from triage.models import KnowledgeBase, RuleKind

Truths = dict[str, Truth]


def decide(kb: KnowledgeBase, facts: Facts, last: RuleKind = RuleKind.CAVEAT) -> Truths:
    """The truth of every rule by its id; ``facts`` are validated answers in the findings' units.

    ``last`` leaves out the layers above it, for callers that read no caveats.
    """
    completed = complete_facts(kb, facts)
    truths: Truths = {}
    for rule in kb.rules.values():
        if rule.kind > last:
            break
        truths[rule.id] = evaluate(rule.expr, completed, truths)
    return truths
