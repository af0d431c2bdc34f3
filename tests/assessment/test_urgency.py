"""Urgency by rules: the highest that holds, reassurance that must be known, and what is still open."""

import pytest

from tests.support import tiny_kb
from triage.assessment import assemble, decide

FINDINGS = dict.fromkeys(("ache", "spasm", "fever", "calm", "sore", "mild"), "yes_no")
COMPLAINTS = {
    "complaints": [
        {"id": "pain", "label": "pain", "finding": "ache", "present": "ache"},
        {"id": "movement", "label": "movement", "finding": "spasm", "present": "spasm"},
    ]
}
RULES = {
    "soon": {"level": "within_two_weeks", "about": "pain", "when": "sore"},
    "today": {"level": "same_day", "about": "pain", "when": "fever", "unless": "calm"},
    "now": {"level": "emergency", "about": "movement", "when": "fever and spasm"},
}


@pytest.fixture
def urgency(tmp_path):
    def judging(text, rules=RULES, disorders=None):
        kb = tiny_kb(tmp_path, FINDINGS, urgency=rules, disorders=disorders, interview=COMPLAINTS)
        facts = {word.lstrip("!"): not word.startswith("!") for word in text.split()}
        return assemble(kb, "case", facts, decide(kb, facts)).urgency

    return judging


JUDGED = """
                            -> routine           emergency
    sore                    -> within_two_weeks  emergency
    sore fever              -> same_day          emergency    # what reassures is not known
    sore fever !calm        -> same_day          emergency
    sore fever calm         -> within_two_weeks  emergency
    sore fever calm spasm   -> emergency         emergency
    fever !spasm            -> same_day          same_day
    !fever                  -> routine           within_two_weeks
    !fever !sore            -> routine           routine
    calm !spasm !sore       -> routine           routine
    !spasm                  -> routine           same_day     # the complaint of the highest rule is denied
    !spasm !ache            -> routine           routine
"""


@pytest.mark.parametrize("line", JUDGED.strip("\n").splitlines())
def test_urgency_now_and_what_it_could_become(urgency, line):
    text, levels = line.split("#")[0].split("->")
    found = urgency(text)
    assert [found.now, found.could_become] == levels.split()


def test_rules_that_hold_and_rules_that_are_open_come_highest_first(urgency):
    found = urgency("fever spasm")
    assert [(one.rule, one.level) for one in found.because] == [("now", "emergency"), ("today", "same_day")]
    assert [(one.rule, one.findings) for one in found.open] == [("soon", ("sore",))]
    found = urgency("")
    assert [(one.rule, one.findings) for one in found.open] == [
        ("now", ("fever", "spasm")),
        ("today", ("fever",)),
        ("soon", ("sore",)),
    ]


def test_reassurance_closes_an_open_rule(urgency):
    assert "today" not in {one.rule for one in urgency("calm").open}


def test_a_rule_for_everybody_is_open_whatever_the_complaints(urgency):
    rules = {"anyone": {"level": "emergency", "about": "person", "when": "fever"}}
    assert urgency("!ache !spasm", rules).could_become == "emergency"


HOME = {
    "criteria": {"a": "ache"},
    "grades": {"possible": "a"},
    "explains": ["pain"],
    "self_care_when": "mild",
}


@pytest.mark.parametrize(
    "text, level",
    [
        ("ache mild", "self_care"),
        ("ache", "routine"),
        ("ache !mild", "routine"),
        ("mild", "routine"),
        ("ache mild sore", "within_two_weeks"),
        ("ache mild fever calm !spasm", "routine"),
        ("ache mild !fever", "self_care"),
    ],
)
def test_care_at_home_needs_a_mild_leading_disorder_and_no_danger_sign(urgency, text, level):
    assert urgency(text, disorders={"illness": HOME}).now == level


def test_care_at_home_must_hold_of_all_that_leads(urgency):
    other = {"criteria": {"a": "spasm"}, "grades": {"possible": "a"}, "explains": ["movement"]}
    rules = {"soon": RULES["soon"]}
    assert urgency("ache mild spasm", rules, {"illness": HOME, "other": other}).now == "routine"
    assert urgency(
        "ache mild spasm", rules, {"illness": HOME, "other": {**other, "self_care_when": "mild"}}
    ).now == ("self_care")
