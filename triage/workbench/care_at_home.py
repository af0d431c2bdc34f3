"""Why a case in which no urgency rule holds is an ordinary appointment and not care at home."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from triage.logic import Facts, Truth, World, evaluate, signed_atoms, to_text
from triage.models import KnowledgeBase, RuleKind, Sign

_STANDS = {Truth.FALSE: "does not hold or is not written", Truth.UNKNOWN: "is unknown"}


def against_care_at_home(kb: KnowledgeBase, world: World, leading: Sequence[str]) -> str:
    """What keeps a case from care at home, as a hint: danger signs, then leading disorders that do not allow it."""
    signs = list(_answered_signs(kb, world.facts))
    told = []
    if signs:
        told.append(f"these danger signs end care at home: {', '.join(signs)}")
    told += [
        f"`{name}.self_care_when` {_STANDS[world.truths.get(f'{name}.self_care_when', Truth.FALSE)]}"
        for name in leading
        if world.truths.get(f"{name}.self_care_when", Truth.FALSE) is not Truth.TRUE
    ]
    if not leading:
        told.append("no disorder leads")
    return "; ".join(told)


def _answered_signs(kb: KnowledgeBase, facts: Facts) -> Iterator[str]:
    """Every danger sign that is told, with the first rule that reads it."""
    for sign in sorted(kb.danger_signs, key=str):
        if evaluate(sign, facts) is Truth.TRUE:
            yield f"`{to_text(sign)}` (read by {_reader(kb, sign)})"


def _reader(kb: KnowledgeBase, sign: Sign) -> str:
    readers = [
        rule.owner
        for rule in kb.rules.values()
        if rule.kind is RuleKind.URGENCY_WHEN and (sign, True) in signed_atoms(rule.expr, kb.exprs)
    ]
    return f"{readers[0]} and {len(readers) - 1} more" if len(readers) > 1 else readers[0]
