"""What ``answered`` decides from the change alone is what ``decide`` says from the start."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.properties.profile import LONG, SHIPPED, SHORT
from tests.properties.strategies import SEEDS, cases, facts, random_value
from triage.assessment import decide, decided, ranking_of
from triage.assessment.incremental import Decided
from triage.assessment.likeness import likeness_of
from triage.assessment.ranking import families
from triage.cases import complete_facts
from triage.logic import Value
from triage.models import KnowledgeBase, RuleKind


def changes(random: Random, kb: KnowledgeBase, given: Mapping[str, Value]) -> dict[str, Value | None]:
    """Some answers added, others changed, others taken back; complaints and what hangs on them often."""
    heads = sorted({entry.finding for entry in kb.interview.complaints} & kb.vocabulary.keys())
    names = random.sample([*kb.vocabulary], min(len(kb.vocabulary), random.randint(1, 3)))
    names += random.sample(heads, min(len(heads), random.randint(0, 1)))
    return {
        name: None if name in given and random.random() < 0.4 else random_value(random, kb.vocabulary[name])
        for name in names
    }


def held_equal(before: Decided, answers: dict[str, Value | None]) -> Decided:
    after = before.answered(answers)
    kept = {name: value for name, value in {**before.facts, **answers}.items() if value is not None}
    assert after.facts == kept
    assert after.completed == complete_facts(before.kb, kept)
    assert after.truths == decide(before.kb, kept, before.last)
    assert after.likeness == likeness_of(before.kb, after.completed)
    assert after.changed == {name for name, value in after.truths.items() if value is not before.truths[name]}
    return after


def held_equal_for_long(random: Random, kb: KnowledgeBase, answers: Mapping[str, Value], steps: int) -> None:
    case = decided(kb, answers)
    ranking = ranking_of(case)
    for _ in range(steps):
        case = held_equal(case, changes(random, kb, case.facts))
        ranking = ranking.after(case)
        assert ranking.ranked == families(kb, case.world)


@SHORT
@given(cases(), SEEDS)
def test_a_change_of_answers_decides_as_from_the_start(
    case: tuple[KnowledgeBase, dict[str, Value]], seed: int
) -> None:
    held_equal_for_long(Random(seed), *case, steps=3)


@pytest.mark.equality
@LONG
@given(cases(), SEEDS)
def test_many_changes_of_answers_decide_as_from_the_start(
    case: tuple[KnowledgeBase, dict[str, Value]], seed: int
) -> None:
    held_equal_for_long(Random(seed), *case, steps=5)


@SHORT
@given(st.data(), SEEDS)
def test_a_change_of_answers_decides_the_toy_rules(
    toy: KnowledgeBase, data: st.DataObject, seed: int
) -> None:
    held_equal_for_long(Random(seed), toy, data.draw(facts(toy.vocabulary, 0.1, 0.5, 0.8)), steps=3)


@SHIPPED
@given(st.data(), SEEDS)
def test_a_change_of_answers_decides_the_shipped_rules(
    kb: KnowledgeBase, data: st.DataObject, seed: int
) -> None:
    held_equal_for_long(Random(seed), kb, data.draw(facts(kb.vocabulary, 0.02, 0.1, 0.4)), steps=4)


def test_layers_left_out_stay_out(toy: KnowledgeBase) -> None:
    held_equal(decided(toy, {}, RuleKind.ADULT), {"rider_age_years": 40, "fell_off": True})


def test_what_a_denied_complaint_implied_goes_with_the_denial(toy: KnowledgeBase) -> None:
    before = decided(toy, {"noise_present": "absent"})
    after = held_equal(before, {"noise_present": None})
    assert before.completed.keys() - after.completed.keys()
