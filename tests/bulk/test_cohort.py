"""A cohort through ``triage batch``: every engine gives the same table, Parquet goes in and out, nothing is half done."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from random import Random

import duckdb
import pytest

from tests.bulk.support import some_facts
from tests.support import TOY
from triage.bulk import Cohort, stoppable, tallies
from triage.bulk.sql import database
from triage.bulk.sql.columns import CASE_ID, answer_columns, cells_of
from triage.bulk.sql.database import connect
from triage.cli.main import run
from triage.errors import InputError
from triage.models import Case

ENGINES = ("duckdb", "experta", "reference")


@pytest.fixture
def batch(capsys):
    """A function that runs ``triage batch`` with the toy; exit code and standard error."""

    def running(*args):
        code = run(["batch", *map(str, args), "--knowledge", str(TOY)])
        return code, capsys.readouterr().err

    return running


@pytest.fixture
def triage_out(capsys):
    """A function that runs ``triage batch`` with the toy; exit code and standard output."""

    def running(*args):
        code = run(["batch", *map(str, args), "--knowledge", str(TOY)])
        return code, capsys.readouterr().out

    return running


@pytest.fixture
def cases(toy, tmp_path):
    """A JSON Lines file of valid cases, one of them named like a formula."""
    path = tmp_path / "cases.jsonl"
    made = [
        {"fell_off": True, "noise_present": "present", "noise_sites": ["at_chain"]},
        {"rim_cracked": True, "rider_age_years": 40},
        {},
        {"noise_present": "absent", "motor_fitted": False},
        {"owned_years": 2.5, "bicycle_age_years": 3, "wobble_present": True},
    ]
    lines = [
        {"id": f"=c{number}", "person": f"p{number % 2}", "facts": facts} for number, facts in enumerate(made)
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def parquet(path: Path, select: str) -> Path:
    duckdb.sql(f"COPY ({select}) TO '{path}' (FORMAT parquet)")
    return path


def csv_rows(path):
    with open(path, newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("detail", ["summary", "full"])
def test_every_engine_gives_the_same_tables(batch, cases, tmp_path, detail):
    tables, lines = [], []
    for engine in ENGINES:
        out = tmp_path / f"{engine}.csv"
        assert batch(cases, "-o", out, "--engine", engine, "--detail", detail)[0] == 0
        tables.append(csv_rows(out) if detail == "full" else out.read_text())
        out = tmp_path / f"{engine}.jsonl"
        assert batch(cases, "-o", out, "--engine", engine, "--detail", detail)[0] == 0
        lines.append([json.loads(line) for line in out.read_text().splitlines()])
    assert tables[0] == tables[1] == tables[2]
    assert lines[0] == lines[1] == lines[2]
    assert csv_rows(tmp_path / "duckdb.csv")[0][CASE_ID] == "'=c0"


def test_parquet_in_and_out_holds_what_json_lines_hold(toy, batch, cases, tmp_path):
    columns = ", ".join(f"'{name}': '{type}'" for name, type in answer_columns(toy).items())
    typed = tmp_path / "typed.jsonl"
    answers = [json.loads(line) for line in cases.read_text().splitlines()]
    flat = [
        {CASE_ID: one["id"], "person": one["person"]}
        | cells_of(
            {
                name: dict.fromkeys(value, True) if isinstance(value, list) else value
                for name, value in one["facts"].items()
            }
        )
        for one in answers
    ]
    typed.write_text("".join(json.dumps(one) + "\n" for one in flat))
    read = f"read_json('{typed}', format = 'newline_delimited', columns = {{'case_id': 'VARCHAR', 'person': 'VARCHAR', {columns}}})"
    source = parquet(tmp_path / "in.parquet", f"SELECT * FROM {read}")
    assert batch(cases, "-o", tmp_path / "a.jsonl")[0] == 0
    assert batch(source, "-o", tmp_path / "b.jsonl")[0] == 0
    assert batch(source, "-o", tmp_path / "c.parquet")[0] == 0
    first, second = (
        list(map(json.loads, (tmp_path / name).read_text().splitlines())) for name in ("a.jsonl", "b.jsonl")
    )
    assert first == second
    third = duckdb.sql(f"SELECT * FROM '{tmp_path / 'c.parquet'}'")
    assert [dict(zip(third.columns, row, strict=True)) for row in third.fetchall()] == first


def test_rows_of_parquet_that_are_no_case_are_rejected_with_row_and_reason(batch, cases, tmp_path):
    select = """
        SELECT * FROM (VALUES ('a', 40.0, true, false), ('b', 'nan'::DOUBLE, NULL, NULL), ('c', 200.0, NULL, NULL),
        ('d', 1.0, false, true), ('a', 2.0, NULL, NULL), ('=c1', 3.0, NULL, NULL), (NULL, 4.0, NULL, NULL), ('e', 5.0, NULL, NULL))
        AS t(case_id, rider_age_years, motor_fitted, battery_hot)
    """
    source = parquet(tmp_path / "in.parquet", select)
    code, err = batch(cases, source, "-o", tmp_path / "out.csv", "--rejects", tmp_path / "bad.csv")
    assert code == 1
    assert err.endswith(f"7 assessed, 6 rejected, see {tmp_path / 'bad.csv'}\n")
    found = [(row["line"], row["case_id"], row["reason"]) for row in csv_rows(tmp_path / "bad.csv")]
    assert [row[:2] for row in found] == [
        ("2", "b"),
        ("3", "c"),
        ("4", "d"),
        ("7", ""),
        ("5", "a"),
        ("6", "'=c1"),
    ]
    reasons = [row[2] for row in found]
    assert "is not a finite number" in reasons[0]
    assert "is outside 0 to 120 years" in reasons[1]
    assert "does not fit with" in reasons[2]
    assert reasons[3] == "the case has no id"
    assert f"is taken by {source}:1" in reasons[4]
    assert [row[CASE_ID] for row in csv_rows(tmp_path / "out.csv")] == [
        *(f"'=c{n}" for n in range(5)),
        "a",
        "e",
    ]


def test_an_id_that_a_later_file_repeats_is_kept_where_it_stood_first(batch, cases, tmp_path):
    source = parquet(tmp_path / "in.parquet", "SELECT '=c1' AS case_id, 40 AS rider_age_years")
    code, _ = batch(source, cases, "-o", tmp_path / "out.jsonl")
    kept = [json.loads(line)[CASE_ID] for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert (code, kept) == (1, ["=c1", "=c0", "=c2", "=c3", "=c4"])


@pytest.mark.parametrize(
    "select, message",
    [
        ("SELECT 'a' AS case_id, 1 AS attack_secs", "unknown finding `attack_secs`"),
        ("SELECT 'a' AS case_id, 'x' AS rider_age_years", "cannot hold answers to `rider_age_years`"),
        ("SELECT 1 AS rider_age_years", "the column `case_id` is missing"),
    ],
)
def test_a_parquet_file_with_a_wrong_column_is_rejected_whole(batch, tmp_path, select, message):
    out = tmp_path / "out.csv"
    out.write_text("old")
    code, err = batch(parquet(tmp_path / "in.parquet", select), "-o", out)
    assert (code, message in err) == (1, True)
    assert "0 assessed, 0 rejected, 1 file left out whole (1 row)\n" in err
    assert out.read_text() == "old"


def test_a_parquet_file_without_rows_is_rejected_as_a_table_without_rows_is(batch, tmp_path):
    source = parquet(tmp_path / "in.parquet", "SELECT 'a' AS case_id, true AS fell_off WHERE false")
    code, err = batch(source, "-o", tmp_path / "out.csv")
    assert (code, "has columns and no case" in err) == (1, True)
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "text, left_out",
    [
        (None, "1 file left out whole"),
        ("", "1 file left out whole"),
        ("case_id,fell_off\n", "1 file left out whole"),
        ("case_id,fell_of\na,yes\n\nb,no\n", "1 file left out whole (2 rows)"),
    ],
    ids=["no file", "empty", "no rows", "unknown column"],
)
def test_where_nothing_is_left_to_assess_no_table_replaces_an_older_one(
    batch, tmp_path, text, left_out, engine
):
    source, out, page, bad = (tmp_path / name for name in ("in.csv", "out.csv", "page.html", "bad.csv"))
    if text is not None:
        source.write_text(text)
    out.write_text("old")
    page.write_text("old")
    code, err = batch(source, "-o", out, "--engine", engine, "--report", page, "--rejects", bad)
    assert (code, out.read_text(), page.read_text()) == (1, "old", "old")
    assert err.endswith(
        f"0 assessed, 0 rejected, {left_out}, see {bad}\nnothing could be assessed: {out} is left as it was\n"
    )
    assert len(csv_rows(bad)) == 1, "the file of rejects says why"
    code, err = batch(source, "-o", tmp_path / "new.csv", "--engine", engine)
    assert (code, (tmp_path / "new.csv").exists()) == (1, False)
    assert err.endswith("new.csv is not written\n")


@pytest.mark.parametrize("engine", ENGINES)
def test_standard_output_gets_no_table_without_cases(triage_out, tmp_path, engine):
    assert triage_out(tmp_path / "none.csv", "-o", "-", "--engine", engine) == (1, "")


def test_a_file_left_out_whole_is_counted_apart_from_cases(batch, cases, tmp_path):
    source = tmp_path / "in.csv"
    source.write_text("case_id,fell_of\n" + '"a\n1",yes\n' * 400)
    code, err = batch(cases, source, "-o", tmp_path / "out.csv", "--report", tmp_path / "page.html")
    assert code == 1
    assert "did you mean `fell_off`?" in err
    assert err.endswith("5 assessed, 0 rejected, 1 file left out whole (400 rows)\n")
    assert "0 rejected, 1 file left out whole (400 rows)." in (tmp_path / "page.html").read_text()


def test_a_very_large_file_left_out_whole_is_not_counted(batch, cases, tmp_path, monkeypatch):
    monkeypatch.setattr("triage.cases.table.MAX_COUNTED", 10)
    (tmp_path / "in.csv").write_text("case_id,fell_of\n" + "a,yes\n" * 11)
    (tmp_path / "few.csv").write_text("case_id,fell_of\n" + "a,yes\n" * 10)
    _, err = batch(cases, tmp_path / "in.csv", "-o", tmp_path / "out.csv")
    assert err.endswith("5 assessed, 0 rejected, 1 file left out whole\n")
    _, err = batch(cases, tmp_path / "in.csv", tmp_path / "few.csv", "-o", tmp_path / "out.csv")
    assert err.endswith("5 assessed, 0 rejected, 2 files left out whole (10 rows or more)\n")


@pytest.mark.parametrize("step", ["take_lines", "write"])
@pytest.mark.parametrize("fault", [KeyboardInterrupt(), RuntimeError("Query interrupted")])
def test_a_run_that_is_stopped_says_that_the_table_is_the_old_one(
    batch, cases, tmp_path, monkeypatch, step, fault
):
    out = tmp_path / "out.csv"
    out.write_text("old")

    def stopped(self, *args, **options):
        raise fault

    monkeypatch.setattr(Cohort, step, stopped)
    code, err = batch(cases, "-o", out)
    assert (code, err.splitlines()[-1]) == (1, f"stopped: {out} is left as it was")
    assert out.read_text() == "old"


def test_what_duckdb_tells_of_an_interrupt_is_a_keyboard_interrupt():
    with pytest.raises(KeyboardInterrupt), stoppable():
        raise RuntimeError("Query interrupted")


def test_a_long_statement_ends_when_it_is_interrupted():
    long = "SELECT sum(sin(i)) FROM range(1000000000000) AS numbers(i)"
    timer = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT))
    # Where tests run in several processes, these ignore the signal.
    former = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        timer.start()
        with pytest.raises(KeyboardInterrupt):
            database.run(connect(), long)
        timer.join()
    finally:
        signal.signal(signal.SIGINT, former)


@pytest.mark.parametrize("form", ["csv", "jsonl"])
@pytest.mark.parametrize("engine", ENGINES)
def test_the_table_and_the_page_tell_which_modality_the_first_disorder_told(tmp_path, engine, form):
    rules = tmp_path / "rules"
    shutil.copytree(TOY, rules)
    (chain,) = rules.rglob("disorders/**/chain_trouble.yaml")
    chain.write_text(chain.read_text() + "nerve: motor\n")
    told = {"noise_present": "present", "noise_sites": ["at_chain"]}
    lines = [{"id": "a", "facts": told}, {"id": "b"}]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    out, page = tmp_path / f"out.{form}", tmp_path / "page.html"
    words = ["batch", tmp_path / "in.jsonl", "-o", out, "--report", page, "--engine", engine, "-k", rules]
    assert run([str(word) for word in words]) == 0
    found = csv_rows(out) if form == "csv" else [json.loads(line) for line in out.read_text().splitlines()]
    assert [(row["nerve_modality"], row["nerve_modality_of"] or None) for row in found] == [
        ("motor", "chain_trouble"),
        ("undetermined", None),
    ]
    assert "Taken from the disorder that comes first" in page.read_text()


def test_what_is_no_parquet_and_what_is_not_there_is_said(batch, tmp_path):
    (tmp_path / "in.parquet").write_text("not parquet")
    code, err = batch(tmp_path / "in.parquet", "-o", tmp_path / "out.csv")
    assert (code, "cannot be read as Parquet" in err) == (1, True)
    code, err = batch(tmp_path / "none.parquet", "-o", tmp_path / "out.csv")
    assert (code, "no such file" in err) == (1, True)


def test_other_engines_refuse_parquet_and_sizes_are_checked(batch, cases, tmp_path):
    code, err = batch(cases, "-o", tmp_path / "out.parquet", "--engine", "experta")
    assert (code, "Parquet is read and written by `--engine duckdb`" in err) == (2, True)
    code, err = batch(cases, "-o", tmp_path / "out.csv", "--memory", "lots")
    assert (code, "`--memory lots` is not a size" in err) == (2, True)


def test_the_same_input_gives_the_same_bytes(batch, toy, tmp_path):
    facts = some_facts(toy, 3, 5000, (0.05,))
    path = tmp_path / "in.jsonl"
    random = Random(1)
    numbers = random.sample(range(10**6), len(facts))
    plain = [
        {name: value for name, value in one.items() if name in ("fell_off", "rim_cracked")} for one in facts
    ]
    path.write_text(
        "".join(
            json.dumps({"id": str(n), "facts": one}) + "\n" for n, one in zip(numbers, plain, strict=True)
        )
    )
    for name in ("a.csv", "b.csv"):
        assert batch(path, "-o", tmp_path / name)[0] == 0
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    assert [row[CASE_ID] for row in csv_rows(tmp_path / "a.csv")] == [str(number) for number in numbers]


def test_the_page_over_all_cases_counts_the_same_with_every_engine(batch, cases, tmp_path):
    pages = []
    for engine in ENGINES:
        assert (
            batch(cases, "-o", tmp_path / "out.csv", "--engine", engine, "--report", tmp_path / "page.html")[
                0
            ]
            == 0
        )
        pages.append((tmp_path / "page.html").read_text())
    assert pages[0] == pages[1] == pages[2]


def test_an_input_that_changes_while_it_is_read_is_an_error(toy, tmp_path):
    source = parquet(tmp_path / "in.parquet", "SELECT 'a' AS case_id, 40 AS rider_age_years")
    cohort = Cohort(toy, tmp_path)
    assert list(cohort.take_parquet(source)) == []
    os.utime(source, (1, 1))
    with pytest.raises(InputError, match="changed while it was read"):
        cohort.write(tmp_path / "out.csv", "csv")


def test_a_run_that_fails_leaves_the_old_table(batch, cases, tmp_path, monkeypatch):
    out = tmp_path / "out.parquet"
    out.write_text("old")

    def broken(self, *args):
        raise InputError("changed while it was read")

    monkeypatch.setattr(Cohort, "unchanged", broken)
    assert batch(cases, "-o", out)[0] == 1
    assert out.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cases.jsonl", "out.parquet"]


@pytest.mark.slow
def test_a_run_killed_at_any_moment_leaves_the_old_or_the_new_table_and_the_next_tidies_up(tmp_path):
    select = "SELECT 'c' || i AS case_id, i % 100 AS rider_age_years, i % 3 = 0 AS rim_cracked FROM range(300000) AS t(i)"
    source = parquet(tmp_path / "in.parquet", select)
    out = tmp_path / "out.parquet"
    command = [sys.executable, "-m", "triage", "batch", source, "-o", out, "--knowledge", TOY]
    command = [str(word) for word in command]
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    started = time.monotonic()
    subprocess.run(command, check=True, capture_output=True, env=environment)
    whole = time.monotonic() - started
    new = out.read_bytes()
    random = Random(7)
    for _ in range(20):
        out.write_text("old")
        with subprocess.Popen(command, stderr=subprocess.DEVNULL, env=environment) as process:
            time.sleep(random.random() * whole)
            process.send_signal(signal.SIGKILL)
        assert out.read_bytes() in (b"old", new)
    subprocess.run(command, check=True, capture_output=True, env=environment)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.parquet", "out.parquet"]


@pytest.mark.parametrize(
    "where", ["rim_cracked=false/v.parquet", "plain/*.parquet", "plain/[ab].parquet", "plain/a?.parquet"]
)
def test_a_parquet_file_says_what_stands_in_it_whatever_it_is_called(batch, tmp_path, where):
    told = "true AS wobble_present, true AS rim_cracked"
    flat = parquet(tmp_path / "v.parquet", f"SELECT 'c1' AS case_id, {told}")
    path = tmp_path / where
    path.parent.mkdir()
    parquet(path.parent / "a.parquet", "SELECT 'other' AS case_id, true AS fell_off")
    path.write_bytes(flat.read_bytes())
    for number, source in enumerate((flat, path)):
        assert batch(source, "-o", tmp_path / f"{number}.csv")[0] == 0
    named, plain = (csv_rows(tmp_path / f"{number}.csv") for number in (1, 0))
    assert named == plain and [row["case_id"] for row in named] == ["c1"]


def test_a_folder_named_like_a_pattern_is_not_taken_for_the_folder_that_the_pattern_fits(toy, tmp_path):
    for folder, facts in ((tmp_path / "s1", {"fell_off": True}), (tmp_path / "s[1]", {})):
        folder.mkdir()
        cohort = Cohort(toy, folder)
        cohort.take(Case(id=folder.name, facts=facts))
        cohort.write(folder / "out.csv", "csv")
        (row,) = csv_rows(folder / "out.csv")
        (group,), _ = tallies(cohort.connection, folder / "out.csv", "csv")
        assert (row["case_id"], group["urgency"]) == (folder.name, row["urgency"])
