"""The table that a cohort becomes: its cells in each form, and counts over it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import duckdb

from triage.bulk.assessment.statement import ASSESSMENT, Detail, result_columns
from triage.bulk.assessment.summary import LISTS
from triage.bulk.sql.columns import CASE_ID, PERSON
from triage.bulk.sql.database import literal, one_file, parquet, rows, run
from triage.bulk.sql.program import quoted

TableForm = Literal["csv", "jsonl", "parquet"]


def copied(connection: duckdb.DuckDBPyConnection, sql: str, out: Path, form: TableForm) -> int:
    """Writes what a query gives; the number of rows."""
    options = {"csv": "FORMAT csv, HEADER", "jsonl": "FORMAT json", "parquet": "FORMAT parquet"}[form]
    # The caller puts the file in its place; no second file beside it.
    done = run(connection, f"COPY ({sql}) TO {literal(str(out))} ({options}, USE_TMP_FILE false)").fetchone()
    return int(done[0]) if done else 0


def cells(detail: Detail, form: TableForm) -> list[str]:
    """The columns of the table as its form holds them; in CSV lists are joined with ; and no cell is a formula."""
    names = [CASE_ID, PERSON, *result_columns(detail)]
    if form != "csv":
        return [quoted(name) for name in names]
    made = []
    for name in names:
        column = quoted(name)
        if name in (CASE_ID, PERSON):
            number = f"regexp_full_match({column}, '[-+]?[0-9]+([.][0-9]+)?')"
            risky = f"regexp_matches({column}, '^[-=+@\\t\\r]') AND NOT {number}"
            column = f"CASE WHEN {risky} THEN '''' || {column} ELSE {column} END"
        elif name in LISTS:
            column = f"nullif(array_to_string({column}, '; '), '')"
        elif name == "treatments_withheld":
            column = f"CASE WHEN {column} THEN 'yes' ELSE 'no' END"
        elif name == ASSESSMENT:
            column = f"CAST(to_json({column}) AS VARCHAR)"
        made.append(f"{column} AS {quoted(name)}")
    return made


Tallies = tuple[list[dict[str, Any]], dict[str, int]]


def tallies(connection: duckdb.DuckDBPyConnection, out: Path, form: TableForm) -> Tallies:
    """Groups of equal rows of a written table with their number (``times``), and how often each finding is pending."""
    path = one_file(out)
    source = {
        "csv": f"read_csv({path}, header = true, all_varchar = true)",
        "jsonl": f"read_json({path}, format = 'newline_delimited')",
        "parquet": parquet(out),
    }[form]
    names = (
        "urgency",
        "urgency_could_become",
        "nerve_modality",
        "nerve_modality_of",
        "leading",
        "leading_grades",
        "urgency_because",
    )
    columns = ", ".join(map(quoted, names))
    groups = rows(connection, f"SELECT {columns}, count(*) AS times FROM {source} GROUP BY ALL ORDER BY ALL")
    listed = "string_split(pending, '; ')" if form == "csv" else "CAST(pending AS VARCHAR[])"
    counted = f"SELECT unnest({listed}) AS name FROM {source} WHERE pending IS NOT NULL"
    found = rows(
        connection, f"SELECT name, count(*) AS times FROM ({counted}) WHERE name <> '' GROUP BY 1 ORDER BY 1"
    )
    return groups, {row["name"]: row["times"] for row in found}
