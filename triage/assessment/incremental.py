"""The reference engine for the next answer: what one answer cannot reach is not decided again.

A change of answers reaches the rules that name its findings, the findings whose guards name them, and from there
whatever names a rule that turned out differently. Everything else keeps its truth; a test holds the result equal to
``decide`` from the start.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from triage.assessment.grading import Standing, standing
from triage.assessment.likeness import Likeness, likeness_of
from triage.assessment.likeness import changed as changed_likeness
from triage.assessment.ranking import Family, families_of
from triage.assessment.truths import Truths, decide
from triage.cases import complete_facts
from triage.logic import Facts, Truth, Value, World, evaluate
from triage.models import KnowledgeBase, RuleKind

Answers = Mapping[str, Value | None]
"""answers by finding; None takes an answer back"""


@dataclass(frozen=True, slots=True)
class Decided:
    """A case with the truth of every rule, ready for the next answer.

    ``completed`` are the facts with implied values, ``likeness`` what they count for the order of disorders;
    ``changed`` names the rules whose truth differs from the case this one was made of. Nothing in it may be written to.
    """

    kb: KnowledgeBase
    facts: Facts
    completed: Facts
    truths: Truths
    likeness: Likeness
    changed: frozenset[str]
    last: RuleKind

    @property
    def world(self) -> World:
        """The case as expressions see it."""
        return World(self.completed, self.truths, self.kb.exprs, self.kb.guards)

    @property
    def concerned(self) -> set[str]:
        """The disorders whose standing the changed rules can move; what excludes a family excludes its members."""
        owners = {self.kb.rules[rule].owner for rule in self.changed} & self.kb.disorders.keys()
        return owners.union(*(self.kb.members.get(head, ()) for head in owners))

    def answered(self, answers: Answers) -> Decided:
        """The case with these answers given, changed or taken back."""
        kept = {name: value for name, value in self.facts.items() if name not in answers}
        facts = {**kept, **{name: value for name, value in answers.items() if value is not None}}
        return _Update(self, facts).run(answers)


def decided(kb: KnowledgeBase, facts: Facts, last: RuleKind = RuleKind.CAVEAT) -> Decided:
    """A case decided from the start; ``last`` leaves out the layers above it, as in ``decide``."""
    completed = complete_facts(kb, facts)
    return Decided(
        kb, facts, completed, decide(kb, facts, last), likeness_of(kb, completed), frozenset(), last
    )


class _Update:
    """One run through the rules that a change reaches, each after the rules it refers to."""

    def __init__(self, before: Decided, facts: Facts) -> None:
        self.before = before
        self.kb = before.kb
        self.facts = facts
        self.completed: dict[str, Value] = dict(before.completed)
        self.truths = dict(before.truths)
        self.waiting: list[int] = []
        self.seen: set[int] = set()

    def run(self, findings: Iterable[str]) -> Decided:
        kb, changed = self.kb, set()
        for name in findings:
            if name in kb.guards:
                # The guard comes before every rule that reads the finding, and decides what is implied.
                self._wait_for((f"{name}.asked_when",))
            else:
                self._set(name, self.facts.get(name))
        heapify(self.waiting)
        while self.waiting:
            rule = kb.rules_in_order[heappop(self.waiting)]
            truth = evaluate(rule.expr, self.completed, self.truths)
            if rule.kind is RuleKind.GUARD:
                self._set(rule.owner, self._value(rule.owner, truth))
            if truth is not self.truths[rule.id]:
                self.truths[rule.id] = truth
                changed.add(rule.id)
                self._wait_for(kb.readers.get(rule.id, ()))
        before = self.before
        likeness = changed_likeness(kb, before.likeness, before.completed, self.completed)
        return Decided(kb, self.facts, self.completed, self.truths, likeness, frozenset(changed), before.last)

    def _value(self, finding: str, guard: Truth) -> Value | None:
        if finding in self.facts:
            return self.facts[finding]
        return self.kb.implied.get(finding) if guard is Truth.FALSE else None

    def _set(self, finding: str, value: Value | None) -> None:
        before = self.completed.get(finding)
        if before == value:
            return
        if value is None:
            del self.completed[finding]
        else:
            self.completed[finding] = value
        for rules in self._reached(finding, before, value):
            self._wait_for(rules)

    def _reached(self, finding: str, before: Value | None, value: Value | None) -> Iterator[tuple[str, ...]]:
        """The rules that can see the difference: of a list, those that name a choice whose answer differs."""
        one, other = (answer if answer is not None else {} for answer in (before, value))
        if isinstance(one, Mapping) and isinstance(other, Mapping):
            for choice in one.keys() | other.keys():
                if one.get(choice) is not other.get(choice):
                    yield self.kb.choice_readers.get((finding, choice), ())
        else:
            yield self.kb.readers.get(finding, ())

    def _wait_for(self, rules: Iterable[str]) -> None:
        for rule in rules:
            position = self.kb.positions[rule]
            if position not in self.seen and rule in self.truths:
                self.seen.add(position)
                heappush(self.waiting, position)


@dataclass(frozen=True, slots=True)
class Ranking:
    """Standings and families of a decided case, each by its id; nothing in it may be written to."""

    kb: KnowledgeBase
    likeness: Likeness
    standings: Mapping[str, Standing]
    families: Mapping[str, Family]

    @property
    def ranked(self) -> list[Family]:
        """Every family, best first."""
        return sorted(self.families.values(), key=lambda family: family.best.key)

    def after(self, case: Decided) -> Ranking:
        """The ranking of a case made of this one by ``answered``; itself if no standing differs."""
        kb = self.kb
        concerned = case.concerned
        found = {name: standing(kb, kb.disorders[name], case.truths, case.likeness) for name in concerned}
        if case.likeness is not self.likeness:
            for name in (case.likeness.keys() | self.likeness.keys()) - concerned:
                found[name] = self.standings[name].with_likeness(case.likeness.get(name, 0))
        moved = {name: one for name, one in found.items() if one != self.standings[name]}
        if not moved:
            return self
        standings = {**self.standings, **moved}
        families = dict(self.families)
        for head in {kb.family(name) for name in moved}:
            families[head] = Family.of(head, (standings[name] for name in (head, *kb.members.get(head, ()))))
        return Ranking(kb, case.likeness, standings, families)


def ranking_of(case: Decided) -> Ranking:
    """The ranking of a decided case."""
    kb = case.kb
    standings = {
        name: standing(kb, disorder, case.truths, case.likeness) for name, disorder in kb.disorders.items()
    }
    ranked = families_of(kb, standings.values())
    return Ranking(kb, case.likeness, standings, {family.head: family for family in ranked})
