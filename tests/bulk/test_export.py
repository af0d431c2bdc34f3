"""``triage rules export --sql``: the statement runs elsewhere and gives what the program gives."""

from __future__ import annotations

import duckdb
import pytest

from tests.bulk.support import some_facts, write_cases
from triage.assessment import assemble, decide
from triage.bulk.export import exported
from triage.bulk.sql.columns import CASE_ID, PERSON, answer_columns
from triage.bulk.sql.database import staged
from triage.cli.main import run
from triage.cli.rows import SUMMARY, case_row
from triage.models import Assessment, Case

OPTIMIZER_OFF = "PRAGMA disable_optimizer;\n"


def table_of(connection, kb, folder, facts):
    """A table ``cases`` with every column, in a database that knows nothing of this program."""
    path = folder / "cases.jsonl"
    write_cases(path, (Case(id=str(number), facts=one) for number, one in enumerate(facts)))
    connection.execute(f"CREATE TABLE cases AS SELECT * FROM {staged(kb, path, answer_columns(kb))}")


def expected_rows(kb, facts):
    for number, one in enumerate(facts):
        assessment = assemble(kb, str(number), one, decide(kb, one))
        row = case_row(kb, Case(id=str(number), facts=one), assessment, full=False)
        yield {name: row[name] for name in SUMMARY if name != PERSON}


def test_the_exported_statement_runs_in_duckdb(toy, tmp_path):
    facts = some_facts(toy, 4, 60)
    connection = duckdb.connect()
    table_of(connection, toy, tmp_path, facts)
    found = connection.execute(exported(toy))
    names = [column[0] for column in found.description]
    assert [dict(zip(names, row, strict=True)) for row in found.fetchall()] == list(expected_rows(toy, facts))


def test_the_full_statement_gives_whole_assessments(toy, tmp_path):
    facts = some_facts(toy, 5, 30)
    connection = duckdb.connect()
    table_of(connection, toy, tmp_path, facts)
    head, text = exported(toy, detail="full").split(OPTIMIZER_OFF)
    connection.execute(head + OPTIMIZER_OFF)
    rows = connection.execute(f"SELECT assessment FROM ({text.rstrip().rstrip(';')})").fetchall()
    expected = [assemble(toy, str(number), one, decide(toy, one)) for number, one in enumerate(facts)]
    assert [Assessment.model_validate(row[0]) for row in rows] == expected


def test_the_statement_says_what_it_needs_and_what_it_does(toy):
    text = exported(toy, table="cohort")
    assert "-- What follows from every case of the table cohort." in text
    assert '--   "rider_age_years" DOUBLE\n' in text
    assert "-- chain_trouble.a: " in text
    assert "FROM cohort" in text


def test_the_file_switches_the_optimizer_off_that_would_take_minutes(toy, tmp_path):
    facts = some_facts(toy, 6, 3)
    connection = duckdb.connect()
    table_of(connection, toy, tmp_path, facts)
    plan = "EXPLAIN SELECT 1 + 1 AS two FROM cases WHERE case_id = '1'"
    before = connection.execute(plan).fetchall()
    connection.execute(exported(toy))
    assert connection.execute(plan).fetchall() != before, "not optimized"
    connection.execute("PRAGMA enable_optimizer")
    assert connection.execute(plan).fetchall() == before
    assert OPTIMIZER_OFF not in exported(toy, "spark")


def test_the_name_that_is_a_word_of_sql_can_be_used_as_the_file_says(toy, tmp_path):
    connection = duckdb.connect()
    table_of(connection, toy, tmp_path, [{}])
    head, text = exported(toy).split(OPTIMIZER_OFF)
    assert 'the column "leading"' in head
    connection.execute(f"CREATE TABLE assessed AS {text}")
    assert connection.execute('SELECT "leading" FROM assessed').fetchall() == [([],)]
    assert "the column `leading`" in exported(toy, "spark")


def test_the_command_writes_it(toy, tmp_path, capsys):
    from tests.support import TOY

    assert (
        run(["rules", "export", "--sql", "duckdb", "-o", str(tmp_path / "x.sql"), "--knowledge", str(TOY)])
        == 0
    )
    assert (tmp_path / "x.sql").read_text() == exported(toy)
    assert run(["rules", "export", "--sql", "spark", "--knowledge", str(TOY)]) == 0
    assert capsys.readouterr().out == exported(toy, "spark")


def test_the_statement_for_spark_is_spark(toy):
    sqlglot = pytest.importorskip("sqlglot")
    text = exported(toy, "spark")
    assert sqlglot.parse_one(text.split("\n\n", 1)[1].rstrip().rstrip(";"), read="spark") is not None
    assert "list_where" not in text.lower()
    assert f"`{CASE_ID}`" in text
