"""The knowledge base in memory: what ``rules/`` says, every expression parsed once and kept by its rule's id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property

from triage.errors import Place
from triage.logic import (
    Compare,
    Expr,
    FindingType,
    HasChoice,
    NoChoice,
    Vocabulary,
    YesNo,
    named_findings,
    named_rules,
    signed_atoms,
    walk,
)
from triage.models.base import Model, Text
from triage.models.case_count import CaseCount
from triage.models.finding import Finding
from triage.models.profile import Profile
from triage.models.rules import (
    CaveatSet,
    Contradiction,
    Disorder,
    NerveModality,
    Pattern,
    Treatment,
    UrgencyRule,
)
from triage.models.settings import Face, GlossaryEntry, Interview, SourceEntry, UrgencySettings


class Title(Model):
    """rules/knowledge.yaml."""

    title: Text
    version: Text
    about: Text


class RuleKind(IntEnum):
    """What a rule is; the numbers are the layers in which rules are decided, lower ones first."""

    GUARD = 0
    COMPLAINT = 1
    PATTERN = 2
    URGENCY_WHEN = 3
    URGENCY_UNLESS = 4
    CRITERION = 5
    EXCLUSION = 6
    EVIDENCE = 7
    CONFIRMATION = 8
    SELF_CARE = 9
    GRADE = 10
    ADULT = 11
    CONTEXT = 12
    CAVEAT = 13


Sign = YesNo | HasChoice
"""a yes_no finding or a choice: what a danger sign can be"""


@dataclass(frozen=True, slots=True)
class Rule:
    """One parsed expression: a full id, what it is, whose it is, and where it stands."""

    id: str
    kind: RuleKind
    owner: str
    expr: Expr
    place: Place


@dataclass(frozen=True)
class KnowledgeBase:
    """Everything ``rules/`` says; findings, patterns, disorders and so on by id.

    ``rules`` holds every expression the engines decide, each after the rules it refers to. Ids of rules:
    ``finding.asked_when``; ``complaint.pain``; ``pattern``; ``urgency_rule.when`` and ``.unless``;
    ``disorder.criterion`` (likewise exclusions and evidence), ``disorder.possible``, ``.probable``,
    ``.established``, ``.confirmed_by``, ``.self_care_when``; ``treatment.path.context``; ``set.caveat``,
    ``treatment.caveat``, ``treatment.path.caveat``; ``adult``.
    """

    title: Title
    content_hash: str
    findings: Mapping[str, Finding]
    patterns: Mapping[str, Pattern]
    urgency_rules: Mapping[str, UrgencyRule]
    disorders: Mapping[str, Disorder]
    caveat_sets: Mapping[str, CaveatSet]
    treatments: Mapping[str, Treatment]
    contradictions: Mapping[str, Contradiction]
    interview: Interview
    face: Face
    urgency: UrgencySettings
    glossary: Mapping[str, GlossaryEntry]
    sources: Mapping[str, SourceEntry]
    rules: Mapping[str, Rule]
    musts: Mapping[str, Expr]
    """by id of the contradiction: what must hold"""
    follow_ups: tuple[tuple[Expr, tuple[str, ...]], ...]
    """what an answer brings at once, in the order of interview.yaml"""
    openers: Mapping[str, Expr]
    """by topic of interview.yaml: whether there is anything to tell of it"""
    places: Mapping[str, Place] = field(default_factory=dict)
    """where findings, patterns, disorders, treatments and urgency rules begin"""
    snomed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    """by disorder, and the average one: how usual answers are"""
    case_counts: Mapping[str, CaseCount] = field(default_factory=dict)
    """by disorder, and of every case: how often published cases told answers"""

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The findings as expressions see them."""
        return {finding.id: finding.term for finding in self.findings.values()}

    @cached_property
    def exprs(self) -> Mapping[str, Expr]:
        """The expression of every rule, by id."""
        return {rule.id: rule.expr for rule in self.rules.values()}

    @cached_property
    def rules_in_order(self) -> tuple[Rule, ...]:
        """Every rule after those it refers to."""
        return tuple(self.rules.values())

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """By rule: its place in ``rules_in_order``."""
        return {rule: position for position, rule in enumerate(self.rules)}

    @cached_property
    def readers(self) -> Mapping[str, tuple[str, ...]]:
        """By finding or rule: the rules that name it, each after those it refers to."""
        found: dict[str, list[str]] = {}
        for rule in self.rules.values():
            for name in named_findings(rule.expr) | named_rules(rule.expr):
                found.setdefault(name, []).append(rule.id)
        return {name: tuple(rules) for name, rules in found.items()}

    @cached_property
    def choice_readers(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """By choice of an any_of finding: the rules that its answer can reach, each after those it refers to."""
        found: dict[tuple[str, str], dict[str, None]] = {}
        for rule in self.rules.values():
            for node in walk(rule.expr):
                if isinstance(node, HasChoice):
                    found.setdefault((node.finding, node.choice), {})[rule.id] = None
                elif isinstance(node, NoChoice):
                    for choice in node.choices:
                        found.setdefault((node.finding, choice), {})[rule.id] = None
        return {name: tuple(rules) for name, rules in found.items()}

    @cached_property
    def guards(self) -> Mapping[str, Expr]:
        """By finding: the expression that must not be false for the finding to be asked; parents before children."""
        return {rule.owner: rule.expr for rule in self.rules.values() if rule.kind is RuleKind.GUARD}

    @cached_property
    def named_by_guard(self) -> Mapping[str, frozenset[str]]:
        """By guarded finding: the findings that its guard names."""
        return {name: named_findings(guard) for name, guard in self.guards.items()}

    @cached_property
    def named_by_must(self) -> Mapping[str, frozenset[str]]:
        """By id of the contradiction: the findings that cannot stand together."""
        return {name: named_findings(must) for name, must in self.musts.items()}

    @cached_property
    def implied(self) -> Mapping[str, bool | str | Mapping[str, bool]]:
        """By guarded finding: the value that holds while its guard is false; missing if it then does not apply."""
        values: dict[str, bool | str | Mapping[str, bool]] = {}
        for name in self.guards:
            finding = self.findings[name]
            if finding.type is FindingType.YES_NO:
                values[name] = finding.implied == "yes"
            elif finding.type is FindingType.ANY_OF:
                values[name] = dict.fromkeys(finding.choices, False)
            elif finding.implied is not None:
                values[name] = finding.implied
        return values

    @cached_property
    def danger_signs(self) -> frozenset[Sign]:
        """Yes_no findings and choices that stand positively in the ``when`` of an urgency rule."""
        return frozenset(
            atom
            for rule in self.rules.values()
            if rule.kind is RuleKind.URGENCY_WHEN
            for atom, positive in signed_atoms(rule.expr, self.exprs)
            if positive and isinstance(atom, Sign)
        )

    @cached_property
    def thresholds(self) -> Mapping[str, frozenset[float]]:
        """By number finding: every bound that some rule compares it with."""
        bounds: dict[str, set[float]] = {name: set() for name in self.findings}
        for rule in self.rules.values():
            for node in walk(rule.expr):
                if isinstance(node, Compare):
                    bounds[node.finding].add(node.value)
        return {name: frozenset(values) for name, values in bounds.items()}

    @cached_property
    def probes(self) -> Mapping[str, tuple[float, ...]]:
        """By number finding: values on, just below and just above every threshold, within its range."""
        found: dict[str, tuple[float, ...]] = {}
        for name, bounds in self.thresholds.items():
            finding = self.findings[name]
            if finding.type is FindingType.NUMBER:
                low, high = finding.limits
                near = {bound + step for bound in bounds for step in (-1, 0, 1)}
                found[name] = tuple(sorted(value for value in near if low <= value <= high))
        return found

    @cached_property
    def aliases(self) -> Mapping[str, str]:
        """Every id that means a disorder, its own included, to the disorder's id."""
        names = {disorder.id: disorder.id for disorder in self.disorders.values()}
        for disorder in self.disorders.values():
            names |= dict.fromkeys(disorder.aliases, disorder.id)
        return names

    @cached_property
    def former(self) -> Mapping[str, str]:
        """Former ids of findings to the present ones."""
        return {old: finding.id for finding in self.findings.values() for old in finding.was}

    @cached_property
    def members(self) -> Mapping[str, tuple[str, ...]]:
        """By head of a family: its members."""
        heads: dict[str, list[str]] = {}
        for disorder in self.disorders.values():
            if disorder.parent:
                heads.setdefault(disorder.parent, []).append(disorder.id)
        return {head: tuple(sorted(members)) for head, members in heads.items()}

    def nerve(self, disorder: str) -> NerveModality | None:
        """How nerves are involved in a disorder, or else in its family; None where that varies."""
        entry = self.disorders[disorder]
        head = self.disorders[entry.parent] if entry.parent else entry
        return entry.nerve or head.nerve

    def family(self, disorder: str) -> str:
        """The head of the disorder's family; itself if it stands alone."""
        return self.disorders[disorder].parent or disorder
