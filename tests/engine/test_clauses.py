"""Every rule becomes conjunctions of positive premises."""

from __future__ import annotations

from itertools import product
from math import comb

import pytest

from triage.engine.clauses import MOST_COMBINATIONS, Clause, Premise, compile_clauses
from triage.errors import Place
from triage.logic import And, AtLeast, ComparePair, Expr, Not, Or, Ref, YesNo, to_text
from triage.models import Rule, RuleKind

A, B, C, D = (YesNo(name) for name in "abcd")


def clauses_of(expr: Expr, truth: bool) -> list[Clause]:
    rule = Rule("rule", RuleKind.PATTERN, "rule", expr, Place())
    return compile_clauses({"rule": rule}, [Premise(Ref("rule"), truth)])


def shown(expr: Expr, truth: bool) -> list[str]:
    def words(premise: Premise) -> str:
        return to_text(premise.expr) if premise.truth else f"false({to_text(premise.expr)})"

    return [
        f"{words(one.conclusion)} <- {', '.join(map(words, one.premises))}" for one in clauses_of(expr, truth)
    ]


def test_a_conjunction_is_one_clause() -> None:
    assert shown(And((A, B, And((C, D)))), True) == ["rule <- a, b, c, d"]


def test_a_conjunction_is_false_once_one_part_is() -> None:
    assert shown(And((A, Not(B))), False) == ["false(rule) <- false(a)", "false(rule) <- b"]


def test_a_disjunction_on_top_is_a_clause_for_each_part() -> None:
    assert shown(Or((A, And((B, C)))), True) == ["rule <- a", "rule <- b, c"]


def test_a_disjunction_inside_a_conjunction_is_a_part_of_its_own() -> None:
    assert shown(And((Or((A, B)), Or((C, D)))), True) == [
        "a or b <- a",
        "a or b <- b",
        "c or d <- c",
        "c or d <- d",
        "rule <- a or b, c or d",
    ]


def test_four_disjunctions_of_four_do_not_multiply() -> None:
    names = [[YesNo(f"f{row}{column}") for column in range(4)] for row in range(4)]
    expr = And(tuple(Or(tuple(row)) for row in names))
    assert len(clauses_of(expr, True)) == 4 * 4 + 1
    assert len(clauses_of(expr, False)) == 4


def test_falsity_of_a_disjunction_inside_a_conjunction_needs_no_part() -> None:
    assert shown(And((A, Or((B, C)))), False) == [
        "false(rule) <- false(a)",
        "false(rule) <- false(b), false(c)",
    ]


def test_double_negation_is_seen_through() -> None:
    assert shown(Not(Not(And((A, Not(Not(B)))))), True) == ["rule <- a, b"]


def test_a_premise_named_twice_is_tested_once() -> None:
    assert shown(And((A, A)), True) == ["rule <- a"]


@pytest.mark.parametrize(("count", "size"), [(2, 3), (2, 5), (3, 6), (4, 9), (8, 9), (1, 5), (5, 5)])
@pytest.mark.parametrize("truth", [True, False])
def test_counting_agrees_with_counting_by_hand(count: int, size: int, truth: bool) -> None:
    args = tuple(YesNo(f"f{number}") for number in range(size))
    clauses = clauses_of(AtLeast(count, args), truth)
    goal = Premise(Ref("rule"), truth)
    for values in product([True, False, None], repeat=min(size, 6)):
        held = {Premise(arg, value) for arg, value in zip(args, values, strict=False) if value is not None}
        while new := {
            one.conclusion for one in clauses if one.conclusion not in held and held.issuperset(one.premises)
        }:
            held |= new
        sure, possible = values.count(True), size - values.count(False)
        assert (goal in held) is (sure >= count if truth else possible < count)


def test_large_counts_grow_with_the_number_of_conditions_and_not_of_combinations() -> None:
    args = tuple(YesNo(f"f{number}") for number in range(16))
    assert comb(16, 8) > 10_000 > MOST_COMBINATIONS
    assert len(clauses_of(AtLeast(8, args), True)) < 200


def test_only_what_is_read_is_compiled() -> None:
    rules = {
        "inner": Rule("inner", RuleKind.PATTERN, "inner", Or((A, B)), Place()),
        "unread": Rule("unread", RuleKind.PATTERN, "unread", C, Place()),
        "outer": Rule("outer", RuleKind.EVIDENCE, "outer", And((Ref("inner"), Not(D))), Place()),
    }
    clauses = compile_clauses(rules, [Premise(Ref("outer"), True)])
    assert {clause.conclusion for clause in clauses} == {Premise(Ref("inner")), Premise(Ref("outer"))}


def test_what_is_concluded_elsewhere_is_not_compiled_again() -> None:
    rules = {
        "inner": Rule("inner", RuleKind.PATTERN, "inner", Or((A, B)), Place()),
        "outer": Rule("outer", RuleKind.CAVEAT, "outer", Not(Ref("inner")), Place()),
    }
    (clause,) = compile_clauses(rules, [Premise(Ref("outer"), True)], frozenset(["inner"]))
    assert clause.premises == (Premise(Ref("inner"), False),)


def test_lower_layers_come_first() -> None:
    rules = {
        "late": Rule("late", RuleKind.CRITERION, "late", And((Ref("early"), Or((A, B)))), Place()),
        "early": Rule("early", RuleKind.PATTERN, "early", C, Place()),
    }
    clauses = compile_clauses(rules, [Premise(Ref("late")), Premise(Ref("late"), False)])
    assert [clause.layer for clause in clauses] == sorted(clause.layer for clause in clauses)


def test_a_comparison_of_two_findings_is_refused() -> None:
    with pytest.raises(ValueError, match="contradictions"):
        clauses_of(ComparePair("a", "<=", "b"), True)
