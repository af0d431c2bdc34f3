"""Every emergency rule of the knowledge base interrupts the interview with its action, right after the deciding answer."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.interview.scripts import Person
from triage.assessment import decide, world_of
from triage.assessment.urgency import rule_truth
from triage.cases import read_facts
from triage.interview.consultation import Showing, action_of, complaint_answer
from triage.knowledge.yaml_reader import read_yaml
from triage.logic import (
    And,
    AtLeast,
    Compare,
    Expr,
    HasChoice,
    IsChoice,
    Or,
    Truth,
    Value,
    YesNo,
    evaluate,
)
from triage.models import AskedOf, KnowledgeBase, Level

TESTS = Path(__file__).parents[1]
RULES = TESTS.parent / "rules" / "red_flags"
EMERGENCIES = sorted(
    path.stem for path in RULES.glob("*.yaml") if "level: emergency" in path.read_text("utf-8").splitlines()
)


def holding_cases(kb: KnowledgeBase, rule: str) -> list[dict[str, Value]]:
    """The facts of the cases of an urgency rule in which it holds, those that say least first."""
    entries = read_yaml(TESTS / "cases" / "red_flags" / f"{rule}.yaml").data
    held = [entry["facts"] for entry in entries if rule in as_list(entry["expect"].get("holds"))]
    return [read_facts(kb, facts)[0] for facts in sorted(held, key=len)]


def as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def positive(kb: KnowledgeBase, expr: Expr) -> dict[str, Value]:
    """Answers that make a guard true, as far as it asks for something to be present."""
    match expr:
        case YesNo(finding):
            return {finding: True}
        case HasChoice(finding, choice):
            return {finding: {choice: True}}
        case IsChoice(finding, choices):
            return {finding: choices[0]}
        case Compare(finding, op, bound):
            value = bound + {">": 1, "<": -1}.get(op, 0)
            return {finding: int(value) if value == int(value) else value}
        case And(args):
            return {name: value for arg in args for name, value in positive(kb, arg).items()}
        case Or(args) | AtLeast(_, args):
            return positive(kb, args[0])
        case _:
            return {}


def person_of(kb: KnowledgeBase, rule: str, facts: Mapping[str, Value]) -> dict[str, Value]:
    """The facts of a rule case with the complaints and answers that lead to its questions."""
    told: dict[str, Value] = dict(facts)
    concerned = {kb.findings[name].of for name in facts} | set(kb.urgency_rules[rule].about[:1])
    complaints = [entry for entry in kb.interview.complaints if entry.id in concerned]
    for entry in complaints or kb.interview.complaints[:1]:
        told.setdefault(entry.finding, complaint_answer(kb, entry.id, True))
    for _ in range(3):
        for name in list(told):
            guard = kb.guards.get(name)
            if guard is not None and evaluate(guard, told) is not Truth.TRUE:
                for parent, value in positive(kb, guard).items():
                    told.setdefault(parent, value)
    return told


def holds(kb: KnowledgeBase, rule: str, facts: Mapping[str, Value]) -> bool:
    world = world_of(kb, facts, decide(kb, facts))
    return rule_truth(kb.urgency_rules[rule], world) is Truth.TRUE


def shown_in_dialogue(kb: KnowledgeBase, rule: str, facts: Mapping[str, Value]) -> bool:
    """Whether the rule's action is shown, and nothing else before it, right after the answer that decides it."""
    answered_by = (
        "clinician" if any(kb.findings[name].asked_of is not AskedOf.PATIENT for name in facts) else "patient"
    )
    person = Person(kb, facts, answered_by)
    while person.go_on_until(Showing.EMERGENCY):
        consultation = person.dialogue.consultation
        new = consultation.new_emergencies
        if rule in new:
            shown = [line for line in person.lines if line]
            assert shown[0].startswith("***")
            assert action_of(kb, rule) in shown
            assert shown.index(action_of(kb, rule)) <= 2 * len(new), "something else stands before the action"
            before = consultation.answers.back()
            assert not holds(kb, rule, before.facts), "it held before the last answer"
            return True
        person.say("2")
    return False


@pytest.mark.parametrize("rule", EMERGENCIES)
def test_an_emergency_interrupts_right_after_the_deciding_answer(kb: KnowledgeBase, rule: str) -> None:
    people = (person_of(kb, rule, facts) for facts in holding_cases(kb, rule))
    able = (facts for facts in people if holds(kb, rule, facts))
    assert any(shown_in_dialogue(kb, rule, facts) for facts in able), (
        "it is shown to nobody of its rule cases"
    )


def test_every_emergency_rule_has_such_a_dialogue(kb: KnowledgeBase) -> None:
    assert (
        sorted(rule.id for rule in kb.urgency_rules.values() if rule.level is Level.EMERGENCY) == EMERGENCIES
    )


def test_thoughts_of_ending_life_have_their_own_words(kb: KnowledgeBase) -> None:
    own = {rule: text for rule, text in kb.urgency.suicide.items() if rule in EMERGENCIES}
    assert own
    for rule, text in own.items():
        [facts, *_] = [
            one
            for one in (person_of(kb, rule, case) for case in holding_cases(kb, rule))
            if holds(kb, rule, one)
        ]
        person = Person(kb, facts)
        assert person.go_on_until(Showing.EMERGENCY)
        assert text in person.lines
        assert kb.urgency_rules[rule].action not in person.lines
