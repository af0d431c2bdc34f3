"""Documented paths of the leading disorders, and the caveats that apply to this person."""

import pytest

from tests.support import tiny_kb
from triage import assess
from triage.assessment import assemble, decide

FINDINGS = {
    "ache": "yes_no",
    "numb": "yes_no",
    "flare": "yes_no",
    "ulcer": "yes_no",
    "woman": "yes_no",
    "pregnant": {"type": "yes_no", "asked_when": "woman", "implied": "no"},
    "weeks": {"type": "number 0 50", "asked_when": "woman"},
    "age": "number 0 120",
}
ILLNESS = {"criteria": {"a": "ache", "b": "numb"}, "grades": {"possible": "a", "probable": "a and b"}}


@pytest.fixture
def paths(tmp_path):
    def listing(treatments, disorders=None, **facts):
        kb = tiny_kb(
            tmp_path,
            FINDINGS,
            disorders=disorders or {"illness": ILLNESS},
            treatments=treatments,
            caveat_sets={"shared": {"sick": "ulcer"}},
            interview={"adult_when": "age >= 18"},
        )
        found = assemble(kb, "case", facts, decide(kb, facts))
        return found.treatments, found.treatments_withheld

    return listing


def pill(**fields):
    caveats = fields.pop("caveats", {})
    return {"paths": {"illness": fields}, "caveats": caveats}


def test_paths_of_a_possible_disorder_are_for_when_it_is_confirmed(paths):
    ((one,), _) = paths({"pill": pill()}, ache=True)
    assert one.if_confirmed
    ((one,), _) = paths({"pill": pill()}, ache=True, numb=True)
    assert not one.if_confirmed
    assert paths({"pill": pill()}, ache=False) == ((), False)


def test_paths_come_by_line_then_by_name(paths):
    treatments = {
        "b_pill": pill(line="first"),
        "a_pill": pill(line="second"),
        "c_pill": pill(line="first"),
        "d_pill": pill(line="avoid"),
    }
    found, _ = paths(treatments, ache=True)
    assert [one.treatment for one in found] == ["b_pill", "c_pill", "a_pill", "d_pill"]


@pytest.mark.parametrize("flare, shown", [(True, "true"), (None, "unknown"), (False, None)])
def test_a_path_for_another_situation_is_left_out(paths, flare, shown):
    context = {"text": "in a flare", "when": "flare"}
    facts = {"ache": True} if flare is None else {"ache": True, "flare": flare}
    found, _ = paths({"pill": pill(context=context)}, **facts)
    assert [str(one.context) for one in found] == ([shown] if shown else [])


@pytest.mark.parametrize(
    "age, ages, shown, withheld",
    [
        (40, "adults", 1, False),
        (18, "adults", 1, False),
        (17, "adults", 0, True),
        (None, "adults", 1, False),
        (17, "all", 1, False),
    ],
)
def test_paths_for_adults_are_withheld_from_those_known_to_be_younger(paths, age, ages, shown, withheld):
    facts = {"ache": True} if age is None else {"ache": True, "age": age}
    found, missing = paths({"pill": pill(ages=ages)}, **facts)
    assert (len(found), missing) == (shown, withheld)


@pytest.mark.parametrize(
    "facts, truth, missing",
    [
        ({"ulcer": True}, "true", ()),
        ({}, "unknown", ("ulcer",)),
        ({"ulcer": False}, None, ()),
    ],
)
def test_a_caveat_applies_possibly_applies_or_is_left_out(paths, facts, truth, missing):
    ((one,), _) = paths({"pill": pill(caveats={"sick": "ulcer"})}, ache=True, **facts)
    found = [(caveat.id, str(caveat.truth), caveat.missing) for caveat in one.caveats]
    assert found == ([("pill.sick", truth, missing)] if truth else [])


def test_caveats_come_from_sets_from_the_treatment_and_from_the_path(paths):
    treatment = {
        "caveat_sets": ["shared"],
        "caveats": {"own": "ulcer"},
        "paths": {"illness": {"caveats": {"here": "ulcer"}}},
    }
    ((one,), _) = paths({"pill": treatment}, ache=True, ulcer=True)
    assert {caveat.id for caveat in one.caveats} == {"shared.sick", "pill.own", "pill.illness.here"}


@pytest.mark.parametrize(
    "woman, missing", [(None, ("pregnant", "woman")), (True, ("pregnant",)), (False, None)]
)
def test_a_caveat_that_cannot_concern_the_person_is_left_out(paths, woman, missing):
    facts = {"ache": True} if woman is None else {"ache": True, "woman": woman}
    ((one,), _) = paths({"pill": pill(caveats={"expecting": "pregnant"})}, **facts)
    assert [caveat.missing for caveat in one.caveats] == ([missing] if missing else [])


def test_a_number_that_does_not_apply_keeps_no_caveat_open(paths):
    ((one,), _) = paths({"pill": pill(caveats={"late": "weeks > 28"})}, ache=True, woman=False)
    assert one.caveats == ()


@pytest.mark.parametrize(
    "severity, ulcer, against",
    [
        ("contraindicated", True, True),
        ("contraindicated", None, False),
        ("contraindicated", False, False),
        ("caution", True, False),
        ("monitor", True, False),
    ],
)
def test_only_a_contraindication_that_applies_speaks_against_a_path(paths, severity, ulcer, against):
    facts = {"ache": True} if ulcer is None else {"ache": True, "ulcer": ulcer}
    ((one,), _) = paths({"pill": pill(caveats={"sick": {"when": "ulcer", "severity": severity}})}, **facts)
    assert one.against is against


def test_caveats_that_apply_come_first_the_gravest_before_the_others(paths):
    caveats = {
        "open_grave": {"when": "numb", "severity": "contraindicated"},
        "watch": {"when": "ulcer", "severity": "monitor"},
        "care": {"when": "ulcer", "severity": "caution"},
        "grave": {"when": "ulcer", "severity": "contraindicated"},
    }
    ((one,), _) = paths({"pill": pill(caveats=caveats)}, ache=True, ulcer=True)
    assert [caveat.id for caveat in one.caveats] == [
        "pill.grave",
        "pill.care",
        "pill.watch",
        "pill.open_grave",
    ]


@pytest.mark.parametrize(
    "treatment, facts",
    [
        ("mouth_sore_care", {"cannot_eat_or_drink": True}),
        ("mumps_care", {"age_years": 5}),
    ],
)
def test_drinking_and_rest_are_never_told_as_ruled_out(kb, treatment, facts):
    illness = {
        "mouth_sore_care": {"mouth_lining_signs": ["sores_all_over_mouth"], "fever": True},
        "mumps_care": {"both_parotids_swollen": True, "face_swelling": True, "pain_days": 3},
    }[treatment]
    facts = facts | illness | {"face_pain": "present"}
    found = assess(kb, facts).treatments
    assert [path.against for path in found if path.treatment == treatment] == [False]
