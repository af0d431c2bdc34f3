"""Which nerves are concerned, from patterns and places alone, with or without a diagnosis."""

import pytest

from triage.assessment import assemble, decide
from triage.models import Modality


@pytest.fixture
def nerves(toy):
    return lambda **facts: assemble(toy, "case", facts, decide(toy, facts)).nerves


LOADED = {"noise_when": {"on_pedalling": True, "on_coasting": False}, "noise_sites": {"at_chain": True}}
TRUE_WHEEL = {"spoke_tension": "slack"}
BRAKES = {"brakes_weak": True, "pads_worn": "gone"}


@pytest.mark.parametrize(
    "facts, modality",
    [
        ({}, "undetermined"),
        (LOADED, "sensory"),
        (TRUE_WHEEL, "motor"),
        ({**LOADED, **TRUE_WHEEL}, "mixed"),
        (BRAKES, "none"),
        ({**BRAKES, **LOADED}, "sensory"),
        ({**BRAKES, **TRUE_WHEEL}, "none"),
        ({**BRAKES, **TRUE_WHEEL, **LOADED}, "sensory"),
        ({"brakes_weak": True, **TRUE_WHEEL}, "motor"),
        ({"noise_sites": {"at_chain": True}}, "undetermined"),
    ],
)
def test_the_modality_comes_from_patterns_that_are_true(nerves, facts, modality):
    assert nerves(**facts).modality == modality


def test_an_origin_is_named_with_its_pattern(nerves):
    assert [(one.origin, one.pattern) for one in nerves(**BRAKES).origins] == [("brake", "worn_brakes")]


def test_a_pattern_in_the_place_of_another_takes_its_nerve_away(nerves):
    found = nerves(**BRAKES, **TRUE_WHEEL)
    assert not found.involved
    assert [one.origin for one in found.origins] == ["brake"]


def test_branches_and_side_are_read_from_the_answers(nerves):
    (one,) = nerves(**LOADED, noise_side="left").involved
    assert (one.nerve, one.branch, one.side, one.modality) == (
        "power",
        "chain_area",
        "left",
        Modality.SENSORY,
    )
    (one,) = nerves(**LOADED).involved
    assert one.side is None


def test_places_of_another_nerve_are_no_branches(nerves):
    sites = {"at_chain": True, "at_front": True, "at_handlebar": True}
    found = nerves(noise_when=LOADED["noise_when"], noise_sites=sites)
    assert [one.branch for one in found.involved] == ["chain_area"]


def test_a_fixed_branch_is_named(nerves):
    (one,) = nerves(**TRUE_WHEEL).involved
    assert (one.nerve, one.branch, one.pattern) == ("running", "front_area", "wheel_out_of_true")


def test_the_territory_is_given_without_any_pattern(nerves):
    found = nerves(
        noise_sites={"at_chain": True, "at_rear": True, "at_front": False, "at_handlebar": True},
        noise_side="right",
    )
    assert not found.involved
    assert [(one.complaint, one.nerve, one.area, one.side) for one in found.territory] == [
        ("noise", "power", "chain_area", "right"),
        ("noise", "running", "rear_area", "right"),
    ]
    (one,) = nerves(wobble_sites={"rear": True}).territory
    assert (one.nerve, one.area, one.side) == ("running", None, None)
