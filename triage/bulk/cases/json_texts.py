"""JSON Lines as columns: what stands at each key of a case, as text that the table of tokens reads.

The database reads more than JSON allows (a comma too many, NaN) and takes the first of two equal keys; lines with any
of that, and lines with keys that nobody knows, are left to the reader.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import Any, get_args

import duckdb

from triage.bulk.cases.staging import NUMBER
from triage.bulk.cases.texts import Texts
from triage.bulk.cases.tokens import (
    LONGEST_TEXT,
    NOT_KNOWN_TEXT,
    ODD_TEXT,
    Cell,
    between,
    is_short_text,
    read_choice,
    read_number,
    read_yes_no,
    told_list,
    yes_or_no,
)
from triage.bulk.sql.columns import CASE_ID, PERSON, part_column
from triage.bulk.sql.database import literal, run
from triage.bulk.sql.program import quoted
from triage.cases.tokens import UNKNOWN
from triage.cases.validate import FIELDS, FORMAT
from triage.logic import FindingType
from triage.models import Finding, KnowledgeBase
from triage.models.case import AnsweredBy

_TRAILING_COMMA = r",\s*[\]}]"
_LIST = r'\[" *[a-z0-9_]+ *"(," *[a-z0-9_]+ *")*\]'
_INTEGER = "-?[0-9]{1,18}"


def line_texts(kb: KnowledgeBase, connection: duckdb.DuckDBPyConnection, staged: str) -> tuple[Texts, str]:
    """What the lines of a source say, and the SQL of the columns that this is said of."""
    checked = (
        f"SELECT {quoted(NUMBER)}, CASE WHEN json_valid(line) AND NOT regexp_matches(line, '{_TRAILING_COMMA}')"
        f" THEN line END AS document FROM {staged}"
    )
    findings = _occurring(kb, connection, checked)
    taken = (
        f"SELECT {quoted(NUMBER)}, from_json(document, {literal(_shape(findings))}) AS found,"
        " json_keys(document) AS fields, json_keys(document, '$.facts') AS answers,"
        f" json_type(document, '$.facts') AS kind FROM ({checked}) AS checked"
    )
    # One level at a time: a part of a part takes ten times longer, as the whole level is copied for each.
    others = ", ".join(f'found."{name}" AS "field {name}"' for name in FIELDS)
    parted = f"SELECT {quoted(NUMBER)}, fields, answers, kind, {others} FROM ({taken}) AS taken"
    columns = [quoted(NUMBER), f"NOT ({_fields_fine()} AND {_answers_fine(findings)}) AS unusual"]
    columns += [f'CAST("field {name}" AS VARCHAR) AS "field {name}"' for name in FIELDS if name != "facts"]
    texts = Texts(kb)
    texts.leave("unusual")
    for number, finding in enumerate(findings):
        cell = f"answer {number}"
        answer = _answer(finding)
        columns.append(f"{answer} AS {quoted(cell)}")
        if finding.type is FindingType.ANY_OF:
            shape = json.dumps(dict.fromkeys(finding.choices, "VARCHAR"))
            mapping = f"CASE WHEN starts_with({answer}, '{{') THEN {answer} END"
            columns.append(f"from_json({mapping}, {literal(shape)}) AS {quoted(f'choices {number}')}")
    _add_answers(texts, findings)
    _add_fields(texts)
    return texts, f"(SELECT {', '.join(columns)} FROM ({parted}) AS parted) AS columns_of_text"


def _occurring(kb: KnowledgeBase, connection: duckdb.DuckDBPyConnection, checked: str) -> list[Finding]:
    """The findings that any line answers: planning a column takes longer than reading it once more."""
    keys = f"SELECT unnest(json_keys(document, '$.facts')) AS name FROM ({checked}) AS checked"
    found = run(connection, f"SELECT DISTINCT name FROM ({keys}) AS keys").fetchall()
    names = {name for (name,) in found}
    return [finding for finding in kb.findings.values() if finding.id in names]


def _shape(findings: Iterable[Finding]) -> str:
    """What is taken out of a line: lists of choices as JSON, the other answers as text."""
    shape: dict[str, Any] = dict.fromkeys(FIELDS, "JSON")
    answers = {
        finding.id: "JSON" if finding.type is FindingType.ANY_OF else "VARCHAR" for finding in findings
    }
    return json.dumps(shape | ({"facts": answers} if answers else {}))


def _answer(finding: Finding) -> str:
    return f'CAST("field facts"."{finding.id}" AS VARCHAR)'


def _fields_fine() -> str:
    """Whether all keys of a line are fields of a case, and none stands twice."""
    listed = ", ".join(f"'{name}'" for name in FIELDS)
    known = f"list_has_all([{listed}], fields) AND len(list_distinct(fields)) = len(fields)"
    # `format: null` is refused, though other fields may be null.
    said = "\"field format\" IS NOT NULL OR NOT list_contains(fields, 'format')"
    return f"coalesce({known} AND ({said}), false)"


def _answers_fine(findings: Collection[Finding]) -> str:
    """Whether all keys of ``facts`` are findings, and none stands twice."""
    if not findings:
        return "coalesce(kind = 'NULL' OR len(answers) = 0, true)"
    mapping = _known_keys("answers", map(_answer, findings), [finding.id for finding in findings])
    return f"CASE WHEN kind IS NULL OR kind = 'NULL' THEN true WHEN kind = 'OBJECT' THEN {mapping} ELSE false END"


def _known_keys(keys: str, given: Iterable[str], known: Iterable[str]) -> str:
    """Whether each of the keys is known and none stands twice; ``given`` is what was found at the known ones."""
    listed = ", ".join(f"'{name}'" for name in known)
    exact = f"list_has_all([{listed}], {keys}) AND len(list_distinct({keys})) = len({keys})"
    # What was found and is not null has a key of its own, so equal counts say that there is no other key.
    return f"CASE WHEN len({keys}) = list_count([{', '.join(given)}]) THEN true ELSE {exact} END"


def _add_answers(texts: Texts, findings: Iterable[Finding]) -> None:
    for number, finding in enumerate(findings):
        cell = quoted(f"answer {number}")
        match finding.type:
            case FindingType.YES_NO:
                texts.read(finding, "", read_yes_no(cell, typed=True))
            case FindingType.NUMBER:
                texts.read(finding, "", read_number(finding, cell, typed=True))
            case FindingType.ONE_OF:
                texts.read(finding, "", read_choice(finding, cell, typed=True))
            case FindingType.ANY_OF:
                _add_choices(texts, finding, cell, quoted(f"choices {number}"))


def _add_choices(texts: Texts, finding: Finding, cell: str, choices: str) -> None:
    """A list or text in one column, a mapping in a column per choice; of each row one of them is empty."""
    listed = texts.say(_words(cell))
    mapping = texts.say(f"{choices} IS NOT NULL")
    given = [f'{choices}."{choice}"' for choice in finding.choices]
    fine = _known_keys(f"json_keys({cell})", given, finding.choices)
    fine = texts.say(f"CASE WHEN {choices} IS NOT NULL THEN {fine} ELSE true END")
    by_list = told_list(finding, listed)
    columns, answers = {}, []
    for choice in finding.choices:
        said = texts.say(read_yes_no(f'{choices}."{choice}"', typed=True))
        texts.bits.append(said)
        answers.append(f"({yes_or_no(said)}) IS NULL")
        name = part_column(finding.id, choice)
        columns[name] = f"CASE WHEN {mapping} THEN {yes_or_no(said)} ELSE {by_list.columns[name]} END"
    odd = f"{by_list.odd} OR NOT {fine}"
    blank = f"({listed} IS NULL AND NOT {mapping})"
    not_known = f"({by_list.not_known} OR ({mapping} AND {' AND '.join(answers)}))"
    texts.add(finding, Cell(columns, odd, blank, not_known))


def _words(cell: str) -> str:
    """The words of a list or of text between separators; NULL for a mapping."""
    text = f"trim(json_extract_string({cell}, '$'))"
    bare = f"replace(substr({cell}, 3, length({cell}) - 4), '\",\"', ';')"
    return (
        f"CASE WHEN {cell} IS NULL OR starts_with({cell}, '{{') THEN NULL"
        f" WHEN starts_with({cell}, '\"') THEN CASE WHEN lower({text}) = '{UNKNOWN}' THEN '{NOT_KNOWN_TEXT}'"
        f" ELSE {between(text)} END"
        f" WHEN regexp_full_match({cell}, '{_LIST}') THEN {between(f'trim({bare})')}"
        f" ELSE '{ODD_TEXT}' END"
    )


def _add_fields(texts: Texts) -> None:
    for name, column in (("id", CASE_ID), ("person", PERSON)):
        cell = quoted(f"field {name}")
        text = _text(cell)
        blank = "false" if name == "id" else f"{cell} IS NULL OR {text} = ''"
        texts.other(column, text, f"{blank} OR {is_short_text(text)}")
    known = ", ".join(f"'{word}'" for word in get_args(AnsweredBy))
    text = _text('"field answered_by"')
    texts.other("answered_by", text, f"\"field answered_by\" IS NULL OR {text} IN ({known}, '')")
    text = _text('"field note"')
    texts.other("note", text, f'"field note" IS NULL OR length({text}) <= {LONGEST_TEXT}')
    for name in ("expected", "source"):
        texts.other(name, "", f'"field {name}" IS NULL')
    texts.other("format", "", f'"field format" IS NULL OR "field format" IN (\'{FORMAT}\', \'"{FORMAT}"\')')


def _text(cell: str) -> str:
    """A field as text; NULL for what is neither text nor a whole number."""
    return (
        f"CASE WHEN starts_with({cell}, '\"') THEN trim(json_extract_string({cell}, '$'))"
        f" WHEN regexp_full_match({cell}, '{_INTEGER}') THEN {cell} END"
    )
