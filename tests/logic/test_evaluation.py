"""What expressions mean, and which answers could still change them."""

from math import inf

import pytest

from triage.logic import FindingType, Interval, Scope, Term, Truth, World, evaluate, parse, pending_findings

TERMS = [
    Term("seconds", FindingType.NUMBER),
    Term("onset", FindingType.NUMBER),
    Term("triggers", FindingType.ANY_OF, ("touch", "wind")),
    Term("side", FindingType.ONE_OF, ("left", "right")),
    Term("numb", FindingType.YES_NO),
    Term("weak", FindingType.YES_NO),
]
SCOPE = Scope({term.name: term for term in TERMS}, {"picture": "picture"}, pairs=True)

MEANING = [
    ("seconds <= 120", {"seconds": 120}, "true"),
    ("seconds <= 120", {"seconds": 120.5}, "false"),
    ("seconds <= 120", {}, "unknown"),
    ("1 <= seconds <= 120", {"seconds": 0}, "false"),
    ("onset <= seconds", {"onset": 3}, "unknown"),
    ("onset <= seconds", {"onset": 3, "seconds": 3}, "true"),
    ("onset <= seconds", {"onset": Interval(1, 3), "seconds": 3}, "true"),
    ("onset <= seconds", {"onset": Interval(1, 3), "seconds": Interval(2, 5)}, "unknown"),
    ("onset <= seconds", {"onset": Interval(3, 4), "seconds": Interval(most=3, open=True)}, "false"),
    ("seconds <= 120", {"seconds": Interval(10, 120)}, "true"),
    ("seconds < 120", {"seconds": Interval(10, 120)}, "unknown"),
    ("seconds < 120", {"seconds": Interval(most=120, open=True)}, "true"),
    ("seconds >= 120", {"seconds": Interval(most=120, open=True)}, "false"),
    ("seconds > 120", {"seconds": Interval(least=120)}, "unknown"),
    ("seconds > 120", {"seconds": Interval(least=120, open=True)}, "true"),
    ("1 <= seconds <= 120", {"seconds": Interval(0, 60)}, "unknown"),
    ("seconds == 3", {"seconds": Interval(2, 3)}, "unknown"),
    ("seconds == 3", {"seconds": Interval(4, 5)}, "false"),
    ("seconds != 3", {"seconds": Interval(most=3, open=True)}, "true"),
    ("side in (left, right)", {"side": "right"}, "true"),
    ("side != left", {"side": "left"}, "false"),
    ("side != left", {}, "unknown"),
    ("touch in triggers", {"triggers": {"touch": True}}, "true"),
    ("wind in triggers", {"triggers": {"touch": True}}, "unknown"),
    ("wind in triggers", {"triggers": {"touch": True, "wind": False}}, "false"),
    ("none in triggers", {"triggers": {"touch": False}}, "unknown"),
    ("none in triggers", {"triggers": {"touch": False, "wind": False}}, "true"),
    ("none in triggers", {"triggers": {"touch": True}}, "false"),
    ("not numb", {}, "unknown"),
    ("numb and weak", {"numb": False}, "false"),
    ("numb and weak", {"numb": True}, "unknown"),
    ("numb or weak", {"numb": True}, "true"),
    ("at_least(2, numb, weak, side == left)", {"numb": True, "weak": False}, "unknown"),
    ("at_least(2, numb, weak, side == left)", {"weak": False, "side": "right"}, "false"),
    ("picture and numb", {"numb": True}, "true"),
]


@pytest.mark.parametrize(
    "text, facts, expected", MEANING, ids=[f"{text} {facts}" for text, facts, _ in MEANING]
)
def test_meaning(text, facts, expected):
    assert evaluate(parse(text, SCOPE), facts, {"picture": Truth.TRUE}) is Truth[expected.upper()]


def test_a_rule_nobody_decided_is_unknown():
    assert evaluate(parse("picture", SCOPE), {}) is Truth.UNKNOWN


def pending(text, facts, rules=None, guards=None):
    rules = {name: parse(body, SCOPE) for name, body in (rules or {}).items()}
    guards = {name: parse(body, SCOPE) for name, body in (guards or {}).items()}
    truths = {name: evaluate(expr, facts) for name, expr in rules.items()}
    return pending_findings(parse(text, SCOPE), World(facts, truths, rules, guards))


def test_a_decided_expression_waits_for_nothing():
    assert pending("numb or weak", {"numb": True}) == frozenset()
    assert pending("numb and weak", {"numb": False}) == frozenset()


def test_only_open_branches_wait():
    assert pending("(numb and weak) or side == left", {"numb": False}) == {"side"}


def test_a_list_answered_in_part_still_waits_for_the_rest():
    assert pending("wind in triggers", {"triggers": {"touch": True}}) == {"triggers"}


def test_a_number_known_roughly_waits_until_it_decides():
    assert pending("seconds > 60", {"seconds": Interval(30, 90)}) == {"seconds"}
    assert pending("seconds > 60", {"seconds": Interval(70, 90)}) == frozenset()
    assert pending("onset <= seconds", {"onset": Interval(1, 9), "seconds": 5}) == {"onset"}


@pytest.mark.parametrize(
    "least, most, open", [(3, 3, False), (4, 3, False), (-inf, inf, False), (1, 3, True)]
)
def test_what_is_no_interval_cannot_be_made(least, most, open):
    with pytest.raises(ValueError, match="no interval"):
        Interval(least, most, open)


def test_the_unanswered_half_of_a_pair_waits():
    assert pending("onset <= seconds", {"onset": 3}) == {"seconds"}


def test_a_rule_waits_for_what_it_rests_on():
    assert pending("picture and numb", {"numb": True}, {"picture": "weak or seconds > 3"}) == {
        "weak",
        "seconds",
    }


def test_what_does_not_apply_is_never_pending():
    assert pending("seconds > 3 or numb", {"weak": False}, guards={"seconds": "weak"}) == {"numb"}


def test_while_a_guard_is_unknown_its_findings_wait_too():
    assert pending("seconds > 3", {}, guards={"seconds": "weak"}) == {"seconds", "weak"}
