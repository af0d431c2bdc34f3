"""Answers told one by one: added where that is enough, run anew where an answer changes."""

from __future__ import annotations

import pytest

from triage.assessment import assemble, decide
from triage.engine import ExpertaEngine, Session
from triage.logic import Truth
from triage.models import KnowledgeBase


@pytest.fixture
def engine(toy: KnowledgeBase) -> ExpertaEngine:
    return ExpertaEngine(toy)


@pytest.fixture
def resets(engine: ExpertaEngine, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows by one whenever the case is run from the start."""
    counted: list[int] = []
    original = engine._main.reset

    def reset() -> None:
        counted.append(1)
        original()

    monkeypatch.setattr(engine._main, "reset", reset)
    return counted


def test_a_further_answer_is_added_to_the_running_engine(engine: ExpertaEngine, resets: list[int]) -> None:
    session = Session(engine, {"noise_present": "present"})
    session.tell("noise_quality", "squeak")
    session.tell("noise_sites", {"at_chain": True})
    assert session.truths() == decide(engine.kb, session.facts)
    assert len(resets) == 1


def test_further_choices_of_a_list_are_added(engine: ExpertaEngine, resets: list[int]) -> None:
    session = Session(engine, {"noise_sites": {"at_chain": True}})
    session.tell("noise_days", 2)
    session.tell(
        "noise_sites", {"at_chain": True, "at_rear": False, "at_front": False, "at_handlebar": False}
    )
    assert session.truths() == decide(engine.kb, session.facts)
    assert len(resets) == 1


def test_a_changed_answer_runs_the_case_anew(engine: ExpertaEngine, resets: list[int]) -> None:
    session = Session(engine)
    session.tell("wobble_present", True)
    session.tell("rim_cracked", True)
    assert session.truths()["rim_about_to_fail.when"] is Truth.TRUE
    session.tell("rim_cracked", False)
    assert session.truths()["rim_about_to_fail.when"] is Truth.UNKNOWN
    assert len(resets) == 2


def test_a_choice_taken_back_runs_the_case_anew(engine: ExpertaEngine) -> None:
    session = Session(engine)
    session.tell("noise_sites", {"at_chain": True, "at_rear": True})
    session.tell("noise_sites", {"at_rear": True})
    assert session.truths() == decide(engine.kb, {"noise_sites": {"at_rear": True}})


def test_yes_is_not_taken_for_the_number_one(engine: ExpertaEngine) -> None:
    session = Session(engine, {"fell_off": True})
    session.tell("fell_off", 1)
    assert session.truths() == decide(engine.kb, {"fell_off": 1})


def test_a_forgotten_answer_leaves_no_conclusion(engine: ExpertaEngine) -> None:
    session = Session(engine)
    session.tell("wobble_present", True)
    session.tell("rim_cracked", True)
    session.forget("rim_cracked")
    session.forget("never_told")
    assert session.truths() == decide(engine.kb, {"wobble_present": True})
    assert session.facts == {"wobble_present": True}


def test_an_answer_against_an_implied_value_replaces_it(engine: ExpertaEngine) -> None:
    session = Session(engine)
    session.tell("motor_fitted", False)
    assert session.truths()["battery_fire.when"] is Truth.FALSE
    session.tell("battery_hot", True)
    assert session.truths()["battery_fire.when"] is Truth.TRUE


def test_two_sessions_and_single_cases_do_not_disturb_each_other(engine: ExpertaEngine) -> None:
    first, second = Session(engine), Session(engine)
    first.tell("wobble_present", True)
    second.tell("noise_present", "present")
    first.tell("rim_cracked", True)
    engine.run({"motor_fitted": True, "battery_hot": True})
    second.tell("noise_quality", "click")
    assert first.truths() == decide(engine.kb, first.facts)
    assert second.assess("b") == assemble(engine.kb, "b", second.facts, decide(engine.kb, second.facts))


def test_the_facts_of_a_session_are_not_those_of_the_caller(engine: ExpertaEngine) -> None:
    given = {"wobble_present": True}
    session = Session(engine, given)
    given["wobble_present"] = False
    session.facts.clear()  # type: ignore[attr-defined]
    assert session.facts == {"wobble_present": True}


def test_a_run_that_breaks_off_is_not_built_upon(
    engine: ExpertaEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Session(engine)
    session.tell("wobble_present", True)
    with monkeypatch.context() as patched:
        patched.setattr(engine._main, "fire", lambda production: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            session.tell("rim_cracked", True)
    assert session.truths() == decide(engine.kb, {"wobble_present": True, "rim_cracked": True})
