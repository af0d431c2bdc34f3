"""Columns of text as cases: the SQL that makes typed columns of them, and says of which rows only the reader can tell.

The database takes the rows that are surely cases. All others go to the reader of ``triage.cases``, which takes them
or says what is wrong, so that a row of a large file and a single case are judged in the same words by the same code.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import get_args

from triage.bulk.cases.intake import ROW, contradiction
from triage.bulk.cases.staging import NUMBER, Cells
from triage.bulk.cases.tokens import (
    LONGEST_TEXT,
    ODD,
    Cell,
    is_short_text,
    read_cell,
    told,
)
from triage.bulk.sql import digits
from triage.bulk.sql.columns import CASE_ID, PERSON, answer_columns, columns_of, part_column
from triage.bulk.sql.database import literal
from triage.bulk.sql.program import Program, quoted
from triage.cases.table import LISTS
from triage.cases.tokens import SEPARATOR, UNKNOWN
from triage.logic import FindingType
from triage.models import LEAST, MOST, NONE_OF_THESE, Expected, Finding, KnowledgeBase
from triage.models.case import AnsweredBy

ODD_ROW = "triage odd"
"""whether only the reader can tell what a row is"""
NOTES = "triage notes"
"""how many notes there are on a row"""
NOT_KNOWN = "triage not known"
"""the findings that were asked and are not known, with spaces between"""
EXTRA = {ROW: "BIGINT", ODD_ROW: "BOOLEAN", NOTES: "BIGINT", NOT_KNOWN: "VARCHAR"}
"""the columns of a source on disk beside those of the engine"""


@dataclass
class Texts:
    """What the columns of text of a source say, as SQL."""

    kb: KnowledgeBase
    said: dict[str, str] = field(default_factory=dict)
    """by column of what a cell says: its SQL over the text"""
    cells: dict[str, list[Cell]] = field(default_factory=dict)
    """by finding: what its cells mean"""
    columns: dict[str, str] = field(default_factory=dict)
    """SQL by column of the engine"""
    bits: list[str] = field(default_factory=list)
    """columns with yes or no"""
    odd: list[str] = field(default_factory=list)
    """conditions under which only the reader can tell; never NULL"""

    def answer(self, finding: Finding, part: str, cell: str) -> None:
        """Adds a column with answers to a finding, or with a part of them: a choice, or an end of a number."""
        self.read(finding, part, read_cell(finding, part, cell))

    def read(self, finding: Finding, part: str, sql: str) -> None:
        """Adds what a cell of a finding, or of a part of its answer, says."""
        said = self.say(sql)
        meant = told(finding, part, said)
        if finding.type is FindingType.YES_NO or (part and finding.type is FindingType.ANY_OF):
            self.bits.append(said)
            meant = replace(meant, odd="false")
        self.add(finding, meant)

    def say(self, sql: str) -> str:
        """Adds a column of what a cell says; its name, quoted."""
        name = f"said {len(self.said)}"
        self.said[name] = sql
        return quoted(name)

    def add(self, finding: Finding, meant: Cell) -> None:
        """Adds what a cell means."""
        self.cells.setdefault(finding.id, []).append(meant)
        self.columns |= meant.columns
        if meant.odd != "false":
            self.odd.append(meant.odd)

    def leave(self, column: str) -> None:
        """Leaves to the reader the rows in which a column of the source is true."""
        self.odd.append(self.say(column))

    def other(self, name: str, cell: str, fine: str) -> None:
        """Adds a column that is no answer: what it must meet, blank or not."""
        self.said[f"fine {name}"] = f"coalesce({fine}, false)"
        self.odd.append(f"NOT {quoted(f'fine {name}')}")
        if name in (CASE_ID, PERSON):
            self.said[f"said {name}"] = f"nullif(trim({cell}), '')"
            self.columns[name] = quoted(f"said {name}")

    def compare_ends(self) -> None:
        """Leaves to the reader the rows in which the ends of a number do not go up."""
        for finding in self.cells:
            least, most = (self.columns.get(part_column(finding, end)) for end in (LEAST, MOST))
            if least and most:
                self.odd.append(f"coalesce({least} >= {most}, false)")

    @property
    def given(self) -> list[str]:
        """The columns of answers, in the order of the knowledge base."""
        return [name for name in answer_columns(self.kb) if name in self.columns]

    def sql(self, source: str, *, not_known: bool) -> str:
        """The SQL of all rows of the source: typed, with the columns of ``EXTRA``.

        Without ``not_known`` that column stays empty.
        """
        said = [f"{sql} AS {quoted(name)}" for name, sql in self.said.items()]
        inner = f"SELECT {quoted(NUMBER)} AS {quoted(ROW)}, {', '.join(said)} FROM {source}"
        typed = [quoted(ROW)] + [f"{sql} AS {quoted(name)}" for name, sql in self.columns.items()]
        typed += [f"{self._odd()} AS odd", f"{self._not_known(not_known)} AS {quoted(NOT_KNOWN)}"]
        notes = self._notes()
        typed += [f"{silent} AS {quoted(name)}" for name, (silent, _) in notes.items()]
        program = Program([*self.columns, ROW, NOT_KNOWN, "odd", *notes])
        clash = contradiction(self.kb, program, self.given)
        counted = [digits.tiny(f"{quoted(name)} AND ({details})") for name, (_, details) in notes.items()]
        outputs = {ODD_ROW: f'"odd" OR {digits.holds(clash)}', NOTES: " + ".join(["0", *counted])}
        middle = f"(SELECT {', '.join(typed)} FROM ({inner}) AS texts) AS typed"
        return program.select(middle, outputs, [ROW, *self.columns, NOT_KNOWN])

    def _odd(self) -> str:
        tests = [f"({digits.any_of(self.bits)} & {ODD}) <> 0"] if self.bits else []
        return " OR ".join([*(f"({test})" for test in (*tests, *self.odd)), "false"])

    def _notes(self) -> Mapping[str, tuple[str, str]]:
        """By complaint: whether nothing is said of the complaint itself, and whether any detail of it is given."""
        made = {}
        for complaint in self.kb.interview.complaints:
            silent = [cell.blank for cell in self.cells.get(complaint.finding, ())]
            details = [
                f"{quoted(column)} IS NOT NULL"
                for finding in self.kb.findings.values()
                if finding.of == complaint.id and finding.id != complaint.finding
                for column in columns_of(finding)
                if column in self.columns
            ]
            if details:
                made[f"silent {complaint.id}"] = (" AND ".join(["true", *silent]), " OR ".join(details))
        return made

    def _not_known(self, wanted: bool) -> str:
        """The findings whose cells are all blank or not known, and one of them not known."""
        if not wanted:
            return "CAST(NULL AS VARCHAR)"
        names = []
        for finding, cells in self.cells.items():
            asked = " OR ".join(f"coalesce({cell.not_known}, false)" for cell in cells)
            silent = " AND ".join(f"({cell.blank} OR {cell.not_known})" for cell in cells)
            names.append(f"CASE WHEN ({asked}) AND {silent} THEN '{finding}' END")
        return f"nullif(concat_ws(' ', {', '.join(names)}), '')" if names else "CAST(NULL AS VARCHAR)"


def table_texts(kb: KnowledgeBase, reader: Cells) -> Texts:
    """What the cells of a table say."""
    texts = Texts(kb)
    by_target = {}
    for target, name in zip(reader.table.targets, reader.names, strict=True):
        by_target[target] = quoted(name)
        if target[0] == "facts":
            texts.answer(kb.findings[target[1]], target[2] if len(target) == 3 else "", quoted(name))
    texts.compare_ends()
    for target, cell in by_target.items():
        blank = f"coalesce(trim({cell}), '') = ''"
        match target:
            case ("id",):
                texts.other(CASE_ID, cell, is_short_text(cell))
            case ("person",):
                texts.other(PERSON, cell, f"{blank} OR {is_short_text(cell)}")
            case ("note",):
                texts.other("note", cell, f"{blank} OR length({cell}) <= {LONGEST_TEXT}")
            case ("answered_by",):
                texts.other("answered_by", cell, f"{blank} OR {_one_of(cell, get_args(AnsweredBy))}")
            case ("expected", label):
                listed = label in LISTS
                words = [*_labels(kb, label), *([] if listed else [UNKNOWN])]
                fine = _all_of(cell, words) if listed else _one_of(cell, words)
                texts.other(f"expected {label}", cell, f"{blank} OR {fine}")
            case ("source", part):
                other = by_target.get(("source", "at" if part == "ref" else "ref"))
                both = (
                    f"coalesce({is_short_text(other)}, false) AND {is_short_text(cell)}" if other else "false"
                )
                texts.other(f"source {part}", cell, f"{blank} AND {_blank(other)} OR {both}")
            case _:
                pass  # answers are above
    return texts


def _blank(cell: str | None) -> str:
    return f"coalesce(trim({cell}), '') = ''" if cell else "true"


def _labels(kb: KnowledgeBase, label: str) -> Iterable[str]:
    """What may stand in a column of labels."""
    if label in ("disorder", "accept"):
        return [*kb.aliases, NONE_OF_THESE]
    annotation = Expected.model_fields[label].annotation
    return sorted({str(word) for word in _words(annotation)})


def _words(annotation: object) -> Iterator[object]:
    """The values that a type allows, if they are few."""
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        yield from annotation
    for inner in get_args(annotation):
        if isinstance(inner, str):
            yield inner
        else:
            yield from _words(inner)


def _one_of(cell: str, words: Iterable[str]) -> str:
    return f"trim({cell}) IN ({', '.join(map(literal, words))})"


def _all_of(cell: str, words: Iterable[str]) -> str:
    word = f"({'|'.join(words)})"
    return f"regexp_full_match(trim({cell}), {literal(f'{word}( *{SEPARATOR} *{word})*')})"
