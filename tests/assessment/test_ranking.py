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


def told_for(points, **fields):
    """An undecided disorder for which so much is told while the head aches: two points a criterion, one for evidence."""
    met = {f"m{number}": "ache" for number in range(points // 2)}
    evidence = {"evidence": {"e_ache": "ache"}} if points % 2 else {}
    return disorder("spasm", also=met, **evidence, **fields)


@pytest.mark.parametrize("points, first", [(14, "fits"), (15, "undecided")])
def test_an_undecided_disorder_stands_first_only_if_it_is_ahead_by_more_than_eight(assessed, points, first):
    found = assessed({"fits": disorder("ache"), "undecided": told_for(points), "other": told_for(4)}, "ache")
    ahead = first == "undecided"
    assert listed(found) == ([("undecided", None)] if ahead else []) + [("fits", None)]
    assert found.leading == (("undecided", "fits") if ahead else ("fits",))
    assert [one.disorder for one in found.open] == (["other"] if ahead else ["undecided", "other"])
    entry = next(one for one in (*found.differential, *found.open) if one.disorder == "undecided")
    assert (entry.band, entry.grade) == (Band.OPEN, "undetermined")
    assert found.pending == ("spasm",)


def test_it_is_compared_with_the_first_that_fits_and_only_the_first_undecided_one_stands_there(assessed):
    disorders = {
        "fits": disorder("ache"),
        "fits_less": disorder("ache", also={"b": "numb"}),
        "undecided": told_for(16),
        "undecided_too": told_for(16),
    }
    found = assessed(disorders, "ache")
    assert listed(found) == [("undecided", None), ("fits", None), ("fits_less", None)]
    assert [one.disorder for one in found.open] == ["undecided_too"]
    found = assessed({**disorders, "undecided": told_for(14)}, "ache")
    assert listed(found)[0] == ("undecided_too", None)


def test_what_is_probable_or_established_is_not_overtaken(assessed):
    for grade in ("probable", "established"):
        sure = disorder("ache") | {"grades": {"possible": "a", grade: "a"}}
        found = assessed({"fits": sure, "undecided": told_for(20)}, "ache")
        assert (listed(found), found.leading) == ([("fits", None)], ("fits",))


def test_where_nothing_fits_nothing_is_ahead(assessed):
    found = assessed({"undecided": told_for(20)}, "ache")
    assert (found.differential, found.leading) == ((), ())
    assert [one.disorder for one in found.open] == ["undecided"]


def test_five_others_are_shown_beside_the_one_that_is_ahead(assessed):
    disorders = {f"open_{n}": told_for(16) for n in range(7)}
    found = assessed({"fits": disorder("ache"), **disorders}, "ache")
    assert listed(found) == [("open_0", None), ("fits", None)]
    assert [entry.disorder for entry in found.open] == [f"open_{n}" for n in range(1, 6)]


def test_beneath_the_head_of_the_line_ahead_stands_its_best_member_and_no_other(assessed):
    disorders = {
        "fits": disorder("ache"),
        "head": disorder("droop"),
        "form": told_for(16, parent="head"),
        "lesser_form": told_for(15, parent="head"),
    }
    found = assessed(disorders, "ache !droop")
    assert listed(found) == [("head", None), ("form", "head"), ("fits", None)]
    assert [entry.band for entry in found.differential] == [Band.UNLIKELY, Band.OPEN, Band.FITS]
    assert found.leading == ("head", "fits")


def test_what_a_combined_disorder_takes_beneath_it_is_not_ahead(assessed):
    disorders = {
        "both": disorder("ache", combines=["part", "plain"], frequency="rare"),
        "part": told_for(20),
        "plain": disorder("ache"),
        "other": told_for(16) | {"criteria": {**told_for(16)["criteria"], "a": "droop"}},
    }
    found = assessed(disorders, "ache")
    assert listed(found) == [("other", None), ("both", None), ("plain", "both"), ("part", "both")]
    without = assessed(disorders, "ache !droop")
    assert (listed(without), without.leading) == (listed(found)[1:], ("both",))


def test_the_one_ahead_covers_no_complaint(assessed):
    disorders = {
        "fits": disorder("ache"),
        "undecided": told_for(16),
        "for_movement": disorder("numb", "movement", frequency="rare"),
    }
    disorders["undecided"]["explains"] = ["pain", "movement"]
    disorders["undecided"]["criteria"]["a"] = "seen"
    assert assessed(disorders, "ache spasm numb").leading == ("undecided", "fits", "for_movement")


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
