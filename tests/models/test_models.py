"""The frozen types: what they refuse, the orders they define, and single entries in place of lists."""

import pytest
from pydantic import TypeAdapter, ValidationError

from triage.logic import FindingType
from triage.models import Case, Finding, Frequency, Level, Pick, Statement, Weight
from triage.models.assessment import HeldRule
from triage.models.base import Cite, Id
from triage.models.rules import Line

CITE = {"ref": "handbook", "at": "page 1"}
FINDING = {"id": "ache", "type": "yes_no", "of": "person", "label": "ache", "question": "Does it ache?"}


@pytest.mark.parametrize("text", ["a", "a1", "jaw_opens_mm", "a" * 80])
def test_ids_are_lower_case_words(text):
    assert TypeAdapter(Id).validate_python(text) == text


@pytest.mark.parametrize("text", ["", "A", "1a", "_a", "a-b", "a b", "a.b", "ä", "a\n", "a" * 81])
def test_other_words_are_no_ids(text):
    with pytest.raises(ValidationError):
        TypeAdapter(Id).validate_python(text)


def test_levels_lines_and_frequencies_are_ordered():
    assert [level.rank for level in Level] == [0, 1, 2, 3, 4]
    assert (min(Level, key=lambda one: one.rank), max(Level, key=lambda one: one.rank)) == (
        "self_care",
        "emergency",
    )
    assert [line.rank for line in Line] == [0, 1, 2, 3, 4]
    assert Frequency.COMMON.rank < Frequency.UNCOMMON.rank < Frequency.RARE.rank
    assert [weight.points for weight in (Weight.STRONG, Weight.MODERATE, Weight.WEAK)] == [3, 2, 1]


def test_models_are_frozen_and_refuse_unknown_fields():
    finding = Finding.model_validate(FINDING)
    with pytest.raises(ValidationError):
        finding.label = "other"
    with pytest.raises(ValidationError):
        Finding.model_validate({**FINDING, "lable": "x"})
    with pytest.raises(ValidationError):
        HeldRule(rule="x", level="at once")


@pytest.mark.parametrize("source", [CITE, [CITE], Cite(**CITE)])
def test_one_source_may_stand_without_a_list(source):
    assert Statement.model_validate({"text": "It aches.", "source": source}).source == (Cite(**CITE),)


@pytest.mark.parametrize("source", [None, [], "handbook", {"ref": "handbook"}])
def test_a_statement_needs_a_source_with_a_place(source):
    with pytest.raises(ValidationError):
        Statement.model_validate({"text": "It aches.", "source": source})


@pytest.mark.parametrize("text", ["", "  ", 3, None])
def test_texts_are_not_empty(text):
    with pytest.raises(ValidationError):
        Statement.model_validate({"text": text, "source": CITE})


def test_a_choice_may_be_its_label_alone():
    written = {
        **FINDING,
        "type": "one_of",
        "choices": {"left": "on the left", "right": {"label": "on the right", "help": "Yours."}},
    }
    finding = Finding.model_validate(written)
    assert [choice.label for choice in finding.choices.values()] == ["on the left", "on the right"]
    assert finding.term.choices == ("left", "right") and finding.term.type is FindingType.ONE_OF


@pytest.mark.parametrize("value, stored", [(None, 3), (5, 5), (0, 0)])
def test_a_pick_stores_its_value_or_its_lower_end(value, stored):
    assert Pick(label="some", low=3, high=9, value=value).stored == stored


def test_a_finding_without_a_range_has_no_limits():
    assert Finding.model_validate(FINDING).limits == (float("-inf"), float("inf"))
    assert Finding.model_validate({**FINDING, "type": "number", "range": [0, 9]}).limits == (0, 9)


def test_a_case_survives_being_written_and_read():
    case = Case(
        id="a",
        facts={"ache": True, "days": 3, "hue": "red", "spots": {"left": False}},
        not_known=frozenset({"age"}),
    )
    again = Case.model_validate_json(case.model_dump_json())
    assert again == case
    assert type(again.facts["ache"]) is bool and type(again.facts["days"]) is int
