"""Whole assessments in SQL: what ``assemble`` says, field by field."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields, replace
from random import Random

import pytest
from hypothesis import given

from tests.bulk.at_length import ROOT, blended, differences, facts_of
from tests.bulk.support import agree_wholly, some_facts
from tests.properties.profile import EQUALITY_CASES, taking
from tests.properties.strategies import (
    SEEDS,
    Generated,
    random_case_counts,
    random_expr,
    random_profiles,
    toy_base,
)
from triage.assessment import assemble, decide
from triage.errors import Place
from triage.logic import And, Ref
from triage.models import Criterion, Disorder, Frequency, KnowledgeBase, NerveModality, Rule, RuleKind
from triage.workbench import read_rule_cases
from triage.workbench.rule_cases import rule_case_files


def rule_case_facts(kb: KnowledgeBase):
    """The facts of every rule case that is no contradiction."""
    for path in rule_case_files(ROOT / "tests" / "cases"):
        cases, _ = read_rule_cases(kb, path)
        yield from (one.case.facts for one in cases)


def test_sql_agrees_with_the_definition_on_the_toy(toy):
    agree_wholly(toy, some_facts(toy, 1, 300))


def test_sql_agrees_with_the_definition_on_every_example_and_a_sample(kb):
    """Together, since planning the statement takes most of the time."""
    examples = [*facts_of(kb, "examples"), *facts_of(kb, "examples", pattern="*.csv")]
    agree_wholly(kb, [*examples, *some_facts(kb, 2, 120, (0.2, 0.5, 0.9), findings=90)])


@pytest.mark.equality
def test_sql_agrees_with_the_definition_on_every_rule_case_and_labelled_case(kb, tmp_path):
    labelled = facts_of(kb, "examples", "examples/vignettes/*", "examples/none_of_these")
    assert differences(kb, [*rule_case_facts(kb), *labelled], tmp_path) == []


@pytest.mark.equality
def test_sql_agrees_with_the_definition_on_many_cases(kb, tmp_path):
    known = facts_of(kb, "examples", "examples/vignettes/*", "examples/none_of_these")
    cases = list(blended(kb, known, seed=1, count=EQUALITY_CASES))
    assert differences(kb, cases, tmp_path) == []


def tangled(random: Random) -> KnowledgeBase:
    """The toy with families, combined disorders and profiles made at random: members, parts of several, parts of parts."""
    base = toy_base()
    pattern = next(iter(base.disorders.values()))
    names = [f"d{number}" for number in range(random.randint(3, 9))]
    heads = names[: random.randint(2, len(names))]
    complaints = [entry.id for entry in base.interview.complaints]
    made: dict[str, Disorder] = {}
    rules = [rule for rule in base.rules.values() if rule.kind < RuleKind.CRITERION]
    for name in names:
        letters = "abcd"[: random.randint(1, 4)]
        # One answer tells much for some of them, while what decides on them may stay open: such a line may be ahead.
        further = "efghijkl"[: random.choice((0, 6, 8))]
        made[name] = pattern.model_copy(
            update={
                "id": name,
                "parent": None if name in heads else random.choice(heads),
                "combines": tuple(random.sample(names, random.choice((0, 0, 1, 2)))),
                "explains": tuple(random.sample(complaints, random.randint(1, len(complaints)))),
                "frequency": random.choice(list(Frequency)),
                "nerve": random.choice([None, *NerveModality]),
                "nerve_by_definition": random.random() < 0.3,
                "criteria": tuple(_criterion(pattern, letter) for letter in letters + further),
                "excludes": (),
                "evidence": (),
                "aliases": (),
            }
        )
        for letter in letters:
            expr = random_expr(random, base.vocabulary, size=random.randint(1, 3))
            rules.append(Rule(f"{name}.{letter}", RuleKind.CRITERION, name, expr, Place()))
        expr = random_expr(random, base.vocabulary, size=1)
        rules += [Rule(f"{name}.{letter}", RuleKind.CRITERION, name, expr, Place()) for letter in further]
        for grade in ("possible", "probable", "established"):
            if getattr(pattern.grades, grade) is not None:
                # More is asked of the higher grades, so that some disorders are possible and no more.
                asked = 1 if grade == "possible" else min(3, len(letters))
                refs = tuple(Ref(f"{name}.{letter}") for letter in random.sample(letters, asked))
                expr = And(refs) if asked > 1 else refs[0]
                rules.append(Rule(f"{name}.{grade}", RuleKind.GRADE, name, expr, Place()))
    rules += [rule for rule in base.rules.values() if rule.kind > RuleKind.GRADE]
    parts = {field.name: getattr(base, field.name) for field in fields(base)}
    ordered = {rule.id: rule for rule in sorted(rules, key=lambda rule: rule.kind)}
    profiles = random_profiles(random, base, names)
    counts = random_case_counts(random, base, names)
    return replace(
        Generated(**parts),
        disorders=made,
        treatments={},
        rules=ordered,
        profiles=profiles,
        case_counts=counts,
    )


def _criterion(pattern: Disorder, letter: str) -> Criterion:
    return pattern.criteria[0].model_copy(update={"id": letter, "judgement": False, "if_false": None})


@taking(20)
@given(SEEDS)
def test_sql_agrees_with_the_definition_on_tangled_families(seed):
    random = Random(seed)
    agree_wholly(tangled(random), some_facts(toy_base(), seed, 25, (0.3, 0.6, 0.9)))


def test_lines_that_are_ahead_are_among_the_drawn_cases():
    """Those on which the engines are held equal: by their head, by a member, and where they say that no nerve is ill."""
    seen = Counter()
    for seed in range(40):
        kb = tangled(Random(seed))
        for facts in some_facts(toy_base(), seed, 25, (0.3, 0.6, 0.9)):
            found = assemble(kb, "", facts, decide(kb, facts))
            if found.ahead is not None:
                seen["ahead"] += 1
                seen["member"] += found.ahead.parent is not None
                told = found.nerves.modality_of == found.ahead.disorder
                seen["none"] += told and found.nerves.modality is NerveModality.NONE
    assert seen["ahead"] >= 30 and seen["member"] >= 5 and seen["none"] >= 1, seen


@pytest.mark.equality
@taking(EQUALITY_CASES // 50)
@given(SEEDS)
def test_sql_agrees_with_the_definition_on_many_tangled_families(seed):
    random = Random(seed)
    agree_wholly(tangled(random), some_facts(toy_base(), seed, 25, (0.3, 0.6, 0.9)))
