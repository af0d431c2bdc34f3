"""Sheets on the command line: several cases on one page, each layout and each sheet."""

import pytest

from tests.report.conftest import FORMATS, SHEETS

CASES = """
- id: b1
  person: anna
  facts: {noise_present: present, noise_quality: click, noise_sites: [at_chain, no_others]}
- id: b2
  person: anna
  facts: {wobble_present: yes, rim_cracked: yes}
"""


@pytest.fixture
def two_cases(tmp_path):
    path = tmp_path / "cases.yaml"
    path.write_text(CASES)
    return path


def test_the_cases_of_a_person_are_one_page_with_the_highest_urgency_on_top(triage_run, two_cases, capsys):
    assert triage_run("assess", two_cases, "--format", "html") == 0
    page = capsys.readouterr().out
    assert page.count("<!doctype html>") == 1 and page.count("<article>") == 2
    assert page.index("Highest urgency: Emergency (case b2)") < page.index("<article>")
    assert page.index("case b1") < page.rindex("case b2")


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("format", FORMATS)
def test_every_sheet_in_every_layout(triage_run, two_cases, capsys, sheet, format):
    assert triage_run("assess", two_cases, "--format", format, "--sheet", sheet) == 0
    done = capsys.readouterr()
    assert done.err == ""
    assert "medical device" in " ".join(done.out.split())
    assert done.out.endswith("\n") and not done.out.endswith("\n\n")
