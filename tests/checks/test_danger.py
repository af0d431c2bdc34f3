"""More danger never lowers urgency, and no answer is needed to raise it."""

import pytest

BOTH, WAITS = "danger-sign-both-ways", "reassurance-required"


def told(found, code):
    return [(one.rule, one.message) for one in found.get(code, [])]


def test_a_sign_that_raises_and_reassures_is_refused(remarks):
    found = remarks(urgency={"one": {"when": "ache"}, "two": {"when": "numb", "unless": "ache"}})
    assert told(found, BOTH) == [("two", "`ache` raises urgency elsewhere and reassures here")]
    assert found[BOTH][0].place.path.endswith("red_flags/two.yaml")


def test_a_rule_must_not_wait_for_a_no(remarks):
    found = remarks(urgency={"one": {"when": "ache and not calm"}})
    assert told(found, WAITS) == [("one", "`when` waits for a no to `calm`")]
    assert found[WAITS][0].hint == "move it to `unless`: an unknown answer must not block a danger rule"


def test_a_no_to_a_danger_sign_counts_both_ways(remarks):
    found = remarks(urgency={"one": {"when": "ache and not numb"}, "two": {"when": "numb"}})
    assert told(found, BOTH) == [("one", "`when` waits for a no to `numb` and raises urgency elsewhere")]


def test_patterns_are_looked_through(remarks):
    found = remarks(
        patterns={"quiet": "calm and not ache", "loud": "not quiet"},
        urgency={"one": {"when": "ache and quiet"}, "two": {"when": "numb and loud", "unless": "quiet"}},
    )
    assert ("one", "`when` waits for a no to `ache` and raises urgency elsewhere") in told(found, BOTH)
    assert ("two", "`when` waits for a no to `calm` and raises urgency elsewhere") in told(found, BOTH)
    assert ("two", "`calm` raises urgency elsewhere and reassures here") in told(found, BOTH)


def test_choices_of_a_list_are_signs_of_their_own(remarks):
    found = remarks(
        urgency={"one": {"when": "left in spots"}, "two": {"when": "ache", "unless": "right in spots"}}
    )
    assert BOTH not in found
    found = remarks(urgency={"one": {"when": "left in spots"}, "two": {"when": "ache and none in spots"}})
    assert {message for _, message in told(found, BOTH) + told(found, WAITS)} == {
        "`when` waits for a no to `left in spots` and raises urgency elsewhere",
        "`when` waits for a no to `right in spots`",
    }


@pytest.mark.parametrize(
    "rule",
    [
        {"when": "ache", "unless": "calm"},
        {"when": "ache or numb"},
        {"when": "ache", "unless": "calm and not numb"},
        {"when": "ache and at_least(2, numb, left in spots, right in spots)"},
    ],
)
def test_reassurance_in_unless_is_sound(remarks, rule):
    found = remarks(urgency={"one": rule, "two": {"when": "numb"}})
    assert BOTH not in found and WAITS not in found
