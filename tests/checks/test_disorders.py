"""Disorders that load and are wrong: grades, evidence, signs used against, grades out of reach."""

import pytest

from tests.checks.conftest import FINDINGS

EXAMINED = {"sign": {"type": "yes_no", "asked_of": "clinician"}}
ONLY_IN = {"sign": {"type": "yes_no", "rule_in_only": "Its absence is common."}}


def messages(found, code):
    return [(one.rule, one.message) for one in found.get(code, [])]


@pytest.mark.parametrize(
    "grades, rule, message",
    [
        (
            {"possible": "a", "probable": "b"},
            "illness.probable",
            "`probable` holds without `possible` when only b is met",
        ),
        (
            {"possible": "a", "probable": "a and b", "established": "a or b"},
            "illness.established",
            "`established` holds without `probable` when only b is met",
        ),
        (
            {"possible": "at_least(2, a, b, c)", "probable": "a and b or c"},
            "illness.probable",
            "`probable` holds without `possible` when only c is met",
        ),
        ({"possible": "not a"}, "illness.possible", "negates a criterion"),
        (
            {"possible": "a and not b", "established": "a and not b and c"},
            "illness.established",
            "negates a criterion",
        ),
    ],
)
def test_grades_that_are_not_nested(of_illness, grades, rule, message):
    criteria = {"a": "ache", "b": "numb", "c": "calm"}
    assert (rule, message) in messages(of_illness(criteria=criteria, grades=grades), "grades-not-nested")


def test_nested_grades_are_sound(of_illness):
    grades = {"possible": "a or b", "probable": "at_least(2, a, b, c)", "established": "a and b and c"}
    criteria = {"a": "ache", "b": "numb", "c": "calm"}
    # probable holds with b and c, where possible holds by b: each implies the next
    assert "grades-not-nested" not in of_illness(criteria=criteria, grades=grades)


@pytest.mark.parametrize(
    "criterion, evidence, told",
    [
        ("ache", "ache", "`ache`"),
        ("ache", "not ache and numb", "`ache`"),
        ("left in spots", "left in spots", "`left in spots`"),
        ("none in spots", "right in spots", "`right in spots`"),
        ("days > 3", "days > 90", "`days`"),
    ],
)
def test_evidence_that_repeats_a_criterion(of_illness, criterion, evidence, told):
    found = of_illness({"days": "number 0 99"}, criteria={"a": criterion}, evidence={"e_it": evidence})
    assert messages(found, "evidence-repeats-criterion") == [
        ("illness.e_it", f"{told} already counts in criterion A")
    ]


def test_another_choice_of_the_same_list_is_no_repetition(of_illness):
    found = of_illness(criteria={"a": "left in spots"}, evidence={"e_it": "right in spots"})
    assert "evidence-repeats-criterion" not in found


def weighed(of_illness, criteria, evidence, direction, pictures):
    """What is told of evidence that a small illness weighs; ``place`` has one answer, ``days`` is a number."""
    further = {"days": "number 0 99", "place": "one_of ear nose tooth"}
    item = {"when": evidence, "direction": direction}
    found = of_illness(further, pictures, criteria=criteria, evidence={"e_it": item})
    return [message for _, message in messages(found, "evidence-repeats-criterion")]


@pytest.mark.parametrize(
    "criterion, picture, direction, told",
    [
        ("ache or numb", "ache", "for", "`ache`"),
        ("ache or numb", "not ache", "against", "`ache`"),
        ("ache or numb and calm", "not ache and not calm", "against", "`ache`, `calm`"),
        ("place == ear or ache", "place == nose", "against", "`place`"),
        ("none in spots", "calm or left in spots", "against", "`left in spots`"),
        (
            "not (left in spots or right in spots)",
            "none in spots",
            "for",
            "`left in spots`, `right in spots`",
        ),
        ("days <= 30", "days > 40", "against", "`days`"),
        ("3 <= days <= 30", "days > 20", "for", "`days`"),
        ("ache or numb", "at_least(2, ache, calm, numb)", "for", "`ache`, `numb`"),
    ],
)
def test_a_pattern_that_holds_by_what_criteria_count_repeats_them(
    of_illness, criterion, picture, direction, told
):
    assert weighed(of_illness, {"a": criterion}, "picture", direction, {"picture": picture}) == [
        f"holds by nothing but {told}, already counted in criterion A"
    ]


@pytest.mark.parametrize(
    "criterion, picture, direction",
    [
        pytest.param("ache", "ache and numb", "for", id="asks for one answer more"),
        pytest.param("ache or numb", "not ache and not calm", "against", id="asks for one no more"),
        pytest.param("ache or numb", "at_least(2, ache, calm)", "for", id="counts one answer more"),
        pytest.param("ache or numb", "ache and numb", "against", id="another disorder's picture"),
        pytest.param("place == ear", "place == nose", "for", id="an answer that fails the criterion, for"),
        pytest.param("days > 30", "days > 40", "against", id="longer than the criterion likes"),
        pytest.param("days > 30", "days < 20", "for", id="shorter than the criterion likes"),
    ],
)
def test_a_pattern_that_says_something_new_or_points_the_other_way_repeats_nothing(
    of_illness, criterion, picture, direction
):
    assert weighed(of_illness, {"a": criterion}, "picture", direction, {"picture": picture}) == []


def test_repetition_is_looked_for_behind_patterns_of_patterns(of_illness):
    pictures = {"inner": "not ache", "outer": "calm or inner"}
    assert weighed(of_illness, {"a": "ache or numb"}, "outer", "against", pictures) == [
        "holds by nothing but `ache`, already counted in criterion A"
    ]


def test_a_criterion_counts_its_pattern_as_one_and_evidence_may_say_which_way_it_held(of_illness):
    assert weighed(of_illness, {"a": "picture"}, "ache", "for", {"picture": "ache or numb"}) == []


@pytest.mark.parametrize(
    "evidence, direction, told",
    [
        ("a and no_ache", "against", []),
        ("a and not ache", "against", []),
        ("calm or (a and no_ache)", "against", []),
        ("calm or no_ache", "against", ["holds by nothing but `ache`, already counted in criterion A"]),
        ("b and no_ache", "against", ["holds by nothing but `ache`, already counted in criterion A"]),
        ("not a and aches", "for", []),
        ("a and aches", "for", ["holds by nothing but `a`, `ache`, already counted in criterion A"]),
        ("at_least(2, a, b)", "for", ["holds by nothing but `a`, `b`, already counted in criterion A, B"]),
        ("a and calm", "for", []),
        ("not a", "against", ["holds by nothing but `a`, already counted in criterion A"]),
        ("a", "against", []),
    ],
)
def test_evidence_may_demand_a_criterion_the_way_it_does_not_point(of_illness, evidence, direction, told):
    pictures = {"aches": "ache", "no_ache": "not ache"}
    criteria = {"a": "ache or numb", "b": "left in spots"}
    assert weighed(of_illness, criteria, evidence, direction, pictures) == told


def test_a_criterion_left_to_judgement_counts_no_answer(of_illness):
    criteria = {"a": "numb", "z": {"judgement": True, "when": None}}
    assert weighed(of_illness, criteria, "picture", "for", {"picture": "ache"}) == []


@pytest.mark.parametrize(
    "finding, refused",
    [
        ("yes_no", True),
        ({"type": "yes_no", "reliable": "It is seen or it is not."}, False),
        ({"type": "yes_no", "asked_of": "clinician"}, False),
        ({"type": "yes_no", "asked_of": "test"}, False),
    ],
)
def test_only_reliable_answers_and_examinations_rule_out(of_illness, finding, refused):
    found = of_illness({"sign": finding}, criteria={"a": {"when": "sign", "if_false": "rules_out"}})
    assert ("rules-out-on-an-answer" in found) is refused


def test_ruling_out_is_looked_for_behind_patterns(of_illness):
    found = of_illness(
        patterns={"picture": "ache"}, criteria={"a": {"when": "picture", "if_false": "rules_out"}}
    )
    assert messages(found, "rules-out-on-an-answer") == [
        ("illness.a", "rules out on `ache`, which people answer and which is not marked reliable")
    ]


@pytest.mark.parametrize(
    "fields, rule",
    [
        ({"criteria": {"a": "sign"}}, "illness.a"),
        ({"criteria": {"a": "sign and ache"}}, "illness.a"),
        ({"excludes": {"x_it": "not sign"}}, "illness.x_it"),
        ({"evidence": {"e_it": {"when": "not sign", "direction": "against"}}}, "illness.e_it"),
    ],
)
def test_a_sign_that_only_rules_in_must_not_count_against(of_illness, fields, rule):
    assert [one.rule for one in of_illness(ONLY_IN, **fields)["rule-in-only-against"]] == [rule]


def test_a_choice_that_only_rules_in_must_not_be_all_a_criterion_asks_for(of_illness):
    spots = {"spots": {"type": "any_of left right", "rule_in_only": "Few see them."}}
    criteria = {"a": "left in spots", "b": "left in spots or ache"}
    found = of_illness(spots, criteria=criteria)["rule-in-only-against"]
    assert [one.rule for one in found] == ["illness.a"]


@pytest.mark.parametrize(
    "fields",
    [
        {"criteria": {"a": "ache or sign"}},
        {"evidence": {"e_it": "sign"}},
        {"evidence": {"e_it": {"when": "sign", "direction": "against"}}},
        {"excludes": {"x_it": "sign"}},
    ],
)
def test_a_sign_that_only_rules_in_may_count_for(of_illness, fields):
    assert "rule-in-only-against" not in of_illness(ONLY_IN, **fields)


@pytest.mark.parametrize(
    "best, exclusion, refused",
    [
        ("probable", "sign", True),
        ("established", "sign", True),
        ("possible", "sign", False),
        ("probable", "sign and ache", False),
        ("probable", "ache", False),
    ],
)
def test_an_exclusion_that_only_an_examination_decides_keeps_answers_at_possible(
    of_illness, best, exclusion, refused
):
    found = of_illness(EXAMINED, best_by_answers=best, excludes={"x_it": exclusion})
    assert ("unreachable-grade" in found) is refused


def test_the_small_disorder_itself_is_sound(of_illness):
    assert {one.rule for one in of_illness().get("unused-finding", [])} == set(FINDINGS) - {"ache"}
    assert set(of_illness()) == {"unused-finding"}
