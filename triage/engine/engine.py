"""``ExpertaEngine``: the truth of every rule by forward chaining.

The network falls into three parts, each built when it is first needed and kept. The main part decides what every
assessment reads. The caveats of a treatment are decided only where the treatment is shown. What no assessment reads
(that evidence, reassurance or a caveat is false) is decided only when the truth of every rule is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from triage.assessment import Truths, assemble
from triage.engine.clauses import Premise, compile_clauses
from triage.engine.network import Network
from triage.engine.trace import Item, Trace, answer_items
from triage.knowledge.collection import no_collection
from triage.logic import Facts, Ref, Truth, Value
from triage.models import Assessment, KnowledgeBase, RuleKind

BOTH = (True, False)
# By kind of rule: the truths that an assessment tells from unknown. Caveats and contexts have networks of their own.
READ: Mapping[RuleKind, tuple[bool, ...]] = {
    RuleKind.GUARD: (),
    RuleKind.COMPLAINT: BOTH,
    RuleKind.PATTERN: BOTH,
    RuleKind.URGENCY_WHEN: BOTH,
    RuleKind.URGENCY_UNLESS: (True,),
    RuleKind.CRITERION: BOTH,
    RuleKind.EXCLUSION: BOTH,
    RuleKind.EVIDENCE: (True,),
    RuleKind.CONFIRMATION: BOTH,
    RuleKind.SELF_CARE: (True,),
    RuleKind.GRADE: BOTH,
    RuleKind.ADULT: BOTH,
    RuleKind.CONTEXT: (),
    RuleKind.CAVEAT: (),
}
BY_TREATMENT: Mapping[RuleKind, tuple[bool, ...]] = {RuleKind.CONTEXT: BOTH, RuleKind.CAVEAT: (True,)}


class ExpertaEngine:
    """The rules of one knowledge base as an experta engine, for one case after the other.

    Implied values are chained forward as well: a guard that is false concludes the value of its finding.
    Not for several threads at once.
    """

    @no_collection()
    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb
        guards = [
            rule for rule in kb.rules.values() if rule.kind is RuleKind.GUARD and rule.owner in kb.implied
        ]
        goals = [*self._goals(READ), *(Premise(Ref(rule.id), False) for rule in guards)]
        self._main = Network(compile_clauses(kb.rules, goals, implied=kb.implied), kb.implied)
        self._by_treatment: dict[str, Network] = {}
        self._running: dict[str, Value] | None = None
        """the answers that the main network holds; None before the first case"""

    def run(self, facts: Facts) -> Truths:
        """The truth of every rule by its id; ``facts`` are validated answers in the findings' units."""
        self.prepare(facts)
        known = dict(self._main.truths())
        self._rest.reset()
        self._rest.run(self._main.facts, known)
        known |= self._rest.truths()
        return {rule: known.get(rule, Truth.UNKNOWN) for rule in self.kb.rules}

    # One search for cyclic garbage a case, not one for each treatment that is looked at.
    @no_collection()
    def assess(self, case_id: str, facts: Facts) -> Assessment:
        """The assessment of a case."""
        self.prepare(facts)
        return assemble(self.kb, case_id, facts, _AsNeeded(self))

    @no_collection()
    def trace(self, facts: Facts) -> Trace:
        """What was fired for the assessment of a case."""
        self.prepare(facts)
        shown = _AsNeeded(self)
        assemble(self.kb, "", facts, shown)
        firings = self._main.firings()
        for network in shown.used:
            firings += network.firings(len(firings) + 1)
        given: dict[Item, None] = {}
        for finding, value in facts.items():
            given |= dict.fromkeys(answer_items(finding, value))
        return Trace(tuple(given), tuple(firings))

    def prepare(self, facts: Facts) -> None:
        """Have the main network hold this case: what is new is added, anything else runs it from the start."""
        new = None
        if self._running is not None:
            new = _adds_to(self._running, facts)
            # A finding that had its implied value and is now answered otherwise.
            if new and any(name in self._main.facts and name not in self._running for name in new):
                new = None
        if new is None:
            self._main.reset()
            new = dict(facts)
        self._running = None  # should the run fail, the next case starts anew
        if new:
            self._main.run(new)
        self._running = dict(facts)

    def of_treatment(self, owner: str) -> Network:
        """The network of the caveats and contexts of a treatment or caveat set."""
        if owner not in self._by_treatment:
            goals = self._goals(BY_TREATMENT, owner)
            self._by_treatment[owner] = Network(compile_clauses(self.kb.rules, goals, self._elsewhere))
        return self._by_treatment[owner]

    def decided(self) -> tuple[Truths, Mapping[str, Value]]:
        """What the main network concluded, and its facts with implied values."""
        return dict(self._main.truths()), self._main.facts

    @cached_property
    def _rest(self) -> Network:
        main = set(self._goals(READ))
        goals = [
            goal
            for rule in self.kb.rules
            for goal in (Premise(Ref(rule), True), Premise(Ref(rule), False))
            if goal not in main
        ]
        return Network(compile_clauses(self.kb.rules, goals, self._elsewhere))

    @cached_property
    def _elsewhere(self) -> frozenset[str]:
        return frozenset(rule.id for rule in self.kb.rules.values() if READ[rule.kind] == BOTH)

    def _goals(self, read: Mapping[RuleKind, tuple[bool, ...]], owner: str = "") -> Iterator[Premise]:
        for rule in self.kb.rules.values():
            if not owner or rule.owner.split(".")[0] == owner:
                for truth in read.get(rule.kind, ()):
                    yield Premise(Ref(rule.id), truth)


class _AsNeeded(Mapping[str, Truth]):
    """The truths an assessment reads; those of a treatment are decided when they are first looked at."""

    def __init__(self, engine: ExpertaEngine) -> None:
        self._engine = engine
        self._known, self._facts = engine.decided()
        self._seen: dict[str, Network] = {}

    @property
    def used(self) -> list[Network]:
        """The networks of the treatments looked at."""
        return list(self._seen.values())

    def __getitem__(self, rule: str) -> Truth:
        if rule in self._known:
            return self._known[rule]
        found = self._engine.kb.rules[rule]
        if found.kind in BY_TREATMENT:
            self._decide(found.owner.split(".")[0])
        return self._known.setdefault(rule, Truth.UNKNOWN)

    def __iter__(self) -> Iterator[str]:
        return iter(self._engine.kb.rules)

    def __len__(self) -> int:
        return len(self._engine.kb.rules)

    def _decide(self, owner: str) -> None:
        if owner not in self._seen:
            network = self._seen[owner] = self._engine.of_treatment(owner)
            network.reset()
            network.run(self._facts, self._known)
            self._known |= network.truths()


def _adds_to(before: Mapping[str, Value], after: Facts) -> dict[str, Value] | None:
    """What is new in ``after``; None if an answer of ``before`` is changed or missing in it."""
    new: dict[str, Value] = {}
    for finding, value in after.items():
        if finding not in before:
            new[finding] = value
            continue
        old = before[finding]
        if isinstance(old, Mapping) and isinstance(value, Mapping) and old.items() <= value.items():
            if len(value) > len(old):
                new[finding] = value
        elif type(old) is not type(value) or old != value:
            return None
    return None if any(finding not in after for finding in before) else new
