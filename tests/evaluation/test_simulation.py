"""Simulated interviews: answers from the case, all else not known, the outcome beside that of the whole case."""

from __future__ import annotations

import pytest

from triage.evaluation import interview_figures, simulate
from triage.evaluation.simulation import Simulated, percentile
from triage.models import Case, KnowledgeBase

CRACKED = {"noise_present": "absent", "wobble_present": True, "brakes_weak": False, "rim_cracked": True}
DRY = {"noise_present": "present", "wobble_present": False, "brakes_weak": False, "rider_age_years": 40}


def case_of(facts: dict[str, object]) -> Case:
    return Case.model_validate({"id": "c", "facts": facts})


def test_a_danger_in_the_case_is_found(toy: KnowledgeBase) -> None:
    found = simulate(toy, case_of(CRACKED))
    assert found.urgency_kept
    assert found.questions <= found.prompts


def test_the_leader_of_the_case_is_found(toy: KnowledgeBase) -> None:
    facts = DRY | {"noise_quality": "squeak", "noise_sites": {"at_chain": True}, "noise_days": 10}
    found = simulate(toy, case_of(facts))
    assert found.same_leader and found.urgency_kept


def test_somebody_who_knows_nothing_gets_to_an_end(toy: KnowledgeBase) -> None:
    found = simulate(toy, case_of({}))
    assert found.same_leader and found.urgency_kept
    assert found.ending


def test_a_case_with_something_that_is_never_asked_differs(toy: KnowledgeBase) -> None:
    """The complaint is denied, so that nothing leads to the sign of it that the case holds."""
    hidden = {"noise_present": "absent", "wobble_present": False, "brakes_weak": False, "motor_fitted": True}
    assert simulate(toy, case_of(hidden | {"battery_hot": True})).urgency_kept
    figures = interview_figures(
        [Simulated("a", 5, 6, 3, False, True, "decided"), Simulated("b", 7, 9, 8, True, True, "limit")]
    )
    assert figures["same_outcome"] == 0.5
    assert figures["differs"] == ["a"]
    assert figures["questions_median"] == 6 and figures["prompts_p95"] == 9


@pytest.mark.parametrize("share, expected", [(0, 1), (50, 2), (75, 3), (95, 4), (100, 4)])
def test_percentiles_are_values_that_were_measured(share: float, expected: int) -> None:
    assert percentile([4, 2, 1, 3], share) == expected


def test_no_interview_has_no_figures() -> None:
    assert interview_figures([]) == {}
