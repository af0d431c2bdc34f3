"""One experta engine over a set of clauses: facts go in, what follows from them comes out."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from triage.engine.clauses import Clause, Premise
from triage.engine.compat import Activation, Agenda, Fact, KnowledgeEngine, Strategy
from triage.engine.matcher import ConjunctionMatcher
from triage.engine.production import FactClasses, Held, Production, productions
from triage.engine.trace import Firing, Item, answer_items, firing
from triage.knowledge.collection import no_collection
from triage.logic import HasChoice, Ref, Truth, Value, YesNo


class InOrder(Strategy):
    """Fires what comes first in the knowledge base first, whatever the order in which it became ready."""

    def _update_agenda(
        self, agenda: Agenda, added: Iterable[Activation], removed: Iterable[Activation]
    ) -> None:
        for activation in removed:
            agenda.activations.remove(activation)
        for activation in added:
            # The agenda is taken from its end.
            insort(agenda.activations, activation, key=lambda one: -one.rule.index)


class _Engine(KnowledgeEngine):
    """experta's engine with the productions of a network instead of decorated methods."""

    __matcher__ = ConjunctionMatcher
    __strategy__ = InOrder

    def __init__(self, network: Network, rules: list[Production]) -> None:
        self.network = network
        self.rules = rules
        super().__init__()

    def get_rules(self) -> list[Production]:
        """The productions; experta would look for decorated methods."""
        return self.rules

    def fire(self, production: Production) -> None:
        """The right-hand side of every production."""
        self.network.fire(production)


class Network:
    """An inference engine for one case at a time; built once and used for many."""

    @no_collection()
    def __init__(self, clauses: Iterable[Clause], implied: Mapping[str, Value] | None = None) -> None:
        self.implied = implied or {}
        self.classes = FactClasses()
        self.engine: Any = _Engine(self, productions(clauses, self.classes))
        self.engine.reset()
        self.facts: dict[str, Value] = {}
        self._log: list[tuple[Production, bool, tuple[Item, ...]]] = []

    def reset(self) -> None:
        """Forget the case."""
        self.engine.reset()
        self.facts = {}
        self._log = []

    def run(self, facts: Mapping[str, Value], truths: Mapping[str, Truth] | None = None) -> None:
        """Take in answers, and truths concluded elsewhere, and fire until nothing is left to fire.

        An answer known before may only be completed, by further choices; ``reset`` before changing one.
        """
        self.facts |= facts
        found = [fact for finding, value in facts.items() for fact in self._answers(finding, value)]
        for name, value in (truths or {}).items():
            if value is not Truth.UNKNOWN:
                found += self._held(Premise(Ref(name), value is Truth.TRUE))
        with no_collection():
            self.engine.declare(*found)
            self.engine.run()

    def fire(self, production: Production) -> None:
        """Declare what a production concludes, and the value of a finding that need not be asked."""
        declared = [production.conclusion()]
        finding = production.clause.implies
        items: tuple[Item, ...] = ()
        if finding is not None and finding not in self.facts:
            value = self.facts[finding] = self.implied[finding]
            declared += self._answers(finding, value)
            items = answer_items(finding, value)
        new = self.engine.declare(*declared[:1]) is not None
        if declared[1:]:
            self.engine.declare(*declared[1:])
        self._log.append((production, new, items))

    def truths(self) -> Iterator[tuple[str, Truth]]:
        """The rules decided so far, read from working memory."""
        for fact in self.engine.facts.values():
            if isinstance(fact, Held) and isinstance(fact.premise.expr, Ref):
                yield fact.premise.expr.rule, Truth.TRUE if fact.premise.truth else Truth.FALSE

    def firings(self, first: int = 1) -> list[Firing]:
        """What was fired so far, numbered from ``first``."""
        return [
            firing(number, production.clause, self.facts, implied=items, again=not new)
            for number, (production, new, items) in enumerate(self._log, first)
        ]

    def _answers(self, finding: str, value: Value) -> list[Fact]:
        """The facts of an answer, as far as some pattern reads them."""
        if isinstance(value, Mapping):
            return [
                fact
                for choice, present in value.items()
                for fact in self._held(Premise(HasChoice(finding, choice), present))
            ]
        if isinstance(value, bool):
            return self._held(Premise(YesNo(finding), value))
        kind = self.classes.answered.get(finding)
        return [] if kind is None else [kind(value=value)]

    def _held(self, premise: Premise) -> list[Fact]:
        kind = self.classes.held.get(premise)
        return [] if kind is None else [kind()]
