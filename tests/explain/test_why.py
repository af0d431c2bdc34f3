"""Every why rests on rules that hold and answers that were given; every why-not on what fails, is open or excludes."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from tests.properties.profile import FEW, taking
from tests.properties.strategies import cases, facts
from triage.assessment import assemble, decide, world_of
from triage.explain import Derivation, derive, why, why_not, world_for
from triage.logic import Facts, Not, Ref, Truth, World, named_rules, walk
from triage.models import Band, KnowledgeBase


def negated(world: World, rule: str) -> set[str]:
    """The rules that stand below a `not` in a rule's expression."""
    return {
        node.rule
        for outer in walk(world.rules[rule])
        if isinstance(outer, Not)
        for node in walk(outer)
        if isinstance(node, Ref)
    }


def rests_on_what_holds(world: World, answers: Facts, derivation: Derivation) -> None:
    """Only rules of the truth they have, only given answers, and another truth only below a `not`."""
    for part in derivation.everything():
        assert world.truths[part.rule] is part.truth
        assert part.truth is not Truth.UNKNOWN
        assert set(part.used) <= answers.keys()
        assert part.all_used(), f"{part.rule} is decided by nothing"
        assert not part.missing
        for below in part.rests_on:
            assert below.rule in named_rules(world.rules[part.rule])
            assert below.truth is part.truth or below.rule in negated(world, part.rule)


def derivations_of(kb: KnowledgeBase, world: World, answers: Facts) -> Iterator[Derivation]:
    for name in (*kb.disorders, *kb.urgency_rules, *kb.patterns):
        yield from why(kb, world, answers, name)


def explained(kb: KnowledgeBase, answers: Facts) -> None:
    truths = decide(kb, answers)
    assessment, world = assemble(kb, "case", answers, truths), world_of(kb, answers, truths)
    for derivation in derivations_of(kb, world, answers):
        assert derivation.truth is Truth.TRUE
        rests_on_what_holds(world, answers, derivation)
    held = {one.rule for one in assessment.urgency.because}
    for name in kb.urgency_rules:
        assert bool(why(kb, world, answers, name)) == (name in held)
        assert bool(why_not(kb, world, answers, name)) == (name not in held)
    fitting = {one.disorder for one in assessment.differential if one.band is Band.FITS}
    for name in kb.disorders:
        reasons = why_not(kb, world, answers, name)
        criteria = [one for one in reasons if one.rule.removeprefix(f"{name}.") in criteria_of(kb, name)]
        assert all(one.truth is not Truth.TRUE for one in criteria)
        assert all(one.truth is not Truth.FALSE for one in reasons if one not in criteria)
        assert reasons or name in fitting
        if name in fitting:
            assert why(kb, world, answers, name)


def criteria_of(kb: KnowledgeBase, name: str) -> set[str]:
    return {one.id for one in kb.disorders[name].criteria}


@FEW
@given(st.data())
def test_why_and_why_not_are_true_of_the_toy_rules(toy: KnowledgeBase, data: st.DataObject) -> None:
    explained(toy, data.draw(facts(toy.vocabulary, 0.1, 0.5, 0.8)))


@taking(15)
@given(st.data())
def test_why_and_why_not_are_true_of_the_shipped_rules(kb: KnowledgeBase, data: st.DataObject) -> None:
    explained(kb, data.draw(facts(kb.vocabulary, 0.02, 0.1, 0.4)))


@FEW
@given(cases())
def test_every_decided_rule_rests_on_given_answers(case: tuple[KnowledgeBase, dict]) -> None:
    kb, answers = case
    world = world_for(kb, answers)
    for rule, truth in world.truths.items():
        derivation = derive(world, answers, rule)
        if truth is Truth.UNKNOWN:
            assert not derivation.used and not derivation.rests_on
        else:
            rests_on_what_holds(world, answers, derivation)


@FEW
@given(cases())
def test_the_answers_a_rule_rests_on_decide_it_alone(case: tuple[KnowledgeBase, dict]) -> None:
    kb, answers = case
    world = world_for(kb, answers)
    for rule, truth in list(world.truths.items())[-5:]:
        if truth is not Truth.UNKNOWN:
            used = derive(world, answers, rule).all_used()
            alone = world_for(kb, {name: answers[name] for name in used})
            assert alone.truths[rule] is truth


def test_a_denied_complaint_is_the_reason_for_what_it_implies(toy: KnowledgeBase) -> None:
    answers = {"motor_fitted": False}
    world = world_for(toy, answers)
    implied = [rule for rule, guard in toy.guards.items() if "motor_fitted" in str(guard)]
    assert implied
    readers = [rule for name in implied for rule in toy.readers.get(name, ())]
    for rule in readers:
        assert set(derive(world, answers, rule).all_used()) <= {"motor_fitted"}


def test_a_reassured_danger_rule_names_what_reassures(toy: KnowledgeBase) -> None:
    answers = {"lever_touches_bar": True, "pads_worn": "thick", "rider_age_years": 40}
    (reason,) = why_not(toy, world_for(toy, answers), answers, "brakes_failing")
    assert (reason.rule, reason.truth) == ("brakes_failing.unless", Truth.TRUE)
    assert reason.used == ("pads_worn", "rider_age_years")


def test_a_disorder_is_told_by_its_best_grade_and_what_else_speaks_for_it(toy: KnowledgeBase) -> None:
    answers = {
        "noise_present": "present",
        "noise_sites": {"at_chain": True},
        "noise_quality": "click",
        "noise_when": {"on_pedalling": True, "on_coasting": False},
        "brakes_weak": False,
        "bicycle_age_years": 12,
    }
    grade, old = why(toy, world_for(toy, answers), answers, "chain_trouble")
    assert grade.rule == "chain_trouble.established"
    assert [one.rule for one in grade.rests_on] == [f"chain_trouble.{letter}" for letter in "abc"]
    assert (old.rule, old.used) == ("chain_trouble.old", ("bicycle_age_years",))
