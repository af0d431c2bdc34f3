"""CSV as raw cases: the header is judged once, against the vocabulary; each further record becomes a case."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from triage.cases.hints import finding_hint
from triage.cases.raw import MAX_PROBLEMS, RawCase, Reject, reject
from triage.cases.streams import Line
from triage.cases.tokens import SEPARATOR
from triage.cases.wording import part_word, shown
from triage.errors import InputError, Place, TriageError, nearest
from triage.models import Expected, KnowledgeBase

CASE_ID = "case_id"
PLAIN = {CASE_ID: "id", "person": "person", "answered_by": "answered_by", "note": "note"}
LISTS = ("accept", "nerve_accept", "urgency_accept")
MAX_RECORD_LINES = 50
MAX_COUNTED = 100_000
"""records of a source that cannot be used are counted up to this number"""
Target = tuple[str, ...]
# Said of whatever goes wrong behind a line that leaves a quote open, so that what follows it changes nothing.
_OPEN = "a quote is opened and not closed"


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of one record and the line it begins in, or what is wrong with it."""

    line: int
    cells: list[str]
    problem: InputError | None = None


def table_cases(kb: KnowledgeBase, lines: Iterable[Line], name: str) -> Iterator[RawCase | Reject]:
    """The cases of a CSV source; a header that cannot be used is a reject of the whole source."""
    rows = records(lines, name)
    columns = header(kb, rows, name)
    if isinstance(columns, Reject):
        yield columns
        return
    seen = False
    for row in rows:
        seen = True
        found = columns.read(row)
        if found is not None:
            yield found
    if not seen:
        yield columns.nothing()


def header(kb: KnowledgeBase, rows: Iterator[Record], name: str) -> Columns | Reject:
    """What the first record says of the others, or why the source cannot be used."""
    first = next(rows, None)
    if first is None:
        return reject(name, InputError("is empty", place=Place(name)), whole=True, rows=0)
    if first.problem is not None:
        return reject(name, first.problem, whole=True)
    columns = Columns(kb, first, name)
    if columns.problems:
        return Reject(name, first.line, "", tuple(columns.problems), whole=True, rows=_number_of(rows))
    return columns


def _number_of(rows: Iterable[Record]) -> int | None:
    """How many records are left, or None where counting them would take long."""
    count = sum(1 for _ in islice(rows, MAX_COUNTED + 1))
    return count if count <= MAX_COUNTED else None


def records(
    lines: Iterable[Line], name: str, takes: Callable[[Line], bool] = lambda line: False
) -> Iterator[Record]:
    """The records of a CSV source, blank lines left out; a record may run over lines inside quotes.

    A line behind the header that begins a record and that ``takes`` takes is not read.
    """
    source = iter(lines)
    waiting: deque[Line] = deque()
    width = 0

    def take() -> Line | None:
        return waiting.popleft() if waiting else next(source, None)

    while (line := take()) is not None:
        if line.problem is not None:
            yield Record(line.number, [], line.problem)
            continue
        if width and takes(line):
            continue
        group = [line]
        problem = ""
        cells: list[str] = []
        try:
            cells = next(csv.reader(_text(group, take), strict=True), [])
        except csv.Error as error:
            problem = "" if "unexpected end of data" in str(error) else f"this is not CSV: {error}"
            problem = problem if len(group) == 1 and problem else _OPEN
        if len(group) > 1 and not problem and width not in (0, len(cells)):
            problem = _OPEN
        if problem:
            # The lines behind an open quote are read again: only its own record is lost.
            waiting.extendleft(reversed(group[1:]))
            yield _broken(name, line.number, problem)
        elif cells:
            width = width or len(cells)
            yield Record(line.number, cells)


def _text(group: list[Line], take: Callable[[], Line | None]) -> Iterator[str]:
    """The first line of a record, then as many as the reader asks for; all of them are kept in ``group``."""
    yield group[0].text
    while len(group) < MAX_RECORD_LINES and (more := take()) is not None:
        group.append(more)
        if more.problem is not None:
            return
        yield more.text


def _broken(name: str, line: int, message: str) -> Record:
    hint = 'a quote inside quotes is written twice: "she said ""now"""'
    return Record(line, [], InputError(message, place=Place(name, line), hint=hint))


class Columns:
    """What each column of a table holds, and everything that is wrong with the header."""

    def __init__(self, kb: KnowledgeBase, header: Record, name: str) -> None:
        self.kb = kb
        self.name = name
        self.place = Place(name, header.line)
        self.problems: list[TriageError] = []
        self.targets: list[Target] = [
            self._target(cell.strip(), number) for number, cell in enumerate(header.cells, 1)
        ]
        self._clashes([cell.strip() for cell in header.cells])
        if ("id",) not in self.targets and not (self.problems and len(self.targets) == 1):
            hint = f"the first column is usually `{CASE_ID}`"
            self._problem(f"the column `{CASE_ID}` is missing", hint)

    def id_of(self, cells: list[str]) -> str:
        """The case id of a record of any length, empty if it has none."""
        at = self.targets.index(("id",))
        return cells[at].strip() if at < len(cells) else ""

    def nothing(self) -> Reject:
        """The reject of a source that has no record behind its header."""
        return reject(self.name, InputError("has a header and no case", place=self.place), whole=True, rows=0)

    def read(self, row: Record) -> RawCase | Reject | None:
        """The record as a case or as a reject; None if all its cells are empty."""
        if row.problem is not None:
            return reject(self.name, row.problem)
        if len(row.cells) != len(self.targets):
            message = f"has {len(row.cells)} columns instead of {len(self.targets)}"
            hint = "put text with commas in quotes, and close every quote"
            problem = InputError(message, place=Place(self.name, row.line), hint=hint)
            return reject(self.name, problem, id=self.id_of(row.cells))
        return self.case(row) if any(cell.strip() for cell in row.cells) else None

    def case(self, row: Record) -> RawCase:
        """The record as a case; empty cells were not asked."""
        data: dict[str, Any] = {}
        for target, cell in zip(self.targets, row.cells, strict=True):
            text = cell.strip()
            if not text:
                continue
            place = data
            for part in target[:-1]:
                place = place.setdefault(part, {})
            listed = target[0] == "expected" and target[-1] in LISTS
            place[target[-1]] = [part.strip() for part in text.split(SEPARATOR)] if listed else text
        where = Place(self.name, row.line)
        return RawCase(self.name, row.line, data, lambda key: where)

    def _target(self, column: str, number: int) -> Target:
        if column in PLAIN:
            return (PLAIN[column],)
        head, _, rest = column.partition(".")
        if (head == "expected" and rest in Expected.model_fields) or (
            head == "source" and rest in ("ref", "at")
        ):
            return (head, rest)
        finding = self.kb.findings.get(self.kb.former.get(head, head))
        if finding is None:
            self._unknown(column, number)
            return ("?", str(number))
        if not rest:
            return ("facts", finding.id)
        if not finding.parts:
            self._problem(f"column {number}: `{head}` has no columns per choice", f"name the column `{head}`")
        elif rest not in finding.parts:
            word = part_word(finding)
            hint = nearest(rest, finding.parts) or f"its {word}s are {', '.join(finding.parts)}"
            self._problem(f"column {number}: `{head}` has no {word} {shown(rest)}", hint)
        return ("facts", finding.id, rest)

    def _unknown(self, column: str, number: int) -> None:
        if not column:
            self._problem(f"column {number} has no name", "name every column, and leave no empty one")
        elif len(column) > 20 and any(mark in column for mark in ";\t|"):
            self._problem("the columns are not separated by commas", "save the table as CSV with commas")
        else:
            others = [*PLAIN, *(f"expected.{name}" for name in Expected.model_fields)]
            few = len(self.problems) < MAX_PROBLEMS
            hint = (
                finding_hint(self.kb, column, others) if few else ""
            ) or "columns are case_id, findings, person, answered_by, note, expected.disorder ..."
            if column == "id":
                hint = f"did you mean `{CASE_ID}`?"
            self._problem(f"column {number}: unknown finding {shown(column)}", hint)

    def _clashes(self, names: list[str]) -> None:
        first: dict[Target, int] = {}
        for number, target in enumerate(self.targets, 1):
            if target in first:
                where = f"columns {first[target]} and {number}"
                self._problem(
                    f"the column {shown(names[number - 1])} stands twice: {where}", "keep one of them"
                )
            first.setdefault(target, number)
        for target in first:
            if len(target) == 3 and target[:2] in first:
                message = f"`{target[1]}` has a column of its own and one per {part_word(self.kb.findings[target[1]])}"
                self._problem(message, "use one form or the other")
                first = {other: number for other, number in first.items() if other != target[:2]}

    def _problem(self, message: str, hint: str) -> None:
        self.problems.append(InputError(message, place=self.place, hint=hint))
