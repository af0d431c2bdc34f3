"""Typed columns as cases: what each column may hold, and which rows no case can be made of.

The database only finds such rows; ``cases.read_case`` then says what is wrong with each of them, so that a row of a
table and a case of a file are refused in the same words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from triage.bulk.assessment.truths import Truths
from triage.bulk.cases.tokens import is_short_text
from triage.bulk.sql import digits
from triage.bulk.sql.columns import CASE_ID, PERSON, answer_columns, given_columns, part_column
from triage.bulk.sql.database import literal
from triage.bulk.sql.program import Program, quoted
from triage.cases import RawCase, read_case
from triage.cases.tokens import NO_OTHERS, NONE, UNKNOWN
from triage.cases.validate import unknown_finding
from triage.cases.wording import part_word, shown
from triage.errors import CaseError, InputError, Place, Problems, TriageError, nearest
from triage.logic import FindingType
from triage.models import LEAST, MOST, Case, Finding, KnowledgeBase

ROW = "triage row"
"""the number of a row in its table, from 1"""
WORDS = {
    FindingType.YES_NO: "true or false (BOOLEAN)",
    FindingType.NUMBER: "a number",
    FindingType.ONE_OF: "text (VARCHAR)",
    FindingType.ANY_OF: "a list of choices (VARCHAR[]) or text such as `one; two`",
}
_RAW = "as given "
_WHOLE = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT")
_NUMBERS = (*_WHOLE, "FLOAT", "DOUBLE", "DECIMAL")
_NOTHING = ('"NULL"', "NULL")


@dataclass
class Intake:
    """A table as typed columns of answers: the SQL of each, and what is kept beside them."""

    kb: KnowledgeBase
    place: Place
    columns: dict[str, str] = field(default_factory=dict)
    """SQL by column of the engine, ``case_id`` included, and ``person`` if it is known to be one"""
    kept: list[str] = field(default_factory=list)
    read: dict[str, tuple[str, str]] = field(default_factory=dict)
    """by column of the table: the finding it answers, and the part of the answer if it holds one"""
    tests: list[str] = field(default_factory=list)
    """conditions that every row must meet"""
    problems: list[TriageError] = field(default_factory=list)

    @property
    def given(self) -> list[str]:
        """The columns of answers."""
        return given_columns(self.kb, self.columns)

    def typed(self, source: str, row: str = "") -> str:
        """The SQL of the table with its columns typed; ``row`` is the SQL of the number of a row, if wanted."""
        listed = [f"{sql} AS {quoted(name)}" for name, sql in self.columns.items()]
        listed += [f"{quoted(name)} AS {quoted(name)}" for name in self.kept]
        listed += [f"{row} AS {quoted(ROW)}"] if row else []
        return f"(SELECT {', '.join(listed)} FROM {source}) AS typed"

    def faulty(self, source: str, row: str) -> str:
        """The SQL of the rows that are no case: of a wrong value, or of answers that contradict each other."""
        listed = [f"{sql} AS {quoted(name)}" for name, sql in self.columns.items()]
        raw = [CASE_ID, *(name for name in (PERSON,) if name in self.columns), *self.read]
        listed += [f"{quoted(name)} AS {quoted(_RAW + name)}" for name in raw]
        listed += [f"{row} AS {quoted(ROW)}", f"({' AND '.join(self.tests)}) IS NOT TRUE AS wrong"]
        kept = [ROW, *(_RAW + name for name in raw)]
        program = Program([*self.columns, *kept, "wrong"])
        flag = contradiction(self.kb, program, self.given)
        conditions = {"faulty": f"{quoted('wrong')} OR {digits.holds(flag)}"}
        judged = program.select(f"(SELECT {', '.join(listed)} FROM {source}) AS typed", conditions, kept)
        return f"SELECT {', '.join(map(quoted, kept))} FROM ({judged}) AS judged WHERE faulty"

    def case(self, row: Mapping[str, Any]) -> Case:
        """A row of ``faulty`` as a case; raises ``Problems`` with what is wrong with it."""
        place = Place(self.place.path, row[ROW])
        facts: dict[str, Any] = {}
        for name, (finding, part) in sorted(self.read.items(), key=lambda item: bool(item[1][1])):
            value = row[_RAW + name]
            value = float(value) if isinstance(value, Decimal) else value
            if value is None:
                continue
            if not part:
                facts[finding] = value
            elif finding in facts and not isinstance(facts[finding], dict):
                hint = "leave one of them out"
                message = f"`{finding}` is given as a number and as an interval"
                raise Problems([CaseError(message, place=place, finding=finding, hint=hint)])
            else:
                facts.setdefault(finding, {})[part] = value
        id = row[_RAW + CASE_ID]
        raw = {"id": id if id is not None and str(id).strip() else None, "facts": facts}
        raw["person"] = row.get(_RAW + PERSON)
        return read_case(self.kb, RawCase(place.path, place.line, raw, lambda key: place))


def intake(
    kb: KnowledgeBase, types: Mapping[str, str], place: Place, *, others: Iterable[str] | None = None
) -> Intake:
    """How a table with these columns (name to type) is read.

    Columns that are no finding are kept; if ``others`` is given, only those may occur. Raises ``Problems`` for columns
    that cannot be read.
    """
    made = Intake(kb, place)
    allowed = None if others is None else set(others)
    for name, type in types.items():
        _column(made, name, type, allowed)
    made.tests += _ends_fine(made)
    if CASE_ID not in made.columns:
        made.problems.append(
            InputError(f"the column `{CASE_ID}` is missing", place=place, hint="give every row an id")
        )
    if made.problems:
        raise Problems(made.problems)
    order = {name: index for index, name in enumerate([CASE_ID, PERSON, *answer_columns(kb)])}
    made.columns = dict(sorted(made.columns.items(), key=lambda item: order[item[0]]))
    return made


def _column(made: Intake, name: str, type: str, allowed: set[str] | None) -> None:
    kb = made.kb
    if name == CASE_ID:
        text = f"CAST({quoted(name)} AS VARCHAR)"
        made.columns[CASE_ID] = text
        made.tests.append(is_short_text(text))
        return
    if name == PERSON and allowed is not None:
        if not (_is_text(type) or _is_one_of(type, _WHOLE) or type in _NOTHING):
            message = f"column `{name}` has the type {type}, which cannot hold a name"
            made.problems.append(InputError(message, place=made.place, hint="it should be text (VARCHAR)"))
            return
        text = f"nullif(trim(CAST({quoted(name)} AS VARCHAR)), '')"
        made.columns[PERSON] = text
        made.tests.append(f"coalesce({is_short_text(text)}, true)")
        return
    head, _, part = name.partition(".")
    finding = kb.findings.get(kb.former.get(head, head))
    if finding is None:
        if allowed is None or name in allowed:
            made.kept.append(name)
        else:
            made.problems.append(unknown_finding(kb, name, made.place))
        return
    if part and part not in finding.parts:
        word = part_word(finding)
        hint = nearest(part, finding.parts) or f"its {word}s are {', '.join(finding.parts) or 'none'}"
        message = f"column `{name}`: `{finding.id}` has no {word} {shown(part)}"
        made.problems.append(CaseError(message, place=made.place, finding=finding.id, hint=hint))
        return
    made.read[name] = (finding.id, part)
    for column, sql in _answers(made, finding, name, part, type):
        if column in made.columns:
            made.problems.append(InputError(f"`{column}` is given by two columns", place=made.place))
        made.columns[column] = sql


def _answers(made: Intake, finding: Finding, name: str, part: str, type: str) -> Iterator[tuple[str, str]]:
    """The columns of the engine that a column of the table gives, with their SQL."""
    given = quoted(name)
    if type in _NOTHING:
        return
    column = part_column(finding.id, part) if part else finding.id
    boolean = finding.type is FindingType.YES_NO or (finding.type is FindingType.ANY_OF and bool(part))
    if boolean and type == "BOOLEAN":
        yield column, given
    elif finding.type is FindingType.NUMBER and _is_one_of(type, _NUMBERS):
        number = f"CAST({given} AS DOUBLE)"
        made.tests.append(f"coalesce({_number(finding, number)}, true)")
        yield column, number
    elif finding.type is FindingType.ONE_OF and _is_text(type):
        text = f"nullif(CAST({given} AS VARCHAR), '{UNKNOWN}')"
        made.tests.append(f"coalesce({text} IN ({_literals(finding.choices)}), true)")
        yield finding.id, text
    elif finding.type is FindingType.ANY_OF and not part and (_is_text(type) or type == "VARCHAR[]"):
        yield from _choices(made, finding, given, type)
    else:
        words = "true or false (BOOLEAN)" if boolean else WORDS[finding.type]
        message = f"column `{name}` has the type {type}, which cannot hold answers to `{finding.id}`"
        hint = f"it should be {words}"
        if finding.type is FindingType.NUMBER and not part and _is_text(type):
            ends = " and ".join(f"`{finding.id}.{end}`" for end in (LEAST, MOST))
            hint += f"; what is known as `10 to 30` or `over 3` goes into the columns {ends}"
        made.problems.append(InputError(message, place=made.place, hint=hint))


def _is_text(type: str) -> bool:
    return type == "VARCHAR" or type.startswith("ENUM")


def _is_one_of(type: str, names: tuple[str, ...]) -> bool:
    """Whether it is a type of numbers, and no list of them: ``DECIMAL(9,2)``, not ``INTEGER[]``."""
    return type.lstrip("U").startswith(names) and not type.endswith("]")


def _number(finding: Finding, number: str) -> str:
    low, high = finding.limits
    tests = [f"isfinite({number})"]
    tests += [f"{number} BETWEEN {low!r} AND {high!r}"] if finding.range else []
    tests += [f"{number} = floor({number})"] if finding.whole else []
    return f"({' AND '.join(tests)})"


def _ends_fine(made: Intake) -> Iterator[str]:
    """That the ends of a number go up, and that none stands beside the number itself."""
    for finding in dict.fromkeys(finding for finding, part in made.read.values() if part in (LEAST, MOST)):
        least, most = (made.columns.get(part_column(finding, end), "NULL") for end in (LEAST, MOST))
        yield f"coalesce({least} < {most}, true)"
        if finding in made.columns:
            yield f"({made.columns[finding]} IS NULL OR coalesce({least}, {most}) IS NULL)"


def _choices(made: Intake, finding: Finding, given: str, type: str) -> Iterator[tuple[str, str]]:
    """One column per choice of a list; the list closes with ``no_others`` or ``none``."""
    split = f"string_split(CAST({given} AS VARCHAR), ';')"
    words = f"list_transform({given if type == 'VARCHAR[]' else split}, lambda x: trim(x))"
    unknown = f"{words} = ['{UNKNOWN}']"
    closed = f"list_has_any({words}, ['{NONE}', '{NO_OTHERS}'])"
    known = f"len(list_filter({words}, lambda x: coalesce(x IN ({_literals([*finding.choices, NO_OTHERS])}), false)))"
    fine = f"len({words}) > 0 AND {known} = len({words}) AND len(list_distinct({words})) = len({words})"
    made.tests.append(f"coalesce({unknown} OR {words} = ['{NONE}'] OR ({fine}), true)")
    for choice in finding.choices:
        present = f"list_contains({words}, '{choice}')"
        yield part_column(finding.id, choice), f"CASE WHEN {present} THEN true WHEN {closed} THEN false END"


def _literals(words: Iterable[str]) -> str:
    return ", ".join(literal(word) for word in words)


def contradiction(kb: KnowledgeBase, program: Program, given: Iterable[str]) -> str:
    """1 for answers that cannot all be true, as ``cases.conflicts`` defines it."""
    columns = list(given)
    truths = Truths(kb, program, columns)
    answered: dict[str, list[str]] = {}
    for column in columns:
        answered.setdefault(column.partition(".")[0], []).append(column)
    flags = [
        digits.all_flags(
            [digits.not_flag(digits.possible(truths.guard(finding))), _against(kb, finding, listed)]
        )
        for finding, listed in answered.items()
        if finding in kb.guards
    ]
    # A demand of contradictions.yaml is about what was said, not about what follows from it.
    said = Truths(kb, program, columns, implied=False)
    flags += [digits.not_flag(digits.possible(said.digit(must))) for must in kb.musts.values()]
    return program.define("contradiction", digits.any_flag(flags), "answers that cannot all be true")


def _against(kb: KnowledgeBase, finding: str, columns: list[str]) -> str:
    """1 where the finding has an answer other than the implied one."""
    implied = kb.implied.get(finding)
    if implied is None:
        return digits.tiny(" OR ".join(f"{quoted(one)} IS NOT NULL" for one in columns))
    if isinstance(implied, Mapping):
        tests = [f"coalesce({quoted(one)}, false)" for one in columns]
        return digits.tiny(" OR ".join(tests))
    value = f"'{implied}'" if isinstance(implied, str) else str(implied).lower()
    return digits.tiny(f"coalesce({quoted(columns[0])} <> {value}, false)")
