"""Which nerves are concerned, from patterns and places alone, with or without a diagnosis."""

import pytest

from tests.support import tiny_kb
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


def first_comes(folder, nerve, possible, head_nerve=None):
    """A knowledge base in which a disorder is the only one, a member of a family where the head has a nerve."""
    member = {"criteria": {"a": "ache", "b": "numb"}, "grades": {"possible": possible}}
    head = dict(member)
    if nerve:
        member["nerve"] = nerve
    if head_nerve:
        member["parent"] = "family_of_it"
        head["nerve"] = head_nerve
    disorders = {"illness": member} | ({"family_of_it": head} if head_nerve else {})
    patterns = {"weak_nerve": {"when": "weak", "origin": "elsewhere"}}
    return tiny_kb(
        folder, {"ache": "yes_no", "numb": "yes_no", "weak": "yes_no"}, patterns, disorders=disorders
    )


@pytest.mark.parametrize(
    "nerve, possible, facts, modality, of",
    [
        ("sensory", "a", {"ache": True}, "sensory", "illness"),
        ("none", "a", {"ache": True}, "none", "illness"),
        (None, "a", {"ache": True}, "undetermined", None),
        ("motor", "a and b", {"ache": True}, "motor", "illness"),  # undecided: what is ill may be told
        ("none", "a and b", {"ache": True}, "undetermined", None),  # but not from so little that nothing is
        ("sensory", "a", {"ache": False}, "undetermined", None),  # nothing fits, nothing is open
        ("sensory", "a", {}, "undetermined", None),  # nothing is told for it
        ("sensory", "a", {"ache": True, "weak": True}, "none", None),  # the answers tell it themselves
    ],
)
def test_what_the_answers_do_not_tell_is_taken_from_the_first_disorder(
    tmp_path, nerve, possible, facts, modality, of
):
    kb = first_comes(tmp_path, nerve, possible)
    nerves = assemble(kb, "x", facts, decide(kb, facts)).nerves
    assert (nerves.modality, nerves.modality_of) == (modality, of)


@pytest.mark.parametrize(
    "facts, by_definition, modality, of",
    [
        ({"weak": True}, True, "mixed", "junction"),
        ({"weak": True}, False, "none", None),
        ({"weak": True, "ache": True}, True, "none", None),  # another line leads beside it
        ({"weak": True, "numb": True}, True, "none", None),  # it does not fit
        ({"weak": True, "ache": False, "numb": False}, True, "mixed", "junction"),
    ],
)
def test_what_defines_the_first_disorder_is_said_against_the_answers(
    tmp_path, facts, by_definition, modality, of
):
    """While it leads alone: beside another line a nerve may be ill, or not, by that."""
    junction = {"criteria": {"a": "weak and not numb"}, "grades": {"possible": "a"}, "explains": ["weakness"]}
    junction |= {"nerve": "mixed", "nerve_by_definition": by_definition}
    sore = {"criteria": {"a": "ache"}, "grades": {"possible": "a"}, "explains": ["pain"]}
    complaints = [
        {"id": "weakness", "label": "weakness", "finding": "weak", "present": "weak"},
        {"id": "pain", "label": "pain", "finding": "ache", "present": "ache"},
    ]
    kb = tiny_kb(
        tmp_path,
        {"ache": "yes_no", "numb": "yes_no", "weak": "yes_no"},
        {"weak_nerve": {"when": "weak", "origin": "elsewhere"}},
        disorders={"junction": junction, "sore": sore},
        interview={"complaints": complaints},
    )
    facts = {"numb": False} | facts
    nerves = assemble(kb, "x", facts, decide(kb, facts)).nerves
    assert (nerves.modality, nerves.modality_of) == (modality, of)


@pytest.mark.parametrize(
    "told, modality, of",
    [
        # Two points each: four are not yet enough to stand before what fits with nothing told for it.
        (4, "undetermined", None),
        (5, "none", "illness"),
    ],
)
def test_an_undecided_disorder_says_that_no_nerve_is_ill_only_if_much_is_told_for_it(
    tmp_path, told, modality, of
):
    met = {f"m{number}": "ache" for number in range(told)}
    disorders = {"illness": {"criteria": {"a": "numb", **met}, "grades": {"possible": "a"}, "nerve": "none"}}
    kb = tiny_kb(tmp_path, {"ache": "yes_no", "numb": "yes_no"}, disorders=disorders)
    nerves = assemble(kb, "x", {"ache": True}, decide(kb, {"ache": True})).nerves
    assert (nerves.modality, nerves.modality_of) == (modality, of)


@pytest.mark.parametrize("ahead, modality, of", [("none", "none", "ahead"), (None, "undetermined", None)])
def test_an_undecided_disorder_that_stands_first_tells_the_modality(tmp_path, ahead, modality, of):
    met = {f"m{number}": "ache" for number in range(8)}
    disorders = {
        "ahead": {"criteria": {"a": "numb", **met}, "grades": {"possible": "a"}, "nerve": ahead},
        "fits": {"criteria": {"a": "ache"}, "grades": {"possible": "a"}, "nerve": "motor"},
    }
    kb = tiny_kb(tmp_path, {"ache": "yes_no", "numb": "yes_no"}, disorders=disorders)
    found = assemble(kb, "x", {"ache": True}, decide(kb, {"ache": True}))
    assert [one.disorder for one in found.differential] == ["ahead", "fits"]
    assert (found.nerves.modality, found.nerves.modality_of) == (modality, of)


@pytest.mark.parametrize(
    ("nerve", "modality", "of"),
    [
        ("mixed", "mixed", "ahead"),
        ("motor", "none", None),  # only both kinds
    ],
)
def test_an_undecided_disorder_defined_by_both_kinds_says_so_against_the_answers(
    tmp_path, nerve, modality, of
):
    met = {f"m{number}": "weak" for number in range(8)}
    ahead = {"criteria": {"a": "numb", **met}, "grades": {"possible": "a"}}
    ahead |= {"nerve": nerve, "nerve_by_definition": True}
    fits = {"criteria": {"a": "weak"}, "grades": {"possible": "a"}}
    kb = tiny_kb(
        tmp_path,
        {"numb": "yes_no", "weak": "yes_no"},
        {"weak_muscle": {"when": "weak", "origin": "elsewhere"}},
        disorders={"ahead": ahead, "fits": fits},
    )
    found = assemble(kb, "x", {"weak": True}, decide(kb, {"weak": True}))
    assert [one.disorder for one in found.differential] == ["ahead", "fits"]
    assert (found.nerves.modality, found.nerves.modality_of) == (modality, of)


@pytest.mark.parametrize(
    "facts, modality, of",
    [
        ({"weak": True}, "undetermined", "spike"),
        ({"weak": True, "ache": True}, "undetermined", "spike"),  # also beside another line
        ({"weak": True, "numb": True}, "sensory", None),  # a nerve that the answers name stays
        ({"weak": False, "ache": True, "held": True}, "none", None),  # it does not fit
        ({"weak": False, "spike_seen": True}, "undetermined", None),  # nothing to take back
    ],
)
def test_a_disorder_that_leaves_nerves_open_takes_back_only_that_none_is_ill(tmp_path, facts, modality, of):
    spike = {"criteria": {"a": "weak or spike_seen"}, "grades": {"possible": "a"}, "explains": ["weakness"]}
    spike |= {"nerve": "undetermined", "nerve_by_definition": True}
    ulcer = {"criteria": {"a": "ache"}, "grades": {"possible": "a"}, "explains": ["pain"]}
    names = ("ache", "held", "numb", "spike_seen", "weak")
    kb = tiny_kb(
        tmp_path,
        dict.fromkeys(names, "yes_no"),
        {
            "elsewhere_held": {"when": "weak or held", "origin": "elsewhere"},
            "feeling": {"when": "numb", "involvement": [{"nerve": "feeler", "modality": "sensory"}]},
        },
        disorders={"spike": spike, "ulcer": ulcer},
        interview={
            "complaints": [
                {"id": "weakness", "label": "weakness", "finding": "weak", "present": "weak"},
                {"id": "pain", "label": "pain", "finding": "ache", "present": "ache"},
            ]
        },
    )
    nerves = assemble(kb, "x", facts, decide(kb, facts)).nerves
    assert (nerves.modality, nerves.modality_of) == (modality, of)


def test_a_member_without_a_nerve_has_that_of_its_family(tmp_path):
    kb = first_comes(tmp_path, None, "a", head_nerve="mixed")
    assert kb.nerve("illness") == "mixed"
    assert first_comes(tmp_path / "own", "motor", "a", head_nerve="mixed").nerve("illness") == "motor"
