"""``triage evaluate``: every form of labelled cases, engines and knowledge bases compared, labels that name nothing."""

import io
import json
import shutil
import sys

import pytest

from tests.cli.conftest import TOY

CASES = """\
- id: chain
  facts: {noise_present: present, noise_quality: squeak, noise_sites: [at_chain, no_others], noise_when: [on_pedalling, no_others]}
  expected: {disorder: chain_problem, nerve: sensory, urgency: routine}
- id: spokes
  facts: {wobble_present: yes, wobble_sites: [front, rear], wobble_speed_kph: 20}
  expected: {disorder: chain_trouble, accept: [loose_spokes], nerve: motor, urgency: routine, urgency_accept: [same_day]}
- id: rim
  facts: {wobble_present: yes, rim_cracked: yes}
  expected: {disorder: none, urgency: emergency}
- id: missed
  facts: {brakes_weak: yes, lever_touches_bar: yes}
  expected: {disorder: loose_spokes, urgency: emergency}
"""
TABLE = """\
case_id,noise_present,noise_quality,noise_sites,noise_when,wobble_present,wobble_sites,wobble_speed_kph,rim_cracked,\
brakes_weak,lever_touches_bar,expected.disorder,expected.accept,expected.nerve,expected.urgency,expected.urgency_accept
chain,present,squeak,at_chain;no_others,on_pedalling;no_others,,,,,,,chain_problem,,sensory,routine,
spokes,,,,,yes,front;rear,20,,,,chain_trouble,loose_spokes,motor,routine,same_day
rim,,,,,yes,,,yes,,,none,,,emergency,
missed,,,,,,,,,yes,yes,loose_spokes,,,emergency,
"""
LINES = """\
{"id": "chain", "facts": {"noise_present": "present", "noise_quality": "squeak", "noise_sites": ["at_chain", "no_others"], \
"noise_when": ["on_pedalling", "no_others"]}, "expected": {"disorder": "chain_problem", "nerve": "sensory", "urgency": "routine"}}
{"id": "spokes", "facts": {"wobble_present": "yes", "wobble_sites": ["front", "rear"], "wobble_speed_kph": 20}, \
"expected": {"disorder": "chain_trouble", "accept": ["loose_spokes"], "nerve": "motor", "urgency": "routine", "urgency_accept": ["same_day"]}}
{"id": "rim", "facts": {"wobble_present": "yes", "rim_cracked": "yes"}, "expected": {"disorder": "none", "urgency": "emergency"}}
{"id": "missed", "facts": {"brakes_weak": "yes", "lever_touches_bar": "yes"}, "expected": {"disorder": "loose_spokes", "urgency": "emergency"}}
"""
TOP = {
    "cases": 4,
    "first": 2 / 3,
    "first_three": 2 / 3,
    "first_five": 2 / 3,
    "nerve_modality": 1,
    "urgency_exact": 3 / 4,
    "urgency_safe": 3 / 4,
    "over_triage": 0,
    "emergencies_found": 1 / 2,
    "abstained": 1 / 3,
    "false_naming": 0,
}


@pytest.fixture
def labelled(tmp_path):
    path = tmp_path / "labelled.yaml"
    path.write_text(CASES)
    return path


@pytest.fixture
def worse(tmp_path):
    """A copy of the toy knowledge base that no longer knows a chain by its place, and takes cracked rims lightly."""
    folder = tmp_path / "worse"
    shutil.copytree(TOY, folder)
    for file, old, new in (
        (
            "disorders/drivetrain/chain_trouble.yaml",
            "when: at_chain in noise_sites",
            "when: at_rear in noise_sites",
        ),
        (
            "disorders/drivetrain/dry_chain.yaml",
            "when: at_chain in noise_sites",
            "when: at_rear in noise_sites",
        ),
        ("red_flags/rim_about_to_fail.yaml", "level: emergency", "level: routine"),
    ):
        text = (folder / file).read_text()
        assert old in text
        (folder / file).write_text(text.replace(old, new))
    return folder


@pytest.mark.parametrize("name, text", [("a.yaml", CASES), ("a.csv", TABLE), ("a.jsonl", LINES)])
def test_every_form_of_labelled_cases_gives_the_same_figures(triage, tmp_path, name, text):
    (tmp_path / name).write_text(text)
    done = triage("evaluate", tmp_path / name, "--format", "json")
    assert (done.code, done.err) == (0, "")
    found = json.loads(done.out)
    assert {key: found[key] for key in TOP} == TOP
    assert [one["id"] for one in found["misses"]] == ["missed"]


def test_a_folder_and_several_sources_are_read_like_one(triage, tmp_path):
    folder = tmp_path / "cases"
    folder.mkdir()
    for part in CASES.split("- id: ")[1:3]:
        (folder / f"{part.split()[0]}.yaml").write_text("- id: " + part)
    (tmp_path / "more.jsonl").write_text("\n".join(LINES.splitlines()[2:]))
    done = triage("evaluate", folder, tmp_path / "more.jsonl", "--format", "json")
    assert {key: json.loads(done.out)[key] for key in TOP} == TOP


def test_standard_input_is_read(triage, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TABLE.encode())))
    done = triage("evaluate", "-", "--format", "json")
    assert json.loads(done.out)["cases"] == 4


def test_the_report_is_text_by_default(triage, labelled):
    done = triage("evaluate", labelled)
    assert done.code == 0
    assert done.out.startswith("4 labelled cases. Labels tell: 3 a disorder, 1 none of these,")
    assert "missed: loose_spokes not listed, got nothing; urgency emergency, got same_day" in done.out
    assert max(len(line) for line in done.out.splitlines()) <= 100


def test_the_page_is_html(triage, labelled):
    out = triage("evaluate", labelled, "--format", "html").out
    assert out.startswith("<!doctype html>") and out.endswith("</html>\n")
    assert "Bicycle faults, a toy knowledge base, version 1." in out


def test_labels_that_name_no_disorder_end_the_run_and_are_all_listed(triage, tmp_path):
    path, table = tmp_path / "bad.yaml", tmp_path / "bad.csv"
    path.write_text(
        CASES.replace("accept: [loose_spokes]", "accept: [loose_spoke]").replace("chain_problem", "chains")
    )
    table.write_text("case_id,rim_cracked,expected.disorder\nt,yes,rims\nu,yes,none\n")
    done = triage("evaluate", path, table)
    assert (done.code, done.out) == (1, "")
    assert [line for line in done.err.splitlines() if line.startswith("error:")] == [
        f"error: {table}:2: case t: `expected.disorder`: no disorder is called `rims`",
        f"error: {path}:3:14: case chain: `expected.disorder`: no disorder is called `chains`",
        f"error: {path}:6:39: case spokes: `expected.accept`: no disorder is called `loose_spoke`",
    ]
    assert "  hint: did you mean `loose_spokes`?" in done.err


def test_a_case_that_cannot_be_read_is_left_out_told_and_fails_the_run(triage, tmp_path):
    path = tmp_path / "cases.yaml"
    path.write_text(CASES.replace("rim_cracked: yes", "rim_cracked: maybe"))
    done = triage("evaluate", path, "--format", "json")
    assert done.code == 1
    assert "rim_cracked" in done.err
    assert json.loads(done.out)["cases"] == 3


def test_cases_without_a_label_are_counted_and_left_out(triage, labelled, cases):
    done = triage("evaluate", labelled, cases, "--format", "json")
    assert (done.code, done.err) == (0, "note: 2 cases have no label and are left out\n")
    assert json.loads(done.out)["cases"] == 4
    alone = triage("evaluate", cases)
    assert alone.code == 1
    assert "there is no labelled case" in alone.err


def test_interviews_and_removed_answers_are_told_on_request(triage, labelled):
    done = triage(
        "evaluate", labelled, "--format", "json", "--interview",
        "--remove", "0.2", "--remove", "0.4", "--repeats", "4",
    )  # fmt: skip
    found = json.loads(done.out)
    keys = {"questions_median", "questions_p95", "ticks_median", "ticks_p95", "same_outcome"}
    assert keys <= set(found["interview"])
    assert [row["removed"] for row in found["robustness"]] == [0.2, 0.4]
    assert {row["repeats"] for row in found["robustness"]} == {4}
    text = triage("evaluate", labelled, "--interview", "--remove", "0.2", "--repeats", "1").out
    assert "SIMULATED INTERVIEWS" in text and "20.0 % OF THE ANSWERS REMOVED, 1 TIMES EACH" in text


def test_a_worsened_knowledge_base_is_recognised_as_worse(triage, labelled, worse):
    done = triage("evaluate", labelled, "--compare", TOY, worse, "--format", "json", knowledge=None)
    assert done.code == 0
    result = json.loads(done.out)
    assert result["verdict"] == "worse"
    assert {name: row["verdict"] for name, row in result["measures"].items()} == {
        "first": "worse",
        "first_fits": "worse",
        "first_three": "worse",
        "first_five": "worse",
        "nerve_modality": "same",
        "urgency_exact": "worse",
        "urgency_safe": "worse",
        "none_of_these": "same",
    }
    assert result["measures"]["first"]["only_old"] == 1
    assert [one["id"] for one in result["changed"]] == ["chain", "rim"]
    back = json.loads(
        triage("evaluate", labelled, "--compare", worse, TOY, "--format", "json", knowledge=None).out
    )
    assert back["verdict"] == "better"


def test_engines_agree(triage, labelled):
    done = triage("evaluate", labelled, "--compare", "reference", "experta", "--exit-code")
    assert done.code == 0
    assert done.out.startswith("4 cases: reference against experta, same\n")
    assert done.out.endswith("0 cases changed\n")


def test_an_engine_on_the_present_knowledge_is_compared_with_a_folder(triage, labelled, worse):
    done = triage("evaluate", labelled, "--compare", "reference", worse, "--exit-code")
    assert done.code == 4
    assert ", worse\n" in done.out
    assert "  rim (expected none): urgency emergency -> routine" in done.out


def test_standard_input_serves_both_sides(triage, monkeypatch, worse):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TABLE.encode())))
    assert triage("evaluate", "-", "--compare", TOY, worse, knowledge=None).out.startswith("4 cases:")


def test_a_label_that_one_side_does_not_know_leaves_its_case_out(triage, labelled, worse):
    path = worse / "disorders/drivetrain/chain_trouble.yaml"
    path.write_text(path.read_text().replace("aliases: [chain_problem]\n", ""))
    done = triage("evaluate", labelled, "--compare", TOY, worse, "--format", "json", knowledge=None)
    assert done.code == 1
    assert "no disorder is called `chain_problem`" in done.err
    assert json.loads(done.out)["unmatched"] == ["chain"]


def test_a_label_that_neither_side_knows_ends_the_run_whatever_each_would_suggest(triage, labelled, worse):
    path = worse / "disorders/drivetrain/chain_trouble.yaml"
    path.write_text(path.read_text().replace("aliases: [chain_problem]\n", ""))
    labelled.write_text(CASES.replace("chain_problem", "chain_problems"))
    done = triage("evaluate", labelled, "--compare", TOY, worse, knowledge=None)
    assert (done.code, done.out) == (1, "")
    assert done.err.count("no disorder is called `chain_problems`") == 1


def test_a_comparison_has_a_page_of_its_own(triage, labelled, worse):
    out = triage("evaluate", labelled, "--compare", TOY, worse, "--format", "html", knowledge=None).out
    assert "<h1>4 cases compared: worse</h1>" in out


@pytest.mark.parametrize("option", [("--interview",), ("--remove", "0.2")])
def test_a_comparison_goes_with_nothing_else(triage, labelled, option):
    done = triage("evaluate", labelled, "--compare", "reference", "experta", *option)
    assert done.code == 2
    assert "run them apart" in done.err


def test_a_folder_that_is_no_knowledge_base_is_told(triage, labelled, tmp_path):
    done = triage("evaluate", labelled, "--compare", TOY, tmp_path / "nowhere", knowledge=None)
    assert done.code in (1, 3)
    assert "nowhere" in done.err
