"""Points of answers by the profiles of disorders."""

import json

import pytest

from tests.support import tiny_kb, write_kb
from triage.assessment import assemble, decide
from triage.assessment.likeness import BEYOND, IN_HALF, IN_MOST, changed, likeness_of, told_of
from triage.errors import Problems
from triage.knowledge import load_knowledge
from triage.models import Usualness

FINDINGS = {
    "ache": "yes_no",
    "numb": "yes_no",
    "spots": "any_of cheek chin",
    "kind": "one_of dull sharp",
    "days": "number 0 100",
}
DISORDERS = {name: {"criteria": {"a": "ache"}, "grades": {"possible": "a"}} for name in ("illness", "malady")}


def with_profiles(folder, *profiles):
    write_kb(folder, FINDINGS, disorders=DISORDERS)
    for profile in profiles:
        (folder / "profiles").mkdir(exist_ok=True)
        (folder / "profiles" / f"{profile['id']}.yaml").write_text(json.dumps(profile), encoding="utf-8")
    return load_knowledge(folder)


@pytest.fixture
def kb(tmp_path):
    return with_profiles(
        tmp_path,
        {"id": "average", "often": ["ache"], "seldom": ["spots.chin"], "sometimes": ["kind.dull"]},
        {
            "id": "illness",
            "usually": ["ache"],
            "often": ["spots.chin", "numb"],
            "hardly_ever": ["kind.dull"],
            "numbers": {"days": {"half": [5, 10], "most": [2, 50]}},
        },
    )


@pytest.mark.parametrize(
    "facts, points",
    [
        ({}, 0),
        ({"ache": True}, 2),  # usually, where the average patient often has it: one step, and listed
        ({"ache": False}, 0),
        ({"numb": True}, 1),  # the average profile does not list it: as usual there as here
        ({"spots": {"chin": True}}, 3),
        ({"spots": {"chin": False, "cheek": True}}, 0),
        ({"spots": {"chin": True, "cheek": True}}, 3),
        ({"kind": "dull"}, -2),  # hardly ever, where the average patient sometimes says so
        ({"kind": "sharp"}, 0),
        ({"ache": True, "kind": "dull", "days": 7.0}, 1),
    ],
)
def test_an_answer_counts_one_and_one_more_for_each_step_above_the_average(kb, facts, points):
    assert likeness_of(kb, facts).get("illness", 0) == points
    assert sum(one.points for one in told_of(kb, facts, "illness")) == points


@pytest.mark.parametrize(
    "days, points",
    [(1, BEYOND), (2, IN_MOST), (4.9, IN_MOST), (5, IN_HALF), (10, IN_HALF), (50, IN_MOST), (51, BEYOND)],
)
def test_a_number_counts_by_where_it_lies(kb, days, points):
    assert likeness_of(kb, {"days": days}).get("illness", 0) == points


def test_a_disorder_without_a_profile_has_no_points(kb):
    assert "malady" not in likeness_of(kb, {"ache": True, "days": 7})


def test_without_profiles_nothing_has_points(tmp_path):
    assert likeness_of(tiny_kb(tmp_path, FINDINGS, disorders=DISORDERS), {"ache": True}) == {}


def test_what_cancels_out_leaves_no_points(kb):
    before = likeness_of(kb, {"ache": True})
    assert changed(kb, before, {"ache": True}, {"ache": True, "kind": "dull"}) == {}
    assert changed(kb, before, {"ache": True}, {"ache": True, "kind": "sharp"}) is before


def test_likeness_orders_what_fits_and_changes_nothing_else(kb, tmp_path):
    without = tiny_kb(tmp_path / "without", FINDINGS, disorders=DISORDERS)
    facts = {"ache": True, "kind": "dull", "spots": {"chin": False}, "days": 70}
    found, plain = (assemble(one, "x", facts, decide(one, facts)) for one in (kb, without))
    assert [one.disorder for one in plain.differential] == ["illness", "malady"]
    assert [(one.disorder, one.likeness) for one in found.differential] == [("malady", 0), ("illness", -2)]
    parts = ("disorder", "band", "grade", "fit", "criteria", "evidence_for", "evidence_against")
    assert {tuple(str(getattr(one, part)) for part in parts) for one in found.differential} == {
        tuple(str(getattr(one, part)) for part in parts) for one in plain.differential
    }
    assert (found.urgency, found.nerves) == (plain.urgency, plain.nerves)


def test_what_counts_most_is_told_first(kb):
    told = told_of(kb, {"ache": True, "kind": "dull", "spots": {"chin": True, "cheek": True}}, "illness")
    assert [(one.finding, one.value, one.points) for one in told] == [
        ("spots", {"chin": True}, 3),
        ("ache", True, 2),
        ("kind", "dull", -2),
    ]


def test_words_rise_from_hardly_ever_to_usually():
    assert [word.rank for word in Usualness] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    "profile, message",
    [
        ({"id": "illnes"}, "unknown disorder `illnes`"),
        ({"id": "illness", "often": ["acke"]}, "unknown finding `acke`"),
        ({"id": "illness", "often": ["spots"]}, "`spots` has choices"),
        ({"id": "illness", "often": ["spots.nose"]}, "unknown choice `nose`"),
        ({"id": "illness", "often": ["ache.yes"]}, "`ache` is answered yes or no"),
        ({"id": "illness", "often": ["days"]}, "`days` is a number"),
        ({"id": "illness", "often": ["ache"], "seldom": ["ache"]}, "`ache` stands under `seldom` as well"),
        (
            {"id": "illness", "numbers": {"ache": {"half": [1, 2], "most": [0, 3]}}},
            "`ache` is no number",
        ),
        (
            {"id": "illness", "numbers": {"days": {"half": [1, 2], "most": [0, 101]}}},
            "`most` of `days` leaves the range of its answers",
        ),
        (
            {"id": "illness", "numbers": {"days": {"half": [1, 5], "most": [2, 8]}}},
            "`numbers.days`: value error, `half` must lie within `most`, the lower number first",
        ),
    ],
)
def test_a_profile_that_says_nothing_clear_is_refused(tmp_path, profile, message):
    with pytest.raises(Problems) as refused:
        with_profiles(tmp_path, profile)
    assert [str(one.message) for one in refused.value.problems] == [message]


COUNTS = {
    "every_case": {"cases": 100, "told": {"ache": 40, "numb": 10, "spots.chin": 20}},
    "illness": {"cases": 30, "told": {"ache": 30, "numb": 6}},
    "malady": {"cases": 10, "told": {"ache": 9, "spots.chin": 6}},
}


def counted(folder, counts):
    write_kb(folder, FINDINGS, disorders=DISORDERS)
    (folder / "case_counts.yaml").write_text(json.dumps(counts), encoding="utf-8")
    return load_knowledge(folder)


@pytest.mark.parametrize(
    "facts, illness, malady",
    [
        ({"ache": True}, 1, 0),  # 34 of 40 are more than twice 40 of 100; 13 of 20 are not
        ({"ache": False}, 0, 0),
        ({"numb": True}, 0, 0),  # 7 of 40 are not twice 10 of 100
        ({"spots": {"chin": True}}, 0, 1),  # 8 of 20 are just twice 20 of 100
        ({"spots": {"chin": True, "cheek": True}, "ache": True}, 1, 1),
    ],
)
def test_what_cases_told_twice_as_often_as_all_counts_one(tmp_path, facts, illness, malady):
    points = likeness_of(counted(tmp_path, COUNTS), facts)
    assert (points.get("illness", 0), points.get("malady", 0)) == (illness, malady)


def test_a_case_fewer_than_twice_as_often_counts_nothing(tmp_path):
    fewer = COUNTS | {"malady": {"cases": 10, "told": {"spots.chin": 5}}}
    assert likeness_of(counted(tmp_path, fewer), {"spots": {"chin": True}}) == {}


def test_points_of_profile_and_cases_are_added(tmp_path):
    (tmp_path / "profiles").mkdir(parents=True)
    profile = {"id": "illness", "hardly_ever": ["ache"]}
    average = {"id": "average", "seldom": ["ache"]}
    for one in (profile, average):
        (tmp_path / "profiles" / f"{one['id']}.yaml").write_text(json.dumps(one), encoding="utf-8")
    kb = counted(tmp_path, COUNTS)
    assert likeness_of(kb, {"ache": True}) == {}  # one off, one more
    (told,) = told_of(kb, {"ache": True}, "illness")
    assert (told.points, told.judged, told.in_cases) == (0, -1, 30)


@pytest.mark.parametrize(
    "counts, message",
    [
        ({"illness": COUNTS["illness"]}, "`every_case` is missing, with which the others are compared"),
        (COUNTS | {"illnes": {"cases": 2}}, "unknown disorder `illnes`"),
        (COUNTS | {"malady": {"cases": 2, "told": {"acke": 1}}}, "unknown finding `acke`"),
        (
            COUNTS | {"malady": {"cases": 9, "told": {"kind.dull": 2}}},
            "`kind.dull` is told by 2 cases of it, and by fewer of every case",
        ),
        (
            COUNTS | {"malady": {"cases": 2, "told": {"ache": 3}}},
            "Value error, `ache` is told by 3 of 2 cases",
        ),
    ],
)
def test_counts_that_cannot_be_are_refused(tmp_path, counts, message):
    with pytest.raises(Problems) as refused:
        counted(tmp_path, counts)
    assert [str(one.message) for one in refused.value.problems] == [message]
