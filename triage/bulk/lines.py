"""Families, what combines them, the lines of the differential diagnosis and which of them lead.

A line carries the key of its best member. Where a disorder stands in the differential is one number too: the key of
its line, whether it stands there by itself or as part of a combined disorder, then its own key.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from triage.assessment.ranking import OPEN_SHOWN
from triage.bulk import digits
from triage.bulk.remembered import remembered
from triage.bulk.standings import BEST_FIT, FITS_WIDTH, Standings
from triage.errors import KnowledgeError
from triage.models import NerveModality

LARGEST_EXACT = 1 << 53
"""whole numbers up to here are exact as DOUBLE"""
_FACE = 8 * FITS_WIDTH
"""width of what an item of the list of lines says of its head: grade and fit"""


class Lines:
    """The columns of families and of the differential."""

    def __init__(self, standings: Standings) -> None:
        self.standings = standings
        self.kb = standings.kb
        self.program = standings.program
        self.truths = standings.truths
        self.heads = sorted({self.kb.family(name) for name in self.kb.disorders})
        self.beyond = standings.key_width
        """a key that no disorder has: no line"""
        self.fitting = standings.band_width
        self.open_below = self.fitting + standings.best_weight * standings.rank_width
        """open lines with a weight above 0 have keys from ``fitting`` up to here"""
        most = max((len(self.members(head)) for head in self.heads), default=1)
        self.own_width = (1 << most.bit_length()) * standings.rank_width
        """width of a disorder's place within its family and of the number that tells which it is"""
        self.part_width = standings.key_width * self.own_width
        self.line_width = 2 * self.part_width
        self.limit = self.fitting * self.line_width
        """positions below it are shown"""
        if self.limit * 4 > LARGEST_EXACT:
            raise KnowledgeError(
                f"{len(self.kb.disorders)} disorders are more than the columnar engine ranks"
            )

    def members(self, head: str) -> list[str]:
        """Head and members of a family."""
        return [head, *self.kb.members.get(head, ())]

    @remembered
    def family(self, head: str) -> str:
        """The key of the best member."""
        keys = [self.standings.key(name) for name in self.members(head)]
        return self.program.define(f"family {head}", _least(keys), f"{head}: key of its best member")

    @cached_property
    def combiners(self) -> dict[str, list[str]]:
        """By head of a family: the disorders that combine it."""
        found: dict[str, list[str]] = {}
        for disorder in self.kb.disorders.values():
            for part in dict.fromkeys(disorder.combines):
                if part in self.heads:
                    found.setdefault(part, []).append(disorder.id)
        return found

    @remembered
    def part(self, head: str) -> str:
        """1 while the family stands beneath a combined disorder that fits."""
        flag = digits.any_flag(self.standings.fits(one) for one in self.combiners.get(head, ()))
        return self.program.define(f"part {head}", flag, f"{head}: stands beneath a combined disorder")

    @remembered
    def line(self, head: str) -> str:
        """The key of the family while it has a line of its own."""
        part = self.part(head)
        if part == "0":
            return self.family(head)
        sql = f"CASE WHEN {digits.holds(part)} THEN {self.beyond} ELSE {self.family(head)} END"
        return self.program.define(f"line {head}", sql, f"{head}: key of its line")

    @cached_property
    def leading_keys(self) -> list[str]:
        """The keys of leading lines: the first that fits, and for each present complaint the first that explains it.

        That is what ``leading_families`` finds one by one: a line explains something new exactly if no better line
        explains it, since each complaint of a better line is covered by it or by one before it.
        """
        lines = {head: self.line(head) for head in self.heads}
        found = (
            [self.program.define("first line", _least(list(lines.values())), "the best line")]
            if lines
            else []
        )
        for complaint in self.kb.interview.complaints:
            present = digits.sure(self.truths.rule(f"complaint.{complaint.id}"))
            explaining = (self._explaining(head, complaint.id, line) for head, line in lines.items())
            keys = [key for key in explaining if key]
            if not keys or present == "0":
                continue
            first = f"CASE WHEN {digits.holds(present)} THEN {_least(keys)} ELSE {self.beyond} END"
            note = f"the best line that explains {complaint.id}, while it is present"
            found.append(self.program.define(f"first line {complaint.id}", first, note))
        return found

    def _explaining(self, head: str, complaint: str, line: str) -> str:
        """The key of a line while it explains the complaint; empty if it never does."""
        if complaint in self.kb.disorders[head].explains:
            return line
        members = [
            one for one in self.kb.members.get(head, ()) if complaint in self.kb.disorders[one].explains
        ]
        flag = digits.any_flag(self.standings.fits(one) for one in members)
        return "" if flag == "0" else f"CASE WHEN {digits.holds(flag)} THEN {line} ELSE {self.beyond} END"

    @cached_property
    def first(self) -> str:
        """The key of the best line that fits or, if none does, is open and shown; NULL if there is none."""
        best = f"CAST({self.line_key(f'{self.listed}[1]')} AS BIGINT)"
        return self.program.define("first shown", best, "key of the first line that is shown")

    @cached_property
    def nerve_of_first(self) -> str:
        """How nerves are involved in the first disorder, as text; NULL where that varies or would be read too soon."""
        # With the type said, places in lists are told apart for Spark, which counts them from 0.
        place = f"CAST({self.first} AS BIGINT) % {self.standings.rank_width} + 1"
        words = [self.kb.nerve(name) for name in self.standings.by_rank]
        fitting = ", ".join(f"'{word}'" if word else "NULL" for word in words)
        undecided = ", ".join(
            f"'{word}'" if word and word is not NerveModality.NONE else "NULL" for word in words
        )
        sql = (
            f"CASE WHEN {self.first} < {self.fitting} THEN CAST([{fitting}] AS VARCHAR[])[{place}]"
            f" ELSE CAST([{undecided}] AS VARCHAR[])[{place}] END"
        )
        return self.program.define("nerve of first", sql, "how nerves are involved in what comes first")

    @remembered
    def leads(self, head: str) -> str:
        """1 while the family leads."""
        line = self.line(head)
        same = digits.any_flag(digits.tiny(f"{line} = {key}") for key in self.leading_keys)
        sql = digits.all_flags([same, digits.tiny(f"{line} < {self.fitting}")])
        return self.program.define(f"leads {head}", sql, f"{head}: leads")

    @cached_property
    def listed(self) -> str:
        """Lines that fit or are open with a weight above 0, best first: key of the line, then what its head shows."""
        items = [self._item(head) for head in self.heads]
        sql = _sorted_below(items, self.open_below * _FACE)
        return self.program.define("lines", sql, "lines that fit or are open, best first, with grade and fit")

    def _item(self, head: str) -> str:
        face = f"{self.standings.grade(head)} * {FITS_WIDTH} + {self.standings.fit(head)} + {BEST_FIT}"
        return f"CAST({self.line(head)} AS DOUBLE) * {_FACE} + {face}"

    @cached_property
    def leading(self) -> str:
        """The items of ``listed`` that lead."""
        keys = ", ".join(self.leading_keys)
        test = f"x < {self.fitting * _FACE} AND list_contains([{keys}], CAST(floor(x / {_FACE}) AS INTEGER))"
        sql = f"list_filter({self.listed}, lambda x: {test})"
        return self.program.define("leading", sql, "lines that lead")

    @cached_property
    def open(self) -> str:
        """The items of ``listed`` that stand under not enough known."""
        sql = f"list_filter({self.listed}, lambda x: x >= {self.fitting * _FACE})[1:{OPEN_SHOWN}]"
        return self.program.define("open lines", sql, "open lines, at most five")

    @cached_property
    def open_until(self) -> str:
        """The largest key of an open line that is shown; 0 if none is."""
        last = f"floor(list_max({self.open}) / {_FACE})"
        return self.program.define(
            "open until", f"CAST(coalesce({last}, 0) AS INTEGER)", "key of the last open line"
        )

    @remembered
    def position(self, disorder: str) -> str:
        """Where the disorder stands in the differential, a DOUBLE; not shown from ``limit`` on."""
        head = self.kb.family(disorder)
        sql = f"{self._base(head)} + {self.standings.ranks[disorder]}"
        if disorder != head:
            hidden = f"CAST({digits.not_flag(self.standings.fits(disorder))} AS DOUBLE) * {self.limit}"
            place = f"CAST({self._place(disorder)} AS DOUBLE) * {self.standings.rank_width}"
            sql = f"{sql} + {place} + {hidden}"
        return self.program.define(f"position {disorder}", sql, f"{disorder}: place in the differential")

    def _place(self, disorder: str) -> str:
        """The place of a member behind the head of its family, from 1 on."""
        own = self.standings.key(disorder)
        others = [
            self.standings.key(one) for one in self.kb.members[self.kb.family(disorder)] if one != disorder
        ]
        better = digits.total(digits.tiny(f"{other} < {own}") for other in others)
        return self.program.define(f"place {disorder}", f"({better} + 1)", f"{disorder}: place in its family")

    @remembered
    def _base(self, head: str) -> str:
        """The position of a family: that of its line, or within the line of what combines it."""
        own = f"CAST({self.line(head)} AS DOUBLE) * {self.line_width}"
        part = self.part(head)
        if part == "0":
            return self.program.define(f"base {head}", own)
        within = f"CAST({self.family(head)} AS DOUBLE) * {self.own_width} + {self.part_width}"
        cases = []
        for combiner in self.combiners[head]:
            line = (
                self.line(self.kb.family(combiner)) if self.kb.family(combiner) != head else str(self.beyond)
            )
            place = f"CAST({line} AS DOUBLE) * {self.line_width} + {within}"
            cases.append(f"WHEN {digits.holds(self.combined_by(head, combiner))} THEN {place}")
        sql = f"CASE {' '.join(cases)} ELSE {own} END"
        return self.program.define(f"base {head}", sql, f"{head}: place of its line")

    def combined_by(self, head: str, combiner: str) -> str:
        """1 while the family stands beneath this one of its combiners: the best that fits."""
        fits = self.standings.fits(combiner)
        others = [one for one in self.combiners[head] if one != combiner]
        if not others:
            return fits
        mine = self._order(combiner)
        better = [
            digits.all_flags([self.standings.fits(one), digits.tiny(f"{self._order(one)} < {mine}")])
            for one in others
        ]
        flag = digits.all_flags([fits, digits.not_flag(digits.any_flag(better))])
        return self.program.define(f"{head} beneath {combiner}", flag, f"{head} stands beneath {combiner}")

    def _order(self, disorder: str) -> str:
        """Families first, then members: the order in which combined disorders are looked at."""
        family = f"CAST({self.family(self.kb.family(disorder))} AS DOUBLE)"
        sql = f"{family} * {self.standings.key_width} + CAST({self.standings.key(disorder)} AS DOUBLE)"
        return self.program.define(f"order {disorder}", sql)

    @remembered
    def in_differential(self, disorder: str) -> str:
        """1 while the disorder has a line or stands beneath one."""
        flag = digits.tiny(f"{self.position(disorder)} < {self.limit}")
        return self.program.define(f"in differential {disorder}", flag, f"{disorder}: in the differential")

    @remembered
    def in_open(self, disorder: str) -> str:
        """1 while the disorder is the best of an open line that is shown."""
        key = self.standings.key(disorder)
        line = self.line(self.kb.family(disorder))
        conditions = [f"{key} = {line}", f"{key} >= {self.fitting}", f"{key} <= {self.open_until}"]
        flag = digits.all_flags(digits.tiny(one) for one in conditions)
        return self.program.define(f"in open {disorder}", flag, f"{disorder}: under not enough known")

    @remembered
    def shown(self, disorder: str) -> str:
        """1 while the disorder is in the differential or under not enough known."""
        flag = digits.any_flag([self.in_differential(disorder), self.in_open(disorder)])
        return self.program.define(f"shown {disorder}", flag, f"{disorder}: shown")

    @cached_property
    def differential(self) -> str:
        """The positions of what is shown, in order."""
        items = [self.position(name) for name in sorted(self.kb.disorders)]
        return self.program.define(
            "differential", _sorted_below(items, self.limit), "places in the differential"
        )

    def name_of(self, number: str, *, of_heads: bool = False) -> str:
        """The disorder whose key, or whose line's key, stands in the lowest part of a number; the head if asked."""
        names = [self.kb.family(name) if of_heads else name for name in self.standings.by_rank]
        listed = ", ".join(f"'{name}'" for name in names)
        return f"[{listed}][CAST({number} AS BIGINT) % {self.standings.rank_width} + 1]"

    def line_key(self, item: str) -> str:
        """The key in an item of ``listed``."""
        return f"floor({item} / {_FACE})"

    def item_grade(self, item: str) -> str:
        """The grade of the head in an item of ``listed``, by its number."""
        return f"CAST({item} AS BIGINT) % {_FACE} // {FITS_WIDTH}"

    def item_fit(self, item: str) -> str:
        """The fit of the head in an item of ``listed``."""
        return f"CAST({item} AS BIGINT) % {FITS_WIDTH} - {BEST_FIT}"


def _least(keys: Iterable[str]) -> str:
    listed = list(dict.fromkeys(keys))
    return listed[0] if len(listed) == 1 else f"least({', '.join(listed)})"


def _sorted_below(items: list[str], limit: int) -> str:
    """The items below ``limit`` as a sorted list."""
    return f"list_sort(list_filter([{', '.join(items)}], lambda x: x < {limit}))"
