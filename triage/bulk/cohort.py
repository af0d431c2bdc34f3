"""A cohort: cases from many sources into one table, in their order, however many there are.

CSV and JSON Lines become typed columns on disk; Parquet is read as it is; cases of other files are kept as JSON Lines.
At the end one statement reads all of it and writes the result.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from triage.bulk.assessment.statement import Detail, statement
from triage.bulk.cases.intake import ROW, Intake, intake
from triage.bulk.cases.sources import OnNote, Part, TextSource, ids_of
from triage.bulk.cases.staging import STAGES
from triage.bulk.sql.columns import CASE_ID, PERSON, answer_columns, given_columns
from triage.bulk.sql.database import CaseWriter, connect, described, parquet, rows, staged
from triage.bulk.sql.program import quoted
from triage.bulk.written import TableForm, cells, copied
from triage.cases import Reject
from triage.cases.raw import RawCase, id_taken, reject
from triage.cases.readers import LineForm
from triage.cases.streams import Line
from triage.errors import CaseError, InputError, OutputError, Place, Problems
from triage.models import Case, KnowledgeBase
from triage.models.case import Expected

OTHERS = (
    PERSON,
    "answered_by",
    "note",
    *(f"expected.{name}" for name in Expected.model_fields),
    "source.ref",
    "source.at",
)
"""columns of a table of cases that are no findings"""
FEW = 300
OnProgress = Callable[[float], None]
_PAUSE = 0.5


class Cohort:
    """The cases of one run."""

    def __init__(
        self,
        kb: KnowledgeBase,
        scratch: Path,
        *,
        detail: Detail = "summary",
        memory: str | None = None,
        threads: int | None = None,
    ) -> None:
        self.kb = kb
        self.detail = detail
        self.scratch = scratch
        self.connection = connect(memory, threads, scratch)
        self.connection.execute("CREATE TABLE refused (part INTEGER, row BIGINT, id VARCHAR)")
        self.parts: list[Part] = []
        self.count = 0
        """cases that are to be assessed"""
        self.counts_not_known = False
        """whether ``answered`` will be asked for"""
        self.few = FEW
        """records of a source of text that are read one by one"""
        self.places: dict[str, Place] = {}
        """where the cases stand that Python has read, by id"""
        self.more_notes = 0
        """notes on cases that nobody was told"""
        self._sources = 0
        self._writer: CaseWriter | None = None
        self._stamps: dict[Path, tuple[int, int]] = {}

    def take(self, case: Case) -> None:
        """Keeps a case for the statement at the end."""
        if self._writer is None:
            self._writer = CaseWriter(self.scratch / f"cases-{len(self.parts)}.jsonl")
        self._writer.write(case)
        self.count += 1

    def settle(self) -> None:
        """Closes the group of cases taken so far, so that what comes next stands behind them."""
        if self._writer is not None:
            self._writer.close()
            sql = f"(SELECT * FROM {staged(self.kb, self._writer.path, self._writer.columns)})"
            self.parts.append(Part(self._writer.columns, sql, "", Place()))
            self._writer = None

    def take_lines(
        self, form: LineForm, lines: Iterator[Line], name: str, on_note: OnNote | None = None
    ) -> Iterator[RawCase | Reject]:
        """Adds a source of CSV or JSON Lines; gives what is no case, with its reasons.

        The cases of a source of ``few`` records come out instead, to be read and given to ``take``.
        """
        self._sources += 1
        source = TextSource(self.kb, self.connection, self.scratch / f"source-{self._sources}")
        taken = source.take(STAGES[form], lines, name, on_note, few=self.few, not_known=self.counts_not_known)
        try:
            yield from taken
        except duckdb.Error as error:
            raise OutputError(f"cannot be read: {first_line(error)}", place=Place(name)) from None
        finally:
            if source.part is not None:
                self.settle()
                self.parts.append(source.part)
                self.count += source.count
                self.more_notes += source.more_notes

    def take_parquet(self, path: Path) -> Iterator[Reject]:
        """Adds a Parquet file; gives the rows that are no case, each with its reasons."""
        self.settle()
        self._stamps[path] = stamp(path)
        source = parquet(path, "file_row_number = true")
        place = Place(str(path))
        try:
            types = described(self.connection, source)
            types.pop("file_row_number", None)
            found = intake(self.kb, types, place, others=OTHERS)
        except duckdb.Error as error:
            message = f"cannot be read as Parquet: {first_line(error)}"
            yield reject(str(path), InputError(message, place=place), whole=True)
            return
        except Problems as problems:
            yield Reject(str(path), 0, "", tuple(problems.problems), whole=True, rows=self._rows_in(source))
            return
        number, count = len(self.parts), self._rows_in(source)
        if not count:
            yield reject(str(path), InputError("has columns and no case", place=place), whole=True, rows=0)
            return
        self.count += count
        for bad in self._refused(found, source):
            self.count -= 1
            yield bad
        row = "file_row_number + 1"
        typed = found.typed(source, row)
        kept = f"{quoted(ROW)} NOT IN (SELECT row FROM refused WHERE part = {number})"
        sql = (
            f"(SELECT * FROM {typed} WHERE {kept})"
            if self._any_refused(number)
            else f"(SELECT * FROM {typed})"
        )
        columns = {*found.columns, *(name for name in found.kept if name == PERSON)}
        self.parts.append(Part(columns, sql, ids_of(sql), place))

    def _rows_in(self, source: str) -> int:
        counted = self.connection.execute(f"SELECT count(*) FROM {source}").fetchone()
        return counted[0] if counted else 0

    def _refused(self, found: Intake, source: str) -> Iterator[Reject]:
        number = len(self.parts)
        try:
            bad = rows(
                self.connection, f"{found.faulty(source, 'file_row_number + 1')} ORDER BY {quoted(ROW)}"
            )
        except duckdb.Error as error:
            raise InputError(f"cannot be read: {first_line(error)}", place=found.place) from None
        for row in bad:
            self._refuse(number, row[ROW])
            id = row.get(f"as given {CASE_ID}")
            try:
                found.case(row)
            except Problems as faults:
                yield Reject(found.place.path, row[ROW], str(id or "")[:200], tuple(faults.problems))
            else:
                message = CaseError("cannot be used", place=Place(found.place.path, row[ROW]))
                yield Reject(found.place.path, row[ROW], str(id or "")[:200], (message,))

    def _refuse(self, part: int, row: int) -> None:
        self.connection.execute("INSERT INTO refused VALUES (?, ?, NULL)", [part, row])

    def _any_refused(self, part: int) -> bool:
        found = self.connection.execute("SELECT count(*) FROM refused WHERE part = ?", [part]).fetchone()
        return found is not None and found[0] > 0

    def twice(self) -> Iterator[Reject]:
        """Rejects the rows of tables whose id an earlier row has; call it when all sources are added."""
        self.settle()
        if not any(part.ids for part in self.parts):
            return
        listed = []
        for number, part in enumerate(self.parts):
            ids = part.ids or f"SELECT {quoted(CASE_ID)} AS id, 0 AS row FROM {part.sql}"
            listed.append(f"SELECT {number} AS part, id, row FROM ({ids})")
        everything = " UNION ALL ".join(listed)
        again = f"SELECT id FROM ({everything}) GROUP BY id HAVING count(*) > 1"
        found = rows(
            self.connection,
            f"SELECT part, id, row FROM ({everything}) WHERE id IN ({again}) ORDER BY part, row",
        )
        first: dict[str, Place] = {}
        touched: set[int] = set()
        for row in found:
            part = self.parts[row["part"]]
            here = Place(part.place.path, row["row"]) if part.ids else self.places.get(row["id"], Place())
            if row["id"] not in first:
                first[row["id"]] = here
                continue
            touched.add(row["part"])
            self.count -= 1
            self.connection.execute(
                "INSERT INTO refused VALUES (?, ?, ?)", [row["part"], row["row"], row["id"]]
            )
            problem = id_taken(row["id"], here, first[row["id"]])
            yield Reject(part.place.path, row["row"], row["id"], (problem,))
        for number in touched:
            self._leave_out(number)

    def _leave_out(self, number: int) -> None:
        part = self.parts[number]
        column, value = (quoted(ROW), "row") if part.ids else (quoted(CASE_ID), "id")
        refused = f"SELECT {value} FROM refused WHERE part = {number} AND {value} IS NOT NULL"
        part.sql = f"(SELECT * FROM {part.sql} WHERE {column} NOT IN ({refused}))"

    def write(self, out: Path, form: TableForm, on_progress: OnProgress | None = None) -> int:
        """Assesses everything and writes the table; the number of cases.

        Raises ``InputError`` for a source that changed meanwhile, ``OutputError`` for what cannot be written.
        """
        self.settle()
        try:
            with self._watched(on_progress):
                done = copied(self.connection, self.sql(form), out, form)
        except duckdb.OutOfMemoryException as error:
            hint = "give more with `--memory`, or free the disk of temporary files"
            raise OutputError(f"not enough memory: {first_line(error)}", hint=hint) from None
        except duckdb.Error as error:
            raise self._fault(error, out) from None
        self.unchanged()
        return done

    def not_known(self) -> dict[str, int]:
        """By finding: in how many rows of tables it was asked and is not known; of Parquet nobody knows."""
        found: Counter[str] = Counter()
        for part in self.parts:
            if part.not_known:
                split = f"SELECT unnest(string_split({quoted(part.not_known)}, ' ')) AS name FROM {part.sql}"
                counted = rows(self.connection, f"SELECT name, count(*) AS times FROM ({split}) GROUP BY 1")
                found.update({row["name"]: row["times"] for row in counted})
        return dict(found)

    def answered(self) -> dict[str, int]:
        """By finding: in how many rows of tables it is answered."""
        found: dict[str, int] = {}
        for part in self.parts:
            if not part.ids:
                continue
            by_finding: dict[str, list[str]] = {}
            for column in given_columns(self.kb, part.columns):
                by_finding.setdefault(column.partition(".")[0], []).append(f"{quoted(column)} IS NOT NULL")
            counts = [
                f"count_if({' OR '.join(tests)}) AS {quoted(name)}" for name, tests in by_finding.items()
            ]
            if counts:
                (row,) = rows(self.connection, f"SELECT {', '.join(counts)} FROM {part.sql}")
                found = {name: found.get(name, 0) + int(times or 0) for name, times in row.items()} | {
                    name: times for name, times in found.items() if name not in row
                }
        return {name: times for name, times in found.items() if times}

    def sql(self, form: TableForm) -> str:
        """The statement that gives the table as it is written."""
        source, given = self.source()
        found = statement(self.kb, source, given, self.detail, keep=[PERSON])
        return f"SELECT {', '.join(cells(self.detail, form))} FROM (\n{found}\n) AS assessed"

    def source(self) -> tuple[str, list[str]]:
        """The SQL of all cases in their order, and the columns of answers that they have."""
        present = {column for part in self.parts for column in part.columns}
        columns = {CASE_ID: "VARCHAR", PERSON: "VARCHAR"} | {
            name: type for name, type in answer_columns(self.kb).items() if name in present
        }
        selects = []
        for part in self.parts:
            names = [
                quoted(name) if name in part.columns else f"CAST(NULL AS {type}) AS {quoted(name)}"
                for name, type in columns.items()
            ]
            selects.append(f"SELECT {', '.join(names)} FROM {part.sql}")
        nothing = ", ".join(f"CAST(NULL AS {type}) AS {quoted(name)}" for name, type in columns.items())
        together = " UNION ALL ".join(selects) or f"SELECT {nothing} LIMIT 0"
        return f"({together}) AS cases", given_columns(self.kb, present)

    def _fault(self, error: duckdb.Error, out: Path) -> InputError | OutputError:
        message = first_line(error)
        for part in self.parts:
            if part.place.path and part.place.path in message:
                return InputError(f"cannot be read: {message}", place=part.place)
        self.unchanged()
        return OutputError(f"cannot be written: {message}", place=Place(str(out)), hint="nothing was written")

    def unchanged(self) -> None:
        """Raises ``InputError`` for a file that is not what it was when the run began."""
        for path, before in self._stamps.items():
            if stamp(path) != before:
                raise InputError("changed while it was read", place=Place(str(path)), hint="run it again")

    @contextmanager
    def _watched(self, on_progress: OnProgress | None) -> Iterator[None]:
        """Tells how far the statement is, from 0 to 1, while it runs."""
        if on_progress is None:
            yield
            return
        over = threading.Event()

        def watch() -> None:
            while not over.wait(_PAUSE):
                on_progress(max(0.0, self.connection.query_progress()) / 100)

        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        try:
            yield
        finally:
            over.set()
            watcher.join()


def stamp(path: Path) -> tuple[int, int]:
    """What tells a file from its later self: size and time of change.

    Raises ``InputError``.
    """
    try:
        found = path.stat()
    except FileNotFoundError:
        raise InputError("no such file", place=Place(str(path)), hint="check the path") from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", place=Place(str(path))) from None
    return found.st_size, found.st_mtime_ns


def first_line(error: Exception) -> str:
    """What an error of the database says, on one line."""
    return str(error).strip().split("\n")[0]
