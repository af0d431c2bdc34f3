"""The table of tokens of ``triage.cases`` as SQL: what a cell of text says, for whole columns at once.

Each kind of cell becomes one column that says the answer, that there is none, that it was asked and is not known, or
that only the reader can tell. INVARIANT: what is taken here, the reader takes with the same value; whatever is
unusual, an odd space or a number of many digits, is left to it. So SQL need not know all that is allowed, nor any
message.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from triage.bulk.sql.columns import part_column
from triage.bulk.sql.database import literal
from triage.bulk.sql.digits import tiny
from triage.cases.tokens import NO, NO_OTHERS, NONE, SEPARATOR, UNKNOWN, YES
from triage.cases.units import accepted_units, is_rounded
from triage.logic import FindingType
from triage.models import Finding

# Of a cell with yes or no: the lowest bits as in ``digits``.
SAID_NO, BLANK, SAID_YES, NOT_KNOWN, ODD = 0, 1, 3, 5, 8
# Of a cell with a choice or a list of choices.
NOT_KNOWN_TEXT, ODD_TEXT = "?", "!"
# Of a cell with a number.
NOT_KNOWN_NUMBER, ODD_NUMBER = "CAST('inf' AS DOUBLE)", "CAST('nan' AS DOUBLE)"
LONGEST_TEXT = 10_000
_DIGITS = "-?[0-9]{1,15}([.][0-9]{1,15})?"
_FEW_DIGITS = "-?[0-9]{1,7}([.][0-9]{1,15})?"
"""so few that no conversion leaves the whole numbers that are exact as DOUBLE"""
_QUANTITY = f"({_FEW_DIGITS}) {{0,3}}([A-Za-z%°µ].{{0,20}})?"
_LAST_PRINTABLE = 0x32000
_RESERVED = (NONE, NO_OTHERS, UNKNOWN, "true", "false", "null")
"""what no cell may mean as a choice, whatever the knowledge base calls its choices"""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says, as conditions and values over its column of ``read_*``."""

    columns: dict[str, str]
    """by column of the engine: the answer, NULL if there is none"""
    odd: str
    """whether the reader must tell; never NULL"""
    blank: str
    """whether nothing stands there"""
    not_known: str
    """whether it was asked and is not known; NULL for a blank cell"""


def read_yes_no(cell: str, *, typed: bool = False) -> str:
    """A number for yes, no, neither or ``unknown``.

    A ``typed`` source, such as JSON, can say that nothing was answered, so empty text in it is left to the reader.
    """
    meanings = dict.fromkeys(NO, SAID_NO) | dict.fromkeys(YES, SAID_YES) | {UNKNOWN: NOT_KNOWN}
    meanings |= {"": ODD if typed else BLANK}
    place = f"list_position([{_literals(meanings)}], lower(trim({cell})))"
    numbers = ", ".join(map(str, [*meanings.values(), ODD]))
    # What nearly every cell holds is told without a change of letters.
    no, yes = ("false", "true") if typed else (NO[0], YES[0])
    return (
        f"CASE WHEN {cell} IS NULL THEN {BLANK} WHEN {cell} = '{no}' THEN {SAID_NO} WHEN {cell} = '{yes}'"
        f" THEN {SAID_YES} ELSE [{numbers}][coalesce({place}, {len(meanings) + 1})] END"
    )


def read_number(finding: Finding, cell: str, *, typed: bool = False) -> str:
    """The number in the finding's unit, infinite for ``unknown``, NaN for what only the reader can tell."""
    text = f"trim({cell})"
    # Adding 0 makes 0 of -0, as whole numbers have it.
    tests = [
        f"WHEN {cell} IS NULL THEN NULL",
        f"WHEN regexp_full_match({cell}, '{_DIGITS}') THEN CAST({cell} AS DOUBLE) + 0",
        f"WHEN {text} = '' THEN {ODD_NUMBER if typed else 'NULL'}",
        f"WHEN lower({text}) = '{UNKNOWN}' THEN {NOT_KNOWN_NUMBER}",
        f"WHEN regexp_full_match({text}, '{_QUANTITY}') THEN {_converted(finding, text)} + 0",
    ]
    return f"CASE {' '.join(tests)} ELSE {ODD_NUMBER} END"


def _converted(finding: Finding, text: str) -> str:
    """What a number with a unit means; NaN for a unit that does not fit."""
    number = f"CAST(regexp_extract({text}, '{_QUANTITY}', 1) AS DOUBLE)"
    unit = f"lower(regexp_extract({text}, '{_QUANTITY}', 3))"
    exact: dict[str, tuple[int, int]] = {"": (1, 1)}
    rounded: dict[str, tuple[int, int]] = {}
    for word, ratio in accepted_units(finding.unit).items():
        (rounded if is_rounded(word, finding.unit or "") else exact)[word] = ratio
    values = [f"{number} * {_ratio(exact, unit, 0)} / {_ratio(exact, unit, 1)}"]
    if rounded:
        value = f"{number} * {_ratio(rounded, unit, 0)} / {_ratio(rounded, unit, 1)}"
        values.append(f"round_even({value}, 0)")
    return f"coalesce({', '.join(values)}, {ODD_NUMBER})"


def _ratio(ratios: Mapping[str, tuple[int, int]], unit: str, side: int) -> str:
    """The size of a unit, or of the finding's own; NULL for a unit that is not among them."""
    sizes = ", ".join(f"{ratio[side]}.0" for ratio in ratios.values())
    return f"CAST([{sizes}][list_position([{_literals(ratios)}], {unit})] AS DOUBLE)"


def read_choice(finding: Finding, cell: str, *, typed: bool = False) -> str:
    """The choice, ``?`` for ``unknown``, ``!`` for what only the reader can tell."""
    text, listed = f"trim({cell})", _literals(_taken(finding))
    tests = [f"WHEN {cell} IS NULL THEN NULL WHEN {cell} IN ({listed}) THEN {cell}"] if listed else []
    empty = f"'{ODD_TEXT}'" if typed else "NULL"
    tests.append(f"WHEN {text} = '' THEN {empty} WHEN lower({text}) = '{UNKNOWN}' THEN '{NOT_KNOWN_TEXT}'")
    tests += [f"WHEN {text} IN ({listed}) THEN {text}"] if listed else []
    return f"CASE {' '.join(tests)} ELSE '{ODD_TEXT}' END"


def read_choices(cell: str) -> str:
    """The words of a list, each between separators; ``?`` for ``unknown``."""
    text = f"trim({cell})"
    return (
        f"CASE WHEN {cell} IS NULL OR {text} = '' THEN NULL WHEN lower({text}) = '{UNKNOWN}' THEN '{NOT_KNOWN_TEXT}'"
        f" ELSE {between(text)} END"
    )


def between(words: str) -> str:
    """Words with ``;`` between them, each with one on either side and no spaces around it."""
    bare = f"regexp_replace({words}, ' *{SEPARATOR} *', '{SEPARATOR}', 'g')"
    return f"('{SEPARATOR}' || {bare} || '{SEPARATOR}')"


def read_cell(finding: Finding, part: str, cell: str) -> str:
    """What a cell of a finding, or of a part of its answer, says."""
    match finding.type:
        case FindingType.YES_NO:
            return read_yes_no(cell)
        case FindingType.NUMBER:
            return read_number(finding, cell)
        case FindingType.ONE_OF:
            return read_choice(finding, cell)
        case FindingType.ANY_OF:
            return read_yes_no(cell) if part else read_choices(cell)


def told(finding: Finding, part: str, said: str) -> Cell:
    """What ``said``, a column of ``read_cell``, means."""
    blank = f"{said} IS NULL"
    match finding.type:
        case FindingType.NUMBER:
            name = part_column(finding.id, part) if part else finding.id
            low, high = finding.limits
            tests = [f"{said} BETWEEN {low!r} AND {high!r}"] if finding.range else [f"isfinite({said})"]
            tests += [f"{said} = floor({said})"] if finding.whole else []
            odd = f"coalesce(NOT ({' AND '.join(tests)}) AND {said} <> {NOT_KNOWN_NUMBER}, false)"
            value = f"CASE WHEN isfinite({said}) THEN {said} END"
            return Cell({name: value}, odd, blank, f"{said} = {NOT_KNOWN_NUMBER}")
        case FindingType.ONE_OF:
            odd = f"coalesce({said} = '{ODD_TEXT}', false)"
            value = f"nullif({said}, '{NOT_KNOWN_TEXT}')"
            return Cell({finding.id: value}, odd, blank, f"{said} = '{NOT_KNOWN_TEXT}'")
        case FindingType.ANY_OF if not part:
            return told_list(finding, said)
        case _:
            name = part_column(finding.id, part) if part else finding.id
            odd = f"{said} = {ODD}"
            return Cell({name: yes_or_no(said)}, odd, f"{said} = {BLANK}", f"{said} = {NOT_KNOWN}")


def yes_or_no(said: str) -> str:
    """What ``read_yes_no`` found, as a nullable boolean."""
    return f"CASE WHEN {said} = {SAID_YES} THEN true WHEN {said} = {SAID_NO} THEN false END"


def told_list(finding: Finding, said: str) -> Cell:
    """What words between separators mean."""

    def has(word: str) -> str:
        return f"contains({said}, '{SEPARATOR}{word}{SEPARATOR}')"

    only_none = f"{said} = '{SEPARATOR}{NONE}{SEPARATOR}'"
    closed = f"{has(NO_OTHERS)} OR {only_none}"
    columns = {
        part_column(finding.id, choice): f"CASE WHEN {has(choice)} THEN true WHEN {closed} THEN false END"
        for choice in finding.choices
    }
    # Each word is counted once, so the counts are equal only if every word is known and none stands twice.
    known = " + ".join(tiny(has(word)) for word in (*_taken(finding), NO_OTHERS))
    words = f"strlen({said}) - strlen(replace({said}, '{SEPARATOR}', '')) - 1"
    not_known = f"{said} = '{NOT_KNOWN_TEXT}'"
    odd = f"CASE WHEN {said} IS NULL OR {not_known} OR {only_none} THEN false ELSE {words} <> {known} END"
    return Cell(columns, odd, f"{said} IS NULL", not_known)


def _taken(finding: Finding) -> list[str]:
    return [choice for choice in finding.choices if choice not in _RESERVED]


def is_short_text(cell: str) -> str:
    """Whether a cell holds text on one line that can be shown, and not too much of it; NULL for NULL."""
    return f"(regexp_full_match(trim({cell}), '{printable()}+') AND length({cell}) <= {LONGEST_TEXT})"


@cache
def printable() -> str:
    """The letters that Python calls printable, as a class of a regular expression; rare ones are left out."""
    ranges: list[list[int]] = []
    for code in range(ord(" "), _LAST_PRINTABLE):
        if not chr(code).isprintable():
            continue
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "[" + "".join(f"\\x{{{first:X}}}-\\x{{{last:X}}}" for first, last in ranges) + "]"


def _literals(words: Iterable[str]) -> str:
    return ", ".join(literal(word) for word in words)
