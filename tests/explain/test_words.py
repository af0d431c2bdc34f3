"""Answers in plain words: numbers in the unit people would say, lists with what closes them."""

import pytest

from triage.explain import answer_text, fact_text, number_text
from triage.logic import Interval

NUMBERS = [
    (20, "s", "20 seconds"),
    (1, "s", "1 second"),
    (90, "s", "90 seconds"),
    (600, "s", "10 minutes"),
    (0.5, "s", "0.5 seconds"),
    (0, "days", "0 days"),
    (1, "days", "1 day"),
    (14, "days", "2 weeks"),
    (84, "days", "12 weeks"),
    (91, "days", "91 days"),
    (90, "days", "3 months"),
    (730, "days", "2 years"),
    (1400, "days", "1400 days (about 3.8 years)"),
    (48, "h", "2 days"),
    (24, "months", "2 years"),
    (30, "years", "30 years"),
    (38.5, "degrees C", "38.5 degrees C"),
    (0.5, "days", "12 hours"),
    (2.5, "days", "2.5 days"),
    (1 / 3, "years", "4 months"),
    (4 / 3, "years", "1.33 years"),
    (0.25, "per day", "0.25 per day"),
    (3, None, "3"),
    (3, "count", "3"),
]


@pytest.mark.parametrize("value, unit, words", NUMBERS)
def test_a_number_is_said_in_the_unit_in_which_people_say_it(value, unit, words):
    assert number_text(value, unit) == words


LISTS = [
    ({"at_chain": True}, "the chain"),
    ({"at_chain": True, "at_front": True}, "the chain, the front wheel"),
    (
        {"at_chain": True, "at_front": False, "at_rear": False, "at_handlebar": False},
        "the chain (nothing else)",
    ),
    ({"at_chain": False, "at_front": False, "at_rear": False, "at_handlebar": False}, "none of the list"),
    ({"at_chain": False}, "not the chain"),
]


@pytest.mark.parametrize("value, words", LISTS)
def test_a_list_says_what_is_there_and_whether_it_is_closed(toy, value, words):
    assert answer_text(toy.findings["noise_sites"], value) == words


@pytest.mark.parametrize(
    "answer, words",
    [
        (Interval(2, 14), "2 days to 2 weeks"),
        (Interval(most=90, open=True), "less than 3 months"),
        (Interval(most=90), "at most 3 months"),
        (Interval(least=365, open=True), "more than 1 year"),
        (Interval(least=0.5), "at least 12 hours"),
    ],
)
def test_a_number_known_roughly_is_said_by_its_ends(toy, answer, words):
    assert answer_text(toy.findings["noise_days"], answer) == words


def test_other_answers(toy):
    assert fact_text(toy, "wobble_present", True) == "wobble: yes"
    assert fact_text(toy, "frame_material", "carbon") == "frame material: carbon fibre"
