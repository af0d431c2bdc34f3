"""More danger never lowers urgency, and no answer is needed to raise it."""

import pytest

BOTH, WAITS, NEVER = "danger-sign-both-ways", "reassurance-required", "impossible-condition"


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


LUMPS = {
    "days": "number 0 100",
    "where": "one_of here there",
    "old": {"type": "yes_no", "asked_when": "days >= 50", "implied": "no"},
}


@pytest.mark.parametrize(
    "when, refused",
    [
        ("ache and (numb or days > 3)", False),
        ("ache and calm_told", True),
        ("days > 30 and days < 3", True),
        ("days > 3 and days < 30", False),
        ("days > 100", True),
        ("where == here and where == there", True),
        ("left in spots and right in spots", False),
        ("none in spots and right in spots", True),
        ("old and days < 50", True),
        ("old and days >= 50", False),
        ("days < 50 and at_least(2, old, numb, ache and calm_told)", True),
        ("(ache or numb) and not_ache and (not_numb or calm) and not_calm", True),
        # Alternatives are tried one by one, so what only all of them together exclude is not found.
        ("(ache or numb) and (not_ache or not_numb) and (ache or not_numb) and (numb or not_ache)", False),
    ],
)
def test_a_danger_rule_that_no_answers_make_true_is_refused(remarks, when, refused):
    patterns = {
        "calm_told": "not ache",
        "not_ache": "not ache",
        "not_calm": "not calm",
        "not_numb": "not numb",
    }
    found = remarks(LUMPS, patterns, urgency={"one": {"when": when}})
    assert told(found, NEVER) == ([("one", "no answers make `when` true")] if refused else [])


@pytest.mark.parametrize(
    "when, dead",
    [
        ("ache and (numb or calm)", []),
        ("days > 3 and (numb or days < 2)", ["days < 2"]),
        ("days > 3 and (numb or (calm and (ache or days < 2)))", ["days < 2"]),
        ("days < 50 and (numb or old)", ["old"]),
        ("days < 50 and at_least(2, ache, numb, old)", ["old"]),
        ("ache or (ache and numb)", []),  # spare, not dead
        ("days > 3 and (numb or brief)", ["brief"]),
        ("days > 3 and numb_or_brief", []),  # other rules may read the pattern
    ],
)
def test_an_alternative_that_can_never_be_true_is_refused(remarks, when, dead):
    patterns = {"brief": "days < 2", "numb_or_brief": "numb or days < 2"}
    found = remarks(LUMPS, patterns, urgency={"one": {"when": when}})
    assert [message.split("`")[1] for _, message in told(found, NEVER)] == dead


def test_a_reassurance_can_hold_too(remarks):
    found = remarks(LUMPS, urgency={"one": {"when": "ache", "unless": "calm and (days > 3 and days < 2)"}})
    assert told(found, NEVER) == [("one", "no answers make `unless` true")]


COMPLAINTS = {
    "complaints": [
        {"id": "pain", "label": "pain", "finding": "hurt", "present": "hurt == present"},
        {"id": "loss", "label": "loss", "finding": "lost", "present": "lost"},
    ]
}
COMPLAINED = {
    "hurt": "one_of present absent",
    "lost": "yes_no",
    "pain_days": {"type": "number 0 100", "of": "pain"},
    "sore": {"type": "yes_no", "of": "pain"},
    "wide": {"type": "yes_no", "of": "loss"},
    "soft": {"type": "yes_no", "asked_when": "sore or calm", "implied": "no"},
}


@pytest.mark.parametrize(
    "about, when, refused",
    [
        (["pain", "person"], "ache and pain_days <= 3", True),
        (["pain", "person"], "ache and (pain_days <= 3 or numb)", False),
        (["pain"], "ache and pain_days <= 3", False),
        (["person"], "ache and (sore or wide)", True),
        (["person"], "ache and hurt == present", True),
        (["person"], "ache and not pain_days > 3", True),
        (["person"], "ache and soft", False),
        (["person"], "ache and soft and sore", True),
        (["person"], "ache and sore_and_more", True),
    ],
)
def test_a_rule_about_everybody_needs_no_complaint(remarks, about, when, refused):
    found = remarks(
        COMPLAINED,
        {"sore_and_more": "sore and numb"},
        urgency={"one": {"about": about, "when": when}},
        interview=COMPLAINTS,
    )
    assert [one.rule for one in found.get("person-needs-complaint", [])] == (["one"] if refused else [])
