"""The smallest changes: each one changes the outcome, and enumerating all single changes finds no other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.properties.profile import taking
from tests.properties.strategies import SEEDS, facts, random_facts
from triage.assessment import assemble, decide
from triage.cases import conflicts
from triage.explain import Outcomes, outcome, single_changes, smallest_changes, what_if
from triage.logic import Facts, FindingType, Value
from triage.models import Finding, KnowledgeBase


def full_outcome(kb: KnowledgeBase, answers: Facts):
    return outcome(assemble(kb, "", answers, decide(kb, answers)))


def allowed(kb: KnowledgeBase):
    return lambda answers: not conflicts(kb, answers)


def every_single_answer(kb: KnowledgeBase, answers: Facts) -> Iterator[tuple[str, Value]]:
    """Written apart from the program: each other value a finding may have, a list one choice at a time."""
    for finding in kb.findings.values():
        for value in other_values(kb, finding, answers.get(finding.id)):
            if value != answers.get(finding.id):
                yield finding.id, value


def other_values(kb: KnowledgeBase, finding: Finding, present: Value | None) -> Iterator[Value]:
    if finding.type is FindingType.YES_NO:
        yield from (True, False)
    elif finding.type is FindingType.ONE_OF:
        yield from finding.choices
    elif finding.type is FindingType.NUMBER:
        yield from kb.probes[finding.id]
    else:
        for choice in finding.choices:
            for turned in (True, False):
                yield {**(present or {}), choice: turned}


def enumerated(kb: KnowledgeBase, answers: Facts) -> None:
    """The smallest changes of a case are those single answers that lead elsewhere without a contradiction."""
    before = full_outcome(kb, answers)
    found = {
        (name, str(value)): change.outcome
        for change in smallest_changes(kb, answers, allowed=allowed(kb), pairs=False)
        for name, value in change.answers
    }
    for name, value in every_single_answer(kb, answers):
        changed = {**answers, name: value}
        after = full_outcome(kb, changed)
        leads_on = after != before and allowed(kb)(changed)
        assert found.get((name, str(value))) == (after if leads_on else None)


@taking(25)
@given(st.data())
def test_the_single_changes_are_all_found(toy: KnowledgeBase, data: st.DataObject) -> None:
    enumerated(toy, data.draw(facts(toy.vocabulary, 0.1, 0.5, 0.8)))


@pytest.mark.slow
@taking(200)
@given(st.data())
def test_the_single_changes_of_200_cases_are_all_found(toy: KnowledgeBase, data: st.DataObject) -> None:
    enumerated(toy, data.draw(facts(toy.vocabulary, 0.1, 0.5, 0.8)))


@taking(25)
@given(st.data())
def test_a_smallest_change_changes_the_outcome_and_contradicts_nothing(
    toy: KnowledgeBase, data: st.DataObject
) -> None:
    answers = data.draw(facts(toy.vocabulary, 0.1, 0.5, 0.8))
    before = full_outcome(toy, answers)
    for change in smallest_changes(toy, answers, allowed=allowed(toy), pairs=False):
        changed = {**answers, **dict(change.answers)}
        assert full_outcome(toy, changed) == change.outcome != before
        assert not conflicts(toy, changed)


def tried_in_full(kb: KnowledgeBase, seed: int, changes: int) -> None:
    """The outcomes of some changes of one case are those of the changed cases decided from the start."""
    random = Random(seed)
    answers = random_facts(random, kb.vocabulary, random.choice((0.0, 0.02, 0.1, 0.4)))
    outcomes = Outcomes(kb, answers)
    assert outcomes.now == full_outcome(kb, answers)
    singles = list(every_single_answer(kb, answers))
    assert {(name, str(value)) for name, value in singles} <= {
        (name, str(value)) for name, value in single_changes(kb, answers)
    }
    for name, value in random.sample(singles, changes):
        after = outcomes.of(outcomes.start.answered({name: value}))
        assert after == full_outcome(kb, {**answers, name: value})


def test_changes_of_shipped_cases_lead_where_the_whole_engine_leads(kb: KnowledgeBase) -> None:
    for seed in range(5):
        tried_in_full(kb, seed, changes=8)


@pytest.mark.slow
@taking(200)
@given(SEEDS)
def test_changes_of_200_shipped_cases_lead_where_the_whole_engine_leads(kb: KnowledgeBase, seed: int) -> None:
    tried_in_full(kb, seed, changes=20)


@taking(15)
@given(st.data())
def test_pairs_are_named_only_where_no_single_answer_leads_on(
    toy: KnowledgeBase, data: st.DataObject
) -> None:
    answers = data.draw(facts(toy.vocabulary, 0.1, 0.2))
    # What may not be changed alone, may be changed together: every single change is refused.
    before = full_outcome(toy, answers)

    def two(changed: Facts) -> bool:
        return sum(changed[name] != answers.get(name) for name in changed) > 1

    for change in smallest_changes(toy, answers, allowed=two):
        (one, _), (other, _) = change.answers
        assert one != other and {one, other} <= answers.keys()
        assert full_outcome(toy, {**answers, **dict(change.answers)}) == change.outcome != before


def test_two_signs_that_each_keep_an_emergency_go_as_a_pair(toy: KnowledgeBase) -> None:
    answers = {"motor_fitted": True, "battery_hot": True, "wobble_present": True, "rim_cracked": True}
    refused = {"lever_touches_bar", "brakes_weak"}

    def only_what_was_answered(changed: Facts) -> bool:
        return changed.keys() == answers.keys() and not refused & changed.keys()

    found = smallest_changes(toy, answers, allowed=only_what_was_answered)
    named = [dict(change.answers) for change in found]
    assert {"battery_hot": False, "rim_cracked": False} in named
    assert all(len(change.answers) == 2 for change in found)


def test_what_if_takes_answers_back(toy: KnowledgeBase) -> None:
    answers = {"motor_fitted": True, "battery_hot": True}
    assert what_if(toy, "case", answers, {"battery_hot": None}) == what_if(
        toy, "case", {"motor_fitted": True}, {}
    )


def test_pairs_of_one_finding_are_none(toy: KnowledgeBase) -> None:
    answers = {"noise_present": "present", "noise_sites": {"at_chain": True, "at_front": True}}
    singles = [one for one in single_changes(toy, answers) if one[0] in answers]
    assert any(a[0] == b[0] for a, b in combinations(singles, 2))
    for change in smallest_changes(toy, answers, allowed=lambda changed: False):
        raise AssertionError(change)
