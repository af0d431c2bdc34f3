"""``triage rules coverage``."""

import json
import re

import pytest

CASES = """
- {name: hot, facts: {battery_hot: yes}, expect: {holds: battery_fire}}
- {name: cold, facts: {battery_hot: no}, expect: {fails: battery_fire}}
- {name: not felt, facts: {}, expect: {unknown: battery_fire}}
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "x.yaml").write_text(CASES)
    return tmp_path


def test_rules_stand_below_their_files_with_what_no_case_finds(triage, folder):
    done = triage("rules", "coverage", folder)
    assert done.code == 0
    assert "bicycle/disorders/drivetrain/dry_chain.yaml: " in done.out
    assert "  dry_chain.possible: never true; never false\n" in done.out
    assert "battery_fire:" not in done.out, "it is decided both ways"
    assert "\n3 cases\n" in done.out
    gaps = [
        int(line.split(": ")[1].split()[0])
        for line in done.out.splitlines()
        if re.search(r": \d+ gaps? in \d+ rules?$", line)
    ]
    assert gaps == sorted(gaps, reverse=True)


def test_asserted_lists_expectations_that_no_case_has(triage, folder):
    args = ("rules", "coverage", folder, "--only", "rim_about_to_fail")
    assert "no case expects" not in triage(*args).out
    assert (
        "rim_about_to_fail: never true; never false; no case expects `holds`, `fails`, `unknown`"
        in triage(*args, "--asserted").out
    )


@pytest.mark.parametrize("only, code", [("rim_about_to_fail", 4), ("battery_fire", 0)])
def test_exit_code_says_whether_something_is_listed(triage, folder, only, code):
    assert triage("rules", "coverage", folder, "--only", only, "--exit-code").code == code
    assert triage("rules", "coverage", folder, "--only", only).code == 0


def test_json_counts_cases_per_truth_and_per_side(triage, folder):
    data = json.loads(triage("rules", "coverage", folder, "--format", "json").out)
    assert data["cases"] == 3
    (fire,) = [one for one in data["rules"] if one["id"] == "battery_fire"]
    assert fire["kind"] == "urgency rule"
    assert fire["evaluated"] == fire["asserted"] == {"true": 1, "false": 1, "unknown": 1}
    assert fire["place"].startswith("bicycle/red_flags/battery_fire.yaml:")
    assert all(
        set(side) == {"at", "evaluated", "asserted"} for one in data["thresholds"] for side in one["sides"]
    )


def test_a_case_that_cannot_be_read_is_told_and_the_others_count(triage, folder):
    (folder / "y.yaml").write_text("- {name: bad, facts: {battery_ht: no}, expect: {urgency: routine}}")
    done = triage("rules", "coverage", folder)
    assert "unknown finding `battery_ht`" in done.err
    assert "\n3 cases\n" in done.out


def test_kinds_can_be_chosen(triage, folder):
    lines = triage("rules", "coverage", folder, "--kind", "caveat", "--kind", "grade").out.splitlines()
    assert any(line.startswith("caveat: 0 of ") for line in lines)
    assert not any(line.startswith(("criterion: ", "pattern: ")) for line in lines)
