"""Counting what labelled cases told."""

import pytest

from tests.support import TOY
from triage.knowledge import load_knowledge
from triage.knowledge.yaml_reader import parse_yaml
from triage.models import Case, Expected
from triage.workbench.case_counts import case_counts, case_counts_text


@pytest.fixture(scope="module")
def toy():
    return load_knowledge(TOY)


def case(facts, disorder="dry_chain"):
    return Case(id="x", facts=facts, expected=None if disorder is None else Expected(disorder=disorder))


def told(kb, *cases):
    return {name: (count.cases, dict(count.told)) for name, count in case_counts(kb, cases).items()}


def test_answers_are_counted_by_disorder_and_of_every_case(toy):
    found = told(
        toy,
        case({"kept_outside": True, "noise_quality": "squeak", "noise_days": 3}),
        case({"kept_outside": True, "noise_sites": {"at_chain": True, "at_saddle": False}}),
        case({"kept_outside": True, "fell_off": False}, "loose_spokes"),
    )
    assert found == {
        "every_case": (3, {"kept_outside": 3}),
        "dry_chain": (2, {"kept_outside": 2}),
        "loose_spokes": (1, {}),
    }


def test_what_one_case_of_a_disorder_alone_told_is_not_listed(toy):
    apart = [case({"kept_outside": True}), case({"kept_outside": True}, "loose_spokes")]
    assert told(toy, *apart)["every_case"] == (2, {})
    assert told(toy, *apart, *apart)["every_case"] == (4, {"kept_outside": 4})


def test_a_side_and_a_complaint_that_is_denied_are_not_counted(toy):
    sides = {"noise_present": "absent", "noise_side": "left", "kept_outside": True}
    found = told(toy, case(sides), case(sides))
    assert found["dry_chain"] == (2, {"kept_outside": 2})


def test_none_of_these_counts_as_a_case_and_no_label_as_none(toy):
    found = told(toy, case({"fell_off": True}, None), case({"fell_off": True}, "none"))
    assert found == {"every_case": (1, {})}


def test_without_labels_there_is_nothing(toy):
    assert told(toy, case({"fell_off": True}, None)) == {}


def test_the_text_is_the_file_that_rules_have(toy):
    counts = case_counts(toy, [case({"kept_outside": True}), case({"kept_outside": True})])
    data = parse_yaml(case_counts_text(counts), "case_counts.yaml").data
    assert data == {
        "every_case": {"cases": 2, "told": {"kept_outside": 2}},
        "dry_chain": {"cases": 2, "told": {"kept_outside": 2}},
    }
