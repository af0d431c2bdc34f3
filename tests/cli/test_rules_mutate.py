"""``triage rules mutate``."""

import json

import pytest

CASES = """
- {name: hot, facts: {battery_hot: yes}, expect: {holds: battery_fire}}
- {name: axle, facts: {axle_moves: yes, wobble_speed_kph: 9}, expect: {holds: rim_about_to_fail}}
"""


@pytest.fixture
def run(triage, tmp_path):
    (tmp_path / "x.yaml").write_text(CASES)
    return lambda *args: triage("rules", "mutate", "--cases", tmp_path, *args)


def test_unnoticed_changes_stand_with_their_place(run):
    done = run("battery_fire", "rim_about_to_fail")
    assert done.code == 0
    assert "bicycle/red_flags/rim_about_to_fail.yaml:" in done.out
    assert "rim_about_to_fail.when: `wobble_speed_kph < 10` -> `wobble_speed_kph < 11`\n" in done.out
    assert "`wobble_speed_kph < 9`" not in done.out, "the case at 9 notices it"
    assert "battery_fire" not in done.out
    assert " changes tried on 2 cases, " in done.out


@pytest.mark.parametrize("name, code", [("rim_about_to_fail", 4), ("battery_fire", 0)])
def test_exit_code_says_whether_a_change_goes_unnoticed(run, name, code):
    assert run(name, "--exit-code").code == code


def test_json_names_rule_place_and_change(run):
    data = json.loads(run("rim_about_to_fail", "--format", "json").out)
    assert data["tried"] == data["changes"] == data["noticed"] + len(data["unnoticed"])
    assert all(set(one) == {"rule", "kind", "place", "change"} for one in data["unnoticed"])


def test_a_sample_is_told_and_drawn_by_seed(run):
    done = run("--sample", "5")
    assert done.out.splitlines()[-1].startswith("5 of ")
    assert "a sample with --seed 1" in done.err
    assert run("--sample", "5").out == done.out


def test_an_unknown_id_names_the_closest(run):
    done = run("battery_fir")
    assert done.code == 1
    assert "hint: did you mean `battery_fire`?" in done.err


def test_the_kinds_are_counted_apart_and_can_be_chosen(run):
    done = run("dry_chain", "--kind", "criterion")
    assert all(": dry_chain." in line for line in done.out.splitlines()[:-2])
    assert done.out.splitlines()[-2].startswith("criterion: 0 of ")
    assert "evidence: " in run("dry_chain").out
