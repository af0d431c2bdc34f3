"""Which findings could still change a rule, as ``logic.pending_findings`` defines it.

Two forms. Downwards: a set of rules is wanted, and what is wanted of a rule is wanted of its undecided parts, until
the findings are reached; that costs one column per part however many rules there are, and gives the union. Rule by
rule: the findings of one rule with the condition under which each is pending, for those who list them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import assert_never

from triage.bulk.assessment.truths import Truths
from triage.bulk.sql import digits
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
    YesNo,
    children,
    findings_of,
)

Flags = dict[str, list[str]]


class Pending:
    """The columns of what is pending."""

    def __init__(self, truths: Truths) -> None:
        self.kb = truths.kb
        self.truths = truths
        self.program = truths.program
        self._by_rule: dict[Expr, Flags] = {}
        self._sure_to_pend: dict[Expr, bool] = {}

    def resolved(self, expr: Expr) -> Expr | None:
        """The expression behind a reference; None for a rule that does not exist."""
        while isinstance(expr, Ref):
            found = self.kb.exprs.get(expr.rule)
            if found is None:
                return None
            expr = found
        return expr

    def undecided(self, expr: Expr) -> str:
        """1 while the expression is unknown."""
        if isinstance(expr, Not):
            return self.undecided(expr.arg)
        node = self.truths.node(expr)
        flag = digits.unsettled(node)
        return flag if node in digits.CONSTANTS else self.program.define(f"undecided {node[1:-1]}", flag)

    def possible(self, expr: Expr) -> str:
        """1 while any finding could still change the expression."""
        whole = self.resolved(expr)
        if whole is None:
            return "0"
        if self._certain(whole):
            return self.undecided(whole)
        match whole:
            case YesNo() | Compare() | IsChoice() | HasChoice() | NoChoice() | ComparePair():
                asked = digits.any_flag(digits.possible(self.truths.guard(one)) for one in findings_of(whole))
                return digits.all_flags([self.undecided(whole), asked])
            case _:
                parts = digits.any_flag(self.possible(child) for child in children(whole))
                flag = digits.all_flags([self.undecided(whole), parts])
                return self.program.define(f"could change {len(self.program.columns)}", flag)

    def _certain(self, expr: Expr) -> bool:
        """Whether the expression, while unknown, always has a finding that could change it."""
        known = self._sure_to_pend.get(expr)
        if known is None:
            known = self._sure_to_pend[expr] = self._is_certain(expr)
        return known

    def _is_certain(self, expr: Expr) -> bool:
        match expr:
            case YesNo() | Compare() | IsChoice() | HasChoice() | NoChoice() | ComparePair():
                return all(self._asked_while_unknown(finding) for finding in findings_of(expr))
            case Ref():
                whole = self.resolved(expr)
                return whole is not None and self._certain(whole)
            case Not() | And() | Or() | AtLeast():
                return all(self._certain(child) for child in children(expr))
            case _:
                assert_never(expr)

    def _asked_while_unknown(self, finding: str) -> bool:
        """Whether a finding without a value is always one that is asked: else it may not apply."""
        partly = self.kb.findings[finding].type is FindingType.ANY_OF
        return finding not in self.kb.guards or (finding in self.kb.implied and not partly)

    def union(self, wanted: Mapping[str, str]) -> dict[str, str]:
        """By finding: the flag that it is pending for any rule of ``wanted`` (id of the rule to a flag)."""
        return _Downwards(self, wanted).findings()

    def of(self, rules: Iterable[str]) -> dict[str, str]:
        """By finding: the flag that it is pending for any of these rules."""
        return self._of([Ref(rule) for rule in rules])

    def _of(self, exprs: Iterable[Expr]) -> dict[str, str]:
        found: Flags = {}
        for expr in exprs:
            _merge(found, self._flags(expr))
        return {name: digits.any_flag(flags) for name, flags in found.items()}

    def _flags(self, expr: Expr) -> Flags:
        """By finding: conditions under each of which it is pending for ``expr``."""
        whole = self.resolved(expr)
        if whole is None:
            return {}
        if isinstance(whole, Not):
            return self._flags(whole.arg)
        known = self._by_rule.get(whole)
        if known is None:
            known = self._by_rule[whole] = self._flags_of(whole, shared=isinstance(expr, Ref))
        return known

    def _flags_of(self, expr: Expr, *, shared: bool) -> Flags:
        undecided = self.undecided(expr)
        if undecided == "0":
            return {}
        found: Flags = {}
        match expr:
            case YesNo() | Compare() | IsChoice() | HasChoice() | NoChoice() | ComparePair():
                for finding in findings_of(expr):
                    for name, flag in self.finding(finding).items():
                        found.setdefault(name, []).append(digits.all_flags([undecided, flag]))
                return found
            case _:
                for child in children(expr):
                    _merge(found, self._flags(child))
        flags = {name: digits.all_flags([undecided, digits.any_flag(inner)]) for name, inner in found.items()}
        if shared:
            flags = {
                name: self.program.define(f"{name} pending {len(self.program.columns)}", flag)
                for name, flag in flags.items()
            }
        return {name: [flag] for name, flag in flags.items() if flag != "0"}

    def finding(self, finding: str) -> dict[str, str]:
        """What is pending while an expression waits for the finding: itself, and what its guard waits for."""
        guard = self.kb.guards.get(finding)
        if guard is None:
            return {finding: "1"}
        asked = digits.possible(self.truths.guard(finding))
        # What a guard names are findings only, and what one of those waits for stands in its own flags.
        found = {
            name: digits.any_flag(flags) for name, flags in self._flags(Ref(f"{finding}.asked_when")).items()
        }
        return found | {finding: asked}


class _Downwards:
    """One walk from wanted rules to findings; every part is met after all that want it."""

    def __init__(self, pending: Pending, wanted: Mapping[str, str]) -> None:
        self.pending = pending
        self.truths = pending.truths
        self.program = pending.program
        self.wants: dict[Expr, list[str]] = {}
        self.found: dict[str, list[str]] = {}
        self.order: list[Expr | str] = []
        self._visited: set[Expr | str] = set()
        for rule, flag in wanted.items():
            self._want(Ref(rule), flag)
        for expr in list(self.wants):
            self._visit(expr)

    def findings(self) -> dict[str, str]:
        """By finding: the flag that it is pending."""
        result: dict[str, str] = {}
        for item in reversed(self.order):
            if isinstance(item, str):
                flag = self._finding(item)
                if flag != "0":
                    result[item] = flag
            else:
                self._pass_on(item)
        return result

    def _want(self, expr: Expr, flag: str) -> None:
        whole = self._bare(expr)
        if whole is not None and flag != "0":
            self.wants.setdefault(whole, []).append(flag)

    def _bare(self, expr: Expr) -> Expr | None:
        """The expression without references and negations: both are unknown exactly while it is."""
        whole = self.pending.resolved(expr)
        while isinstance(whole, Not):
            whole = self.pending.resolved(whole.arg)
        return whole

    def _below(self, item: Expr | str) -> list[Expr | str]:
        if isinstance(item, str):
            guard = self._bare(Ref(f"{item}.asked_when"))
            return [] if guard is None else [guard]
        match item:
            case YesNo() | Compare() | IsChoice() | HasChoice() | NoChoice() | ComparePair():
                return list(findings_of(item))
            case _:
                return [whole for child in children(item) if (whole := self._bare(child)) is not None]

    def _visit(self, item: Expr | str) -> None:
        """Appends the item to ``order`` behind everything below it."""
        if item in self._visited:
            return
        self._visited.add(item)
        for below in self._below(item):
            self._visit(below)
        self.order.append(item)

    def _pass_on(self, expr: Expr) -> None:
        flags = self.wants.get(expr)
        if not flags:
            return
        wanted = digits.all_flags([digits.any_flag(flags), self.pending.undecided(expr)])
        wanted = self.program.define(f"wanted {len(self.program.columns)}", wanted)
        match expr:
            case YesNo() | Compare() | IsChoice() | HasChoice() | NoChoice() | ComparePair():
                for finding in findings_of(expr):
                    self.found.setdefault(finding, []).append(wanted)
            case _:
                for child in children(expr):
                    self._want(child, wanted)

    def _finding(self, finding: str) -> str:
        asked = digits.possible(self.truths.guard(finding))
        flag = digits.all_flags([digits.any_flag(self.found.get(finding, ())), asked])
        flag = self.program.define(
            f"pending {finding}", flag, f"{finding}: could still change something shown"
        )
        if finding in self.pending.kb.guards:
            self._want(Ref(f"{finding}.asked_when"), flag)
        return flag


def _merge(into: Flags, more: Flags) -> None:
    for name, flags in more.items():
        into.setdefault(name, []).extend(flags)
