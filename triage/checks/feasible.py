"""Whether an expression can be true of anybody: ``Feasible`` narrows, part by part, what each finding may be.

Alternatives are tried one by one, never in combination: what is called impossible is impossible, but not everything
impossible is found. Guards and what they imply are heeded; contradictions.yaml is not.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import assert_never

from triage.logic import (
    And,
    AtLeast,
    Compare,
    ComparePair,
    Expr,
    FindingType,
    HasChoice,
    IsChoice,
    NoChoice,
    Not,
    Or,
    Ref,
    Truth,
    YesNo,
    evaluate,
    needed,
    spelt_out,
    truth,
)
from triage.models import KnowledgeBase

Single = YesNo | Compare | IsChoice | HasChoice
Answer = bool | float | str
Left = Mapping[str, frozenset[Answer]]
"""by finding (``finding.choice`` of a list): the answers left; by ``finding?``: whether it may be asked, or implied"""


@dataclass(frozen=True, slots=True)
class Demand:
    """``expr`` is to be true, or false unless ``holds``; if not ``surely``, unknown will do."""

    expr: Expr
    holds: bool = True
    surely: bool = True


@dataclass(frozen=True, slots=True)
class _Parts:
    """What demands come to: answers, and so many of each list of alternatives."""

    answers: list[tuple[Single, bool, bool]] = field(default_factory=list)
    choices: list[tuple[int, list[Demand], bool]] = field(default_factory=list)
    """the last says whether the alternatives stand in the demand itself, not in a pattern"""


class Feasible:
    """Asks what somebody could answer, in one knowledge base."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb
        self._meeting: dict[tuple[Single, bool], frozenset[Answer]] = {}

    def left(
        self, demands: Iterable[Demand], left: Left | None = None, dead: Callable[[Expr], None] | None = None
    ) -> Left | None:
        """What is left of the answers in ``left`` where all ``demands`` are met; None where nobody can meet them.

        ``dead`` hears of every alternative, patterns not followed, that nobody can meet together with the rest.
        """
        left = left or {}
        parts = _Parts()
        for demand in demands:
            self._take_apart(demand, parts, written=True)
        before: Left | None = None
        while before != left:  # What stands later can decide what stood before.
            before = left
            for atom, holds, surely in parts.answers:
                if (found := self._answered(atom, holds, surely, left)) is None:
                    return None
                left = found
            for count, options, _ in parts.choices:
                ways = [way for one in options if (way := self.left([one], left)) is not None]
                if len(ways) < count:
                    return None
                if len(ways) == count == 1:
                    (left,) = ways
        if dead is not None:
            for _, options, written in parts.choices:
                for option in options if written else ():
                    if self.left([option], left, dead) is None:
                        dead(option.expr if option.holds else Not(option.expr))
        return left

    def _take_apart(self, demand: Demand, parts: _Parts, *, written: bool) -> None:
        expr, holds, surely = demand.expr, demand.holds, demand.surely
        match expr:
            case YesNo() | Compare() | IsChoice() | HasChoice():
                parts.answers.append((expr, holds, surely))
            case NoChoice():
                self._take_apart(Demand(spelt_out(expr), holds, surely), parts, written=False)
            case ComparePair():
                pass  # in contradictions only
            case Ref(rule):
                self._take_apart(Demand(self.kb.exprs[rule], holds, surely), parts, written=False)
            case Not(arg):
                self._take_apart(Demand(arg, not holds, surely), parts, written=False)
            case And(args) | Or(args) | AtLeast(_, args):
                self._some_of(needed(expr, holds=holds), args, demand, parts, written=written)
            case _:
                assert_never(expr)

    def _some_of(
        self, count: int, args: tuple[Expr, ...], demand: Demand, parts: _Parts, *, written: bool
    ) -> None:
        options = [Demand(arg, demand.holds, demand.surely) for arg in args]
        if count < len(args):
            parts.choices.append((count, options, written))
        else:
            for option in options:
                self._take_apart(option, parts, written=written)

    def _answered(self, atom: Single, holds: bool, surely: bool, left: Left) -> Left | None:
        """``left`` where a finding is answered, or implied, so that ``atom`` holds (or not)."""
        finding = atom.finding
        name = f"{finding}.{atom.choice}" if isinstance(atom, HasChoice) else finding
        asked = f"{finding}?"
        if not surely and asked not in left:
            return left  # Nobody need have answered it.
        may_be = left.get(asked, frozenset({True, False}))
        guard = self.kb.guards.get(finding)
        ways: list[Left | None] = []
        answers = self._answers_meeting(atom, holds) & left.get(name, self._answers_meeting(atom, holds))
        if True in may_be and answers:
            way = {**left, name: answers, asked: frozenset({True})}
            ways.append(way if guard is None else self.left([Demand(guard, surely=False)], way))
        if False in may_be and guard is not None:
            implied = self.kb.implied.get(finding)
            meets = Truth.UNKNOWN if implied is None else evaluate(atom, {finding: implied})
            if meets is truth(holds) or (meets is Truth.UNKNOWN and not surely):
                way = {**left, asked: frozenset({False})}
                ways.append(self.left([Demand(guard, holds=False)], way))
        possible = [way for way in ways if way is not None]
        return None if not possible else possible[0] if len(possible) == 1 else left

    def _answers_meeting(self, atom: Single, holds: bool) -> frozenset[Answer]:
        key = atom, holds
        if key not in self._meeting:
            self._meeting[key] = frozenset(
                answer
                for answer in self._answers(atom)
                if evaluate(
                    atom,
                    {atom.finding: {atom.choice: bool(answer)} if isinstance(atom, HasChoice) else answer},
                )
                is truth(holds)
            )
        return self._meeting[key]

    def _answers(self, atom: Single) -> frozenset[Answer]:
        """Every answer; of numbers the bounds that rules set, the ends of the range and one in each gap."""
        finding = self.kb.findings[atom.finding]
        if finding.type is FindingType.ONE_OF:
            return frozenset(finding.choices)
        if finding.type is not FindingType.NUMBER:
            return frozenset({True, False})
        low, high = finding.limits
        bounds = self.kb.thresholds[finding.id]
        stops = {low, high, *bounds, *(bound + step for bound in bounds for step in (-1, 1))}
        inside = sorted(stop for stop in stops if low <= stop <= high and math.isfinite(stop))
        gaps = [(one + other) / 2 for one, other in pairwise(inside)]
        if finding.whole:
            return frozenset(
                rounded(value) for value in (*inside, *gaps) for rounded in (math.floor, math.ceil)
            )
        return frozenset((*inside, *gaps))
