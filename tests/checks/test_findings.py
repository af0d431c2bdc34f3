"""Findings that load and are wrong."""

import pytest

from triage.checks import Gravity


@pytest.mark.parametrize(
    "choice, label, refused",
    [
        ("not_sure", "not sure", True),
        ("unknown_side", "some side", True),
        ("cannot_say", "cannot say", True),
        ("middle", "I do not know", True),
        ("middle", "in the middle", False),
        ("knotty", "unsurely held", False),
    ],
)
def test_no_choice_means_not_known(remarks, choice, label, refused):
    found = remarks({"side": {"type": "one_of left", "choices": {"left": "left", choice: label}}})
    assert ("choice-means-unknown" in found) is refused


@pytest.mark.parametrize(
    "finding, refused",
    [
        ({"type": "yes_no", "asked_when": "ache"}, True),
        ({"type": "any_of a b", "asked_when": "ache"}, True),
        ({"type": "yes_no", "asked_when": "ache", "implied": "no"}, False),
        ({"type": "any_of a b", "asked_when": "ache", "implied": "none"}, False),
        ({"type": "one_of a b", "asked_when": "ache"}, False),
        ({"type": "number 0 9", "asked_when": "ache"}, False),
        ("yes_no", False),
    ],
)
def test_a_guarded_yes_or_no_says_what_is_implied(remarks, finding, refused):
    found = remarks({"more": finding})
    assert ([one.rule for one in found.get("guard-without-implied", [])] == ["more"]) is refused


def picked(*intervals):
    picks = [{"label": f"{low} to {high}", "low": low, "high": high} for low, high in intervals]
    return {"days": {"type": "number 0 999", "picks": picks}}


@pytest.mark.parametrize(
    "when, cut",
    [
        ("days > 3", ["3 to 10"]),
        ("days >= 3", []),
        ("days < 10", ["3 to 10"]),
        ("days <= 10", []),
        ("days < 3", []),
        ("days >= 5", ["3 to 10"]),
        ("days == 5", ["3 to 10"]),
        ("days <= 2", []),
        ("1 <= days <= 20", ["0 to 2", "11 to 99"]),
    ],
)
def test_no_threshold_stands_inside_a_pick(remarks, when, cut):
    found = remarks(picked((0, 2), (3, 10), (11, 99)), patterns={"long": when})
    told = [one.message.split("`")[1].split(" (")[0] for one in found.get("threshold-inside-pick", [])]
    assert sorted(set(told)) == cut


def test_a_pick_stores_a_number_of_its_own(remarks):
    pick = {"label": "some", "low": 1, "high": 3, "value": 5}
    found = remarks({"days": {"type": "number 0 9", "picks": [pick]}})
    (remark,) = found["threshold-inside-pick"]
    assert remark.message == "the pick `some` stores 5, which is outside it"


def test_a_finding_that_no_rule_names_is_told_as_a_warning(remarks):
    found = remarks(patterns={"it": "ache and numb and calm"})
    assert [(one.rule, one.gravity) for one in found["unused-finding"]] == [("spots", Gravity.WARNING)]


OPENED = {
    "overviews": [{"id": "first", "title": "First", "findings": ["spots"]}],
    "topics": [
        {"id": "all", "title": "All", "opened_by": "left in spots", "findings": ["ache", "numb", "calm"]}
    ],
}


@pytest.mark.parametrize(
    "when, refused", [("ache and numb and calm", []), ("ache and numb and calm or left in spots", ["spots"])]
)
def test_a_finding_that_opens_a_topic_is_used_and_read_by_no_rule(remarks, when, refused):
    found = remarks(patterns={"it": when}, interview=OPENED)
    assert "unused-finding" not in found
    assert [one.rule for one in found.get("overview-in-rule", [])] == refused


@pytest.mark.parametrize(
    "question, gravities",
    [
        ("Does it hurt?", []),
        ("Does it hurt " + "now " * 16 + "badly?", []),
        ("Does it hurt " + "now " * 17 + "badly?", ["error"]),
        ("One sentence is short. Does it hurt " + "now " * 16 + "badly?", []),
        ("Is it oropharyngeal?", ["warning"]),
    ],
)
def test_questions_are_plain(remarks, question, gravities):
    found = remarks({"it": {"type": "yes_no", "question": question}}).get("plain-language", [])
    assert [str(one.gravity) for one in found if one.rule == "it"] == gravities
