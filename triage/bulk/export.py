"""The statement for those who run it elsewhere, with what each column means: for DuckDB, or for Spark."""

from __future__ import annotations

from collections.abc import Callable

from triage.bulk.assessment.statement import Detail, statement
from triage.bulk.extra import spark_module
from triage.bulk.sql.columns import CASE_ID, answer_columns
from triage.bulk.sql.program import quoted
from triage.models import KnowledgeBase

HEADER = """-- {title} {version}, rules {hash}
-- What follows from every case of the table {table}. For education, visit preparation and research; not a device.
--
-- The table has one row per case: {id} and the columns below, NULL where an answer is unknown. A column it lacks
-- has to be added as NULL. Numbers are in the unit that the name of the column tells.
-- Truths are 0 (false), 1 (unknown) and 3 (true); & is and, | is or, 3 >> x is not.
--
-- Where you name the column {leading} of the result, write it in these quotes: the word is SQL's own.
"""
PLANNING = {
    "duckdb": """
-- The statement is written as it should run: an optimizer would take minutes over its thousands of columns.
-- `PRAGMA enable_optimizer;` switches it on again for what comes after.
PRAGMA disable_optimizer;
""",
    "spark": """
-- The statement is written as it should run. Spark's optimizer may take hours over its thousands of columns:
-- `triage batch --engine spark` gives it one layer after the other.
""",
}
"""what stands before the statement, by dialect"""


def exported(
    kb: KnowledgeBase, dialect: str = "duckdb", detail: Detail = "summary", table: str = "cases"
) -> str:
    """The commented statement over ``table``, in the SQL of ``duckdb`` or ``spark``."""
    columns = answer_columns(kb)
    sql = statement(kb, table, columns, detail, notes=dialect == "duckdb")
    if dialect == "spark":
        sql = _translator()(sql)
    head = HEADER.format(
        title=kb.title.title,
        version=kb.title.version,
        hash=kb.content_hash,
        table=table,
        id=CASE_ID,
        leading="`leading`" if dialect == "spark" else '"leading"',
    )
    names = {CASE_ID: "VARCHAR"} | columns
    listed = "".join(f"--   {quoted(name)} {type}\n" for name, type in names.items())
    return f"{head}--\n{listed}{PLANNING[dialect]}\n{sql};\n"


def _translator() -> Callable[[str], str]:
    """``to_spark``."""
    found: Callable[[str], str] = spark_module("spark", "sqlglot").to_spark
    return found
