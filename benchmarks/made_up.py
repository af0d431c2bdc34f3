"""A made-up knowledge base and cases of any size, to see how the engines grow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from triage.errors import Place
from triage.logic import (
    And,
    AtLeast,
    Compare,
    Expr,
    FindingType,
    HasChoice,
    IsChoice,
    Not,
    Or,
    Ref,
    Value,
    YesNo,
)
from triage.models import Choice, Finding, KnowledgeBase, Rule, RuleKind

COMPLAINTS = ("pain", "movement", "weakness", "numbness")


def made_up_kb(base: KnowledgeBase, size: int = 100, seed: int = 0) -> KnowledgeBase:
    """``base`` with findings and rules that mean nothing; size 100 is about what the shipped rules have."""
    random = Random(seed)
    findings = {finding.id: finding for finding in _findings(random, 5 * size)}
    rules = {rule.id: rule for rule in _rules(random, list(findings.values()), size)}
    interview = base.interview.model_copy(update={"complaints": ()})
    made = replace(base, findings=findings, rules=rules, interview=interview, patterns={}, disorders={})
    return replace(made, urgency_rules={}, treatments={}, caveat_sets={})


def made_up_facts(kb: KnowledgeBase, share: float, seed: int = 0) -> dict[str, Value]:
    """Answers to ``share`` of the findings."""
    random = Random(seed)
    return {
        finding.id: _value(random, finding) for finding in kb.findings.values() if random.random() < share
    }


def _value(random: Random, finding: Finding) -> Value:
    match finding.type:
        case FindingType.YES_NO:
            return random.random() < 0.4
        case FindingType.NUMBER:
            return random.randrange(100)
        case FindingType.ONE_OF:
            return random.choice(list(finding.choices))
        case FindingType.ANY_OF:
            return {choice: random.random() < 0.4 for choice in finding.choices}


def _findings(random: Random, count: int) -> Iterator[Finding]:
    for complaint in COMPLAINTS:
        yield Finding(
            id=f"{complaint}_present", type=FindingType.YES_NO, of="person", label="x", question="x"
        )
    kinds = [FindingType.YES_NO] * 7 + [FindingType.ONE_OF, FindingType.ANY_OF, FindingType.NUMBER]
    for number in range(count):
        kind = random.choice(kinds)
        chooses = kind in (FindingType.ONE_OF, FindingType.ANY_OF)
        yield Finding(
            id=f"f{number}",
            type=kind,
            of=random.choice((*COMPLAINTS, "person")),
            label="x",
            question="x",
            choices={f"c{index}": Choice(label="x") for index in range(6)} if chooses else {},
            range=(0, 100) if kind is FindingType.NUMBER else None,
        )


def _rules(random: Random, findings: list[Finding], size: int) -> Iterator[Rule]:
    def rule(id: str, kind: RuleKind, owner: str, expr: Expr) -> Rule:
        return Rule(id, kind, owner, expr, Place())

    for finding in findings:
        if finding.of != "person":
            yield rule(f"{finding.id}.asked_when", RuleKind.GUARD, finding.id, YesNo(f"{finding.of}_present"))
    for complaint in COMPLAINTS:
        yield rule(f"complaint.{complaint}", RuleKind.COMPLAINT, complaint, YesNo(f"{complaint}_present"))
    patterns: list[str] = []
    for number in range(2 * size):
        yield rule(f"p{number}", RuleKind.PATTERN, f"p{number}", _expr(random, findings, patterns[-20:], 3))
        patterns.append(f"p{number}")
    for number in range(size):
        yield rule(
            f"u{number}.when", RuleKind.URGENCY_WHEN, f"u{number}", _expr(random, findings, patterns, 2)
        )
    criteria: list[Rule] = []
    rest: list[Rule] = []
    for number in range(size):
        owner = f"d{number}"
        own = [f"{owner}.{letter}" for letter in "abcdefg"]
        criteria += [rule(id, RuleKind.CRITERION, owner, _expr(random, findings, patterns, 2)) for id in own]
        for index in range(8):
            rest.append(
                rule(f"{owner}.e{index}", RuleKind.EVIDENCE, owner, _expr(random, findings, patterns, 1))
            )
        for index in range(2):
            rest.append(
                rule(f"{owner}.x{index}", RuleKind.EXCLUSION, owner, _expr(random, findings, patterns, 1))
            )
        refs = tuple(Ref(id) for id in own)
        rest.append(rule(f"{owner}.possible", RuleKind.GRADE, owner, And((refs[0], AtLeast(2, refs[1:])))))
        rest.append(rule(f"{owner}.probable", RuleKind.GRADE, owner, And((*refs[:2], AtLeast(4, refs[2:])))))
        rest.append(rule(f"{owner}.established", RuleKind.GRADE, owner, And(refs)))
    yield from criteria
    yield from sorted(rest, key=lambda one: one.kind)
    for number in range(3 * size):
        owner = f"t{number // 6}"
        yield rule(f"{owner}.c{number % 6}", RuleKind.CAVEAT, owner, _expr(random, findings, patterns, 1))


def _expr(random: Random, findings: list[Finding], patterns: list[str], depth: int) -> Expr:
    if depth == 0 or random.random() < 0.15:
        return _atom(random, findings, patterns)
    args = tuple(
        dict.fromkeys(
            _expr(random, findings, patterns, depth - 1) for _ in range(random.choice((2, 2, 3, 4)))
        )
    )
    kind = random.random()
    if len(args) == 1:
        return args[0]
    if kind < 0.5:
        return And(args)
    if kind < 0.9 or len(args) < 3 or depth > 1:
        return Or(args)
    return AtLeast(2, args)


def _atom(random: Random, findings: list[Finding], patterns: list[str]) -> Expr:
    if patterns and random.random() < 0.25:
        return Ref(random.choice(patterns))
    finding = random.choice(findings)
    choices = list(finding.choices)
    atom: Expr
    match finding.type:
        case FindingType.YES_NO:
            atom = YesNo(finding.id)
        case FindingType.NUMBER:
            atom = Compare(finding.id, random.choice(("<=", ">=")), random.randrange(5, 100, 10))
        case FindingType.ONE_OF:
            atom = IsChoice(finding.id, tuple(random.sample(choices, random.choice((1, 1, 2)))))
        case _:
            atom = HasChoice(finding.id, random.choice(choices))
    return Not(atom) if random.random() < 0.2 else atom
