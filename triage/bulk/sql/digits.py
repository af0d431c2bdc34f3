"""Kleene logic on small whole numbers: 0 is false, 1 unknown, 3 true.

The low bit says that it could be true, the high bit that it surely is. AND and OR are then the bitwise operators,
which a database runs on whole vectors; see docs/decisions/0007-digits-instead-of-nullable-booleans.md. Sums are taken
in floating point, which is exact here and, unlike whole numbers, is not checked for overflow row by row.

Every function takes and gives SQL. A constant digit is the text ``0``, ``1`` or ``3`` and is folded at once: what
no column of a table answers costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

FALSE, UNKNOWN, TRUE = "0", "1", "3"
CONSTANTS = (FALSE, UNKNOWN, TRUE)
_WIDTH = 8
"""how many operands stand in one bracket, so that no tree grows deep"""


def of_boolean(sql: str, nothing: str) -> str:
    """The digit of a nullable boolean; ``nothing`` is the condition under which it is unknown."""
    return f"CASE WHEN {sql} THEN {tiny(3)} WHEN {nothing} THEN {tiny(1)} ELSE {tiny(0)} END"


def negated(digit: str) -> str:
    """NOT."""
    return {FALSE: TRUE, UNKNOWN: UNKNOWN, TRUE: FALSE}.get(digit, f"(3 >> {digit})")


def all_of(digits: Iterable[str]) -> str:
    """AND; true if there are none. Also the AND of flags."""
    parts = list(dict.fromkeys(digit for digit in digits if digit != TRUE))
    if not parts:
        return TRUE
    return FALSE if FALSE in parts else _joined(parts, "&")


def any_of(digits: Iterable[str]) -> str:
    """OR; false if there are none."""
    parts = list(dict.fromkeys(digit for digit in digits if digit != FALSE))
    if not parts:
        return FALSE
    return TRUE if TRUE in parts else _joined(parts, "|")


def at_least(count: int, digits: Sequence[str]) -> str:
    """True when ``count`` are surely true, false when fewer could be."""
    count -= digits.count(TRUE)
    open_digits = [digit for digit in digits if digit not in (TRUE, FALSE)]
    if count <= 0:
        return TRUE
    if count > len(open_digits):
        return FALSE
    if count == 1:
        return any_of(open_digits)
    if count == len(open_digits):
        return all_of(open_digits)
    if all(digit == UNKNOWN for digit in open_digits):
        return UNKNOWN
    surely, possibly = total(open_digits, "2"), total(open_digits, "1")
    return f"((3 >> {tiny(f'{surely} < {2 * count}')}) >> {tiny(f'{possibly} < {count}')})"


def total(numbers: Iterable[str], mask: str = "") -> str:
    """The sum as a FLOAT, of the bits in ``mask`` only; 0 if there are none."""
    parts = [
        f"CAST({number} & {mask} AS FLOAT)" if mask else f"CAST({number} AS FLOAT)" for number in numbers
    ]
    return _joined(parts, "+") if parts else "CAST(0 AS FLOAT)"


def sure(digit: str) -> str:
    """1 if true, else 0."""
    return {FALSE: "0", UNKNOWN: "0", TRUE: "1"}.get(digit, f"({digit} >> 1)")


def raised(digit: str, place: int) -> str:
    """The flag ``sure`` at another place of a small number: ``2 ** place`` if true, else 0."""
    # What is not true moves the bit out of its place. Shifting to the left would be checked row by row.
    bit = 1 << place
    return sure(digit) if place == 0 else f"(({bit} >> {negated(digit)}) & {bit})"


def possible(digit: str) -> str:
    """0 if false, else 1."""
    return {FALSE: "0", UNKNOWN: "1", TRUE: "1"}.get(digit, f"({digit} & 1)")


def unsettled(digit: str) -> str:
    """1 if unknown, else 0; ``digit`` is a column or a constant, since it is named twice."""
    return {FALSE: "0", UNKNOWN: "1", TRUE: "0"}.get(digit, f"({digit} & (3 >> {digit}))")


def not_flag(flag: str) -> str:
    """1 for the flag 0, 0 for 1."""
    return {"0": "1", "1": "0"}.get(flag, f"(1 >> {flag})")


def all_flags(flags: Iterable[str]) -> str:
    """AND of flags (0 or 1); 1 if there are none."""
    parts = list(dict.fromkeys(flag for flag in flags if flag != "1"))
    if not parts:
        return "1"
    return "0" if "0" in parts else _joined(parts, "&")


def any_flag(flags: Iterable[str]) -> str:
    """OR of flags (0 or 1); 0 if there are none."""
    parts = list(dict.fromkeys(flag for flag in flags if flag != "0"))
    if not parts:
        return "0"
    return "1" if "1" in parts else _joined(parts, "|")


def tiny(sql: object) -> str:
    """A condition that is never NULL as a flag, or a small number."""
    return f"CAST({sql} AS TINYINT)"


def holds(flag: str) -> str:
    """A flag as a condition."""
    return f"{flag} = 1"


def _joined(parts: Sequence[str], operator: str) -> str:
    """The parts in brackets, halves first."""
    if len(parts) <= _WIDTH:
        return parts[0] if len(parts) == 1 else f"({f' {operator} '.join(parts)})"
    half = len(parts) // 2
    return f"({_joined(parts[:half], operator)} {operator} {_joined(parts[half:], operator)})"
