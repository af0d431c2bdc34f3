"""The memory of an interview says what the reference says, whatever is answered, changed or taken back."""

from __future__ import annotations

from random import Random

import pytest

from tests.properties.strategies import random_value
from triage.assessment import decide, world_of
from triage.assessment.grading import standing
from triage.assessment.likeness import likeness_of
from triage.interview import Memory
from triage.logic import Truth, Value, pending_findings
from triage.models import KnowledgeBase, RuleKind


def held_equal(kb: KnowledgeBase, seed: int, steps: int) -> None:
    random = Random(seed)
    memory = Memory(kb)
    facts: dict[str, Value] = {}
    for _ in range(steps):
        for name in random.sample([*kb.findings], 3):
            if name in facts and random.random() < 0.3:
                del facts[name]
            else:
                facts[name] = random_value(random, kb.vocabulary[name])
        world = memory.at(dict(facts))
        expected = world_of(kb, facts, decide(kb, facts, RuleKind.ADULT))
        assert world.facts == expected.facts
        assert world.truths == expected.truths
        for rule in kb.rules.values():
            if rule.kind <= RuleKind.ADULT:
                assert memory.pending(rule.id) == pending_findings(rule.expr, expected), rule.id
        for disorder in kb.disorders.values():
            expected_standing = standing(kb, disorder, expected.truths, likeness_of(kb, expected.facts))
            assert memory.standing(disorder.id) == expected_standing


@pytest.mark.parametrize("seed", range(4))
def test_memory_agrees_with_the_reference_on_the_toy(toy: KnowledgeBase, seed: int) -> None:
    held_equal(toy, seed, steps=25)


def test_memory_agrees_with_the_reference_on_the_shipped_rules(kb: KnowledgeBase) -> None:
    held_equal(kb, 7, steps=3)


def test_nothing_is_pending_in_a_decided_rule(toy: KnowledgeBase) -> None:
    memory = Memory(toy)
    world = memory.at({"fell_off": True, "rim_cracked": True})
    decided = [name for name, truth in world.truths.items() if truth is not Truth.UNKNOWN]
    assert "rim_about_to_fail.when" in decided
    assert not any(memory.pending(name) for name in decided)
