"""The matcher finds what experta's own finds, without looking at rules that nothing reached."""

from __future__ import annotations

from itertools import permutations

import pytest

from triage.engine.compat import Fact, KnowledgeEngine, P, ReteMatcher, Rule
from triage.engine.matcher import ConjunctionMatcher, ReachedNode


class Red(Fact):
    pass


class Green(Fact):
    pass


class Size(Fact):
    pass


def engine_with(matcher: type) -> KnowledgeEngine:
    class Lights(KnowledgeEngine):
        __matcher__ = matcher

        def __init__(self) -> None:
            super().__init__()
            self.fired: list[str] = []

        def get_rules(self) -> list[Rule]:
            # As experta's own matcher does: a rule taken from its class would be given its engine twice.
            return [rule.new_conditions(*rule) for rule in super().get_rules()]

        @Rule(Red())
        def stop(self) -> None:
            self.fired.append("stop")

        @Rule(Red(), Green())
        def broken(self) -> None:
            self.fired.append("broken")

        @Rule(Red(), Green(), Size(value=P(lambda value: value > 3)), Size(value=P(lambda value: value < 9)))
        def big_and_broken(self) -> None:
            self.fired.append("big_and_broken")

        @Rule(Size(value=2), Green())
        def small(self) -> None:
            self.fired.append("small")

    engine = Lights()
    engine.reset()
    return engine


@pytest.mark.parametrize("size", [2, 3, 4, 8, 9])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_any_order_of_facts_fires_what_the_own_matcher_of_experta_fires(size: int, count: int) -> None:
    for kinds in permutations([Red, Green, Size], count):
        fired = []
        for matcher in (ConjunctionMatcher, ReteMatcher):
            engine = engine_with(matcher)
            for kind in kinds:
                engine.declare(kind(value=size) if kind is Size else kind())
            engine.run()
            fired.append(sorted(engine.fired))
        assert fired[0] == fired[1]


@pytest.mark.parametrize("matcher", [ConjunctionMatcher, ReteMatcher])
def test_a_retracted_fact_takes_its_activations_off_the_agenda(matcher: type) -> None:
    engine = engine_with(matcher)
    engine.declare(Red())
    green = engine.declare(Green())
    engine.retract(green)
    engine.run()
    assert engine.fired == ["stop"]


def test_a_reset_engine_has_forgotten_all_facts() -> None:
    engine = engine_with(ConjunctionMatcher)
    engine.declare(Red())
    engine.reset()
    engine.declare(Green())
    engine.run()
    assert engine.fired == []


def test_only_rules_that_were_reached_are_asked_for_activations(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    original = ReachedNode.get_activations

    def spy(node: ReachedNode) -> object:
        asked.append(node.rule.__name__)
        return original(node)

    engine = engine_with(ConjunctionMatcher)
    monkeypatch.setattr(ReachedNode, "get_activations", spy)
    engine.declare(Red())
    assert asked == ["stop"]
    engine.declare(Size(value=7))
    assert asked == ["stop"]
    engine.declare(Green())
    assert sorted(asked[1:]) == ["big_and_broken", "broken"]


def test_a_fact_that_no_rule_names_reaches_nothing() -> None:
    class Blue(Fact):
        pass

    engine = engine_with(ConjunctionMatcher)
    engine.declare(Blue())
    engine.run()
    assert engine.fired == []
