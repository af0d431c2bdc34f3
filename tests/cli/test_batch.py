"""``triage batch``: tables in, tables out; nothing half done."""

import csv
import errno
import io
import json
import os
import resource
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import TOY
from triage.cli.output import cell
from triage.cli.rows import SUMMARY
from triage.models import Assessment

COHORT = "case_id,noise_present,noise_sites,rim_cracked\ngood,present,at_chain,\nbad,loud,,\nworse,present,,\nugent,,,yes\n"


@pytest.fixture
def cohort(tmp_path):
    path = tmp_path / "cohort.csv"
    path.write_text(COHORT)
    return path


def rows(path):
    with open(path, newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_table_in_gives_a_table_out(triage, cohort, tmp_path):
    done = triage("batch", cohort, "-o", tmp_path / "out.csv")
    assert done.code == 1, "a case was rejected"
    assert "`noise_present` has no choice `loud`" in done.err
    assert done.err.endswith("3 assessed, 1 rejected\n")
    assert done.out == ""
    found = rows(tmp_path / "out.csv")
    assert list(found[0]) == list(SUMMARY)
    assert [row["case_id"] for row in found] == ["good", "worse", "ugent"]
    assert found[0]["leading"] == "chain_trouble"
    assert found[2]["urgency_because"] == "rim_about_to_fail"


def test_rejects_go_into_a_file_with_a_row_per_reason(triage, cohort, tmp_path):
    done = triage(
        "batch", cohort, tmp_path / "none.yaml", "-o", tmp_path / "out.csv", "--rejects", tmp_path / "bad.csv"
    )
    assert "error:" not in done.err
    assert done.err.endswith(f"3 assessed, 1 rejected, 1 file left out whole, see {tmp_path / 'bad.csv'}\n")
    first, second = rows(tmp_path / "bad.csv")
    assert first == {
        "source": str(cohort),
        "line": "3",
        "case_id": "bad",
        "finding": "noise_present",
        "reason": "`noise_present` has no choice `loud`",
        "hint": "its choices are present, absent",
    }
    assert second["reason"] == "no such file"


def test_without_rejects_the_exit_code_is_0_and_the_file_of_rejects_is_empty(triage, cases, tmp_path):
    done = triage("batch", cases, "-o", tmp_path / "out.csv", "--rejects", tmp_path / "bad.jsonl")
    assert (done.code, done.err) == (0, "2 assessed, 0 rejected\n")
    assert (tmp_path / "bad.jsonl").read_text() == ""


def test_json_lines_hold_lists_and_with_full_detail_the_assessment(triage, cases, tmp_path):
    triage("batch", cases, "-o", tmp_path / "out.jsonl", "--detail", "full")
    first, second = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert first["leading"] == ["chain_trouble"]
    assert Assessment.model_validate(second["assessment"]).case_id == "b2"


def test_full_detail_in_csv_is_json_in_a_cell(triage, cases, tmp_path):
    triage("batch", cases, "-o", tmp_path / "out.csv", "--detail", "full")
    assert Assessment.model_validate_json(rows(tmp_path / "out.csv")[0]["assessment"]).case_id == "b1"


def test_a_folder_is_a_source_and_standard_output_a_table(triage, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "one.yaml").write_text("facts: {fell_off: yes}")
    (tmp_path / "in" / "two.json").write_text('{"facts": {"fell_off": false}}')
    done = triage("batch", tmp_path / "in", "-o", "-")
    assert [row["case_id"] for row in csv.DictReader(io.StringIO(done.out))] == ["one", "two"]


def test_both_engines_give_the_same_table(triage, cohort, tmp_path):
    for name in ("experta", "reference"):
        triage("batch", cohort, "-o", tmp_path / f"{name}.csv", "--engine", name)
    assert (tmp_path / "experta.csv").read_text() == (tmp_path / "reference.csv").read_text()


@pytest.mark.parametrize(
    "value, written",
    [
        ("=1+1", "'=1+1"),
        ("+cmd", "'+cmd"),
        ("-cmd", "'-cmd"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        ("-12", "-12"),
        (-12, -12),
        ("plain", "plain"),
        (["a", "b"], "a; b"),
        (None, ""),
        (True, "yes"),
    ],
)
def test_a_cell_is_never_a_formula(value, written):
    assert cell(value) == written


def test_a_formula_in_an_id_is_neutralised(triage, tmp_path):
    (tmp_path / "x.jsonl").write_text('{"id": "=HYPERLINK(1)"}')
    triage("batch", tmp_path / "x.jsonl", "-o", tmp_path / "out.csv")
    assert rows(tmp_path / "out.csv")[0]["case_id"] == "'=HYPERLINK(1)"


def test_a_run_that_fails_leaves_the_old_table_and_no_traces(triage, cases, tmp_path, monkeypatch):
    out = tmp_path / "out.csv"
    out.write_text("old")

    def full(handle):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    done = triage("batch", cases, "-o", out)
    assert done.code == 1
    assert f"error: {out}: cannot be written: No space left on device" in done.err
    assert out.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cases.yaml", "out.csv"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_device_is_written_to_and_never_replaced(triage, cases):
    done = triage("batch", cases, "-o", "/dev/full", "--format", "csv")
    assert (done.code, "No space left on device" in done.err) == (1, True)
    assert stat.S_ISCHR(Path("/dev/full").stat().st_mode)


def test_a_folder_that_does_not_exist_is_said_before_the_run(triage, cases, tmp_path):
    done = triage("batch", cases, "-o", tmp_path / "none" / "out.csv")
    assert (done.code, "its folder does not exist" in done.err) == (1, True)
    assert "assessed" not in done.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_one_error(triage, cases, tmp_path):
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    done = triage("batch", cases, "-o", locked / "out.csv")
    assert (done.code, "Permission denied" in done.err) == (1, True)


def test_the_new_table_has_the_rights_of_the_old(triage, cases, tmp_path):
    out = tmp_path / "out.csv"
    out.write_text("")
    out.chmod(0o640)
    triage("batch", cases, "-o", out)
    assert stat.S_IMODE(out.stat().st_mode) == 0o640


def test_letters_that_no_file_can_hold_are_rejected_or_written_out(triage, tmp_path):
    lines = [
        '{"id": "a", "person": "\\ud800"}',
        '{"id": "\\u001b[31m"}',
        '{"\\ud800": 1, "\\ud800": 2}',
        '{"id": "b"}',
    ]
    (tmp_path / "x.jsonl").write_text("\n".join(lines))
    done = triage(
        "batch", tmp_path / "x.jsonl", "-o", tmp_path / "out.csv", "--rejects", tmp_path / "bad.csv"
    )
    assert done.err.startswith("1 assessed, 3 rejected")
    done = triage("batch", tmp_path / "x.jsonl", "-o", tmp_path / "out.csv")
    assert "\x1b" not in done.err


def test_many_rejects_are_counted_and_not_all_printed(triage, tmp_path):
    (tmp_path / "x.csv").write_text(
        "case_id,fell_off\n" + "".join(f"c{number},maybe\n" for number in range(60))
    )
    done = triage("batch", tmp_path / "x.csv", "-o", tmp_path / "out.csv")
    assert done.err.count("error:") == 20
    assert "... and 40 more rejected" in done.err


@pytest.mark.parametrize("engine", ["reference", "duckdb"])
def test_a_write_that_fails_names_the_file_that_could_not_be_written(tmp_path, engine):
    """What is written is larger than a file may be: the rejects of one engine, what the other keeps meanwhile."""
    source, rejects = tmp_path / "cohort.csv", tmp_path / "rejects.csv"
    source.write_text("case_id,fell_off\n" + "".join(f"c{number},maybe\n" for number in range(9000)))
    command = [
        "batch",
        source,
        "-o",
        tmp_path / "out.csv",
        "--rejects",
        rejects,
        "--engine",
        engine,
        "-k",
        TOY,
    ]
    done = subprocess.run(
        [sys.executable, "-m", "triage", *map(str, command)],
        capture_output=True,
        text=True,
        env=os.environ | {"TMPDIR": str(tmp_path)},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000)),
    )
    assert (done.returncode, done.stderr.count("error: ")) == (1, 1)
    named = str(rejects) if engine == "reference" else "source-1.plain"
    assert f"{named}: cannot be " in done.stderr and "File too large" in done.stderr
    assert not rejects.exists()


def test_what_is_said_of_rejects_cannot_drive_a_terminal(triage, tmp_path):
    path = tmp_path / "cohort.jsonl"
    path.write_text('{"id": "x\\u001b[31m", "facts": {"a\\u001bb": 1}}\n')
    triage("batch", path, "-o", tmp_path / "out.csv", "--rejects", tmp_path / "rejects.csv")
    found = (tmp_path / "rejects.csv").read_text()
    assert "x?[31m" in found and "a?b" in found and "\x1b" not in found
