"""``danger-sign-both-ways`` and ``reassurance-required``.

More danger never lowers urgency, and no answer is needed to raise it.
"""

from __future__ import annotations

from collections.abc import Iterator

from triage.checks.report import Remark
from triage.logic import Atom, HasChoice, YesNo, signed_atoms
from triage.models import KnowledgeBase, Rule, RuleKind


def check(kb: KnowledgeBase) -> Iterator[Remark]:
    """Danger signs that also reassure, and urgency rules that wait for a no."""
    for rule in kb.rules.values():
        if rule.kind is RuleKind.URGENCY_WHEN:
            yield from _required_reassurance(kb, rule)
        elif rule.kind is RuleKind.URGENCY_UNLESS:
            for atom, positive in _signs(kb, rule):
                if positive and atom in kb.danger_signs:
                    yield Remark(
                        "danger-sign-both-ways",
                        rule.place,
                        rule.owner,
                        f"`{_name(atom)}` raises urgency elsewhere and reassures here",
                        "a danger sign stands in `when` only, or negated in `unless`",
                    )


def _required_reassurance(kb: KnowledgeBase, rule: Rule) -> Iterator[Remark]:
    for atom, positive in _signs(kb, rule):
        if not positive:
            both = " and raises urgency elsewhere" if atom in kb.danger_signs else ""
            yield Remark(
                "danger-sign-both-ways" if both else "reassurance-required",
                rule.place,
                rule.owner,
                f"`when` waits for a no to `{_name(atom)}`{both}",
                "move it to `unless`: an unknown answer must not block a danger rule",
            )


def _signs(kb: KnowledgeBase, rule: Rule) -> Iterator[tuple[Atom, bool]]:
    found = {pair for pair in signed_atoms(rule.expr, kb.exprs) if isinstance(pair[0], YesNo | HasChoice)}
    yield from sorted(found, key=str)


def _name(atom: Atom) -> str:
    return f"{atom.choice} in {atom.finding}" if isinstance(atom, HasChoice) else getattr(atom, "finding", "")
