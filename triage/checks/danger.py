"""``danger-sign-both-ways``, ``reassurance-required``, ``impossible-condition`` and ``person-needs-complaint``.

More danger never lowers urgency, and no answer is needed to raise it. A danger rule can hold, by each of its
alternatives, and without any complaint if it says that it is about everybody.
"""

from __future__ import annotations

from collections.abc import Iterator

from triage.checks.feasible import Demand, Feasible
from triage.checks.report import Remark
from triage.logic import Expr, signed_atoms, to_text
from triage.models import EVERYBODY, KnowledgeBase, Rule, RuleKind, Sign


def check(kb: KnowledgeBase) -> Iterator[Remark]:
    """Danger signs that also reassure, and urgency rules that wait for a no or can never hold."""
    feasible = Feasible(kb)
    for rule in kb.rules.values():
        if rule.kind in (RuleKind.URGENCY_WHEN, RuleKind.URGENCY_UNLESS):
            yield from _impossible(kb, rule, feasible)
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


def _impossible(kb: KnowledgeBase, rule: Rule, feasible: Feasible) -> Iterator[Remark]:
    whole = Demand(rule.expr)
    part = rule.id.rpartition(".")[2]
    dead: list[Expr] = []
    if feasible.left([whole], dead=dead.append) is None:
        message = f"no answers make `{part}` true"
        hint = "look for a yes and a no, or two ranges, of one finding, and for guards that are false then"
        yield Remark("impossible-condition", rule.place, rule.owner, message, hint)
        return
    for alternative in dead:
        message = f"`{to_text(alternative)}` can never be true together with the rest of `{part}`"
        yield Remark(
            "impossible-condition", rule.place, rule.owner, message, "delete or mend this alternative"
        )
    complaints = [entry.id for entry in kb.interview.complaints]
    if rule.kind is RuleKind.URGENCY_WHEN and EVERYBODY in kb.urgency_rules[rule.owner].about:
        absent = [Demand(kb.exprs[f"complaint.{name}"], holds=False) for name in complaints]
        if feasible.left([*absent, whole]) is None:
            yield Remark(
                "person-needs-complaint",
                rule.place,
                rule.owner,
                "it is about everybody, but can never hold of somebody without any complaint",
                "read findings `of: person` where such people must be warned; else let `about` name complaints alone",
            )


def _signs(kb: KnowledgeBase, rule: Rule) -> list[tuple[Sign, bool]]:
    signed = signed_atoms(rule.expr, kb.exprs)
    return sorted({(atom, positive) for atom, positive in signed if isinstance(atom, Sign)}, key=str)
