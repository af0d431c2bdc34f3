"""Whole cases: fields, labels, contradictions, notes."""

from difflib import SequenceMatcher

import pytest

from triage.cases import (
    Reject,
    answer_words,
    conflicts,
    contradictions,
    implied,
    read_cases,
    read_facts,
)
from triage.cases.raw import MAX_PROBLEMS
from triage.errors import Problems, nearest
from triage.logic import Truth

GOOD = """
format: 1
id: 012
person: p-17
answered_by: clinician
facts: {rider_age_years: 57, noise_present: present, noise_sites: [at_chain, no_others], brakes_weak: unknown, fell_off: ~}
expected: {disorder: chain_trouble, accept: [dry_chain], nerve: motor, urgency: routine, urgency_accept: same_day}
source: {ref: book, at: page 3}
note: made up
"""


def test_a_whole_case_is_read(read):
    (case,) = read("case.yaml", GOOD)
    assert case.id == "012", "ids are text as written"
    assert (case.person, case.answered_by, case.note) == ("p-17", "clinician", "made up")
    assert case.facts["noise_sites"] == {
        "at_chain": True,
        "at_front": False,
        "at_rear": False,
        "at_handlebar": False,
    }
    assert case.not_known == {"brakes_weak"}, "unknown was asked; an empty answer was not"
    assert case.expected.accept == ("dry_chain",)
    assert case.source.ref == "book"


def test_a_file_of_one_case_may_lend_it_its_name(read):
    assert [case.id for case in read("tuesday.yaml", "facts: {fell_off: yes}")] == ["tuesday"]
    assert [case.id for case in read("monday.json", '{"facts": {"fell_off": true}}')] == ["monday"]


def test_a_whole_number_is_an_id_and_a_decimal_is_not(read, told):
    assert [case.id for case in read("a.yaml", "id: 12\nfacts: {}")] == ["12"]
    assert told("b.yaml", "id: 1.10\nfacts: {}") == [
        "b.yaml:1:1: `id`: expected text, found `1.1` | put it in quotes"
    ]


@pytest.mark.parametrize(
    "text, problem",
    [
        ("id: a\nfact: {}", "2:1: `fact` is not a field of a case | did you mean `facts`?"),
        ("id: a\nfell_off: yes", "2:1: `fell_off` is not a field of a case | answers stand below `facts:`"),
        ("id: a\nformat: 2", "2:1: `format`: `2` is not known | write `format: 1`"),
        (
            "id: a\nfacts: [fell_off]",
            "2:1: `facts`: expected findings with answers | write `facts: {finding: answer}`",
        ),
        ("id: a\nfacts: {fel_off: yes}", "2:9: unknown finding `fel_off` | did you mean `fell_off`?"),
        (
            "id: a\nfacts: {xyzzy: yes}",
            "2:9: unknown finding `xyzzy` | `triage rules list findings` names them all",
        ),
        (
            "id: a\nfacts: {fell_off: yes, crashed: yes}",
            "2:24: `fell_off` is given twice | as `fell_off` and as `crashed`",
        ),
        (
            "id: a\nanswered_by: doctor",
            "2:1: `answered_by`: `doctor` is not known | write patient, clinician, researcher",
        ),
        (
            "id: a\nexpected: {disorder: dry_chian}",
            "2:12: `expected.disorder`: no disorder is called `dry_chian` | did you mean `dry_chain`?",
        ),
        (
            "id: a\nexpected: {urgency: soon}",
            "2:12: `expected.urgency`: `soon` is not known "
            "| write one of self_care, routine, within_two_weeks, same_day, emergency",
        ),
        (
            "id: a\nexpected: {urgncy: routine}",
            "2:12: `expected.urgncy` is not a label | did you mean `urgency`?",
        ),
        (
            "id: a\nsource: {ref: x}",
            '2:1: `source`: expected a reference and a place | write `source: {ref: key, at: "place"}`',
        ),
        ("- facts: {}", "1:3: the case has no id | give every case an `id` of its own"),
    ],
)
def test_a_mistake_in_a_case_has_place_and_hint(told, text, problem):
    assert told("x.yaml", text) == [f"x.yaml:{problem}"]


@pytest.mark.parametrize(
    "name, hint",
    [
        ("age", "did you mean `rider_age_years` or `bicycle_age_years`?"),
        ("present", "it is a choice of `noise_present`"),
        ("days", "did you mean `fall_days`, `noise_days` or `wobble_days`?"),
        ("stretched_chain", "did you mean `chain_stretched`?"),
        ("noise_since", "did you mean `noise_days`?"),
        ("noise_duration", "did you mean `noise_days`?"),
        ("Years_Owned", "did you mean `owned_years`?"),
        ("since", "`triage rules list findings` names them all"),
        ("click", "it is a choice of `noise_quality`"),
    ],
)
def test_a_name_that_no_finding_has_brings_those_with_its_parts_before_those_with_its_letters(
    told, name, hint
):
    assert told("x.yaml", f"id: a\nfacts: {{{name}: 3}}") == [
        f"x.yaml:2:9: unknown finding `{name}` | {hint}"
    ]
    row = told("x.csv", f"case_id,{name}\na,3")[0].partition(" | ")[2]
    assert row == hint or (name == "since" and row.startswith("columns are"))


def test_all_mistakes_of_a_case_are_told_at_once(told):
    problems = told("x.yaml", "id: a\nfacts: {fel_off: yes, rider_age_years: 400, noise_side: up}\nnot: 1")
    assert [line.split(" ")[0] for line in problems] == [
        "x.yaml:2:9:",
        "x.yaml:2:23:",
        "x.yaml:2:45:",
        "x.yaml:3:1:",
    ]


def test_a_missing_id_and_a_contradiction_are_told_beside_other_mistakes(told):
    problems = told("x.yaml", "- facts: {fel_off: yes, motor_fitted: no, battery_hot: yes}")
    assert [line.partition(" ")[2].partition(" | ")[0] for line in problems] == [
        "the case has no id",
        "unknown finding `fel_off`",
        '"hot battery: yes" does not fit with "electric motor: no"',
    ]


def test_an_id_that_cannot_be_used_is_not_told_to_be_missing(told):
    (problem,) = told("x.yaml", "id: []\nfacts: {}")
    assert "`id`: expected text" in problem


def test_a_former_name_of_a_finding_is_read_as_the_present_one(read):
    (case,) = read("x.yaml", "id: a\nfacts: {crashed: yes}")
    assert case.facts == {"fell_off": True}


@pytest.mark.parametrize(
    "facts, text, hint",
    [
        (
            "noise_present: absent, noise_side: left",
            '"side of the noise: left" does not fit with "noise: no"',
            "correct `noise_side` or `noise_present`, or leave one out",
        ),
        (
            "motor_fitted: no, battery_hot: yes",
            '"hot battery: yes" does not fit with "electric motor: no"',
            "correct `battery_hot` or `motor_fitted`, or leave one out",
        ),
        (
            "noise_present: absent, noise_sites: [at_chain]",
            '"places of the noise: the chain" does not fit with "noise: no"',
            "correct `noise_sites` or `noise_present`, or leave one out",
        ),
        (
            "bicycle_age_years: 2, owned_years: 12",
            '"age of the bicycle: 2 years" and "years owned: 12 years" cannot both be true: '
            "a bicycle cannot have been owned for longer than it exists",
            "correct `bicycle_age_years` or `owned_years`, or leave one out",
        ),
    ],
)
def test_contradictory_answers_are_both_named(told, facts, text, hint):
    (problem,) = told("x.yaml", f"id: a\nfacts: {{{facts}}}")
    assert problem.endswith(f": {text} | {hint}")


def test_an_answer_that_equals_the_implied_value_is_no_contradiction(read):
    (case,) = read(
        "x.yaml", "id: a\nfacts: {motor_fitted: no, battery_hot: no, noise_present: absent, noise_when: none}"
    )
    assert not isinstance(case, Reject)


def test_an_unknown_guard_refuses_nothing(toy):
    assert conflicts(toy, {"battery_hot": True, "noise_side": "left"}) == []


def test_a_guard_of_which_nothing_is_told_is_not_looked_at(toy, monkeypatch):
    """Thousands of nearly empty cases would spend their time on it."""
    looked_at = []
    monkeypatch.setattr(implied, "evaluate", lambda guard, facts: looked_at.append(guard) or Truth.UNKNOWN)
    monkeypatch.setattr(
        contradictions, "evaluate", lambda must, facts: looked_at.append(must) or Truth.UNKNOWN
    )
    assert (conflicts(toy, {}), looked_at) == ([], [])
    conflicts(toy, {"motor_fitted": False})
    assert toy.guards["battery_hot"] in looked_at


def test_details_of_a_complaint_without_the_complaint_are_noted(toy, tmp_path):
    noted = []
    (tmp_path / "x.yaml").write_text("id: a\nfacts: {noise_side: left, wobble_sites: [front], noise_days: 3}")
    list(read_cases(toy, [tmp_path / "x.yaml"], on_note=lambda case, text: noted.append((case.id, text))))
    assert noted == [
        ("a", "`noise_days` is given but `noise_present` is not: add `noise_present: present`"),
        ("a", "`wobble_sites` is given but `wobble_present` is not: add `wobble_present: yes`"),
    ]


def test_a_complaint_that_is_not_known_is_not_noted(toy, tmp_path):
    noted = []
    (tmp_path / "x.yaml").write_text("id: a\nfacts: {noise_side: left, noise_present: unknown}")
    list(read_cases(toy, [tmp_path / "x.yaml"], on_note=lambda case, text: noted.append(text)))
    assert noted == []


def test_answers_of_a_program_are_read_the_same_way(toy):
    assert read_facts(toy, {"fell_off": True, "noise_when": ["on_braking"], "wobble_present": "unknown"}) == (
        {"fell_off": True, "noise_when": {"on_braking": True}},
        frozenset({"wobble_present"}),
    )
    with pytest.raises(Problems, match="unknown finding `fell`"):
        read_facts(toy, {"fell": True})


def test_a_fraction_is_named_in_few_digits(kb):
    assert answer_words(kb.findings["age_years"], 1 / 3) == "0.333 years"
    assert answer_words(kb.findings["attack_seconds"], 2_592_000) == "2592000 s"


def test_a_wrong_name_is_compared_letter_by_letter_with_the_few_that_could_be_meant(kb, monkeypatch):
    compared = []
    ratio = SequenceMatcher.ratio
    monkeypatch.setattr(SequenceMatcher, "ratio", lambda self: compared.append(self.a) or ratio(self))
    assert nearest("atack_secnds", kb.findings) == "did you mean `attack_seconds`?"
    assert nearest("zqx_jvw", kb.findings) == ""
    assert len(compared) < 10 < len(kb.findings)


def test_of_a_case_with_endless_faults_the_first_thousand_are_told(read):
    facts = ", ".join(f'"wrong_{number}": 1' for number in range(MAX_PROBLEMS + 500))
    (row,) = read("x.jsonl", f'{{"id": "a", "facts": {{{facts}}}}}')
    assert len(row.problems) == MAX_PROBLEMS + 1
    assert f"has more than {MAX_PROBLEMS:,} faults" in row.reasons
