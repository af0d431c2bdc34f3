"""``triage rules diff`` and ``triage rules graph``."""

import json
import shutil

import pytest

from tests.support import TOY

CASES = "- {name: slow wobble, facts: {axle_moves: yes, wobble_speed_kph: 9}, expect: {urgency: emergency}}\n"


@pytest.fixture
def changed(tmp_path):
    new = tmp_path / "new"
    shutil.copytree(TOY, new)
    rule = new / "red_flags" / "rim_about_to_fail.yaml"
    rule.write_text(rule.read_text().replace("wobble_speed_kph < 10", "wobble_speed_kph < 9"))
    (tmp_path / "x.yaml").write_text(CASES)
    return new


def test_a_moved_threshold_is_told_with_the_case_it_changes(triage, changed, tmp_path):
    done = triage("rules", "diff", TOY, changed, tmp_path / "x.yaml", knowledge=None)
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[0] == "changed urgency rule rim_about_to_fail: when"
    assert lines[2:4] == [
        "  was rim_cracked or (axle_moves and wobble_speed_kph < 10)",
        "  is rim_cracked or (axle_moves and wobble_speed_kph < 9)",
    ]
    assert lines[4].endswith("x.yaml:1:4: slow wobble: urgency: emergency -> routine")
    assert lines[5] == "1 entries and 1 rules differ; 1 of 1 cases come out differently"


def test_a_rule_of_the_same_text_is_told_with_the_new_choice_that_widens_it(triage, tmp_path):
    new = tmp_path / "new"
    shutil.copytree(TOY, new)
    noise = new / "findings" / "noise.yaml"
    noise.write_text(noise.read_text().replace("on_coasting: when", "on_a_slope: uphill, on_coasting: when"))
    (tmp_path / "x.yaml").write_text(CASES)
    lines = triage("rules", "diff", TOY, new, tmp_path / "x.yaml", knowledge=None).out.splitlines()
    assert "rule silent: same text, but `noise_when` has a new choice: on_a_slope" in lines
    assert not [line for line in lines if line.startswith("  was")]


@pytest.mark.parametrize("differs, code", [(True, 4), (False, 0)])
def test_exit_code_says_whether_anything_differs(triage, changed, tmp_path, differs, code):
    new = changed if differs else TOY
    done = triage("rules", "diff", TOY, new, tmp_path / "x.yaml", "--exit-code", knowledge=None)
    assert done.code == code


def test_json(triage, changed, tmp_path):
    done = triage("rules", "diff", TOY, changed, tmp_path / "x.yaml", "--format", "json", knowledge=None)
    data = json.loads(done.out)
    assert data["entries"][0]["id"] == data["rules"][0]["id"].removesuffix(".when") == "rim_about_to_fail"
    assert data["cases"][0]["changes"] == {"urgency": {"before": "emergency", "after": "routine"}}


def test_without_cases_entries_and_rules_are_compared(triage, changed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = triage("rules", "diff", TOY, changed, knowledge=None)
    assert done.code == 0
    assert "no cases are found here" in done.err
    assert done.out.endswith("1 entries and 1 rules differ; 0 of 0 cases come out differently\n")


def test_a_changed_profile_is_told(triage, tmp_path):
    new = tmp_path / "new"
    shutil.copytree(TOY, new)
    profile = new / "profiles" / "dry_chain.yaml"
    profile.write_text(profile.read_text().replace("  - kept_outside\n", "  - kept_outside\n  - fell_off\n"))
    done = triage("rules", "diff", TOY, new, tmp_path / "new" / "knowledge.yaml", knowledge=None)
    assert done.out.splitlines()[0] == "changed profile dry_chain: often"


def test_changed_counts_of_cases_are_told(triage, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    new = tmp_path / "new"
    shutil.copytree(TOY, new)
    counts = new / "case_counts.yaml"
    counts.write_text(counts.read_text().replace("    noise_quality.squeak: 9\n", ""))
    done = triage("rules", "diff", TOY, new, knowledge=None)
    assert done.out.splitlines()[0] == "changed case count dry_chain: told"


def test_a_folder_with_errors_is_refused(triage, changed):
    (changed / "sources.yaml").unlink()
    assert triage("rules", "diff", TOY, changed, knowledge=None).code == 3


def test_graph_draws_what_an_entry_rests_on(triage):
    done = triage("rules", "graph", "rim_about_to_fail", "--down", "--depth", "1")
    assert done.code == 0
    assert '  "rim_about_to_fail" -> "rim_cracked";\n' in done.out
    assert "dry_chain" not in done.out
    mermaid = triage("rules", "graph", "rim_about_to_fail", "--down", "--format", "mermaid").out
    assert mermaid.startswith("flowchart LR\n") and '{{"rim_about_to_fail"}}' in mermaid


def test_graph_takes_aliases_former_names_and_rules(triage):
    assert '"fell_off"' in triage("rules", "graph", "crashed").out
    assert '"chain_trouble.possible" -> "chain_trouble.a"' in triage("rules", "graph", "chain_trouble.a").out
    assert len(triage("rules", "graph").out) > len(triage("rules", "graph", "fell_off").out)


def test_graph_of_nothing_names_the_closest(triage):
    done = triage("rules", "graph", "rim_about_to_fal")
    assert (done.code, "did you mean `rim_about_to_fail`?" in done.err) == (1, True)
    assert triage("rules", "graph", "--up").code == 2
