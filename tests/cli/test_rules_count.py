"""``triage rules count``."""

import pytest

LABELLED = """
- {id: c1, facts: {noise_present: present, noise_quality: squeak, kept_outside: yes}, expected: {disorder: dry_chain}}
- {id: c2, facts: {noise_present: present, noise_quality: squeak}, expected: {disorder: dry_chain}}
- {id: c3, facts: {wobble_present: yes, kept_outside: yes}, expected: {disorder: loose_spokes}}
- {id: c4, facts: {wobble_present: yes}}
"""
COUNTED = """\
every_case:
  cases: 3
  told:
    noise_present.present: 2
    noise_quality.squeak: 2
dry_chain:
  cases: 2
  told:
    noise_present.present: 2
    noise_quality.squeak: 2
loose_spokes:
  cases: 1
"""


@pytest.fixture
def labelled(tmp_path):
    path = tmp_path / "labelled.yaml"
    path.write_text(LABELLED)
    return path


def without_comments(text):
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#"))


def test_counts_are_printed_by_disorder_and_of_every_case(triage, labelled):
    done = triage("rules", "count", labelled)
    assert (done.code, without_comments(done.out)) == (0, COUNTED)
    assert "1 cases have no label and are left out" in done.err


def test_counts_are_written_to_a_file_that_the_rules_can_have(triage, labelled, tmp_path):
    out = tmp_path / "case_counts.yaml"
    done = triage("rules", "count", labelled, "--out", out)
    assert (done.code, done.out, without_comments(out.read_text())) == (0, "", COUNTED)


def test_a_label_that_names_nothing_ends_it_and_writes_nothing(triage, labelled, tmp_path):
    labelled.write_text(LABELLED.replace("dry_chain", "dry_chian"))
    out = tmp_path / "case_counts.yaml"
    done = triage("rules", "count", labelled, "--out", out)
    assert done.code == 1
    assert "dry_chian" in done.err
    assert not out.exists()
