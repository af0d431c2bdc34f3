"""``triage assess``: sheets, JSON, persons, traces, bad cases."""

import io
import json
import sys
from types import SimpleNamespace

import pytest

from triage.models import Record

BAD = [
    ("none.yaml", None, "no such file"),
    ("folder.yaml", "folder", "is a folder, not a file"),
    ("a.yaml", "", "is empty"),
    ("a.yaml", b"\xff\xfe", "is not UTF-8 text"),
    ("a.yaml", "id: [", "this is not YAML"),
    ("a.yaml", "id: &x a", "anchors and aliases"),
    ("a.yaml", "id: !!str a", "the tag"),
    ("a.yaml", "id: a\nid: b", "the key `id` stands twice"),
    ("a.yaml", "id: a\nfacts: {fel_off: yes}", "unknown finding `fel_off`\n  hint: did you mean `fell_off`?"),
    ("a.yaml", "id: a\nfacts: {fell_off: 3}", "`fell_off`: `3` is not an answer"),
    ("a.yaml", "id: a\nfacts: {rider_age_years: 300}", "is outside 0 to 120 years"),
    ("a.yaml", "id: a\nfacts: {noise_days: 30 kg}", "which does not fit\n  hint: give it in days"),
    ("a.yaml", "id: a\nfacts: {noise_side: lef}", "has no choice `lef`\n  hint: did you mean `left`?"),
    ("a.yaml", "id: a\nfacts: {motor_fitted: no, battery_hot: yes}", "does not fit with"),
    ("a.csv", "case_id,fel_off\nx,no", "unknown finding `fel_off`"),
    ("a.csv", "fell_off\nno", "the column `case_id` is missing"),
    ("a.csv", "case_id,fell_off,fell_off\nx,no,no", "stands twice"),
    ("a.csv", "case_id,fell_off\nx", "has 1 columns instead of 2"),
    ("a.jsonl", "x" * 2_000_000, "the line is longer than 1,000,000 bytes"),
]


@pytest.mark.parametrize("name, content, message", BAD, ids=[f"{row[0]}-{row[2][:30]}" for row in BAD])
def test_bad_input_is_one_error_and_exit_code_1(triage, tmp_path, name, content, message):
    path = tmp_path / name
    if content == "folder":
        path.mkdir()
    elif content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    done = triage("assess", path)
    assert done.code == 1
    assert done.err.count("error: ") == 1, done.err
    assert message in done.err
    assert "Traceback" not in done.err
    assert done.out == ""


def test_cases_of_one_person_stand_below_the_highest_urgency(triage, cases):
    done = triage("assess", cases)
    assert done.code == 0
    assert done.out.startswith("Person anna: 2 cases. Highest urgency: Emergency (case b2).\nStop riding now")
    assert done.out.index("case b1") < done.out.rindex("case b2")
    assert done.err == ""


def test_markdown_is_another_layout_of_the_same_sheet(triage, cases):
    done = triage("assess", cases, "--format", "markdown")
    assert "# " in done.out
    assert "\n---\n" in done.out


def test_json_of_one_case_is_a_record(triage, tmp_path):
    path = tmp_path / "one.yaml"
    path.write_text("facts: {noise_present: present, noise_sites: [at_chain]}")
    record = Record.model_validate_json(triage("assess", path, "--format", "json").out)
    assert record.assessment.case_id == "one"
    assert record.engine == "experta"
    assert len(record.knowledge_hash) == 64


def test_json_of_several_cases_names_the_persons(triage, cases):
    whole = json.loads(triage("assess", cases, "--format", "json").out)
    assert whole["persons"] == [{"person": "anna", "urgency": "emergency", "cases": ["b1", "b2"]}]
    assert [Record.model_validate(one).assessment.case_id for one in whole["records"]] == ["b1", "b2"]


def test_both_engines_give_the_same_assessment(triage, cases):
    found = [
        json.loads(triage("assess", cases, "--format", "json", "--engine", name).out)
        for name in ("experta", "reference")
    ]
    first, second = [[one["assessment"] for one in whole["records"]] for whole in found]
    assert first == second


def test_a_bad_case_does_not_stop_the_others(triage, cases, tmp_path):
    bad = tmp_path / "bad.yaml"
    bad.write_text("id: bad\nfacts: {fell_off: perhaps}")
    done = triage("assess", bad, cases)
    assert done.code == 1
    assert "case bad: `fell_off`: `perhaps` is not an answer" in done.err
    assert "case b1" in done.out


def test_trace_shows_each_firing_and_its_grounds(triage, cases):
    done = triage("assess", cases, "--trace")
    assert "Trace of case b2" in done.out
    assert "urgency when rim_about_to_fail.when is true\n         because rim_cracked = yes" in done.out
    whole = json.loads(triage("assess", cases, "--trace", "--format", "json").out)
    assert whole["traces"]["b2"]["firings"][0]["number"] == 1


def test_a_note_goes_to_standard_error(triage, tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text("id: x\nfacts: {noise_side: left}")
    done = triage("assess", path)
    assert (done.code, done.err) == (
        0,
        "note: case x: `noise_side` is given but `noise_present` is not: add `noise_present: present`\n",
    )


def test_standard_input_is_a_source(triage, monkeypatch):
    monkeypatch.setattr(
        sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"id: piped\nfacts: {fell_off: yes}\n"))
    )
    done = triage("assess", "-")
    assert (done.code, "case piped" in done.out) == (0, True)


@pytest.mark.parametrize("name", ["a\x1b[31mb", "a\nb", " ", "a\u202eb", "caf\udce9"])
def test_a_file_whose_name_cannot_be_an_id_is_a_rejected_case(triage, tmp_path, name):
    (tmp_path / f"{name}.yaml").write_text("facts: {}\n")
    done = triage("assess", tmp_path / f"{name}.yaml")
    assert done.code == 1 and "cannot be an id" in done.err
    assert "\x1b" not in done.out + done.err and "Traceback" not in done.err


def test_the_line_above_the_cases_of_a_person_is_no_markup(triage, tmp_path):
    case = "{person: '<script>x</script>[P](javascript:y)', facts: {}, id: "
    (tmp_path / "two.yaml").write_text(f"- {case}a}}\n- {case}b}}\n")
    done = triage("assess", tmp_path / "two.yaml", "--format", "markdown")
    assert done.code == 0 and "<script>" not in done.out and "[P](" not in done.out
