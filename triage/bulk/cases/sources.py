"""The sources of a cohort as the statement reads them, and how a source of text becomes one.

Its records are staged as plain lines, typed by one statement into a file of Parquet, and those that only the reader
can tell are read by it; what it takes after all stands in a second file, and both are read in the order of lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from triage.bulk.cases.intake import ROW
from triage.bulk.cases.json_texts import line_texts
from triage.bulk.cases.staging import Cells, Reader, Stage, Staged
from triage.bulk.cases.texts import EXTRA, NOT_KNOWN, NOTES, ODD_ROW, Texts, table_texts
from triage.bulk.sql.columns import CASE_ID, PERSON, answer_columns
from triage.bulk.sql.database import CaseWriter, literal, parquet, run, staged
from triage.bulk.sql.program import quoted
from triage.cases import Reject, notes
from triage.cases.raw import RawCase
from triage.cases.readers import judged
from triage.cases.streams import Line
from triage.errors import Place
from triage.models import Case, KnowledgeBase

OnNote = Callable[[Case, str], None]
NOTED = 20
"""rows whose notes are told; the others are counted"""
_GROUP = 16_384
"""rows of a file that are held in memory at once, with their thousand columns"""
_AT_ONCE = 4096


@dataclass
class Part:
    """One source, or several that Python has read: its columns, and the SQL that reads it."""

    columns: set[str]
    sql: str
    ids: str
    """the SQL of its ids with their rows; none for cases that Python has read"""
    place: Place
    not_known: str = ""
    """the column with the findings that were asked and are not known, if it has one"""


def ids_of(sql: str) -> str:
    """The SQL of the ids of a source with their rows."""
    return f"SELECT {quoted(CASE_ID)} AS id, {quoted(ROW)} AS row FROM {sql}"


class TextSource:
    """A source of text on its way to a ``Part``."""

    def __init__(self, kb: KnowledgeBase, connection: duckdb.DuckDBPyConnection, base: Path) -> None:
        self.kb = kb
        self.connection = connection
        self.base = base
        self.typed = base.with_suffix(".parquet")
        self.part: Part | None = None
        self.count = 0
        """cases"""
        self.more_notes = 0
        """notes that were not told"""

    def take(
        self,
        stage: Stage,
        lines: Iterator[Line],
        name: str,
        on_note: OnNote | None,
        *,
        few: int,
        not_known: bool,
    ) -> Iterator[RawCase | Reject]:
        """Reads the source; gives what is no case, in the order of lines.

        A source of ``few`` records or less becomes no part: its cases come out, as they are read sooner one by one
        than a statement is planned. Raises what broke the source off, after all that came before it.
        """
        with Staged(self.base) as kept:
            reader = stage(self.kb, lines, name, kept)
        if isinstance(reader, Reject):
            yield reader
        elif 0 < kept.count <= few:
            yield from filter(None, map(reader.read, kept.again(kept.lines())))
        elif kept.count:
            texts, source = self._texts(reader, kept.sql(reader.names))
            self._type(texts, source, not_known)
            yield from self._judge(texts, reader, kept, name, on_note)
        elif kept.broken is None:
            yield reader.nothing()
        kept.remove()
        if kept.broken is not None:
            raise kept.broken

    def _texts(self, reader: Reader, source: str) -> tuple[Texts, str]:
        if isinstance(reader, Cells):
            return table_texts(self.kb, reader), source
        return line_texts(self.kb, self.connection, source)

    def _type(self, texts: Texts, source: str, not_known: bool) -> None:
        sql = texts.sql(source, not_known=not_known)
        target = literal(str(self.typed))
        run(self.connection, f"COPY ({sql}) TO {target} (FORMAT parquet, ROW_GROUP_SIZE {_GROUP})")

    def _judge(
        self, texts: Texts, reader: Reader, kept: Staged, name: str, on_note: OnNote | None
    ) -> Iterator[Reject]:
        read = parquet(self.typed)
        good, noted = self._totals(read)
        writer = CaseWriter(self.base.with_suffix(".judged"))
        taken = told = 0
        odd: dict[int, bool] = {}
        for record in kept.again(_remembered(self._wanted(read), odd)):
            judge = odd.pop(record.line, True)
            raw = reader.read(record)
            case = judged(self.kb, raw) if raw is not None and not isinstance(raw, Reject) else raw
            if isinstance(case, Reject):
                yield case
            if not isinstance(case, Case):
                continue
            for text in notes(self.kb, case):
                told += not judge
                if on_note is not None:
                    on_note(case, text)
            if judge:
                taken += 1
                writer.write(case, **{ROW: record.line, NOT_KNOWN: " ".join(sorted(case.not_known)) or None})
        writer.close()
        self.count = good + taken
        self.more_notes = noted - told
        self.part = self._part(texts, read, writer if taken else None, name)

    def _totals(self, read: str) -> tuple[int, int]:
        """How many rows are surely cases, and how many notes there are on them."""
        sql = f"SELECT count(*), sum({quoted(NOTES)}) FROM {read} WHERE NOT {quoted(ODD_ROW)}"
        count, noted = self.connection.execute(sql).fetchone() or (0, 0)
        return count, int(noted or 0)

    def _wanted(self, read: str) -> Iterator[tuple[int, bool]]:
        """The rows that the reader must see, with whether it must tell what they are."""
        row, odd = quoted(ROW), quoted(ODD_ROW)
        noted = f"SELECT {row}, {odd} FROM {read} WHERE NOT {odd} AND {quoted(NOTES)} > 0 ORDER BY {row} LIMIT {NOTED}"
        sql = f"SELECT {row}, {odd} FROM {read} WHERE {odd} UNION ALL ({noted}) ORDER BY {row}"
        # A cursor of its own: while it is read, other statements run.
        cursor = self.connection.cursor().execute(sql)
        while found := cursor.fetchmany(_AT_ONCE):
            yield from found

    def _part(self, texts: Texts, read: str, writer: CaseWriter | None, name: str) -> Part:
        columns = set(texts.columns)
        sql = f"(SELECT * FROM {read} WHERE NOT {quoted(ODD_ROW)})"
        if writer is not None:
            columns |= writer.columns & {PERSON, *answer_columns(self.kb)}
            types = {CASE_ID: "VARCHAR", PERSON: "VARCHAR", **answer_columns(self.kb)}
            types = {column: type for column, type in types.items() if column in columns}
            types |= {column: EXTRA[column] for column in (ROW, NOT_KNOWN)}
            judged_cases = staged(self.kb, writer.path, writer.columns, EXTRA)
            both = (
                f"SELECT {_columns(types, {*texts.columns, *EXTRA})} FROM {sql} AS taken UNION ALL"
                f" SELECT {_columns(types, writer.columns)} FROM {judged_cases} AS judged"
            )
            sql = f"(SELECT * FROM ({both}) AS rows ORDER BY {quoted(ROW)})"
        return Part(columns - set(EXTRA), sql, ids_of(sql), Place(name), NOT_KNOWN)


def _columns(types: dict[str, str], present: set[str]) -> str:
    return ", ".join(
        quoted(name) if name in present else f"CAST(NULL AS {type}) AS {quoted(name)}"
        for name, type in types.items()
    )


def _remembered(rows: Iterator[tuple[int, bool]], odd: dict[int, bool]) -> Iterator[int]:
    """The lines of the rows; ``odd`` keeps what is said of each until it is asked for."""
    for line, judge in rows:
        odd[line] = judge
        yield line
