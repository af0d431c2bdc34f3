"""Generated rules, knowledge bases and facts, for properties that must hold of all of them.

hypothesis draws sizes and a seed, and plain random numbers do the rest: that is ten times faster than drawing every
node, and a failure still shrinks to few findings, few rules and small expressions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from random import Random

from hypothesis import strategies as st

from tests.support import TOY
from triage.errors import Place
from triage.knowledge import load_knowledge
from triage.logic import (
    And,
    AtLeast,
    Compare,
    Expr,
    FindingType,
    HasChoice,
    Interval,
    IsChoice,
    NoChoice,
    Not,
    Or,
    Ref,
    Term,
    Value,
    Vocabulary,
    YesNo,
    to_text,
    walk,
)
from triage.models import (
    AVERAGE,
    EVERY_CASE,
    CaseCount,
    Finding,
    KnowledgeBase,
    Profile,
    Rule,
    RuleKind,
    Usualness,
)

BOUNDS = (0, 1, 2.5, 7, 50, -3)
NUMBERS = (-3, -1, 0, 0.5, 1, 2, 2.5, 3, 7, 49.5, 50, 99)
OPERATORS = ("<", "<=", ">", ">=", "==", "!=")
# Kinds of rules in the order of their layers, with those whose rules they may refer to.
MAY_NAME: Mapping[RuleKind, tuple[RuleKind, ...]] = {
    RuleKind.COMPLAINT: (),
    RuleKind.PATTERN: (RuleKind.PATTERN,),
    RuleKind.URGENCY_WHEN: (RuleKind.PATTERN,),
    RuleKind.URGENCY_UNLESS: (RuleKind.PATTERN,),
    RuleKind.CRITERION: (RuleKind.PATTERN, RuleKind.CRITERION),
    RuleKind.EXCLUSION: (RuleKind.PATTERN, RuleKind.CRITERION),
    RuleKind.EVIDENCE: (RuleKind.PATTERN, RuleKind.CRITERION),
    RuleKind.CONFIRMATION: (RuleKind.PATTERN,),
    RuleKind.SELF_CARE: (RuleKind.PATTERN,),
    RuleKind.GRADE: (RuleKind.CRITERION,),
    RuleKind.ADULT: (),
    RuleKind.CONTEXT: (RuleKind.PATTERN,),
    RuleKind.CAVEAT: (RuleKind.PATTERN,),
}
SEEDS = st.integers(0, 2**32)


@cache
def toy_base() -> KnowledgeBase:
    """The toy knowledge base, which lends generated ones what they need beside findings and rules."""
    return load_knowledge(TOY)


def random_vocabulary(random: Random, size: int) -> dict[str, Term]:
    """Findings of all types; the first is a yes_no."""
    kinds = [FindingType.YES_NO, *random.choices(list(FindingType), k=size - 1)]
    return {f"f{number}": _term(number, kind) for number, kind in enumerate(kinds)}


def _term(number: int, kind: FindingType) -> Term:
    chooses = kind in (FindingType.ONE_OF, FindingType.ANY_OF)
    choices = tuple(f"f{number}_{letter}" for letter in "abcd"[: 2 + number % 3])
    return Term(f"f{number}", kind, choices if chooses else ())


def random_expr(random: Random, vocabulary: Vocabulary, rules: tuple[str, ...] = (), size: int = 10) -> Expr:
    """An expression with about ``size`` conditions, as the parser could make it."""
    if size <= 1:
        return _atom(random, vocabulary, rules)
    kind = random.randrange(10)
    if kind < 2:
        return Not(random_expr(random, vocabulary, rules, size - 1))
    parts = random.randint(2, min(8 if kind > 7 else 4, size))
    args = tuple(random_expr(random, vocabulary, rules, size // parts) for _ in range(parts))
    if kind > 7:
        args = tuple(dict.fromkeys(args))
        if not any(isinstance(node, AtLeast) for arg in args for node in walk(arg)):
            return AtLeast(random.randint(1, len(args)), args)
    return And(args) if kind % 2 and len(args) > 1 else Or(args) if len(args) > 1 else args[0]


def _atom(random: Random, vocabulary: Vocabulary, rules: tuple[str, ...]) -> Expr:
    if rules and random.randrange(3) == 0:
        return Ref(random.choice(rules))
    term = random.choice(list(vocabulary.values()))
    match term.type:
        case FindingType.YES_NO:
            return YesNo(term.name)
        case FindingType.NUMBER:
            return Compare(term.name, random.choice(OPERATORS), random.choice(BOUNDS))
        case FindingType.ONE_OF:
            return IsChoice(
                term.name, tuple(random.sample(term.choices, random.randint(1, len(term.choices))))
            )
        case FindingType.ANY_OF:
            choice = random.choice((None, *term.choices))
            return NoChoice(term.name, term.choices) if choice is None else HasChoice(term.name, choice)


def random_kb(random: Random, findings: int, rules: int, size: int) -> KnowledgeBase:
    """A knowledge base whose findings (some guarded) and rules (of every kind) are made up; it has no disorders."""
    vocabulary = random_vocabulary(random, findings)
    described: dict[str, Finding] = {}
    made: list[Rule] = []
    for name, term in vocabulary.items():
        earlier = {other: vocabulary[other] for other in described}
        guarded = bool(earlier) and random.randrange(3) == 0
        described[name] = _finding(random, term, guarded=guarded)
        if guarded:
            guard = random_expr(random, earlier, size=3)
            made.append(Rule(f"{name}.asked_when", RuleKind.GUARD, name, guard, Place()))
    by_kind: dict[RuleKind, list[str]] = {}
    for number, kind in enumerate(sorted(random.choices(list(MAY_NAME), k=rules))):
        names = tuple(name for other in MAY_NAME[kind] for name in by_kind.get(other, ()))
        id = f"r{number}" if kind is RuleKind.PATTERN else f"r{number}.x"
        expr = random_expr(random, vocabulary, names, random.randint(1, size))
        made.append(Rule(id, kind, f"r{number}", expr, Place()))
        by_kind.setdefault(kind, []).append(id)
    return with_rules(toy_base(), made, described)


def _finding(random: Random, term: Term, *, guarded: bool) -> Finding:
    implied: Mapping[FindingType, tuple[str | None, ...]] = {
        FindingType.YES_NO: ("yes", "no", None),
        FindingType.ONE_OF: (None, *term.choices),
        FindingType.ANY_OF: ("none",),
        FindingType.NUMBER: (None,),
    }
    return Finding(
        id=term.name,
        type=term.type,
        of="person",
        label="a finding",
        question="What?",
        choices={choice: {"label": choice} for choice in term.choices},
        range=(-100, 100) if term.type is FindingType.NUMBER else None,
        implied=random.choice(implied[term.type]) if guarded else None,
    )


class Generated(KnowledgeBase):
    """A knowledge base that shows its findings and rules when a property fails."""

    def __repr__(self) -> str:
        lines = [
            f"{finding.id}: {finding.type} implied {finding.implied}" for finding in self.findings.values()
        ]
        lines += [f"{rule.id} ({rule.kind.name}): {to_text(rule.expr)}" for rule in self.rules.values()]
        return "\n".join(["", *lines])

    def _repr_pretty_(self, printer, cycle: bool) -> None:
        printer.text(repr(self))  # hypothesis would print every field


def with_rules(
    kb: KnowledgeBase, rules: list[Rule], findings: Mapping[str, Finding] | None = None
) -> KnowledgeBase:
    """``kb`` with these rules and nothing that refers to others."""
    parts = {field.name: getattr(kb, field.name) for field in fields(kb)}
    emptied = (
        "patterns",
        "urgency_rules",
        "disorders",
        "treatments",
        "caveat_sets",
        "places",
        "profiles",
        "case_counts",
    )
    parts |= {key: {} for key in emptied}
    parts["findings"] = kb.findings if findings is None else findings
    return Generated(**{**parts, "rules": {rule.id: rule for rule in rules}})


def random_profiles(random: Random, kb: KnowledgeBase, names: list[str]) -> dict[str, Profile]:
    """The average profile and one for most of the disorders."""
    answers = every_answer(kb)
    numbers = [term.name for term in kb.vocabulary.values() if term.type is FindingType.NUMBER]
    made = {}
    for name in (AVERAGE, *random.sample(names, random.randint(0, len(names)))):
        words: dict[str, list[str]] = {}
        for answer in random.sample(answers, random.randint(0, len(answers))):
            words.setdefault(random.choice(list(Usualness)).value, []).append(answer)
        spreads = {}
        for finding in random.sample(numbers, random.randint(0, len(numbers))):
            low, first, last, high = sorted(random.choices(NUMBERS, k=4))
            spreads[finding] = {"half": (first, last), "most": (low, high)}
        made[name] = Profile.model_validate({"id": name, "numbers": spreads, **words})
    return made


def random_case_counts(random: Random, kb: KnowledgeBase, names: list[str]) -> dict[str, CaseCount]:
    """Counts of every case and of most of the disorders."""
    answers = every_answer(kb)
    every = {
        answer: random.randint(2, 30) for answer in random.sample(answers, random.randint(0, len(answers)))
    }
    made = {EVERY_CASE: CaseCount(cases=40, told=every)}
    for name in random.sample(names, random.randint(0, len(names))):
        listed = random.sample(list(every), random.randint(0, len(every)))
        made[name] = CaseCount(
            cases=12, told={answer: random.randint(1, min(12, every[answer])) for answer in listed}
        )
    return made


def every_answer(kb: KnowledgeBase) -> list[str]:
    """All answers but numbers, as profiles name them."""
    found: list[str] = []
    for term in kb.vocabulary.values():
        found += [f"{term.name}.{choice}" for choice in term.choices]
        if term.type is FindingType.YES_NO:
            found.append(term.name)
    return found


def random_value(random: Random, term: Term) -> Value:
    """An answer to one finding; of an any_of finding some choices may stay open."""
    match term.type:
        case FindingType.YES_NO:
            return random.random() < 0.5
        case FindingType.NUMBER:
            return random_number(random)
        case FindingType.ONE_OF:
            return random.choice(term.choices)
        case FindingType.ANY_OF:
            chosen = random.sample(term.choices, random.randint(1, len(term.choices)))
            return {choice: random.random() < 0.5 for choice in chosen}


def random_number(random: Random) -> Value:
    """A number, or one that is known only roughly."""
    if random.random() < 0.6:
        return random.choice(NUMBERS)
    least, most = sorted(random.sample(NUMBERS, k=2))
    open = random.random() < 0.5
    return random.choice(
        (Interval(least, most), Interval(least=least, open=open), Interval(most=most, open=open))
    )


def random_facts(random: Random, vocabulary: Vocabulary, share: float = 0.5) -> dict[str, Value]:
    """Answers to about ``share`` of the findings, in any order."""
    names = list(vocabulary)
    random.shuffle(names)
    return {name: random_value(random, vocabulary[name]) for name in names if random.random() < share}


@st.composite
def vocabularies(draw: st.DrawFn) -> dict[str, Term]:
    """Findings of all types."""
    return random_vocabulary(Random(draw(SEEDS)), draw(st.integers(1, 12)))


@st.composite
def expressions(draw: st.DrawFn, vocabulary: Vocabulary, rules: tuple[str, ...] = (), most: int = 25) -> Expr:
    """Expressions of all shapes."""
    return random_expr(Random(draw(SEEDS)), vocabulary, rules, draw(st.integers(1, most)))


@st.composite
def knowledge_bases(draw: st.DrawFn) -> KnowledgeBase:
    """Knowledge bases with guards and rules of every kind."""
    findings, rules, size = draw(st.integers(1, 14)), draw(st.integers(1, 20)), draw(st.integers(1, 16))
    return random_kb(Random(draw(SEEDS)), findings, rules, size)


@st.composite
def facts(draw: st.DrawFn, vocabulary: Vocabulary, *shares: float) -> dict[str, Value]:
    """Answers to about half of the findings, or to one of ``shares`` of them."""
    return random_facts(Random(draw(SEEDS)), vocabulary, draw(st.sampled_from(shares or (0.5,))))


@st.composite
def cases(draw: st.DrawFn) -> tuple[KnowledgeBase, dict[str, Value]]:
    """A generated knowledge base and facts for it."""
    kb = draw(knowledge_bases())
    return kb, draw(facts(kb.vocabulary, 0.2, 0.5, 0.9))
