"""Documented treatment paths for the leading disorders, as ``assessment.paths`` defines them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from triage.assessment.paths import caveats_of, documented
from triage.bulk.assessment.lines import Lines
from triage.bulk.sql import digits
from triage.models import Line, Path, Severity, Treatment


@dataclass(frozen=True, slots=True)
class Documented:
    """A path with its place among all paths of its disorder: by line, treatment, id."""

    treatment: Treatment
    path: Path
    index: int


class Paths:
    """The columns of paths that are shown or withheld."""

    def __init__(self, lines: Lines) -> None:
        self.kb = lines.kb
        self.lines = lines
        self.standings = lines.standings
        self.truths = lines.truths
        self.program = lines.program
        self.treatments = sorted(self.kb.treatments)
        self.all = list(self._documented())
        most = max((one.index for one in self.all), default=0) + 1
        self.width = most * max(len(self.treatments), 1)
        self.limit = self.lines.fitting * 2 * self.standings.key_width * self.width

    def _documented(self) -> Iterator[Documented]:
        for disorder in sorted(self.kb.disorders):
            found = sorted(
                documented(self.kb, disorder), key=lambda one: (one[1].line.rank, one[0].id, one[1].id)
            )
            for index, (treatment, path) in enumerate(found):
                yield Documented(treatment, path, index)

    def context(self, one: Documented) -> str:
        """The truth of the situation in which the path is documented."""
        return self.truths.rule(f"{_id(one)}.context") if one.path.context is not None else digits.TRUE

    @cached_property
    def grown(self) -> str:
        """1 unless the person is known to be too young for most paths."""
        return digits.possible(self.truths.rule("adult"))

    def _concerned(self, one: Documented) -> str:
        """1 while the path's disorder fits, its family leads and its situation may be this one."""
        head = self.kb.family(one.path.disorder)
        flags = [
            self.standings.fits(one.path.disorder),
            self.lines.leads(head),
            digits.possible(self.context(one)),
        ]
        return digits.all_flags(flags)

    def shown(self, one: Documented) -> str:
        """1 while the path is listed."""
        grown = self.grown if one.path.ages == "adults" else "1"
        flag = digits.all_flags([self._concerned(one), grown])
        return self.program.define(f"path {_id(one)}", flag, f"{_id(one)}: documented for a leading disorder")

    @cached_property
    def withheld(self) -> str:
        """1 while some paths are left out because of age."""
        concerned = digits.any_flag(self._concerned(one) for one in self.all if one.path.ages == "adults")
        return digits.all_flags([digits.not_flag(self.grown), concerned])

    def against(self, one: Documented) -> str:
        """1 while a contraindication applies."""
        rules = [
            rule
            for rule, caveat in caveats_of(self.kb, one.treatment, one.path)
            if caveat.severity is Severity.CONTRAINDICATED
        ]
        flag = digits.sure(digits.any_of(self.truths.rule(rule) for rule in rules))
        return self.program.define(f"against {_id(one)}", flag, f"{_id(one)}: a contraindication applies")

    def order(self, one: Documented) -> str:
        """Where the path stands in the list, a DOUBLE: leading line, head before members, then its own place."""
        disorder = one.path.disorder
        head = self.kb.family(disorder)
        member = self.standings.key_width if disorder != head else 0
        sql = (
            f"CAST({self.lines.line(head)} AS DOUBLE) * {2 * self.standings.key_width}"
            f" + {member} + CAST({self.standings.key(disorder)} AS DOUBLE)"
        )
        base = self.program.define(f"paths of {disorder}", sql, f"{disorder}: place of its paths")
        place = one.index * len(self.treatments) + self.treatments.index(one.treatment.id)
        return f"{base} * {self.width} + {place}"

    @cached_property
    def treatments_shown(self) -> str:
        """The treatments without a contraindication, each once, in the order of their first paths.

        Those documented as not to be offered are left out: a list of treatments reads as one of choices.
        """
        items = []
        for one in self.all:
            if one.path.line is Line.AVOID:
                continue
            flag = digits.all_flags([self.shown(one), digits.not_flag(self.against(one))])
            if flag != "0":
                items.append(f"CASE WHEN {digits.holds(flag)} THEN {self.order(one)} END")
        if not items:
            return "CAST([] AS VARCHAR[])"
        keys = f"list_sort(list_filter([{', '.join(items)}], lambda x: x IS NOT NULL))"
        names = ", ".join(f"'{name}'" for name in self.treatments)
        count = len(self.treatments)
        each = f"list_transform({keys}, lambda x: [{names}][CAST(x AS BIGINT) % {count} + 1])"
        ordered = self.program.define("treatments in order", each, "treatments by their paths")
        return f"list_filter({ordered}, lambda x, i: list_position({ordered}, x) = i)"


def _id(one: Documented) -> str:
    return f"{one.treatment.id}.{one.path.id}"
