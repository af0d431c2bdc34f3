"""The ladder of grades, one rung a line, and the fit in whole numbers."""

import pytest

from tests.support import tiny_kb
from triage.assessment import decide, fit_of, grade_of, standing
from triage.models import Band

FINDINGS = {
    "ache": "yes_no",
    "numb": "yes_no",
    "seen": {"type": "yes_no", "asked_of": "test"},
    "bad": "yes_no",
    "worse": "yes_no",
    "days": "number 0 99",
}
ILLNESS = {
    "criteria": {
        "a": "ache",
        "b": "numb",
        "c": {"when": "seen", "if_false": "rules_out"},
        "z": {"judgement": True},
    },
    "excludes": {"x_bad": {"when": "bad", "effect": "rules_out"}, "x_worse": "worse"},
    "grades": {"possible": "a", "probable": "a and b", "established": "a and b and c"},
}


@pytest.fixture
def kb(tmp_path):
    return tiny_kb(tmp_path, FINDINGS, disorders={"illness": ILLNESS})


def answered(text):
    return {word.lstrip("!"): not word.startswith("!") for word in text.split()}


LADDER = """
                                   -> undetermined
    ache                           -> possible
    ache !numb                     -> possible
    !ache                          -> unlikely
    !ache numb seen !bad !worse    -> unlikely
    ache numb                      -> possible       # what excludes it is not known
    ache numb !bad                 -> possible
    ache numb !bad !worse          -> probable
    ache numb seen !bad !worse     -> established
    ache numb seen !bad            -> possible
    ache !numb !bad !worse         -> possible
    ache !seen                     -> ruled_out
    !ache !seen                    -> ruled_out
    !seen                          -> ruled_out
    bad                            -> ruled_out
    ache numb seen bad !worse      -> ruled_out
    !ache bad                      -> ruled_out
    worse                          -> unlikely
    ache numb seen !bad worse      -> unlikely
    worse bad                      -> ruled_out
    numb seen !bad !worse          -> undetermined
"""


@pytest.mark.parametrize("line", LADDER.strip("\n").splitlines())
def test_the_first_grade_of_the_ladder_that_applies(kb, line):
    facts, grade = line.split("#")[0].split("->")
    assert grade_of(kb, kb.disorders["illness"], decide(kb, answered(facts))) == grade.strip()


def test_what_excludes_a_family_excludes_its_members(tmp_path):
    head = {
        "criteria": {"a": "ache"},
        "grades": {"possible": "a", "probable": "a"},
        "excludes": {"x_bad": "bad"},
    }
    form = {"parent": "head", "criteria": {"a": "numb"}, "grades": {"possible": "a", "probable": "a"}}
    kb = tiny_kb(tmp_path, FINDINGS, disorders={"head": head, "form": form})
    grades = {
        text: grade_of(kb, kb.disorders["form"], decide(kb, answered(text)))
        for text in ("numb", "numb bad", "numb !bad")
    }
    assert grades == {"numb": "possible", "numb bad": "unlikely", "numb !bad": "probable"}


@pytest.mark.parametrize(
    "facts, fit",
    [
        ("", 0),
        ("ache", 2),
        ("ache numb", 4),
        ("ache numb seen", 6),
        ("!ache", -2),
        ("ache !numb", 0),
        ("!ache !numb !seen", -6),
    ],
)
def test_the_fit_is_the_share_of_criteria_met_less_those_not_met_judgements_not_counted(kb, facts, fit):
    assert fit_of(kb, kb.disorders["illness"], decide(kb, answered(facts))) == fit


@pytest.mark.parametrize(
    "met, not_met, fit", [(1, 0, 1), (0, 1, -1), (2, 0, 3), (3, 0, 4), (1, 1, 0), (3, 1, 3), (1, 3, -3)]
)
def test_shares_are_whole_sixths_rounded_down(tmp_path, met, not_met, fit):
    signs = [f"s{number}" for number in range(4)]
    disorder = {"criteria": {f"c{sign}": sign for sign in signs}, "grades": {"possible": "cs0"}}
    kb = tiny_kb(tmp_path, dict.fromkeys(signs, "yes_no"), disorders={"illness": disorder})
    facts = dict.fromkeys(signs[:met], True) | dict.fromkeys(signs[met : met + not_met], False)
    assert fit_of(kb, kb.disorders["illness"], decide(kb, facts)) == fit


def weighed(tmp_path, evidence, patterns=None):
    """A disorder whose one criterion stays unknown, so that the fit is that of its evidence."""
    disorder = {"criteria": {"a": "seen"}, "grades": {"possible": "a"}, "evidence": evidence}
    return tiny_kb(tmp_path, FINDINGS, patterns, disorders={"illness": disorder})


def fit(kb, **facts):
    return fit_of(kb, kb.disorders["illness"], decide(kb, facts))


def item(when, weight="weak", direction="for"):
    return {"when": when, "weight": weight, "direction": direction}


def test_evidence_counts_only_while_it_is_true(tmp_path):
    kb = weighed(tmp_path, {"e_one": item("ache", "strong"), "e_two": item("numb", "moderate", "against")})
    assert [
        fit(kb),
        fit(kb, ache=False),
        fit(kb, ache=True),
        fit(kb, numb=True),
        fit(kb, ache=True, numb=True),
    ] == [
        0,
        0,
        3,
        -2,
        1,
    ]


def test_of_several_items_on_one_finding_the_strongest_counts(tmp_path):
    evidence = {
        "e_long": item("days > 10"),
        "e_longer": item("days > 20", "moderate"),
        "e_other": item("ache"),
    }
    kb = weighed(tmp_path, evidence)
    assert [fit(kb, days=15), fit(kb, days=25), fit(kb, days=25, ache=True)] == [1, 2, 3]


def test_items_that_share_findings_through_others_are_one_group(tmp_path):
    evidence = {
        "e_one": item("ache or numb"),
        "e_two": item("numb or bad", "moderate"),
        "e_three": item("bad", "strong"),
    }
    kb = weighed(tmp_path, evidence)
    assert fit(kb, ache=True, numb=True, bad=True) == 3


def test_items_on_one_pattern_are_one_group_and_the_directions_stay_apart(tmp_path):
    evidence = {
        "e_one": item("picture"),
        "e_two": item("picture and numb", "moderate"),
        "e_less": item("picture", "strong", "against"),
    }
    kb = weighed(tmp_path, evidence, {"picture": "ache"})
    assert fit(kb, ache=True, numb=True) == 2 - 3


def stands(kb, facts, likeness=None):
    return standing(kb, kb.disorders["illness"], decide(kb, facts), likeness or {})


@pytest.mark.parametrize("direction, limit", [("for", 6), ("against", -6)])
def test_evidence_is_clipped(tmp_path, direction, limit):
    signs = ("ache", "numb", "bad", "worse")
    kb = weighed(tmp_path, {f"e_{name}": item(name, "strong", direction) for name in signs})
    assert fit(kb, **dict.fromkeys(signs, True)) == limit
    assert fit(kb, ache=True, numb=True) == limit


def test_the_key_of_a_standing_is_band_then_weight_then_frequency_then_id(kb):
    one = stands(kb, {"ache": True})
    assert (one.band, one.fit, one.key) == (Band.FITS, 2, (0, -4, 0, "illness"))
    assert [stands(kb, facts).key[0] for facts in ({}, {"worse": True}, {"bad": True})] == [1, 2, 3]


@pytest.mark.parametrize("likeness, counted", [(5, 5), (-7, -7), (201, 200), (-201, -200)])
def test_likeness_counts_half_as_much_as_fit_and_is_clipped(kb, likeness, counted):
    one = stands(kb, {"ache": True}, {"illness": likeness})
    assert (one.likeness, one.weight) == (counted, 2 * one.fit + counted)
    assert stands(kb, {"ache": True}).with_likeness(likeness) == one
    assert (one.grade, one.band) == (stands(kb, {"ache": True}).grade, Band.FITS)
