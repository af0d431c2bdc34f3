"""Checks of disorders: nested grades, evidence that repeats a criterion, signs used against, what answers can reach."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, product

from triage.checks.repetition import repeats
from triage.checks.report import Remark
from triage.logic import (
    Expr,
    Facts,
    HasChoice,
    Not,
    Truth,
    evaluate,
    findings_of,
    named_rules,
    signed_atoms,
    walk,
)
from triage.models import AskedOf, Direction, Disorder, Grade, KnowledgeBase, Sign

MAX_ENUMERATED = 14


def check(kb: KnowledgeBase) -> Iterator[Remark]:
    """What is meaningful but wrong in the disorders."""
    for disorder in kb.disorders.values():
        yield from _nested(kb, disorder)
        yield from _repeated(kb, disorder)
        yield from _rules_out(kb, disorder)
        yield from _rule_in_only(kb, disorder)
        yield from _reachable(kb, disorder)


def _remark(
    kb: KnowledgeBase, code: str, disorder: Disorder, name: str, message: str, hint: str = ""
) -> Remark:
    rule = f"{disorder.id}.{name}"
    place = kb.rules[rule].place if rule in kb.rules else kb.places[disorder.id]
    return Remark(code, place, rule, message, hint)


def _nested(kb: KnowledgeBase, disorder: Disorder) -> Iterator[Remark]:
    exprs = {grade: kb.exprs[f"{disorder.id}.{grade}"] for grade in disorder.grades.defined}
    for name, expr in exprs.items():
        if any(isinstance(node, Not) for node in walk(expr)):
            yield _remark(kb, "grades-not-nested", disorder, name, "negates a criterion", "use `excludes`")
    for lower, higher in pairwise(exprs):
        example = _counterexample(exprs[higher], exprs[lower])
        if example is not None:
            met = ", ".join(
                sorted(rule.rpartition(".")[2] for rule, value in example.items() if value is Truth.TRUE)
            )
            message = f"`{higher}` holds without `{lower}` when only {met or 'nothing'} is met"
            yield _remark(
                kb,
                "grades-not-nested",
                disorder,
                higher,
                message,
                f"make `{higher}` demand what `{lower}` does",
            )


def _counterexample(strong: Expr, weak: Expr) -> dict[str, Truth] | None:
    names = sorted(named_rules(strong) | named_rules(weak))
    if len(names) > MAX_ENUMERATED:
        return None
    for values in product((Truth.FALSE, Truth.TRUE), repeat=len(names)):
        truths = dict(zip(names, values, strict=True))
        if evaluate(strong, {}, truths) is Truth.TRUE and evaluate(weak, {}, truths) is not Truth.TRUE:
            return truths
    return None


def _repeated(kb: KnowledgeBase, disorder: Disorder) -> Iterator[Remark]:
    for item in disorder.evidence:
        for message, hint in repeats(kb, disorder, item):
            yield _remark(kb, "evidence-repeats-criterion", disorder, item.id, message, hint)


def _rules_out(kb: KnowledgeBase, disorder: Disorder) -> Iterator[Remark]:
    for criterion in disorder.criteria:
        if criterion.if_false is None or criterion.judgement:
            continue
        for atom, _ in signed_atoms(kb.exprs[f"{disorder.id}.{criterion.id}"], kb.exprs):
            for name in findings_of(atom):
                finding = kb.findings[name]
                if finding.asked_of is AskedOf.PATIENT and finding.reliable is None:
                    message = f"rules out on `{name}`, which people answer and which is not marked reliable"
                    yield _remark(
                        kb, "rules-out-on-an-answer", disorder, criterion.id, message, "drop `if_false`"
                    )


def _rule_in_only(kb: KnowledgeBase, disorder: Disorder) -> Iterator[Remark]:
    against = [one.id for one in disorder.evidence if one.direction is Direction.AGAINST]
    # In a criterion the sign's absence lowers the fit; in an exclusion or evidence against it must not stand negated.
    for name in [one.id for one in disorder.criteria if not one.judgement]:
        for sign, positive in _signs(kb, f"{disorder.id}.{name}"):
            if positive and _alone(kb.exprs[f"{disorder.id}.{name}"], sign):
                message = f"`{sign.finding}` only rules in, but its absence fails this criterion"
                yield _remark(
                    kb, "rule-in-only-against", disorder, name, message, "make it evidence for the disorder"
                )
    for name in [one.id for one in disorder.excludes] + against:
        for sign, positive in _signs(kb, f"{disorder.id}.{name}"):
            if not positive:
                message = f"`{sign.finding}` only rules in, but its absence counts against the disorder"
                yield _remark(kb, "rule-in-only-against", disorder, name, message)


def _alone(expr: Expr, sign: Sign) -> bool:
    """Whether the sign's absence alone makes the expression false, all else met."""
    absent: Facts = {sign.finding: {sign.choice: False} if isinstance(sign, HasChoice) else False}
    return evaluate(expr, absent, dict.fromkeys(named_rules(expr), Truth.TRUE)) is Truth.FALSE


def _signs(kb: KnowledgeBase, rule: str) -> list[tuple[Sign, bool]]:
    return [
        (atom, positive)
        for atom, positive in signed_atoms(kb.exprs[rule], kb.exprs)
        if isinstance(atom, Sign) and kb.findings[atom.finding].rule_in_only is not None
    ]


def _reachable(kb: KnowledgeBase, disorder: Disorder) -> Iterator[Remark]:
    if disorder.best_by_answers not in (Grade.PROBABLE, Grade.ESTABLISHED):
        return
    for exclusion in disorder.excludes:
        atoms = list(signed_atoms(kb.exprs[f"{disorder.id}.{exclusion.id}"], kb.exprs))
        examined = [
            name
            for atom, _ in atoms
            for name in findings_of(atom)
            if kb.findings[name].asked_of is not AskedOf.PATIENT
        ]
        if examined and len(examined) == sum(len(findings_of(atom)) for atom, _ in atoms):
            needed = ", ".join(sorted(set(examined)))
            message = (
                f"only an examination or test decides it ({needed}), so answers reach `possible` at most"
            )
            hint = "make it evidence against, or say `best_by_answers: possible`"
            yield _remark(kb, "unreachable-grade", disorder, exclusion.id, message, hint)
