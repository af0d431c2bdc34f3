"""What counts as right: places, parents and children, abstaining, levels."""

from pathlib import Path

import pytest

from tests.bulk.support import some_facts
from tests.evaluation.support import timed
from triage.cases import read_cases
from triage.door import assess
from triage.evaluation import outcome_of, outcomes, verdicts
from triage.evaluation.outcomes import Line
from triage.evaluation.verdicts import place_of
from triage.models import Case, Expected, Level

ROOT = Path(__file__).resolve().parents[2]
CHAIN = {
    "noise_present": "present",
    "noise_quality": "squeak",
    "noise_sites": {"at_chain": True, "at_front": False},
    "noise_when": {"on_pedalling": True, "on_coasting": False},
}
SPOKES = {"wobble_present": True, "wobble_sites": {"front": True, "rear": True}, "wobble_speed_kph": 20}
LINES = [
    Line("chain", "dry", frozenset({"dry", "worn"})),
    Line("wheel", "spokes", frozenset({"spokes"})),
    Line("frame", "frame", frozenset()),
]


@pytest.mark.parametrize(
    "accepted, place",
    [
        ("dry", 1),  # the best member
        ("chain", 1),  # a label that names the family is met by any member
        ("worn", 2),  # fits too, but stands behind the best member of the first line
        ("spokes", 2),
        ("wheel", 2),
        ("frame", 3),
        ("frame wheel", 2),  # the first of several that are accepted
        ("saddle", 0),
    ],
)
def test_the_place_of_a_label(accepted, place):
    assert place_of(accepted.split(), LINES) == place


def verdict(toy, facts, **label):
    case = Case(id="c", facts=facts, expected=Expected(**label))
    return verdicts(toy, [case])[0]


def test_a_member_meets_a_label_of_its_family_and_of_itself(toy):
    for name in ("chain_trouble", "chain_problem", "dry_chain"):
        found = verdict(toy, CHAIN, disorder=name)
        assert (found.place, found.family, found.named) == (1, "chain_trouble", "chain_trouble")
        assert not found.from_open and not found.missed


def test_another_family_is_right_only_if_the_label_accepts_it(toy):
    assert verdict(toy, CHAIN, disorder="loose_spokes").place == 0
    accepted = verdict(toy, CHAIN, disorder="loose_spokes", accept=("dry_chain",))
    assert (accepted.place, accepted.named) == (1, "loose_spokes"), "what is accepted counts as expected"


def test_if_nothing_fits_the_undecided_are_looked_at_and_said_to_be_so(toy):
    found = verdict(toy, {"wobble_present": True, "wobble_speed_kph": 20}, disorder="loose_spokes")
    assert (found.place, found.from_open, found.abstained, found.named) == (1, True, True, None)


def test_none_of_these_is_wrong_only_if_something_fits(toy):
    assert verdict(toy, {"brakes_weak": True}, disorder="none").named_wrongly is False
    named = verdict(toy, CHAIN, disorder="none")
    assert named.named_wrongly is True and named.missed
    assert named.place is None


def test_a_label_that_also_accepts_none_of_these_is_met_when_nothing_fits(toy):
    empty = verdict(toy, {"noise_present": "absent"}, disorder="chain_trouble", accept=("none",))
    assert (empty.place, empty.from_open, empty.named) == (1, False, "chain_trouble")
    assert verdict(toy, {"noise_present": "absent"}, disorder="chain_trouble").place == 0
    assert verdict(toy, SPOKES, disorder="chain_trouble", accept=("none",)).place == 0


def test_what_the_label_leaves_out_is_not_judged(toy):
    found = verdict(toy, CHAIN, urgency="routine")
    assert (found.place, found.named_wrongly, found.modality_right) == (None, None, None)
    assert found.urgency_exact and not found.missed


def test_further_modalities_that_the_label_accepts_are_right(toy):
    assert verdict(toy, CHAIN, nerve="sensory").modality_right is True
    assert verdict(toy, CHAIN, nerve="motor").modality_right is False
    assert verdict(toy, CHAIN, nerve="motor", nerve_accept=("sensory",)).modality_right is True


@pytest.mark.parametrize(
    "expected, accept, got, exact, above, below",
    [
        ("routine", "", "routine", True, 0, 0),
        ("routine", "", "same_day", False, 2, 0),
        ("emergency", "", "within_two_weeks", False, 0, 2),
        ("same_day", "emergency", "emergency", True, 0, 0),
        ("same_day", "within_two_weeks", "emergency", False, 1, 0),  # counted from the highest accepted
        ("emergency", "same_day", "routine", False, 0, 2),  # counted from the lowest accepted
        ("routine", "same_day", "within_two_weeks", False, 0, 0),  # between two accepted levels
    ],
)
def test_levels_above_and_below_what_the_label_accepts(expected, accept, got, exact, above, below):
    one = timed(expected, got, accept=accept)
    assert (one.urgency_exact, one.levels_above, one.levels_below) == (exact, above, below)


def test_lines_are_families_with_their_best_member(toy):
    found = outcomes(toy)(CHAIN)
    assert found.lines == (
        Line("chain_trouble", "dry_chain", frozenset({"dry_chain"})),
        Line("crash_damage", "crash_damage", frozenset({"crash_damage"})),
    ), "what is not decided comes after what fits"
    assert found.from_open is False


def test_the_quick_outcome_is_that_of_the_whole_assessment_on_the_toy(toy):
    outcome = outcomes(toy)
    for facts in some_facts(toy, 5, 300):
        assert outcome(facts) == outcome_of(toy, assess(toy, Case(id="c", facts=facts)))


def test_the_quick_outcome_is_that_of_the_whole_assessment_on_shipped_cases(kb):
    """Every tenth textbook case, whole and with half of its answers."""
    cases = [case for case in read_cases(kb, [ROOT / "tests/cases/textbook"]) if isinstance(case, Case)][::10]
    assert len(cases) > 10
    outcome = outcomes(kb)
    for case in cases:
        for facts in (case.facts, dict(list(case.facts.items())[::2])):
            assert outcome(facts) == outcome_of(kb, assess(kb, case.model_copy(update={"facts": facts})))


def test_the_level_is_that_of_the_assessment(toy):
    assert verdict(toy, {"rim_cracked": True}, urgency="routine").urgency_got is Level.EMERGENCY
