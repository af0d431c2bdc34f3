"""The differential: bands before fit, families on one line, combined disorders above their parts, and what leads."""

import pytest

from tests.support import tiny_kb
from triage.assessment import assemble, decide
from triage.models import Band

SIGNS = ("ache", "numb", "spasm", "droop", "old", "seen")
FINDINGS = dict.fromkeys(SIGNS, "yes_no")
COMPLAINTS = {
    "complaints": [
        {"id": "pain", "label": "pain", "finding": "ache", "present": "ache"},
        {"id": "movement", "label": "movement", "finding": "spasm", "present": "spasm"},
    ]
}


def disorder(when, explains="pain", **fields):
    """A disorder that is possible while its one criterion is met; `also` adds criteria that are not needed."""
    also = fields.pop("also", {})
    return {"criteria": {"a": when, **also}, "grades": {"possible": "a"}, "explains": [explains], **fields}


@pytest.fixture
def assessed(tmp_path):
    def assessing(disorders, text):
        kb = tiny_kb(tmp_path, FINDINGS, disorders=disorders, interview=COMPLAINTS)
        facts = {word.lstrip("!"): not word.startswith("!") for word in text.split()}
        return assemble(kb, "case", facts, decide(kb, facts))

    return assessing


def listed(assessment):
    return [(entry.disorder, entry.parent) for entry in assessment.differential]


def test_the_better_fit_comes_first_then_the_more_frequent_then_the_id(assessed):
    found = assessed(
        {
            "b_plain": disorder("ache"),
            "a_plain": disorder("ache"),
            "rare_one": disorder("ache", frequency="rare"),
            "weighed": disorder("ache", frequency="rare", evidence={"e_old": "old"}),
        },
        "ache old",
    )
    assert [name for name, _ in listed(found)] == ["weighed", "a_plain", "b_plain", "rare_one"]


def test_only_what_fits_is_listed_and_what_is_open_stands_apart(assessed):
    found = assessed(
        {
            "fits": disorder("ache"),
            "open": disorder("numb", evidence={"e_old": {"when": "old", "weight": "strong"}}),
            "open_without_support": disorder("numb"),
            "unlikely": disorder("droop"),
        },
        "ache old !droop",
    )
    assert [name for name, _ in listed(found)] == ["fits"]
    assert [(entry.disorder, entry.band) for entry in found.open] == [("open", Band.OPEN)]


def test_what_is_open_is_ranked_by_how_much_is_told_for_it_not_by_its_share(assessed):
    unknown = {"d": "numb", "e": "seen", "f": "droop"}
    disorders = {
        "half_of_little": disorder("spasm", also={"b": "ache"}),
        "less_than_half_of_much": disorder("spasm", also={"b": "ache", "c": "old", **unknown}),
    }
    found = assessed(disorders, "ache old")
    assert [(one.disorder, one.fit) for one in found.open] == [
        ("less_than_half_of_much", 2),
        ("half_of_little", 3),
    ]


def test_what_is_open_is_shown_only_with_more_told_for_it_than_against(assessed):
    disorders = {
        "even": disorder("spasm", also={"b": "ache", "c": "old"}),
        "against": disorder("spasm", also={"b": "old"}),
        "for": disorder("spasm", also={"b": "ache"}),
    }
    assert [one.disorder for one in assessed(disorders, "ache !old").open] == ["for"]


def test_at_most_five_open_families_are_shown(assessed):
    disorders = {f"open_{n}": disorder("numb", evidence={"e_old": "old"}) for n in range(7)}
    assert [entry.disorder for entry in assessed(disorders, "old").open] == [f"open_{n}" for n in range(5)]


def test_a_family_is_one_line_ranked_by_its_best_member(assessed):
    disorders = {
        "head": disorder("ache", also={"b": "droop"}),
        "weak_form": disorder("ache", parent="head", also={"b": "droop"}),
        "good_form": disorder("numb", parent="head"),
        "other_form": disorder("spasm", parent="head"),
        "stranger": disorder("ache", also={"b": "seen", "c": "numb"}),
    }
    found = assessed(disorders, "ache numb !droop")
    assert listed(found) == [("head", None), ("good_form", "head"), ("weak_form", "head"), ("stranger", None)]


def test_a_combined_disorder_takes_its_parts_beneath_it_only_while_it_fits(assessed):
    disorders = {
        "pain_part": disorder("ache"),
        "spasm_part": disorder("spasm", "movement"),
        "both": disorder("ache and spasm", combines=["pain_part", "spasm_part"], frequency="rare"),
    }
    found = assessed(disorders, "ache spasm")
    assert listed(found) == [("both", None), ("pain_part", "both"), ("spasm_part", "both")]
    assert found.leading == ("both",)
    assert listed(assessed(disorders, "ache !spasm")) == [("pain_part", None)]


def test_a_further_family_leads_if_it_explains_a_complaint_that_no_leading_one_explains(assessed):
    disorders = {
        "first": disorder("ache", evidence={"e_old": "old"}),
        "second": disorder("ache"),
        "for_movement": disorder("spasm", "movement", frequency="rare"),
    }
    assert assessed(disorders, "ache old spasm").leading == ("first", "for_movement")
    assert assessed(disorders, "ache old !spasm").leading == ("first",)
    assert assessed(disorders, "ache old").leading == ("first",), (
        "a complaint not known to be present asks for nothing"
    )


def test_the_first_that_fits_leads_even_if_no_complaint_is_known(assessed):
    assert assessed({"odd": disorder("old")}, "old").leading == ("odd",)
    assert assessed({"odd": disorder("old")}, "").leading == ()


def test_what_fitting_members_explain_counts_for_the_family(assessed):
    disorders = {
        "head": disorder("ache"),
        "form": disorder("spasm", "movement", parent="head"),
        "for_movement": disorder("spasm", "movement", frequency="rare"),
    }
    assert assessed(disorders, "ache spasm").leading == ("head",)


def test_an_entry_names_what_speaks_for_it_and_what_would_settle_it(assessed):
    one = disorder(
        "ache",
        also={"b": "numb"},
        evidence={"e_old": "old", "e_droop": {"when": "droop", "direction": "against"}},
        excludes={"x_seen": "seen"},
        confirmed_by={"text": "A scan.", "when": "seen", "source": {"ref": "handbook", "at": "page 1"}},
    )
    (entry,) = assessed({"one": one}, "ache old droop").differential
    assert {name: str(truth) for name, truth in entry.criteria.items()} == {"a": "true", "b": "unknown"}
    assert (entry.evidence_for, entry.evidence_against) == (("e_old",), ("e_droop",))
    assert entry.settle == ("numb", "seen")
    assert str(entry.confirmed) == "unknown"


def test_pending_is_what_could_change_the_differential(assessed):
    disorders = {
        "one": disorder("ache", also={"b": "numb"}),
        "two": disorder("droop", evidence={"e_old": "old"}),
    }
    assert assessed(disorders, "ache old").pending == ("droop", "numb")
    assert assessed(disorders, "ache old numb !droop").pending == ()
