"""Every case there is, read once and decided once: what coverage, mutation and comparison look at.

Rule cases and labelled cases alike; a file that holds cases without expectations counts too, for it is decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from triage.assessment import Decided, decided, exclusions_of
from triage.cases import Reject, read_cases
from triage.errors import InputError, Place, Problems, TriageError
from triage.logic import Facts, Truth
from triage.models import REACHED, Case, Grade, KnowledgeBase
from triage.workbench.expectations import TRUTHS, Expect
from triage.workbench.outcome import Outcome
from triage.workbench.rule_cases import RuleCase, read_rule_cases

NO_EXPECTATION = Expect()


@dataclass(frozen=True)
class WorkedCase:
    """A case with the truths that are not unknown and the facts with the implied ones."""

    kb: KnowledgeBase
    rule_case: RuleCase
    truths: Mapping[str, Truth]
    facts: Facts

    def truth(self, rule: str) -> Truth:
        """The truth of a rule, or of an urgency rule as a whole."""
        return self.outcome.truth(rule)

    @cached_property
    def outcome(self) -> Outcome:
        """What expectations look at."""
        return Outcome(self.kb, self.facts, self.truths)

    @cached_property
    def asserted(self) -> frozenset[tuple[str, Truth]]:
        """Rules the case names with the truth it expects of them, those of an expected grade among them."""
        expect = self.rule_case.expect
        found = {(rule, truth) for key, truth in TRUTHS.items() for rule in getattr(expect, key)}
        for name, grade in expect.grade.items():
            found |= set(self._of_grade(self.kb.aliases.get(name, name), grade))
        return frozenset(found)

    def _of_grade(self, name: str, grade: Grade) -> Iterable[tuple[str, Truth]]:
        """The truths without which the grade would be another one."""
        disorder = self.kb.disorders.get(name)
        if disorder is None:
            return
        excluded = [self.truths.get(rule, Truth.UNKNOWN) for rule, _ in exclusions_of(self.kb, disorder)]
        if Truth.TRUE in excluded or grade is Grade.RULED_OUT:
            return
        for one in disorder.grades.defined:
            reached = grade in REACHED and REACHED.index(one) <= REACHED.index(grade)
            if reached or one is Grade.POSSIBLE or Truth.UNKNOWN not in excluded:
                yield f"{name}.{one}", self.truth(f"{name}.{one}")


def worked_cases(kb: KnowledgeBase, paths: Iterable[Path]) -> tuple[list[WorkedCase], list[TriageError]]:
    """Every case of the files, decided, and the problems of those that cannot be used."""
    nothing_known = decided(kb, {})
    cases: list[WorkedCase] = []
    problems: list[TriageError] = []
    for path in paths:
        found, wrong = cases_of(kb, path)
        problems += wrong
        cases += (worked(nothing_known, rule_case) for rule_case in found)
    return cases, problems


def worked(nothing_known: Decided, rule_case: RuleCase) -> WorkedCase:
    """A case decided from what is so when nothing is known."""
    case = nothing_known.answered(rule_case.case.facts)
    # Of some thousand rules few are decided, and some thousand cases are kept at once.
    truths = {rule: truth for rule, truth in case.truths.items() if truth is not Truth.UNKNOWN}
    return WorkedCase(case.kb, rule_case, truths, case.completed)


def cases_of(kb: KnowledgeBase, path: Path) -> tuple[list[RuleCase], list[TriageError]]:
    """The cases of one file, rule cases or others, and the problems of those that cannot be used."""
    try:
        cases, problems = read_rule_cases(kb, path)
    except (InputError, Problems) as error:
        cases, problems = [], [error]
    if cases:
        return cases, problems
    plain = list(read_cases(kb, [str(path)]))
    read = [
        RuleCase(case.id, Place(str(path), 1), case, NO_EXPECTATION)
        for case in plain
        if isinstance(case, Case)
    ]
    if read:
        return read, [problem for case in plain if isinstance(case, Reject) for problem in case.problems]
    return [], problems
