"""``assess_table``: a whole table of typed columns assessed at once."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import duckdb

from triage.bulk.assessment.statement import Detail, result_columns, statement
from triage.bulk.cases.intake import ROW, Intake, intake
from triage.bulk.sql.columns import CASE_ID
from triage.bulk.sql.database import connect, described, parquet, rows, run, stoppable
from triage.bulk.sql.program import quoted
from triage.errors import CaseError, InputError, Place, Problems, TriageError, UsageError
from triage.models import KnowledgeBase

SHOWN = 20
"""how many rows that cannot be used are named"""
TABLE = Place("table")
CLOSE = 0.8
"""how alike the name of a column and of a finding are, from 0 to 1, for the one to be taken for a slip of the other"""


def assess_table(kb: KnowledgeBase, table: Any, *, detail: Detail = "summary") -> duckdb.DuckDBPyRelation:
    """What follows from every case of a table: its rows in their order, as a DuckDB relation.

    ``table`` is a DuckDB relation, an Arrow table, a pandas or polars data frame, or a mapping of numpy arrays. It has
    one row per case: ``case_id`` and a column per finding, named as in ``rules/findings/``, in the unit of the
    finding: yes_no BOOLEAN, number any number, one_of text. An any_of finding has a BOOLEAN column per choice
    (``finding.choice``), or one column with a list or with text such as ``one; two; no_others``. A number known roughly
    has its ends in ``finding.least`` and ``finding.most``. NULL means unknown, and so does a finding without a column.
    Columns that are no finding are kept; Python warns of one whose name is close to a finding's.

    ``summary`` gives flat columns (urgency, nerves, leading disorders, ...; lists for what may be several), ``full``
    adds ``assessment``, the nested ``Assessment``. Both agree with ``assess`` on every row.

    Raises ``Problems`` for a column whose type or choice does not fit its finding, for values out of range, NaN or
    infinite, for answers that contradict each other, and for ids that are missing or given twice.
    """
    if detail not in ("summary", "full"):
        raise UsageError(f"unknown detail `{detail}`", hint="write summary or full")
    connection = connect()
    with (
        stoppable(),
        tempfile.TemporaryDirectory(prefix="triage-") as scratch,
        _source(connection, table, Path(scratch)) as source,
    ):
        types = described(connection, source)
        found = intake(kb, types, TABLE)
        _refuse_clashes(found, detail)
        _warn_of_names(found)
        _refuse_rows(connection, found, source)
        sql = statement(kb, found.typed(source), found.given, detail, keep=found.kept)
        run(connection, f"CREATE TABLE assessed AS {sql}")
    return connection.table("assessed")


@contextmanager
def _source(connection: duckdb.DuckDBPyConnection, table: Any, scratch: Path) -> Iterator[str]:
    """The table under a name in ``connection``."""
    if isinstance(table, duckdb.DuckDBPyRelation):
        # A relation belongs to a connection of its own, and Parquet is how it gets into this one unchanged.
        path = scratch / "table.parquet"
        table.write_parquet(str(path))
        yield parquet(path)
        return
    try:
        connection.register("cases", table)
    except (duckdb.Error, TypeError, AttributeError) as error:
        kinds = "a DuckDB relation, an Arrow table or a data frame"
        raise UsageError(
            f"a table cannot be read from `{type(table).__name__}`", hint=f"give {kinds}"
        ) from error
    yield "cases"
    connection.unregister("cases")


def _refuse_clashes(found: Intake, detail: Detail) -> None:
    results = {name.lower() for name in result_columns(detail)}
    clashes = [name for name in found.kept if name.lower() in results]
    if clashes:
        message = f"the column `{clashes[0]}` has the name of a column of the result"
        raise InputError(message, place=TABLE, hint="rename it")


def _warn_of_names(found: Intake) -> None:
    """Warns of columns that are kept and may have been meant as findings: nobody would miss their answers."""
    names = [*found.kb.findings, *found.kb.former]
    for column in found.kept:
        word = column.lower()
        unit_left_out = [name for name in names if name.rpartition("_")[0] == word]
        close = unit_left_out or get_close_matches(word, names, n=1, cutoff=CLOSE)
        if close:
            message = f"the column `{column}` is no finding and is kept as it is; did you mean `{close[0]}`?"
            warnings.warn(message, stacklevel=3)


def _refuse_rows(connection: duckdb.DuckDBPyConnection, found: Intake, source: str) -> None:
    """Raises ``Problems`` for rows that are no case."""
    problems: list[TriageError] = []
    numbered = f"(SELECT *, row_number() OVER () AS {quoted(ROW)} FROM {source}) AS numbered"
    bad = rows(connection, f"{found.faulty(numbered, quoted(ROW))} ORDER BY {quoted(ROW)} LIMIT {SHOWN}")
    for row in bad:
        try:
            found.case(row)
        except Problems as faults:
            problems += faults.problems
        else:
            problems.append(CaseError("cannot be used", place=Place(TABLE.path, row[ROW])))
    twice = (
        f"SELECT {found.columns[CASE_ID]} AS id, count(*) AS times FROM {source} WHERE {quoted(CASE_ID)} IS NOT NULL"
        f" GROUP BY 1 HAVING count(*) > 1 ORDER BY 1 LIMIT {SHOWN}"
    )
    for row in rows(connection, twice):
        message = f"the id `{row['id']}` is given to {row['times']} rows"
        problems.append(CaseError(message, place=TABLE, hint="give every case an id of its own"))
    if problems:
        raise Problems(problems)
