"""What ``docs/teaching.md`` shows comes out so."""

import re
from pathlib import Path

PAGE = (Path(__file__).parents[2] / "docs" / "teaching.md").read_text("utf-8")


def traced(triage, path, text):
    path.write_text(text)
    done = triage("assess", path, "--trace")
    assert done.code == 0
    return done.out.partition("Trace of case")[2]


def test_the_trace_of_the_page_is_that_of_its_case(triage, tmp_path):
    (case,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    shown = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)[0]
    trace = traced(triage, tmp_path / "chain.yaml", case)
    assert trace.partition("\n")[2].startswith(shown)
    assert "chain_trouble.c " not in trace
    open_list = traced(triage, tmp_path / "open.yaml", case.replace(", no_others", ""))
    assert "pattern noise_under_load" not in open_list and "grade chain_trouble.possible is true" in open_list


def test_the_danger_rule_of_the_page_fires_again_on_other_grounds(triage, tmp_path):
    (facts,) = re.findall(r"^- Take `(facts: .*?)`", PAGE, re.MULTILINE)
    trace = traced(triage, tmp_path / "rim.yaml", f"id: rim\n{facts}\n")
    assert "urgency when rim_about_to_fail.when is true (again, on other grounds)" in trace


def test_the_contradiction_of_the_page_is_refused(triage, tmp_path):
    path = tmp_path / "both.yaml"
    path.write_text("id: both\nfacts: {noise_present: absent, brakes_grind: yes}\n")
    done = triage("assess", path)
    assert (done.code, "cannot both be true" in done.err) == (1, True)
