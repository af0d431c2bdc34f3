"""``triage rules check | list | show | test``."""

import shutil

from tests.support import TOY

CASES = """
- name: a cracked rim is an emergency
  facts: {rim_cracked: yes}
  expect: {holds: rim_about_to_fail, urgency: emergency}
- name: this one is wrong
  facts: {rim_cracked: no}
  expect: {urgency: emergency}
"""


def test_check_counts_what_there_is(triage):
    done = triage("rules", "check", "--quiet")
    assert done.code == 0
    assert "Bicycle faults, a toy knowledge base 1: " in done.out
    assert "0 errors" in done.out


def test_check_with_strict_counts_warnings(triage):
    done = triage("rules", "check", "--strict")
    assert done.code == (3 if "warning " in done.out else 0)


def test_check_names_every_error_with_its_place(triage, tmp_path):
    rules = tmp_path / "bicycle"
    shutil.copytree(TOY, rules)
    pictures = rules / "patterns" / "pictures.yaml"
    text = pictures.read_text()
    pictures.write_text(text.replace("noise_when", "nois_when", 1))
    done = triage("rules", "check", knowledge=rules)
    assert done.code == 3
    assert "error: bicycle/patterns/pictures.yaml:" in done.err
    assert "hint: did you mean `noise_when`" in done.err


def test_list_gives_ids_and_labels(triage):
    assert "findings\t" in triage("rules", "list").out
    assert "dry_chain\tchain_trouble\tDry chain\n" in triage("rules", "list", "disorders").out
    for kind in ("findings", "patterns", "urgency", "treatments", "sources"):
        assert triage("rules", "list", kind).out


def test_show_gives_entry_place_and_users(triage):
    done = triage("rules", "show", "noise_quality")
    assert done.out.startswith("finding noise_quality\nstands in bicycle/findings/noise.yaml:")
    assert "  chain_trouble.c\n" in done.out
    assert triage("rules", "show", "crashed").out.startswith("finding fell_off\n"), "former names are found"
    assert "noise_present == present" in triage("rules", "show", "complaint.noise").out
    for name in ("chain_trouble", "rim_about_to_fail", "chain_oil", "chain_trouble.possible"):
        assert triage("rules", "show", name).code == 0


def test_show_writes_a_condition_of_several_lines_line_by_line(triage):
    assert (
        "when: |\n  on_pedalling in noise_when\n  and not (on_coasting in noise_when)\n"
        in triage("rules", "show", "noise_under_load").out
    )


def test_show_tells_the_codes_that_stand_apart(triage, tmp_path):
    folder = tmp_path / "bicycle"
    shutil.copytree(TOY, folder)
    assert "SNOMED" not in triage("rules", "show", "chain_trouble").out
    (folder / "codes").mkdir()
    (folder / "codes" / "snomed.yaml").write_text('chain_trouble: ["123", "456"]\n', encoding="utf-8")
    shown = triage("rules", "show", "chain_trouble", knowledge=folder)
    assert "SNOMED CT, from codes/snomed.yaml: 123, 456\n" in shown.out
    assert "SNOMED" not in triage("rules", "show", "dry_chain", knowledge=folder).out


def test_show_of_nothing_names_the_closest(triage):
    done = triage("rules", "show", "chain_troubel")
    assert (done.code, done.err) == (
        1,
        "error: nothing is called `chain_troubel`\n  hint: did you mean `chain_trouble`?\n",
    )


def test_test_names_failures_with_file_and_line(triage, tmp_path):
    (tmp_path / "x.yaml").write_text(CASES)
    done = triage("rules", "test", tmp_path)
    assert done.code == 1
    assert f"{tmp_path}/x.yaml:5:3: this one is wrong: urgency is routine, expected emergency" in done.out
    assert done.out.endswith("2 cases in 1 files, 1 failures\n")
    assert triage("rules", "test", tmp_path, "--engine", "experta").out == done.out


def test_test_without_cases_says_so(triage, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rules").mkdir()
    done = triage("rules", "test", knowledge=tmp_path / "rules")
    assert (done.code, "no rule cases are found here" in done.err) == (2, True)
    assert triage("rules", "test", tmp_path / "none").code == 1
