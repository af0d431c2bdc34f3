"""The shipped profiles, and the nerve that a disorder names: each disorder has one, and they agree with its textbook case."""

from pathlib import Path

import pytest

from triage.assessment.likeness import likeness_of
from triage.cases import complete_facts, read_cases
from triage.models import AVERAGE

TEXTBOOK = Path(__file__).parent / "cases" / "textbook"
LATERAL = ("left", "right")


@pytest.fixture(scope="module")
def textbook(kb):
    """By disorder: its textbook case."""
    return {kb.aliases[case.expected.disorder]: case for case in read_cases(kb, [TEXTBOOK])}


def test_every_disorder_has_a_profile(kb):
    assert set(kb.profiles) == {AVERAGE, *kb.disorders}


def test_the_average_knows_every_answer_that_a_profile_lists(kb):
    average = kb.profiles[AVERAGE].answers()
    for name, profile in kb.profiles.items():
        assert not profile.answers().keys() - average.keys(), name


def test_no_profile_prefers_a_side(kb):
    for name, profile in kb.profiles.items():
        assert not [answer for answer in profile.answers() if answer.rpartition(".")[2] in LATERAL], name


def test_a_textbook_case_is_like_its_own_profile(kb, textbook):
    for name, case in textbook.items():
        assert likeness_of(kb, complete_facts(kb, case.facts)).get(name, 0) > 0, name


def test_the_nerve_of_a_disorder_is_that_of_its_textbook_case(kb, textbook):
    named = {name: case.expected.nerve for name, case in textbook.items() if kb.disorders[name].nerve}
    assert len(named) > 100
    assert {name: kb.nerve(name) for name in named} == named
