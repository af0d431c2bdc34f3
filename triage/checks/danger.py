"""``danger-sign-both-ways`` and ``reassurance-required``.

More danger never lowers urgency, and no answer is needed to raise it.
"""

from __future__ import annotations

from collections.abc import Iterator

from triage.checks.report import Remark
from triage.logic import signed_atoms, to_text
from triage.models import KnowledgeBase, Rule, RuleKind, Sign


def check(kb: KnowledgeBase) -> Iterator[Remark]:
    """Danger signs that also reassure, and urgency rules that wait for a no."""
    for rule in kb.rules.values():
        if rule.kind is RuleKind.URGENCY_WHEN:
            yield from _required_reassurance(kb, rule)
        elif rule.kind is RuleKind.URGENCY_UNLESS:
            for sign, positive in _signs(kb, rule):
                if positive and sign in kb.danger_signs:
                    yield Remark(
                        "danger-sign-both-ways",
                        rule.place,
                        rule.owner,
                        f"`{to_text(sign)}` raises urgency elsewhere and reassures here",
                        "a danger sign stands in `when` only, or negated in `unless`",
                    )


def _required_reassurance(kb: KnowledgeBase, rule: Rule) -> Iterator[Remark]:
    for sign, positive in _signs(kb, rule):
        if not positive:
            both = " and raises urgency elsewhere" if sign in kb.danger_signs else ""
            yield Remark(
                "danger-sign-both-ways" if both else "reassurance-required",
                rule.place,
                rule.owner,
                f"`when` waits for a no to `{to_text(sign)}`{both}",
                "move it to `unless`: an unknown answer must not block a danger rule",
            )


def _signs(kb: KnowledgeBase, rule: Rule) -> list[tuple[Sign, bool]]:
    signed = signed_atoms(rule.expr, kb.exprs)
    return sorted({(atom, positive) for atom, positive in signed if isinstance(atom, Sign)}, key=str)
