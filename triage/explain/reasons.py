"""Why a disorder fits, why another does not, and what would change the outcome."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations

from triage.assessment import assemble, decide, exclusions_of, world_of
from triage.explain.derivation import Derivation, derive
from triage.logic import Facts, FindingType, Truth, Value, World
from triage.models import AskedOf, Assessment, Band, Finding, KnowledgeBase


@dataclass(frozen=True, slots=True)
class CriterionAccount:
    """One criterion of a disorder in this case."""

    id: str
    truth: Truth
    derivation: Derivation | None
    """None for a judgement"""
    needs_examination: bool
    """unknown, and only an examination or a test can say"""


def criteria_account(kb: KnowledgeBase, world: World, disorder: str) -> list[CriterionAccount]:
    """Every criterion with its truth and the facts that decide it, in the order of the file."""
    found = []
    for criterion in kb.disorders[disorder].criteria:
        if criterion.judgement:
            found.append(CriterionAccount(criterion.id, Truth.UNKNOWN, None, False))
            continue
        derivation = derive(world, f"{disorder}.{criterion.id}")
        examined = bool(derivation.missing) and all(
            kb.findings[name].asked_of is not AskedOf.PATIENT for name in derivation.missing
        )
        found.append(CriterionAccount(criterion.id, derivation.truth, derivation, examined))
    return found


def why_not(kb: KnowledgeBase, world: World, disorder: str) -> list[Derivation]:
    """What keeps a disorder from fitting: exclusions that hold, then criteria that fail, then those still open."""
    entry = kb.disorders[disorder]
    excluded = [derive(world, rule) for rule, _ in exclusions_of(kb, entry)]
    criteria = [derive(world, f"{disorder}.{one.id}") for one in entry.criteria if not one.judgement]
    return [
        *(one for one in excluded if one.truth is Truth.TRUE),
        *(one for one in criteria if one.truth is Truth.FALSE),
        *(one for one in criteria if one.truth is Truth.UNKNOWN),
        *(one for one in excluded if one.truth is Truth.UNKNOWN),
    ]


def separating_findings(kb: KnowledgeBase, leader: str, rival: str) -> tuple[str, ...]:
    """The findings that tell two disorders apart, as either of them lists the other."""
    found: dict[str, None] = {}
    for one, other in ((leader, rival), (rival, leader)):
        for look_alike in kb.disorders[one].look_alikes:
            if look_alike.disorder == other:
                found |= dict.fromkeys(look_alike.findings)
    return tuple(found)


Outcome = tuple[str, str | None]


def outcome(assessment: Assessment) -> Outcome:
    """What a change is measured by: urgency now and the first leading disorder."""
    return (assessment.urgency.now.value, assessment.leading[0] if assessment.leading else None)


@dataclass(frozen=True, slots=True)
class Change:
    """A set of changed answers and the outcome it leads to."""

    answers: tuple[tuple[str, Value], ...]
    outcome: Outcome


def what_if(kb: KnowledgeBase, case_id: str, facts: Facts, answers: dict[str, Value]) -> Assessment:
    """The assessment with some answers changed or added."""
    changed = {**facts, **answers}
    return assemble(kb, case_id, changed, decide(kb, changed))


def smallest_changes(
    kb: KnowledgeBase,
    facts: Facts,
    *,
    allowed: Callable[[Facts], bool] = lambda facts: True,
    pairs: bool = True,
) -> list[Change]:
    """All single changed or added answers that change the outcome; pairs only if no single one does.

    ``allowed`` refuses sets of answers that contradict each other. Numbers are tried on both sides of every threshold.
    """
    before = outcome(assemble(kb, "", facts, decide(kb, facts)))
    singles = list(_single_changes(kb, facts))
    found = list(_effective(kb, facts, before, ([one] for one in singles), allowed))
    if found or not pairs:
        return found
    given = [one for one in singles if one[0] in facts]
    several = ([a, b] for a, b in combinations(given, 2) if a[0] != b[0])
    return list(_effective(kb, facts, before, several, allowed))


def _effective(
    kb: KnowledgeBase,
    facts: Facts,
    before: Outcome,
    candidates: Iterator[list[tuple[str, Value]]],
    allowed: Callable[[Facts], bool],
) -> Iterator[Change]:
    for answers in candidates:
        changed = {**facts, **dict(answers)}
        if not allowed(changed):
            continue
        after = outcome(assemble(kb, "", changed, decide(kb, changed)))
        if after != before:
            yield Change(tuple(answers), after)


def _single_changes(kb: KnowledgeBase, facts: Facts) -> Iterator[tuple[str, Value]]:
    for finding in kb.findings.values():
        if finding.asked_of is AskedOf.PATIENT or finding.id in facts:
            for value in _other_values(kb, finding, facts.get(finding.id)):
                yield finding.id, value


def _other_values(kb: KnowledgeBase, finding: Finding, present: Value | None) -> Iterator[Value]:
    match finding.type:
        case FindingType.YES_NO:
            yield from (value for value in (True, False) if value != present)
        case FindingType.ONE_OF:
            yield from (choice for choice in finding.choices if choice != present)
        case FindingType.NUMBER:
            yield from (value for value in kb.probes[finding.id] if value != present)
        case FindingType.ANY_OF:
            kept = dict(present) if isinstance(present, dict) else {}
            for choice in finding.choices:
                for value in (True, False):
                    if kept.get(choice) is not value:
                        yield {**kept, choice: value}


def fits(assessment: Assessment, disorder: str) -> bool:
    """Whether the disorder has a line of band fits."""
    return any(entry.disorder == disorder and entry.band is Band.FITS for entry in assessment.differential)


def world_for(kb: KnowledgeBase, facts: Facts) -> World:
    """The case decided by the reference engine, ready for questions about it."""
    return world_of(kb, facts, decide(kb, facts))
