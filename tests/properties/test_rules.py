"""What must hold of every rule of every knowledge base, whichever engine decides it."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.properties.profile import FEW, SHIPPED, SHORT, SIGNS_LONG
from tests.properties.strategies import (
    MAY_NAME,
    SEEDS,
    cases,
    facts,
    knowledge_bases,
    random_value,
    with_rules,
)
from tests.properties.test_engines_agree import engine_of
from triage.assessment import assemble, decide, decided, rule_truth, world_of
from triage.cases import complete_facts
from triage.engine import ExpertaEngine
from triage.logic import (
    HasChoice,
    Truth,
    Value,
    YesNo,
    evaluate,
    findings_of,
    pending_findings,
    signed_atoms,
)
from triage.models import KnowledgeBase, RuleKind


@FEW
@given(cases(), SEEDS)
def test_the_order_of_rules_and_facts_changes_nothing(
    case: tuple[KnowledgeBase, dict[str, Value]], seed: int
) -> None:
    kb, answers = case
    random = Random(seed)
    rules = list(kb.rules.values())
    random.shuffle(rules)
    # A layer stays before those that rest on it; within it any order will do.
    shuffled = with_rules(kb, sorted(rules, key=lambda rule: rule.kind))
    names = list(answers)
    random.shuffle(names)
    assert ExpertaEngine(shuffled).run({name: answers[name] for name in names}) == ExpertaEngine(kb).run(
        answers
    )


@SHORT
@given(st.data())
def test_more_facts_never_overturn_a_decided_rule(data: st.DataObject) -> None:
    kb = data.draw(knowledge_bases())
    few = data.draw(facts(kb.vocabulary, 0.3))
    engine = ExpertaEngine(kb)
    before = engine.run(few)
    implied = {name for name in complete_facts(kb, few) if name not in few}
    # An answer to a finding that has an implied value would contradict it.
    more = {
        name: value for name, value in data.draw(facts(kb.vocabulary)).items() if name not in implied
    } | few
    after = engine.run(more)
    for rule, truth in before.items():
        assert truth is Truth.UNKNOWN or after[rule] is truth, rule


@SHORT
@given(st.data())
def test_answering_what_is_not_pending_for_a_rule_leaves_it_as_it_is(data: st.DataObject) -> None:
    kb = data.draw(knowledge_bases())
    answers = data.draw(facts(kb.vocabulary))
    random = Random(data.draw(SEEDS))
    before = decide(kb, answers)
    world = world_of(kb, answers, before)
    open_rules = [rule for rule, truth in before.items() if truth is Truth.UNKNOWN]
    for name in sorted(set(kb.findings) - set(world.facts)):
        after = decide(kb, answers | {name: random_value(random, kb.vocabulary[name])})
        for rule in open_rules:
            if name not in pending_findings(kb.exprs[rule], world):
                guard = kb.guards.get(name)
                applicable = guard is None or evaluate(guard, world.facts) is not Truth.FALSE
                assert not applicable or after[rule] is Truth.UNKNOWN, (rule, name)


def raised(kb: KnowledgeBase, answers: dict[str, Value], sign: YesNo | HasChoice) -> dict[str, Value]:
    """``answers`` with the sign turned to yes."""
    if isinstance(sign, YesNo):
        return answers | {sign.finding: True}
    old = answers.get(sign.finding)
    return answers | {sign.finding: {**(old if isinstance(old, dict) else {}), sign.choice: True}}


def urgency_never_falls(kb: KnowledgeBase, answers: dict[str, Value], random: Random, signs: int) -> None:
    before = assemble(kb, "x", answers, decide(kb, answers)).urgency
    known = complete_facts(kb, answers)
    open_signs = [one for one in sorted(kb.danger_signs, key=str) if evaluate(one, known) is not Truth.TRUE]
    for sign in random.sample(open_signs, min(signs, len(open_signs))):
        told = raised(kb, answers, sign)
        after = assemble(kb, "x", told, decide(kb, told)).urgency
        assert after.now.rank >= before.now.rank, (sign, before.now, after.now)
        # Random cases are often emergencies already, so each rule is looked at as well.
        assert set(before.because) <= set(after.because), sign


@FEW
@given(st.data(), SEEDS)
def test_a_danger_sign_turned_to_yes_never_lowers_the_urgency_of_the_toy(
    data: st.DataObject, seed: int
) -> None:
    kb = engine_of("toy").kb
    urgency_never_falls(kb, data.draw(facts(kb.vocabulary, 0.1, 0.5, 0.9)), Random(seed), 8)


@SHIPPED
@given(st.data(), SEEDS)
def test_a_danger_sign_turned_to_yes_never_lowers_urgency(data: st.DataObject, seed: int) -> None:
    kb = engine_of("shipped").kb
    urgency_never_falls(kb, data.draw(facts(kb.vocabulary, 0.02, 0.1, 0.5)), Random(seed), 4)


@pytest.mark.equality
@SIGNS_LONG
@given(st.data(), SEEDS)
def test_a_danger_sign_turned_to_yes_never_lowers_urgency_in_many_cases(
    data: st.DataObject, seed: int
) -> None:
    kb = engine_of("shipped").kb
    urgency_never_falls(kb, data.draw(facts(kb.vocabulary, 0.02, 0.1, 0.3, 0.5, 0.8)), Random(seed), 12)


def findings_behind(kb: KnowledgeBase, rule: str) -> set[str]:
    """The findings that a rule rests on; none of a rule that does not exist."""
    atoms = signed_atoms(kb.exprs[rule], kb.exprs) if rule in kb.exprs else ()
    return {name for atom, _ in atoms for name in findings_of(atom)}


def reassurance_is_never_needed(kb: KnowledgeBase, answers: dict[str, Value]) -> None:
    """What only the reassurance of a rule that holds reads may be taken back: the rule still holds."""
    case = decided(kb, answers)
    for rule in kb.urgency_rules.values():
        if rule_truth(rule, case.world) is Truth.TRUE:
            for name in findings_behind(kb, f"{rule.id}.unless") & answers.keys():
                less = case.answered({name: None})
                # An answer against its own guard, once taken back, is implied: not unknown, as is meant here.
                if name not in findings_behind(kb, f"{rule.id}.when") and name not in less.completed:
                    assert rule_truth(rule, less.world) is Truth.TRUE, (rule.id, name)


@FEW
@given(st.data())
def test_a_danger_rule_of_the_toy_holds_also_while_its_reassurance_is_unknown(data: st.DataObject) -> None:
    kb = engine_of("toy").kb
    reassurance_is_never_needed(kb, data.draw(facts(kb.vocabulary, 0.5, 0.9)))


@SHIPPED
@given(st.data())
def test_a_danger_rule_holds_also_while_its_reassurance_is_unknown(data: st.DataObject) -> None:
    kb = engine_of("shipped").kb
    reassurance_is_never_needed(kb, data.draw(facts(kb.vocabulary, 0.1, 0.5, 0.9)))


def test_generated_knowledge_bases_have_rules_of_every_kind() -> None:
    """A property that never meets a kind of rule says nothing about it."""
    assert set(RuleKind) == {RuleKind.GUARD, *MAY_NAME}
