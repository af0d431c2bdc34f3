"""The truths of all rules in two other engines: CLIPS (clipspy), and zen-engine's decision graphs.

Both get each rule in its true and its false form, as it is compiled for experta, so that unknown stays unknown; both
conclude the truths only, no assessment.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from triage.engine.clauses import Clause, Premise, compile_clauses
from triage.logic import Compare, Expr, Facts, HasChoice, IsChoice, Ref, Truth, Value, YesNo
from triage.models import KnowledgeBase

INVERSE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}


def clauses_of(kb: KnowledgeBase) -> list[Clause]:
    """The clauses that conclude every rule in both forms."""
    goals = [Premise(Ref(rule), truth) for rule in kb.rules for truth in (True, False)]
    return compile_clauses(kb.rules, goals, implied=kb.implied)


class _Numbers:
    """Short names for premises and findings."""

    def __init__(self) -> None:
        self._known: dict[Any, int] = {}

    def of(self, thing: Any) -> int:
        return self._known.setdefault(thing, len(self._known))


def _given_and_held(facts: Facts) -> list[tuple[str, Premise | None, Value | None]]:
    """By answer: the finding with what is held, or with its value where rules compare it."""
    found: list[tuple[str, Premise | None, Value | None]] = []
    for finding, value in facts.items():
        if isinstance(value, Mapping):
            found += [
                (finding, Premise(HasChoice(finding, choice), yes), None) for choice, yes in value.items()
            ]
        elif isinstance(value, bool):
            found.append((finding, Premise(YesNo(finding), value), None))
        else:
            found.append((finding, None, value))
    return found


class Clips:
    """CLIPS with an ordered fact per premise and per answer."""

    def __init__(self, kb: KnowledgeBase) -> None:
        import clips

        self.kb = kb
        self.numbers = _Numbers()
        self.environment = clips.Environment()
        self.rules: dict[str, tuple[str, Truth]] = {}
        for index, clause in enumerate(clauses_of(kb)):
            self.environment.build(self._rule(index, clause))
        for rule in kb.rules:
            for truth in (True, False):
                name = f"p{self.numbers.of(Premise(Ref(rule), truth))}"
                self.rules[name] = (rule, Truth.TRUE if truth else Truth.FALSE)

    def truths(self, facts: Facts) -> dict[str, Truth]:
        """The truth of every rule."""
        self.environment.reset()
        for finding, held, value in _given_and_held(facts):
            self.environment.assert_string(f"(given f{self.numbers.of(finding)})")
            if held is not None:
                self.environment.assert_string(f"(p{self.numbers.of(held)})")
            else:
                self.environment.assert_string(f"(f{self.numbers.of(finding)} {value})")
        self.environment.run()
        found = dict.fromkeys(self.kb.rules, Truth.UNKNOWN)
        for fact in self.environment.facts():
            known = self.rules.get(fact.template.name)
            if known is not None:
                found[known[0]] = known[1]
        return found

    def _rule(self, index: int, clause: Clause) -> str:
        patterns = [self._pattern(premise, place) for place, premise in enumerate(clause.premises)]
        actions = [f"(assert (p{self.numbers.of(clause.conclusion)}))"]
        lines = [f"(defrule r{index} {' '.join(patterns)} => {' '.join(actions)})"]
        if clause.implies is not None:
            self._implied(index, clause)
        return lines[0]

    def _implied(self, index: int, clause: Clause) -> None:
        """A rule of its own for the value of a finding that was not answered and need not be asked."""
        finding = clause.implies or ""
        told = _given_and_held({finding: self.kb.implied[finding]})
        facts = [
            f"(p{self.numbers.of(held)})" if held is not None else f"(f{self.numbers.of(finding)} {value})"
            for _, held, value in told
        ]
        pattern = f"(p{self.numbers.of(clause.conclusion)}) (not (given f{self.numbers.of(finding)}))"
        asserted = " ".join(f"(assert {fact})" for fact in facts)
        self.environment.build(f"(defrule i{index} {pattern} => {asserted})")

    def _pattern(self, premise: Premise, place: int) -> str:
        match premise:
            case Premise(Compare(finding, op, bound), truth):
                sign = op if truth else INVERSE[op]
                sign = {"==": "=", "!=": "<>"}.get(sign, sign)
                return f"(f{self.numbers.of(finding)} ?x{place}&:({sign} ?x{place} {bound}))"
            case Premise(IsChoice(finding, choices), truth):
                test = "|".join(choices) if truth else "&".join(f"~{choice}" for choice in choices)
                return f"(f{self.numbers.of(finding)} {test})"
            case _:
                return f"(p{self.numbers.of(premise)})"


class Zen:
    """zen-engine with one expression per premise; several clauses with one conclusion are joined by or."""

    def __init__(self, kb: KnowledgeBase) -> None:
        import zen

        self.kb = kb
        self.numbers = _Numbers()
        self.atoms: dict[Premise, str] = {}
        clauses = clauses_of(kb)
        ways: dict[Premise, list[tuple[Premise, ...]]] = {}
        for clause in clauses:
            ways.setdefault(clause.conclusion, []).append(clause.premises)
        self.implied = {clause.implies: clause.conclusion for clause in clauses if clause.implies is not None}
        self.ways = ways
        self.expressions: dict[Premise, str] = {}
        for conclusion in ways:
            self._express(conclusion)
        listed = [
            {"id": f"p{number}", "key": f"p{number}", "value": text}
            for number, text in (
                (self.numbers.of(premise), text) for premise, text in self.expressions.items()
            )
        ]
        self.names = [
            (f"p{self.numbers.of(Premise(Ref(rule), truth))}", rule, truth)
            for rule in kb.rules
            for truth in (True, False)
        ]
        self.decision = zen.ZenEngine().create_decision(json.dumps(_graph(listed)))

    def truths(self, facts: Facts) -> dict[str, Truth]:
        """The truth of every rule."""
        given: dict[str, Any] = {}
        for finding, held, value in _given_and_held(facts):
            given[f"g{self.numbers.of(finding)}"] = True
            if held is not None:
                given[f"a{self.numbers.of(held)}"] = True
            else:
                given[f"v{self.numbers.of(finding)}"] = value
        result = self.decision.evaluate(given)["result"]
        found = dict.fromkeys(self.kb.rules, Truth.UNKNOWN)
        for name, rule, truth in self.names:
            if result.get(name) is True:
                found[rule] = Truth.TRUE if truth else Truth.FALSE
        return found

    def _name(self, premise: Premise) -> str:
        return f"$.p{self.numbers.of(premise)}"

    def _express(self, premise: Premise) -> None:
        """The expression of a premise, behind those of what it rests on."""
        if premise in self.expressions:
            return
        alternatives = self.ways.get(premise)
        if alternatives is None:
            denied = None if isinstance(premise.expr, Ref) else self.implied.get(premise.expr.finding)  # type: ignore[union-attr]
            if denied is not None:
                self._express(denied)
            self.expressions[premise] = "false" if isinstance(premise.expr, Ref) else self._answer(premise)
            return
        for other in (one for premises in alternatives for one in premises):
            self._express(other)
        ways = (f"({' and '.join(map(self._name, premises)) or 'true'})" for premises in alternatives)
        self.expressions[premise] = " or ".join(ways)

    def _answer(self, premise: Premise) -> str:
        finding = premise.expr.finding  # type: ignore[union-attr]
        number = self.numbers.of(finding)
        implied = self._implied(finding, premise)
        match premise.expr:
            case Compare(_, op, bound):
                return f"v{number} != null and v{number} {op if premise.truth else INVERSE[op]} {bound}"
            case IsChoice(_, choices):
                test = " or ".join(f"v{number} == '{choice}'" for choice in choices)
                known = f"v{number} != null and {'' if premise.truth else 'not '}({test})"
                return f"({known}){implied}"
            case _:
                return f"(a{self.numbers.of(premise)} == true){implied}"

    def _implied(self, finding: str, premise: Premise) -> str:
        denied = self.implied.get(finding)
        value = self.kb.implied.get(finding)
        if denied is None or value is None:
            return ""
        if not _agrees(premise.expr, value, truth=premise.truth):
            return ""
        return f" or ({self._name(denied)} and g{self.numbers.of(finding)} != true)"


def _agrees(expr: Expr, value: Any, *, truth: bool) -> bool:
    match expr:
        case YesNo():
            return (value is True) is truth
        case HasChoice():
            return not truth
        case IsChoice(_, choices):
            return (value in choices) is truth
        case _:
            return False


def _graph(expressions: list[dict[str, str]]) -> dict[str, Any]:
    content = {
        "expressions": expressions,
        "passThrough": False,
        "inputField": None,
        "outputPath": None,
        "executionMode": "single",
    }
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in", "position": {"x": 0, "y": 0}},
        {
            "id": "rules",
            "type": "expressionNode",
            "name": "rules",
            "content": content,
            "position": {"x": 1, "y": 0},
        },
        {"id": "out", "type": "outputNode", "name": "out", "position": {"x": 2, "y": 0}},
    ]
    edges = [
        {"id": "e1", "sourceId": "in", "targetId": "rules", "type": "edge"},
        {"id": "e2", "sourceId": "rules", "targetId": "out", "type": "edge"},
    ]
    return {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}
