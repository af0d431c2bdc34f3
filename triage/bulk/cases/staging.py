"""Records of a source as plain lines on disk, which the database splits without guessing.

CSV has too many ways to write a cell for two readers to agree on all of them. So quotes are resolved here, by the
reader of ``triage.cases``, and the database gets cells between separators that stand in no cell. A line without
quotes, which is nearly every line, is passed on without being taken apart. What has no plain form (a broken line, a
cell over several lines) is kept aside, for that reader to judge in its turn.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Protocol

from triage.bulk.sql.database import literal, one_file
from triage.cases import Reject
from triage.cases.json_lines import json_case
from triage.cases.raw import RawCase, reject
from triage.cases.readers import LineForm
from triage.cases.streams import Line
from triage.cases.table import Columns, Record, header, records
from triage.errors import InputError, Place
from triage.files import named
from triage.models import KnowledgeBase

NUMBER = "triage line"
"""the number of the line that a record begins in, as a column of the staged file"""
BREAK = "\x1f"
_ENDS = {"\n": "LF", "\r\n": "CR LF", "\r": "CR", "": ""}
_END_OF = {name: end for end, name in _ENDS.items()}
_NEVER_PLAIN = ("\n", "\r", "\x00", BREAK)
_LONGEST = 131_072
"""longer cells are refused by Python's reader of CSV"""


class Reader(Protocol):
    """How the records of one source are read."""

    @property
    def names(self) -> list[str]:
        """The columns of the staged file."""
        ...

    def read(self, record: Record) -> RawCase | Reject | None:
        """A record as a case or as a reject; None if nothing stands in it."""
        ...

    def nothing(self) -> Reject:
        """The reject of a source without records."""
        ...


@dataclass(frozen=True, slots=True)
class Cells:
    """The reader of a table: a column by its number, as a name may be anything."""

    table: Columns

    @property
    def names(self) -> list[str]:
        """The columns of the staged file."""
        return [f"cell {number}" for number in range(len(self.table.targets))]

    def read(self, record: Record) -> RawCase | Reject | None:
        """A record as a case or as a reject; None if all its cells are empty."""
        return self.table.read(record)

    def nothing(self) -> Reject:
        """The reject of a table without records."""
        return self.table.nothing()


@dataclass(frozen=True, slots=True)
class WholeLines:
    """The reader of JSON Lines: the line and, apart, its end, which matters for the place of a mistake."""

    name: str

    @property
    def names(self) -> list[str]:
        """The columns of the staged file."""
        return ["line", "line end"]

    def read(self, record: Record) -> RawCase | Reject | None:
        """A line as a case or as a reject; None if it is blank."""
        text, end = record.cells
        return json_case(Line(record.line, text + _END_OF[end], record.problem), self.name)

    def nothing(self) -> Reject:
        """The reject of a file without lines."""
        return reject(self.name, InputError("is empty", place=Place(self.name)), whole=True, rows=0)


class Staged:
    """The records of one source, being written; a context that ends the files."""

    def __init__(self, base: Path) -> None:
        self.plain = base.with_suffix(".plain")
        self.aside = base.with_suffix(".aside")
        self.count = 0
        """records of either kind"""
        self.broken: Exception | None = None
        self._plain = self.plain.open("w", encoding="utf-8", newline="")
        self._aside = self.aside.open("w", encoding="utf-8")

    def __enter__(self) -> Staged:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for path, stream in ((self.plain, self._plain), (self.aside, self._aside)):
            try:
                stream.close()
            except OSError as fault:
                raise named(fault, path) from None

    @contextmanager
    def to_the_end(self) -> Iterator[None]:
        """Keeps what was read when a source breaks off; what broke it off waits in ``broken``."""
        try:
            yield
        except Exception as error:
            if isinstance(error, OSError) and error.filename is not None:
                raise  # of a file that is written here: the source is whole
            self.broken = error

    def take(self, number: int, cells: str) -> None:
        """Keeps a record of plain form: its cells between breaks."""
        try:
            self._plain.write(f"{number}{BREAK}{cells}\n")
        except OSError as error:
            raise named(error, self.plain) from None
        self.count += 1

    def put_aside(self, record: Record) -> None:
        """Keeps a record for the reader."""
        problem = record.problem
        told = problem and [problem.message, problem.hint, problem.place.path, problem.place.column]
        try:
            self._aside.write(json.dumps([record.line, record.cells, told]) + "\n")
        except OSError as error:
            raise named(error, self.aside) from None
        self.count += 1

    def remove(self) -> None:
        """Deletes the files."""
        self.plain.unlink()
        self.aside.unlink()

    def sql(self, names: Iterable[str]) -> str:
        """The SQL that reads the plain records as columns of text."""
        columns = {NUMBER: "BIGINT"} | dict.fromkeys(names, "VARCHAR")
        listed = ", ".join(f"{literal(name)}: '{type}'" for name, type in columns.items())
        return (
            f"read_csv({one_file(self.plain)}, columns = {{{listed}}}, delim = '{BREAK}', auto_detect = false,"
            " header = false, quote = '', escape = '', comment = '', nullstr = '', new_line = '\\n')"
        )

    def lines(self) -> Iterator[int]:
        """The lines of all plain records."""
        with self.plain.open(encoding="utf-8", newline="\n") as stream:
            for line in stream:
                yield int(line[: line.index(BREAK)])

    def again(self, wanted: Iterable[int]) -> Iterator[Record]:
        """The plain records of these lines, which rise, and all that were put aside, in the order of their lines."""
        return heapq.merge(self._wanted(wanted), self._kept_aside(), key=lambda record: record.line)

    def _wanted(self, wanted: Iterable[int]) -> Iterator[Record]:
        with self.plain.open(encoding="utf-8", newline="\n") as stream:
            for number in wanted:
                start = f"{number}{BREAK}"
                line = next(line for line in stream if line.startswith(start))
                yield Record(number, line[:-1].split(BREAK)[1:])

    def _kept_aside(self) -> Iterator[Record]:
        with self.aside.open(encoding="utf-8") as stream:
            for line in stream:
                number, cells, told = json.loads(line)
                problem = None
                if told is not None:
                    message, hint, path, column = told
                    problem = InputError(message, place=Place(path, number, column), hint=hint)
                yield Record(number, cells, problem)


def stage_table(kb: KnowledgeBase, lines: Iterator[Line], name: str, staged: Staged) -> Cells | Reject:
    """Writes the records of a CSV source; how they are read, or why the source cannot be."""
    breaks = -1  # no line has that few: until the header is judged, nothing is staged

    def takes(line: Line) -> bool:
        text = line.text.rstrip("\r\n")
        plain = '"' not in text and text.count(",") == breaks and _is_plain(text) and text.strip(", ") != ""
        if plain:
            staged.take(line.number, text.replace(",", BREAK))
        return plain

    rows = records(lines, name, takes)
    table = header(kb, rows, name)
    if isinstance(table, Reject):
        return table
    breaks = len(table.targets) - 1
    with staged.to_the_end():
        for row in rows:
            if (
                row.problem is None
                and len(row.cells) == len(table.targets)
                and all(map(_is_plain, row.cells))
            ):
                staged.take(row.line, BREAK.join(row.cells))
            else:
                staged.put_aside(row)
    return Cells(table)


def stage_lines(_: KnowledgeBase, lines: Iterator[Line], name: str, staged: Staged) -> WholeLines:
    """Writes the lines of JSON Lines; how they are read."""
    with staged.to_the_end():
        for line in lines:
            text = line.text.rstrip("\r\n")
            end = _ENDS.get(line.text[len(text) :])
            if line.problem is not None or end is None or not _is_plain(text, longest=len(text)):
                staged.put_aside(Record(line.number, [line.text, ""], line.problem))
            elif text.strip():
                staged.take(line.number, f"{text}{BREAK}{end}")
    return WholeLines(name)


def _is_plain(text: str, longest: int = _LONGEST) -> bool:
    return len(text) <= longest and not any(letter in text for letter in _NEVER_PLAIN)


Stage = Callable[[KnowledgeBase, Iterator[Line], str, Staged], Reader | Reject]
STAGES: Mapping[LineForm, Stage] = {"csv": stage_table, "jsonl": stage_lines}
