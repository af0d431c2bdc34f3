"""The trace: every firing with its grounds, working memory and agenda at every step."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest

from tests.properties.strategies import random_facts
from triage.assessment import decide
from triage.engine import ExpertaEngine, Firing, Item, Session, Trace
from triage.engine.trace import answer_items
from triage.logic import Truth, Value
from triage.models import KnowledgeBase, RuleKind

FACTS: dict[str, Value] = {
    "noise_present": "present",
    "noise_sites": {"at_chain": True},
    "noise_quality": "click",
    "noise_when": {"on_pedalling": True, "on_coasting": False},
    "bicycle_age_years": 12,
    "wobble_present": False,
    "motor_fitted": False,
}


@pytest.fixture(scope="module")
def trace(toy: KnowledgeBase) -> Trace:
    return ExpertaEngine(toy).trace(FACTS)


def only(trace: Trace, rule: str) -> Firing:
    (found,) = [one for one in trace.firings if one.rule == rule and not one.part and not one.again]
    return found


def test_a_firing_names_the_answers_it_rests_on(trace: Trace) -> None:
    firing = only(trace, "noise_under_load")
    assert firing.truth
    assert firing.layer is RuleKind.PATTERN
    assert firing.grounds == (
        Item("answer", "noise_when", True, "on_pedalling"),
        Item("answer", "noise_when", False, "on_coasting"),
    )


def test_a_firing_names_the_rules_it_rests_on(trace: Trace) -> None:
    assert only(trace, "drivetrain_noise").grounds == (
        Item("rule", "noise_under_load", True),
        Item("answer", "noise_sites", True, "at_chain"),
    )


def test_a_number_is_shown_with_the_value_that_was_given(trace: Trace) -> None:
    assert only(trace, "chain_trouble.old").grounds == (Item("answer", "bicycle_age_years", 12),)


def test_a_false_guard_shows_what_it_implies(trace: Trace) -> None:
    firing = only(trace, "battery_hot.asked_when")
    assert not firing.truth
    assert firing.implied == (Item("answer", "battery_hot", False),)
    assert only(trace, "battery_fire.when").grounds == (Item("answer", "battery_hot", False),)


def test_a_part_is_shown_by_its_expression(trace: Trace) -> None:
    parts = {firing.part: firing.truth for firing in trace.firings if firing.part}
    assert parts["axle_moves and wobble_speed_kph < 10"] is False


def test_what_is_decided_again_is_marked(trace: Trace) -> None:
    again = [firing for firing in trace.firings if firing.again]
    assert again
    assert all(firing.conclusions == () for firing in again)


def test_lower_layers_fire_first_among_those_that_are_ready(trace: Trace) -> None:
    for step in range(len(trace.firings)):
        waiting = trace.agenda(step)
        assert waiting[0] == trace.firings[step]
        same_network = [one for one in waiting if one.layer < RuleKind.CONTEXT]
        if trace.firings[step].layer < RuleKind.CONTEXT:
            assert trace.firings[step].layer == min(one.layer for one in same_network)


def test_every_firing_rests_on_what_is_in_working_memory(trace: Trace) -> None:
    for firing in trace.firings:
        memory = set(trace.working_memory(firing.number - 1))
        assert set(firing.grounds) <= memory
        assert memory | set(firing.conclusions) == set(trace.working_memory(firing.number))


def test_working_memory_begins_with_the_answers_and_ends_with_all_truths(
    toy: KnowledgeBase, trace: Trace
) -> None:
    given = tuple(item for finding, value in FACTS.items() for item in answer_items(finding, value))
    assert set(trace.working_memory(0)) == set(given)
    expected = decide(toy, FACTS)
    concluded = {
        item.name: item.value for item in trace.working_memory(len(trace.firings)) if item.kind == "rule"
    }
    for rule, value in concluded.items():
        assert expected[rule] is (Truth.TRUE if value else Truth.FALSE)
    patterns = [rule.id for rule in toy.rules.values() if rule.kind is RuleKind.PATTERN]
    assert {name for name in patterns if expected[name] is not Truth.UNKNOWN} <= set(concluded)


def test_the_agenda_is_empty_in_the_end(trace: Trace) -> None:
    assert trace.agenda(len(trace.firings)) == ()


def test_caveats_of_shown_treatments_are_traced(trace: Trace, toy: KnowledgeBase) -> None:
    facts = FACTS | {"noise_quality": "squeak", "allergic_to_solvents": True}
    rules = {firing.rule for firing in ExpertaEngine(toy).trace(facts).firings}
    assert "solvents.rash" in rules
    assert "solvents.rash" not in {firing.rule for firing in trace.firings}


def test_the_trace_does_not_depend_on_the_order_of_the_answers(toy: KnowledgeBase, trace: Trace) -> None:
    turned = ExpertaEngine(toy).trace(dict(reversed(FACTS.items())))
    assert turned.firings == trace.firings


def test_numbers_run_from_one(trace: Trace) -> None:
    assert [firing.number for firing in trace.firings] == list(range(1, len(trace.firings) + 1))


def test_a_trace_is_plain_data(trace: Trace) -> None:
    assert json.loads(json.dumps(asdict(trace)))["firings"][0]["number"] == 1


def test_a_session_is_traced_too(toy: KnowledgeBase) -> None:
    session = Session(ExpertaEngine(toy))
    for finding, value in FACTS.items():
        session.tell(finding, value)
    told = {(one.rule, one.part, one.truth) for one in session.trace().firings if not one.again}
    at_once = {
        (one.rule, one.part, one.truth) for one in ExpertaEngine(toy).trace(FACTS).firings if not one.again
    }
    assert told == at_once


def test_grounds_are_always_enough(toy: KnowledgeBase) -> None:
    from random import Random

    engine = ExpertaEngine(toy)
    for seed in range(30):
        trace = engine.trace(random_facts(Random(seed), toy.vocabulary))
        since = trace.known_since
        assert all(since[ground] < firing.number for firing in trace.firings for ground in firing.grounds)
