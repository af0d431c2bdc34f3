"""Expressions to rules.

Each text is parsed once, within the names its layer may use; the order of rules follows their references.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from triage.errors import ExpressionError, KnowledgeError, Place
from triage.knowledge.parts import Part
from triage.knowledge.reader import Parts
from triage.logic import And, Expr, Scope, Vocabulary, named_findings, named_rules, parse
from triage.models.finding import Finding
from triage.models.knowledge_base import Rule, RuleKind
from triage.models.rules import (
    REACHED,
    CaveatSet,
    Contradiction,
    Disorder,
    Pattern,
    Treatment,
    UrgencyRule,
)
from triage.models.settings import Interview


class Compiler:
    """Parses every expression of the parts; faults go to ``parts.problems``."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.vocabulary: Vocabulary = {name: finding.term for name, finding in parts.models(Finding).items()}
        self.patterns: Mapping[str, str] = {name: name for name in parts.of(Pattern)}
        self.facts_only = Scope(self.vocabulary)
        self.with_patterns = Scope(self.vocabulary, self.patterns)
        self.complaints: dict[str, Expr] = {}

    def rules(self) -> dict[str, Rule]:
        """All rules by id, each after those it refers to."""
        rules: list[Rule] = []
        complaints = list(self._complaints())
        self.complaints = {rule.owner: rule.expr for rule in complaints}
        rules += self._in_order(list(self._guards()), by_finding=True)
        rules += complaints
        rules += self._in_order(list(self._patterns()))
        for part in self.urgency_parts.values():
            rules += self._urgency(part)
        for disorder in self.parts.of(Disorder).values():
            rules += self._disorder(disorder)
        rules += self._treatments()
        return {rule.id: rule for rule in sorted(rules, key=lambda rule: rule.kind)}

    @cached_property
    def urgency_parts(self) -> dict[str, Part[UrgencyRule]]:
        """Urgency rules of ``red_flags/`` and of the disorders' files, by id."""
        found = dict(self.parts.of(UrgencyRule))
        for disorder in self.parts.of(Disorder).values():
            for index, rule in enumerate(disorder.model.urgency):
                part = Part(rule, disorder.document, (*disorder.key, "urgency", index))
                if rule.id in found:
                    self._problem(
                        f"the urgency rule is declared twice, also in {found[rule.id].place}",
                        part.place,
                        rule.id,
                    )
                found[rule.id] = part
        return found

    def musts(self) -> dict[str, Expr]:
        """What contradictions.yaml demands, by id."""
        scope = Scope(self.vocabulary, {}, pairs=True)
        found = {
            name: self._parse(part, scope, ("must",), name)
            for name, part in self.parts.of(Contradiction).items()
        }
        return {name: expr for name, expr in found.items() if expr is not None}

    def follow_ups(self) -> tuple[tuple[Expr, tuple[str, ...]], ...]:
        """The follow-ups of interview.yaml with their conditions parsed."""
        part = self.parts.single(Interview)
        if part is None:
            return ()
        parsed = [
            (self._parse(part, self.facts_only, ("follow_ups", index, "when"), "interview"), entry.findings)
            for index, entry in enumerate(part.model.follow_ups)
        ]
        return tuple((expr, findings) for expr, findings in parsed if expr is not None)

    def openers(self) -> dict[str, Expr]:
        """By topic of interview.yaml: what says that there is anything to tell of it."""
        part = self.parts.single(Interview)
        if part is None:
            return {}
        parsed = {
            topic.id: self._parse(part, self.facts_only, ("topics", index, "opened_by"), "interview")
            for index, topic in enumerate(part.model.topics)
            if topic.opened_by is not None
        }
        return {topic: expr for topic, expr in parsed.items() if expr is not None}

    def _problem(self, message: str, place: Place, rule: str, hint: str = "") -> None:
        self.parts.problems.append(KnowledgeError(message, place=place, rule=rule, hint=hint))

    def _parse(self, part: Part[Any], scope: Scope, key: tuple[str | int, ...], owner: str) -> Expr | None:
        text: Any = part.model
        for step in key:
            text = text[step] if isinstance(step, int) else getattr(text, step)
        spot = part.spot(*key)
        if spot.folded:
            self._problem(
                f"`{key[-1]}` runs over several lines",
                spot.place,
                owner,
                "use | for an expression of several lines",
            )
            return None
        try:
            return parse(text.rstrip(), scope, spot.place, spot.indent)
        except ExpressionError as error:
            error.rule = owner
            if error.finding not in self.parts.refused:
                self.parts.problems.append(error)
            return None

    def _rule(
        self, part: Part[Any], scope: Scope, key: tuple[str | int, ...], id: str, kind: RuleKind, owner: str
    ) -> Iterator[Rule]:
        expr = self._parse(part, scope, key, id)
        if expr is not None:
            yield Rule(id, kind, owner, expr, part.at(*key))

    def _complaints(self) -> Iterator[Rule]:
        part = self.parts.single(Interview)
        if part is None:
            return
        for index, entry in enumerate(part.model.complaints):
            key = ("complaints", index, "present")
            yield from self._rule(
                part, self.facts_only, key, f"complaint.{entry.id}", RuleKind.COMPLAINT, entry.id
            )
        if part.model.adult_when is not None:
            yield from self._rule(part, self.facts_only, ("adult_when",), "adult", RuleKind.ADULT, "adult")

    def _guards(self) -> Iterator[Rule]:
        for name, part in self.parts.of(Finding).items():
            finding = part.model
            conditions: list[Expr] = []
            if finding.of in self.complaints:
                conditions.append(self.complaints[finding.of])
            if finding.asked_when is not None:
                own = self._parse(part, self.facts_only, ("asked_when",), name)
                conditions += [own] if own is not None else []
            if conditions:
                expr = conditions[0] if len(conditions) == 1 else And(tuple(conditions))
                yield Rule(f"{name}.asked_when", RuleKind.GUARD, name, expr, part.place)

    def _patterns(self) -> Iterator[Rule]:
        for name, part in self.parts.of(Pattern).items():
            yield from self._rule(part, self.with_patterns, ("when",), name, RuleKind.PATTERN, name)

    def _urgency(self, part: Part[UrgencyRule]) -> Iterator[Rule]:
        name = part.model.id
        yield from self._rule(
            part, self.with_patterns, ("when",), f"{name}.when", RuleKind.URGENCY_WHEN, name
        )
        if part.model.unless is not None:
            yield from self._rule(
                part, self.with_patterns, ("unless",), f"{name}.unless", RuleKind.URGENCY_UNLESS, name
            )

    def _disorder(self, part: Part[Disorder]) -> Iterator[Rule]:
        disorder = part.model
        own = {entry.id: f"{disorder.id}.{entry.id}" for entry in disorder.criteria if not entry.judgement}
        self._own_names(part)
        with_criteria, criteria_only = Scope(self.vocabulary, {**self.patterns, **own}), Scope({}, own)

        def rule(name: str, kind: RuleKind, *key: str | int) -> Iterator[Rule]:
            scope = criteria_only if kind is RuleKind.GRADE else with_criteria
            return self._rule(part, scope, key, f"{disorder.id}.{name}", kind, disorder.id)

        criteria: list[Rule] = []
        for index, criterion in enumerate(disorder.criteria):
            if (criterion.when is None) is not criterion.judgement:
                message = "a judgement has no `when`" if criterion.judgement else "`when` is missing"
                self._problem(message, part.at("criteria", index), f"{disorder.id}.{criterion.id}")
            elif criterion.when is not None:
                criteria += rule(criterion.id, RuleKind.CRITERION, "criteria", index, "when")
        yield from self._in_order(criteria)
        for index, exclusion in enumerate(disorder.excludes):
            yield from rule(exclusion.id, RuleKind.EXCLUSION, "excludes", index, "when")
        for index, item in enumerate(disorder.evidence):
            yield from rule(item.id, RuleKind.EVIDENCE, "evidence", index, "when")
        if disorder.confirmed_by.when is not None:
            yield from rule("confirmed_by", RuleKind.CONFIRMATION, "confirmed_by", "when")
        if disorder.self_care_when is not None:
            yield from rule("self_care_when", RuleKind.SELF_CARE, "self_care_when")
        for grade in reversed(disorder.grades.defined):
            yield from rule(grade, RuleKind.GRADE, "grades", grade.value)

    def _own_names(self, part: Part[Disorder]) -> None:
        disorder = part.model
        taken = {*REACHED, "confirmed_by", "self_care_when"}
        items = [("criteria", index, item.id) for index, item in enumerate(disorder.criteria)]
        items += [("excludes", index, item.id) for index, item in enumerate(disorder.excludes)]
        items += [("evidence", index, item.id) for index, item in enumerate(disorder.evidence)]
        for field, index, name in items:
            if name in taken:
                self._problem(f"the id `{name}` is used twice", part.at(field, index), disorder.id)
            if field == "criteria" and (name in self.vocabulary or name in self.patterns):
                self._problem(
                    f"the criterion `{name}` is also a finding or pattern", part.at(field, index), disorder.id
                )
            taken.add(name)

    def _treatments(self) -> Iterator[Rule]:
        for name, shared in self.parts.of(CaveatSet).items():
            yield from self._caveats(shared, (), name)
        for name, part in self.parts.of(Treatment).items():
            yield from self._caveats(part, (), name)
            seen: set[str] = set()
            for index, path in enumerate(part.model.paths):
                owner = f"{name}.{path.id}"
                if path.id in seen:
                    self._problem(f"the path id `{path.id}` is used twice", part.at("paths", index), name)
                seen.add(path.id)
                if path.context is not None:
                    key = ("paths", index, "context", "when")
                    yield from self._rule(
                        part, self.with_patterns, key, f"{owner}.context", RuleKind.CONTEXT, owner
                    )
                yield from self._caveats(part, ("paths", index), owner)

    def _caveats(self, part: Part[Any], prefix: tuple[str | int, ...], owner: str) -> Iterator[Rule]:
        holder: Any = part.model
        for step in prefix:
            holder = holder[step] if isinstance(step, int) else getattr(holder, step)
        seen: set[str] = set()
        for index, caveat in enumerate(holder.caveats):
            if caveat.id in seen or caveat.id == "context":
                self._problem(
                    f"the caveat id `{caveat.id}` is used twice", part.at(*prefix, "caveats", index), owner
                )
            seen.add(caveat.id)
            key = (*prefix, "caveats", index, "when")
            yield from self._rule(
                part, self.with_patterns, key, f"{owner}.{caveat.id}", RuleKind.CAVEAT, owner
            )

    def _in_order(self, rules: list[Rule], *, by_finding: bool = False) -> list[Rule]:
        """The rules with each after those it refers to; a cycle is a problem and its rules are left out."""
        by_name = {rule.owner if by_finding else rule.id: rule for rule in rules}
        ordered: dict[str, Rule] = {}
        path: list[str] = []

        def visit(name: str) -> None:
            if name in ordered or name not in by_name:
                return
            rule = by_name[name]
            if name in path:
                circle = " -> ".join([*path[path.index(name) :], name])
                self._problem(f"depends on itself: {circle}", rule.place, rule.id, "layers go one way only")
                return
            path.append(name)
            for other in sorted(named_findings(rule.expr) if by_finding else named_rules(rule.expr)):
                visit(other)
            path.pop()
            ordered[name] = rule

        for name in by_name:
            visit(name)
        return list(ordered.values())
