"""What docs/cases.md shows is read by the reader of cases and assessed; its tables of columns are those of the program."""

import csv
import io
import re
from pathlib import Path

import pytest

import triage
from tools.case_templates import MATTERS, with_templates
from triage.cases import Reject, read_cases
from triage.cli.rows import FULL, REJECTS

PAGE = (Path(__file__).parents[1] / "docs" / "cases.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
CASES = [(form, text) for form, text in BLOCKS if form in ("yaml", "csv", "json")]
SUFFIX = {"yaml": "yaml", "csv": "csv", "json": "jsonl"}


def read(kb, tmp_path, form, text):
    path = tmp_path / f"case.{SUFFIX[form]}"
    path.write_text(text, encoding="utf-8")
    return list(read_cases(kb, path))


@pytest.mark.parametrize("form, text", CASES, ids=[f"{form} {n}" for n, (form, _) in enumerate(CASES)])
def test_every_case_of_the_page_is_read_and_assessed(kb, tmp_path, form, text):
    found = read(kb, tmp_path, form, text)
    assert found and not [problem for one in found if isinstance(one, Reject) for problem in one.problems]
    for case in found:
        assert triage.assess(kb, case).urgency.now


def test_the_full_case_says_what_its_comments_say(kb, tmp_path):
    (case,) = read(kb, tmp_path, *CASES[1])
    facts = case.facts
    assert facts["face_weakness"] is False and facts["pain_days"].least == 91
    assert set(facts["pain_sites"]) == set(kb.findings["pain_sites"].choices), "the list is closed"
    assert facts["pain_qualities"] == {"electric": True, "stabbing": True}
    assert facts["pain_triggers"] == {"light_touch": True, "chewing": False}
    assert case.not_known == {"fever"} and "thunderclap_pain" not in facts


def test_the_table_and_the_json_lines_of_the_page_hold_the_same_cases(kb, tmp_path):
    by_form = {form: read(kb, tmp_path, form, text) for form, text in CASES if form != "yaml"}
    assert by_form["csv"] == by_form["json"]


@pytest.mark.parametrize(
    "finding, answers",
    [
        ("fever", ["yes", "no", "true", "false", "unknown"]),
        ("pain_side", ["right"]),
        ("pain_sites", ["[cheek, chin]", "cheek; chin", "[cheek, chin, no_others]", "none"]),
        ("pain_sites", ["{cheek: yes, chin: no, nose: unknown}", "unknown", ""]),
        ("pain_days", ["57", "0.5", "20 s", "36 hours", "3 months"]),
        ("pain_days", ["10 to 30", "10-30", "under 2", "at most 5", "over 3 months", "at least 50"]),
        ("attack_seconds", ["10 to 30 s", "under 2 min", "{least: 10, most: 30}", "{least: 10}"]),
    ],
)
def test_every_form_of_an_answer_is_taken(kb, tmp_path, finding, answers):
    for answer in answers:
        (found,) = read(kb, tmp_path, "yaml", f"facts:\n  {finding}: {answer}\n")
        assert not isinstance(found, Reject), answer


@pytest.mark.parametrize(
    "line", ["pain_sites: []", "pain_sites: [chin, none]", "attack_seconds: about 20 s", "fever: not known"]
)
def test_what_the_page_calls_refused_is_refused(kb, tmp_path, line):
    (found,) = read(kb, tmp_path, "yaml", f"facts:\n  {line}\n")
    assert isinstance(found, Reject)
    assert all(problem.hint for problem in found.problems)


def test_the_blank_files_are_those_of_the_rules(kb):
    assert with_templates(kb, PAGE) == PAGE, "run `make docs`"
    assert PAGE.count("<!-- template:") == len(MATTERS)


def test_the_example_in_python_runs():
    (code,) = [text for form, text in BLOCKS if form == "python"]
    names = {}
    exec(code, names)
    assert names["rows"][0][:2] == ("a1", "north")


@pytest.mark.parametrize("head, columns", [("column out", FULL), ("column of the rejects", REJECTS)])
def test_every_column_of_a_result_is_told(head, columns):
    table = re.search(rf"^\| {head} .*\n\| ---.*\n((?:\|.*\n)+)", PAGE, re.MULTILINE)[1]
    told = [name for row in table.splitlines() for name in re.findall(r"`(\w+)`", row.split("|")[1])]
    assert told == list(columns)


def test_the_columns_in_of_the_page_can_be_read(kb, tmp_path):
    table = re.search(r"^\| column in .*\n\| ---.*\n((?:\|.*\n)+)", PAGE, re.MULTILINE)[1]
    columns = [name for row in table.splitlines() for name in re.findall(r"`([\w.]+)`", row.split("|")[1])]
    assert "expected.urgency_accept" in columns
    text = io.StringIO()
    csv.writer(text).writerows([columns, ["a", *[""] * (len(columns) - 1)]])
    (case,) = read(kb, tmp_path, "csv", text.getvalue())
    assert case.id == "a"
