"""What ``triage batch`` reads from: plain and compressed files, folders, patterns and standard input."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import lzma
import sys

import duckdb
import pytest

from tests.support import TOY
from triage.cli.main import run

TABLE = b"case_id,fell_off\na,yes\nb,no\nc,perhaps\n"
LINES = b'{"id": "d", "facts": {"fell_off": true}}\n{"id": "e", "facts": {"fell_off": 1}}\n'
PACKERS = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress, "": bytes}


@pytest.fixture
def batch(capsys, tmp_path):
    """A function that runs ``triage batch`` with the toy; the ids of the table and what was said."""

    def running(*args):
        out = tmp_path / "out.csv"
        run(["batch", *map(str, args), "-o", str(out), "--knowledge", str(TOY)])
        table = out.read_text() if out.exists() else ""
        return [row["case_id"] for row in csv.DictReader(table.splitlines())], capsys.readouterr().err

    return running


@pytest.mark.parametrize("ending", PACKERS)
def test_compressed_text_is_read_as_it_is(batch, tmp_path, ending):
    table, lines = tmp_path / f"t.csv{ending}", tmp_path / f"l.JSONL{ending.upper()}"
    table.write_bytes(PACKERS[ending](TABLE))
    lines.write_bytes(PACKERS[ending](LINES))
    found, err = batch(table, lines)
    assert found == ["a", "b", "d"]
    assert f"{table}:4: case c: `fell_off`: `perhaps` is not an answer" in err
    assert f"{lines}:2: case e: `fell_off`: `1` is not an answer" in err
    assert err.endswith("3 assessed, 2 rejected\n")


def test_what_stands_before_the_break_of_a_cut_off_file_is_kept(batch, tmp_path):
    rows = b"".join(b"c%d,yes\n" % number for number in range(3000))
    path = tmp_path / "t.csv.gz"
    path.write_bytes(gzip.compress(b"case_id,fell_off\n" + rows, mtime=0)[:-1000])
    found, err = batch(path)
    assert 100 < len(found) < 3000
    assert err.endswith("assessed, 1 rejected\n"), "what came before it was not left out"
    assert f"{path}: cannot be unpacked: " in err
    assert "it may be cut off" in err


@pytest.mark.parametrize(
    "name, content, said",
    [
        ("t.csv.gz", TABLE, "cannot be unpacked: Not a gzipped file"),
        ("t.csv.xz", TABLE, "cannot be unpacked: Input format not supported"),
        ("t.csv.bz2", TABLE, "cannot be read: Invalid data stream"),
        ("t.csv.zst", b"", "`.zst` cannot be read\n  hint: unpack it with `zstd -d`"),
        ("t.zip", b"", "`.zip` cannot be read\n  hint: unpack it with `unzip`"),
        ("t.csv", gzip.compress(TABLE, mtime=0), "is not UTF-8 text (byte 2)\n  hint: it looks packed: unpack it first"),
        ("t.parquet.gz", b"", "Parquet is read by `triage batch` alone, and never compressed"),
        ("t.xlsx", b"PK", "unknown kind of file"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said(batch, tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)
    found, err = batch(tmp_path / name)
    assert (found, said in err) == ([], True)
    assert "0 assessed, 0 rejected, 1 file left out whole\n" in err


@pytest.fixture
def folder(tmp_path):
    """A folder with a file of every form, one of them in a folder below."""
    folder = tmp_path / "cohort"
    (folder / "more").mkdir(parents=True)
    (folder / "a.csv").write_bytes(TABLE)
    (folder / "more" / "b.jsonl.gz").write_bytes(gzip.compress(LINES, mtime=0))
    (folder / "c.yaml").write_text("id: f\nfacts: {fell_off: no}\n")
    duckdb.sql(f"COPY (SELECT 'g' AS case_id, true AS fell_off) TO '{folder / 'd.parquet'}'")
    (folder / "notes.txt").write_text("no case")
    (folder / ".hidden.csv").write_text("no case")
    return folder


def test_a_folder_is_read_with_all_it_holds(batch, folder):
    assert batch(folder)[0] == ["a", "b", "f", "g", "d"]


def test_a_pattern_stands_for_the_files_that_match(batch, folder):
    assert batch(f"{folder}/*.csv")[0] == ["a", "b"]
    assert batch(f"{folder}/**/*.jsonl.gz", f"{folder}/[cd].*")[0] == ["d", "f", "g"]
    found, err = batch(f"{folder}/*.ndjson", folder / "a.csv")
    assert found == ["a", "b"]
    assert "cohort/*.ndjson: no file matches this pattern" in err


def test_the_table_of_a_run_is_not_read_by_the_next_run_into_it(batch, tmp_path):
    (tmp_path / "a.csv").write_bytes(TABLE)
    first, second = batch(f"{tmp_path}/*.csv")[0], batch(f"{tmp_path}/*.csv")[0]
    assert first == second == ["a", "b"]
    assert batch(tmp_path)[0] == ["a", "b"]


def test_a_folder_without_cases_is_said(batch, tmp_path):
    (tmp_path / "empty").mkdir()
    assert "empty: the folder holds no case file" in batch(tmp_path / "empty")[1]


@pytest.mark.parametrize("content", [TABLE, LINES, b"id: a\n", b'{"id":\n"a"}'])
def test_standard_input_is_read_by_its_first_line(batch, monkeypatch, content):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    found, err = batch("-")
    assert found == {TABLE: ["a", "b"], LINES: ["d"]}.get(content, ["a"])
    assert ("standard input:" in err) == (content in (TABLE, LINES))


def test_compressed_standard_input_is_said(batch, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(gzip.compress(TABLE, mtime=0))))
    assert "it looks packed" in batch("-", "--input-format", "csv")[1]


@pytest.mark.parametrize("few", [0, 300])
def test_an_id_is_unique_over_sources_of_every_form(batch, tmp_path, folder, monkeypatch, few):
    monkeypatch.setattr("triage.bulk.cohort.FEW", few)
    (tmp_path / "first.yaml").write_text("id: b\nfacts: {}\n")
    (tmp_path / "last.yaml").write_text("- {id: a, facts: {}}\n- {id: z, facts: {}}\n")
    found, err = batch(tmp_path / "first.yaml", folder / "a.csv", tmp_path / "last.yaml")
    assert found == ["b", "a", "z"]
    assert f"{folder}/a.csv:3: case b: the id `b` is taken by {tmp_path}/first.yaml:1" in err
    assert f"{tmp_path}/last.yaml:1: case a: the id `a` is taken by {folder}/a.csv:2" in err


def test_a_person_of_a_parquet_file_is_held_to_the_same_as_elsewhere(batch, tmp_path):
    people = ["p-1", " p-1 ", "", None, "\x1b[31m", "two\nlines", "x" * 20_000]
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE t (case_id VARCHAR, person VARCHAR, fell_off BOOLEAN)")
        connection.executemany(
            "INSERT INTO t VALUES (?, ?, true)", [[f"c{at}", one] for at, one in enumerate(people)]
        )
        connection.execute(f"COPY t TO '{tmp_path}/people.parquet'")
        connection.execute(f"COPY (SELECT case_id, [1] AS person FROM t) TO '{tmp_path}/lists.parquet'")
    found, said = batch(tmp_path / "people.parquet")
    assert found == ["c0", "c1", "c2", "c3"]
    assert said.count("`person`: ") == 3 and "\x1b" not in said
    assert "column `person` has the type INTEGER[]" in batch(tmp_path / "lists.parquet")[1]
