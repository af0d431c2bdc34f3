"""How soon care is needed, as ``assessment.urgency`` defines it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from triage.bulk.assessment.lines import Lines
from triage.bulk.assessment.pending import Pending
from triage.bulk.sql import digits
from triage.logic import Ref
from triage.models import Level, UrgencyRule

HIGHEST_FIRST = tuple(reversed(Level))


class Urgencies:
    """The columns of urgency rules that hold or are open, and of the levels that follow."""

    def __init__(self, lines: Lines, pending: Pending) -> None:
        self.kb = lines.kb
        self.lines = lines
        self.pending = pending
        self.truths = lines.truths
        self.program = lines.program
        rules = self.kb.urgency_rules.values()
        self.rules = sorted(rules, key=lambda rule: (-rule.level.rank, rule.id))
        """highest level first, then by id: the order of every list"""

    def held(self, rule: UrgencyRule) -> str:
        """1 while the rule holds: ``when`` is true and nothing reassures."""
        when = self.truths.rule(f"{rule.id}.when")
        flag = digits.all_flags([digits.sure(when), self._not_reassured(rule)])
        return self.program.define(f"held {rule.id}", flag, f"{rule.id}: holds")

    def open(self, rule: UrgencyRule) -> str:
        """1 while the rule could still hold, concerns the case, and a finding could decide it."""
        concerned = digits.any_flag(
            digits.possible(self.truths.rule(f"complaint.{name}")) for name in rule.about
        )
        could = self.pending.possible(Ref(f"{rule.id}.when"))
        flag = digits.all_flags([could, self._not_reassured(rule), concerned])
        return self.program.define(f"open {rule.id}", flag, f"{rule.id}: open")

    def _not_reassured(self, rule: UrgencyRule) -> str:
        if rule.unless is None:
            return "1"
        return digits.possible(digits.negated(self.truths.rule(f"{rule.id}.unless")))

    @cached_property
    def now(self) -> str:
        """The level, as text."""
        held = {level: digits.any_flag(self.held(rule) for rule in self._of(level)) for level in Level}
        held[Level.ROUTINE] = digits.any_flag([held[Level.ROUTINE], self._default(held)])
        return self.program.define("urgency", _highest(held), "urgency now")

    @cached_property
    def could_become(self) -> str:
        """The highest level that answers could still bring, as text."""
        held = {level: digits.any_flag(self.held(rule) for rule in self._of(level)) for level in Level}
        default = self._default(held)
        could = {
            level: digits.any_flag([held[level], *(self.open(rule) for rule in self._of(level))])
            for level in Level
        }
        could[Level.ROUTINE] = digits.any_flag([could[Level.ROUTINE], default])
        return self.program.define("could become", _highest(could), "what urgency could become")

    def _of(self, level: Level) -> Iterator[UrgencyRule]:
        return (rule for rule in self.rules if rule.level is level)

    def _default(self, held: dict[Level, str]) -> str:
        """1 where no rule holds and self-care is not enough: routine."""
        flag = digits.not_flag(digits.any_flag([*held.values(), self._self_care]))
        return self.program.define("no level", flag, "no rule holds and self-care is not enough")

    @cached_property
    def _self_care(self) -> str:
        """1 while every leading disorder may be cared for at home and no danger sign was answered yes."""
        settled = [
            digits.all_flags(
                [self.lines.leads(head), digits.sure(self.truths.rule(f"{head}.self_care_when"))]
            )
            for head in self.lines.heads
            if f"{head}.self_care_when" in self.kb.exprs
        ]
        settled = [flag for flag in settled if flag != "0"]
        if not settled:
            return "0"
        signs = sorted(self.kb.danger_signs, key=str)
        danger = digits.sure(digits.any_of(self.truths.atom(sign) for sign in signs))
        count = f"array_length({self.lines.leading})"
        all_of_them = digits.tiny(f"{count} > 0 AND {digits.total(settled)} = {count}")
        flag = digits.all_flags([digits.not_flag(danger), all_of_them])
        return self.program.define("self care", flag, "self-care is enough")


def _highest(flags: dict[Level, str]) -> str:
    cases = [(level, flags[level]) for level in HIGHEST_FIRST if level is not Level.SELF_CARE]
    whens = " ".join(f"WHEN {digits.holds(flag)} THEN '{level}'" for level, flag in cases if flag != "0")
    return f"CASE {whens} ELSE '{Level.SELF_CARE}' END"
