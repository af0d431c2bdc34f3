"""Families, what combines them, the lines of the differential diagnosis and which of them lead.

A line carries the key of its best member; where one that is undecided stands before all that fit, its key is moved into
the band below theirs. Where a disorder stands in the differential is one number too: the key of its line, whether it
stands there by itself or as part of a combined disorder, then its own key.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from functools import cached_property

from triage.assessment.grading import FIT_WEIGHT
from triage.assessment.ranking import AHEAD_BY, OPEN_SHOWN
from triage.bulk.assessment.standings import BEST_FIT, FITS_WIDTH, LADDER, Standings
from triage.bulk.sql import digits
from triage.bulk.sql.remembered import remembered
from triage.errors import KnowledgeError
from triage.models import Grade, NerveModality

LARGEST_EXACT = 1 << 53
"""whole numbers up to here are exact as DOUBLE"""
LARGEST_KEY = 1 << 24
"""whole numbers up to here are exact as FLOAT, in which keys are added up"""
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
        self.moved = 2 * standings.band_width
        """by so much the key of an open line gets smaller when it is moved before all that fit"""
        self.fitting = 2 * standings.band_width
        """lines that fit have keys below it, as has one that was moved before them"""
        self.open_below = self.fitting + standings.best_weight * standings.rank_width
        """open lines with a weight above 0 have keys from ``fitting`` up to here"""
        most = max((len(self.members(head)) for head in self.heads), default=1)
        self.own_width = (1 << most.bit_length()) * standings.rank_width
        """width of a disorder's place within its family and of the number that tells which it is"""
        self.part_width = standings.key_width * self.own_width
        self.line_width = 2 * self.part_width
        self.limit = self.fitting * self.line_width
        """positions below it are shown"""
        if self.beyond > LARGEST_KEY or self.beyond * self.line_width > LARGEST_EXACT:
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
        """The key of the family while it has a line of its own, as if no line were moved."""
        part = self.part(head)
        if part == "0":
            return self.family(head)
        sql = f"CASE WHEN {digits.holds(part)} THEN {self.beyond} ELSE {self.family(head)} END"
        return self.program.define(f"line {head}", sql, f"{head}: key of its line")

    @cached_property
    def first_fitting(self) -> str:
        """The key of the best line that fits; that of another, from ``fitting`` on, if none does."""
        keys = [self.line(head) for head in self.heads]
        return self.program.define("first line", _least(keys), "the best line") if keys else str(self.beyond)

    @cached_property
    def ahead(self) -> str:
        """The key of the undecided line that stands before all that fit; 0 if none does."""
        if not self.heads:
            return "0"
        standings, fits, undecided = self.standings, self.first_fitting, self._first_open
        # Which of two numbers is told for it follows from its band: what fits has its fit.
        fit = self._by_rank("fit", standings.fit, "the fit of each disorder")
        grade = self._by_rank("grade", standings.grade, "the grade of each disorder")
        tests = [
            f"{fits} < {self.fitting}",
            f"{self._named(grade, fits)} = {LADDER.index(Grade.POSSIBLE)}",
            f"{self._claim(undecided, self._told)} > {self._claim(fits, fit)} + {AHEAD_BY}",
        ]
        sql = f"CASE WHEN {' AND '.join(tests)} THEN {undecided} ELSE 0 END"
        return self.program.define("ahead", sql, "key of the undecided line before all that fit")

    @cached_property
    def _told(self) -> str:
        """What is told for each disorder as if it were undecided, as a list by rank."""
        return self._by_rank("told", self.standings.told_for, "what is told for each disorder")

    def _by_rank(self, name: str, number_of: Callable[[str], str], note: str) -> str:
        """A number of each disorder as a list, in the order of the lowest part of keys."""
        listed = ", ".join(number_of(disorder) for disorder in self.standings.by_rank)
        return self.program.define(f"{name} by rank", f"[{listed}]", note)

    def _named(self, listed: str, key: str) -> str:
        """What a list by rank holds for the disorder with this key."""
        # With the type said, places in lists are told apart for Spark, which counts them from 0.
        return f"{listed}[CAST({key} AS BIGINT) % {self.standings.rank_width} + 1]"

    def _claim(self, key: str, told: str) -> str:
        """What the disorder with this key has to show beside one of another band, by what is told for each."""
        standings = self.standings
        place = f"CAST({key} AS BIGINT) % {standings.band_width} // {standings.rank_width}"
        return f"({standings.best_weight} - {place} - {self._named(told, key)} * {FIT_WEIGHT - 1})"

    @cached_property
    def _first_open(self) -> str:
        """The key of the best open line with a weight above 0; NULL if there is none."""
        undecided = f"list_filter({self._ranked}, lambda x: x >= {self.fitting * _FACE})"
        sql = f"CAST(floor(list_min({undecided}) / {_FACE}) AS INTEGER)"
        return self.program.define("first open", sql, "the best open line")

    @cached_property
    def leading_keys(self) -> list[str]:
        """The keys of leading lines that fit: the first, and for each present complaint the first that explains it.

        That is what ``leading_families`` finds one by one: a line explains something new exactly if no better line
        explains it, since each complaint of a better line is covered by it or by one before it.
        """
        lines = {head: self.line(head) for head in self.heads}
        found = [self.first_fitting] if lines else []
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
        """The key of the first line: one that is ahead, or fits, or is open and shown; NULL if there is none."""
        best = f"CAST({self.line_key(f'{self.listed}[1]')} AS BIGINT)"
        return self.program.define("first shown", best, "key of the first line that is shown")

    @property
    def _first_fits(self) -> str:
        """The condition that the first line fits."""
        return f"{self.first} BETWEEN {self.standings.band_width} AND {self.fitting - 1}"

    @property
    def _first_has_much(self) -> str:
        """The condition that the first line has more to show than would put it before one that fits."""
        return f"{self._claim(self.first, self._told)} > {AHEAD_BY}"

    @cached_property
    def nerve_of_first(self) -> str:
        """How nerves are involved in the first disorder, as text; NULL where that varies or would be read too soon."""
        word = self._nerve_of(self.first)
        heard = f"{self._first_fits} OR {self._first_has_much} OR {word} <> '{NerveModality.NONE}'"
        sql = f"CASE WHEN {heard} THEN {word} END"
        return self.program.define("nerve of first", sql, "how nerves are involved in what comes first")

    @cached_property
    def nerve_by_definition(self) -> str:
        """The modality that defines the first disorder, as text, if it may be read against the answers; else NULL."""
        defined = (name for name, entry in self.kb.disorders.items() if entry.nerve_by_definition)
        word = self._nerve_of(self.first, set(defined))
        both = f"{word} = '{NerveModality.MIXED}' AND {self._first_has_much}"
        alone = f"{self.leading}[2] IS NULL OR {word} = '{NerveModality.UNDETERMINED}'"
        sql = f"CASE WHEN {self._first_fits} AND ({alone}) OR {both} THEN {word} END"
        return self.program.define("nerve by definition", sql, "the modality that defines what comes first")

    def _nerve_of(self, key: str, among: Container[str] | None = None) -> str:
        """How nerves are involved in the disorder with this key, as text; NULL where that varies or is not asked."""
        words = [
            self.kb.nerve(name) if among is None or name in among else None for name in self.standings.by_rank
        ]
        listed = ", ".join(f"'{word}'" if word else "NULL" for word in words)
        return self._named(f"CAST([{listed}] AS VARCHAR[])", key)

    @remembered
    def leads(self, head: str) -> str:
        """1 while the family leads."""
        line = self.line(head)
        same = digits.any_flag(digits.tiny(f"{line} = {key}") for key in self.leading_keys)
        fitting = digits.all_flags([same, digits.tiny(f"{line} < {self.fitting}")])
        sql = digits.any_flag([fitting, digits.tiny(f"{line} = {self.ahead}")])
        return self.program.define(f"leads {head}", sql, f"{head}: leads")

    @cached_property
    def _ranked(self) -> str:
        """Lines that fit, then those that are open with a weight above 0: the key, then what the head shows."""
        items = [self._item(head) for head in self.heads]
        sql = _sorted_below(items, self.open_below * _FACE)
        return self.program.define("ranked", sql, "lines that fit or are open, with grade and fit")

    @cached_property
    def listed(self) -> str:
        """The same in the order of the differential: one that is ahead is moved before those that fit."""
        if self.ahead == "0":
            return self._ranked
        moved = f"CASE WHEN floor(x / {_FACE}) = {self.ahead} THEN x - {self.moved * _FACE} ELSE x END"
        sorted_anew = f"list_sort(list_transform({self._ranked}, lambda x: {moved}))"
        sql = f"CASE WHEN {self.ahead} > 0 THEN {sorted_anew} ELSE {self._ranked} END"
        return self.program.define("lines", sql, "lines in the order of the differential, with grade and fit")

    def _item(self, head: str) -> str:
        face = f"{self.standings.grade(head)} * {FITS_WIDTH} + {self.standings.fit(head)} + {BEST_FIT}"
        return f"CAST({self.line(head)} AS DOUBLE) * {_FACE} + {face}"

    @cached_property
    def leading(self) -> str:
        """The items of ``listed`` that lead."""
        keys = ", ".join(self.leading_keys)
        fitting = (
            f"x < {self.fitting * _FACE} AND list_contains([{keys}], CAST(floor(x / {_FACE}) AS INTEGER))"
        )
        moved = f"x < {self.standings.band_width * _FACE}"
        sql = f"list_filter({self.listed}, lambda x: {moved} OR {fitting})"
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
            # The best member of a line that is ahead is shown although it does not fit.
            others = digits.tiny(f"{self.standings.key(disorder)} <> {self.ahead}")
            not_shown = digits.all_flags([digits.not_flag(self.standings.fits(disorder)), others])
            hidden = f"CAST({not_shown} AS DOUBLE) * {self.limit}"
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
        line = self.line(head)
        moved = f"CASE WHEN {line} = {self.ahead} THEN {line} - {self.moved} ELSE {line} END"
        own = f"CAST({moved} AS DOUBLE) * {self.line_width}"
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
        conditions = [
            f"{key} = {line}",
            f"{key} <> {self.ahead}",
            f"{key} >= {self.fitting}",
            f"{key} <= {self.open_until}",
        ]
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
