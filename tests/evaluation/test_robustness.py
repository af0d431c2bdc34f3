"""Answers removed: what stays, what is lost to no name and to a wrong one."""

import random

import pytest

from triage.assessment import decided
from triage.door import assess
from triage.evaluation import robustness
from triage.evaluation.robustness import removed_answers
from triage.models import Case, Expected, RuleKind

CHAIN = Case(
    id="chain",
    facts={
        "rider_age_years": 40.0,
        "noise_present": "present",
        "noise_quality": "squeak",
        "noise_sites": {"at_chain": True},
        "noise_when": {"on_pedalling": True, "on_coasting": False},
    },
    expected=Expected(disorder="dry_chain"),
)
SPOKES = Case(
    id="spokes",
    facts={"wobble_present": True, "wobble_sites": {"front": True, "rear": True}, "wobble_speed_kph": 20.0},
    expected=Expected(disorder="loose_spokes"),
)
BRAKES = Case(id="brakes", facts={"brakes_weak": True}, expected=Expected(disorder="none"))


def test_nothing_removed_loses_nothing(toy):
    found = robustness(toy, [CHAIN, SPOKES], 0, repeats=3)
    assert (found["leader_stays"], found["first_line_stays"]) == (1, 1)
    assert (found["lost_no_name"], found["lost_wrong_name"]) == (0, 0)
    assert (found["cases"], found["without_leader"]) == (2, 0)


def test_the_shares_add_up_and_agree_with_assessments_of_what_is_left(toy):
    """Each try is assessed anew; with the same seed the same answers go."""
    stays = first = nothing = tries = 0
    for case in (CHAIN, SPOKES):
        source = random.Random(f"0:{case.id}:0.4")
        leader = assess(toy, case).leading[0]
        for _ in range(20):
            gone = removed_answers(case, 0.4, source)
            left = {name: value for name, value in case.facts.items() if name not in gone}
            got = assess(toy, case.model_copy(update={"facts": left}))
            lines = [*got.leading, *(toy.family(one.disorder) for one in got.open)] or [None]
            tries += 1
            stays += got.leading[:1] == (leader,)
            first += lines[0] == leader
            nothing += not got.leading
    found = robustness(toy, [CHAIN, SPOKES], 0.4, repeats=20)
    assert (found["leader_stays"], found["first_line_stays"]) == (stays / tries, first / tries)
    assert found["lost_no_name"] == nothing / tries
    assert found["leader_stays"] + found["lost_no_name"] + found["lost_wrong_name"] == pytest.approx(1)
    assert 0 < found["leader_stays"] < found["first_line_stays"] <= 1


def test_the_worst_disorders_come_first(toy):
    worst = robustness(toy, [CHAIN, SPOKES], 0.4, repeats=20)["worst"]
    assert sorted(one["disorder"] for one in worst) == ["dry_chain", "loose_spokes"]
    assert worst[0]["leader_stays"] <= worst[1]["leader_stays"]


def test_cases_in_which_nothing_leads_have_nothing_to_lose(toy):
    found = robustness(toy, [BRAKES], 0.4)
    assert (found["cases"], found["without_leader"], found["leader_stays"]) == (0, 1, None)


def test_the_same_seed_gives_the_same_figures_and_another_seed_others(toy):
    assert robustness(toy, [SPOKES], 0.4) == robustness(toy, [SPOKES], 0.4)
    assert robustness(toy, [CHAIN], 0.4)["worst"] != robustness(toy, [CHAIN], 0.4, seed=3)["worst"]


@pytest.mark.parametrize("share, gone", [(0, 0), (0.2, 1), (0.4, 2), (0.9, 5)])
def test_the_share_is_rounded_to_whole_answers(share, gone):
    """Of five answers: what stays is 5, 4, 3 and 0.5, rounded to 0."""
    found = removed_answers(CHAIN, share, random.Random(1))
    assert len(found) == gone
    assert set(found) <= set(CHAIN.facts)


def test_a_shipped_case_without_some_answers_is_decided_as_from_the_start(kb):
    """The fast way takes answers back; what is left must be what the rest alone gives."""
    facts = {"face_pain": "present", "age_years": 60.0, "attack_seconds": 20.0, "facial_numbness": False}
    facts = {name: value for name, value in facts.items() if name in kb.findings}
    less = decided(kb, facts, RuleKind.ADULT).answered({"attack_seconds": None})
    rest = {name: value for name, value in facts.items() if name != "attack_seconds"}
    assert less.truths == decided(kb, rest, RuleKind.ADULT).truths
