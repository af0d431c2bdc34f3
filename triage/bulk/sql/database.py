"""The database: how it is set up for statements of thousands of columns, and how cases come into it."""

from __future__ import annotations

import glob
import json
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from triage.bulk.sql.columns import CASE_ID, PERSON, answer_columns, cells_of
from triage.files import named
from triage.models import Case, KnowledgeBase

# The statement is written as it should run. Of the optimizer only what leaves out unread columns is of use; the
# rest takes twice as long as everything else and can make the statement slower.
_USEFUL = ("unused_columns",)
_INTERRUPTED = "Query interrupted"


def connect(
    memory: str | None = None, threads: int | None = None, scratch: Path | None = None
) -> duckdb.DuckDBPyConnection:
    """A database in memory that spills to ``scratch``."""
    connection = duckdb.connect()
    if memory is not None:
        connection.execute(f"SET memory_limit = '{memory}'")
    if threads is not None:
        connection.execute(f"SET threads = {threads}")
    if scratch is not None:
        connection.execute(f"SET temp_directory = {literal(str(scratch))}")
    return plain_planning(connection)


def plain_planning(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """The connection with an optimizer that leaves the statement as it is."""
    known = [name for (name,) in connection.execute("SELECT * FROM duckdb_optimizers()").fetchall()]
    names = ",".join(name for name in known if name not in _USEFUL)
    connection.execute(f"SET disabled_optimizers = '{names}'")
    return connection


def run(connection: duckdb.DuckDBPyConnection, sql: str) -> duckdb.DuckDBPyConnection:
    """Executes a statement that may be long; ``KeyboardInterrupt`` ends it at once.

    The main thread would look for an interrupt only between pieces of work, which can be minutes apart.
    """
    with ThreadPoolExecutor(1) as thread:
        running = thread.submit(connection.execute, sql)
        try:
            return running.result()
        except KeyboardInterrupt:
            connection.interrupt()
            raise


@contextmanager
def stoppable() -> Iterator[None]:
    """Raises ``KeyboardInterrupt`` where a short statement was interrupted, which DuckDB tells as its own error."""
    try:
        yield
    except RuntimeError as error:
        if str(error) != _INTERRUPTED:
            raise
        raise KeyboardInterrupt from None


class CaseWriter:
    """Cases written one by one as JSON Lines of typed columns; knows which columns occurred."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.columns: set[str] = {CASE_ID, PERSON}
        self._stream = path.open("w", encoding="utf-8")

    def write(self, case: Case, **extra: Any) -> None:
        """Appends a case, with columns of its own beside those of the engine."""
        cells: dict[str, Any] = {CASE_ID: case.id, **cells_of(case.facts), **extra}
        if case.person is not None:
            cells[PERSON] = case.person
        self.columns.update(cells)
        try:
            self._stream.write(json.dumps(cells) + "\n")
        except OSError as error:
            raise named(error, self.path) from None

    def close(self) -> None:
        """Ends the file."""
        try:
            self._stream.close()
        except OSError as error:
            raise named(error, self.path) from None


def staged(
    kb: KnowledgeBase, path: Path, present: Iterable[str], extra: Mapping[str, str] | None = None
) -> str:
    """The SQL that reads what a ``CaseWriter`` wrote, in its order; ``extra`` has the types of further columns."""
    types: Mapping[str, str] = {CASE_ID: "VARCHAR", PERSON: "VARCHAR", **answer_columns(kb), **(extra or {})}
    names = set(present) | {CASE_ID, PERSON}
    columns = ", ".join(f"{literal(name)}: '{type}'" for name, type in types.items() if name in names)
    return f"read_json({one_file(path)}, format = 'newline_delimited', columns = {{{columns}}})"


def parquet(path: Path, *options: str) -> str:
    """One Parquet file as a table: a name is no pattern, and folders named like ``age_years=3`` say nothing."""
    return f"read_parquet({', '.join((one_file(path), 'hive_partitioning = false', *options))})"


def one_file(path: Path) -> str:
    """The name of one file as SQL writes it; what would be a pattern in it stands for itself."""
    return literal(glob.escape(str(path)))


def literal(text: str) -> str:
    """Text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def described(connection: duckdb.DuckDBPyConnection, source: str) -> dict[str, str]:
    """The columns of a table with their types."""
    found = connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
    return {name: type for name, type, *_ in found}


def rows(connection: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    """The rows of a query by column."""
    found = run(connection, sql)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
