"""How like its usual picture what is told is, as ``assessment.likeness`` counts it.

A case tells some dozens of the thousand answers that profiles list, so nothing is summed over answers that were not
given: what is told becomes a short list of rows, and the points are looked up in tables that have these rows. The
exact whole numbers of a DOUBLE are so many that one table holds the points of several disorders, each as a digit of
one number; digits are added all at once and taken apart at the end.

Summing a column per answer and disorder, as grades and fits are, took more than twice as long: each of 25,000
additions leaves 2,000 numbers in a place of its own, and memory is what such a statement waits for.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from triage.assessment.likeness import points_of, table_of
from triage.bulk.assessment.truths import Truths
from triage.bulk.sql import digits
from triage.bulk.sql.comparisons import literal
from triage.bulk.sql.program import quoted
from triage.models import Spread

Points = Mapping[str, int]
"""what one answer counts, by disorder"""
ABREAST = 4
"""answers in one block, which has a row for each way to tell some of them"""
BLOCK = 1 << ABREAST
"""rows of a block; at every multiple of it stands a row for nothing told"""
PACKED = 1 << 52
"""whole numbers below it are exact as DOUBLE, and so is the whole part of their quotients"""


@dataclass(frozen=True, slots=True)
class Digit:
    """Where the points of a disorder stand in the numbers of a table."""

    table: int
    place: int
    """what one point adds"""
    low: int
    """the least sum of points"""
    width: int
    """how many sums there are"""


class Likenesses:
    """The columns of points."""

    def __init__(self, truths: Truths) -> None:
        self.kb = truths.kb
        self.truths = truths
        self.program = truths.program

    def points(self, disorder: str) -> str:
        """The sum of points, not clipped; a FLOAT."""
        digit = self._digits.get(disorder)
        if digit is None:
            return "CAST(0 AS FLOAT)"
        packed = self._sums[digit.table]
        above = f"floor({packed} / {digit.place * digit.width}) * {digit.width}"
        sql = f"CAST(floor({packed} / {digit.place}) - {above} + {digit.low} AS FLOAT)"
        return self.program.define(f"alike {disorder}", sql, f"{disorder}: points of its profile")

    @cached_property
    def _answers(self) -> list[tuple[str, Points]]:
        """The digits of answers that the table has, with what these count."""
        answers = table_of(self.kb).answers.items()
        told = [(self.truths.told(finding, choice), points) for (finding, choice), points in answers]
        return [one for one in told if one[0] not in (digits.FALSE, digits.UNKNOWN)]

    @cached_property
    def _numbers(self) -> dict[str, tuple[list[Cut], list[Points]]]:
        """By finding: where its number begins to count differently, and what it counts below, between and behind."""
        found: dict[str, tuple[list[Cut], list[Points]]] = {}
        for finding, spreads in table_of(self.kb).numbers.items():
            if finding in self.truths.given:
                cuts = _cuts(spreads.values())
                found[finding] = (
                    cuts,
                    [
                        {disorder: points_of(spread, least) for disorder, spread in spreads.items()}
                        for least in (-math.inf, *(cut.least for cut in cuts))
                    ],
                )
        return found

    @cached_property
    def _laid_out(self) -> tuple[list[str], list[Points]]:
        """What becomes a row of the tables, block by block and number by number; and what each row counts."""
        items: list[str] = []
        rows: list[Points] = []
        for start in range(0, len(self._answers), ABREAST):
            block = self._answers[start : start + ABREAST]
            bits = (digits.raised(told, place) for place, (told, _) in enumerate(block))
            items.append(f"CAST({' | '.join(bits)} AS INTEGER) | {len(rows)}")
            for told in range(BLOCK):
                rows.append(_added(points for place, (_, points) in enumerate(block) if told >> place & 1))
        for finding, (cuts, counted) in self._numbers.items():
            places = []
            for points in counted:
                if len(rows) % BLOCK == 0:
                    rows.append({})
                places.append(len(rows))
                rows.append(points)
            found = _found(quoted(finding), cuts, places)
            items.append(f"CASE WHEN {quoted(finding)} IS NULL THEN 0 ELSE {found} END")
        return items, rows

    # The lowest bits of an item tell whether anything is told, and its row: a block's flags stand in them as they are.
    @cached_property
    def _told(self) -> str:
        items, _ = self._laid_out
        sql = f"list_filter([{', '.join(items)}], lambda x: (x & {BLOCK - 1}) > 0)"
        return self.program.define("told", sql, "rows of what is told, in the tables of points")

    @cached_property
    def _digits(self) -> dict[str, Digit]:
        """By disorder: its digit, as many to a table as exact numbers allow."""
        found: dict[str, Digit] = {}
        table, place = 0, 1
        for disorder, (low, high) in self._reach().items():
            width = high - low + 1
            if place * width > PACKED:
                table, place = table + 1, 1
            found[disorder] = Digit(table, place, low, width)
            place *= width
        return found

    def _reach(self) -> dict[str, tuple[int, int]]:
        """By disorder: the least and the greatest sum of points."""
        reach: dict[str, tuple[int, int]] = {}
        for rows in (
            *([points] for _, points in self._answers),
            *(rows for _, rows in self._numbers.values()),
        ):
            for disorder in rows[0]:
                counted = [0, *(points[disorder] for points in rows)]
                low, high = reach.get(disorder, (0, 0))
                reach[disorder] = low + min(counted), high + max(counted)
        return reach

    @cached_property
    def _sums(self) -> list[str]:
        """By table: the sum of its numbers over what is told, a DOUBLE; no digit of it is negative."""
        tables: dict[int, dict[str, Digit]] = {}
        for disorder, digit in self._digits.items():
            tables.setdefault(digit.table, {})[disorder] = digit
        return [self._sum(table, held) for table, held in tables.items()]

    def _sum(self, table: int, held: Mapping[str, Digit]) -> str:
        _, rows = self._laid_out
        listed = ",".join(
            str(sum(held[disorder].place * points for disorder, points in row.items() if disorder in held))
            for row in rows
        )
        # One text is planned at once and read once for some thousand cases; a list of numbers would be neither.
        note = f"points of what can be told, for {', '.join(held)}"
        column = self.program.define(
            f"points {table}", f"CAST(string_split('{listed}', ',') AS DOUBLE[])", note
        )
        added = f"list_sum(list_transform({self._told}, lambda x: {column}[CAST(x AS BIGINT) + 1]))"
        least = -sum(digit.place * digit.low for digit in held.values())
        return self.program.define(f"packed {table}", f"coalesce({added}, 0) + {least}")


@dataclass(frozen=True, slots=True, order=True)
class Cut:
    """Where a number begins to count differently for some disorder."""

    limit: float
    beyond: bool
    """whether at what is more than the limit, not at the limit itself"""

    @property
    def least(self) -> float:
        """The first number behind it."""
        return math.nextafter(self.limit, math.inf) if self.beyond else self.limit

    def passed(self, sql: str) -> str:
        """The condition that a number lies behind it."""
        return f"{sql} {'>' if self.beyond else '>='} {literal(self.limit)}"


def _added(several: Iterable[Points]) -> Points:
    found: Counter[str] = Counter()
    for points in several:
        found.update(points)
    return found


def _cuts(spreads: Iterable[Spread]) -> list[Cut]:
    return sorted(
        {
            Cut(limit, beyond)
            for spread in spreads
            for ends in (spread.half, spread.most)
            for limit, beyond in zip(ends, (False, True), strict=True)
        }
    )


def _found(sql: str, cuts: Sequence[Cut], rows: Sequence[int]) -> str:
    """The row of a number, by halves; there is one row more than cuts."""
    if not cuts:
        return str(rows[0])
    half = len(cuts) // 2
    below = _found(sql, cuts[:half], rows[: half + 1])
    behind = _found(sql, cuts[half + 1 :], rows[half + 1 :])
    return f"CASE WHEN {cuts[half].passed(sql)} THEN {behind} ELSE {below} END"
