"""Why something holds and why it does not: derivations chosen for the question, as data."""

from __future__ import annotations

from dataclasses import dataclass

from triage.assessment import decide, exclusions_of, rule_truth, world_of
from triage.explain.derivation import Derivation, derive
from triage.logic import Facts, Truth, World
from triage.models import AskedOf, Assessment, Band, Direction, Disorder, KnowledgeBase

GRADES = ("established", "probable", "possible")


@dataclass(frozen=True, slots=True)
class CriterionAccount:
    """One criterion of a disorder in this case."""

    id: str
    truth: Truth
    derivation: Derivation | None
    """None for a judgement"""
    needs_examination: bool
    """unknown, and only an examination or a test can say"""


def criteria_account(kb: KnowledgeBase, world: World, given: Facts, disorder: str) -> list[CriterionAccount]:
    """Every criterion with its truth and the answers that decide it, in the order of the file."""
    found = []
    for criterion in kb.disorders[disorder].criteria:
        if criterion.judgement:
            found.append(CriterionAccount(criterion.id, Truth.UNKNOWN, None, False))
            continue
        derivation = derive(world, given, f"{disorder}.{criterion.id}")
        examined = bool(derivation.missing) and all(
            kb.findings[name].asked_of is not AskedOf.PATIENT for name in derivation.missing
        )
        found.append(CriterionAccount(criterion.id, derivation.truth, derivation, examined))
    return found


def why(kb: KnowledgeBase, world: World, given: Facts, name: str) -> list[Derivation]:
    """What holds of a disorder, a danger rule or any other rule, with the answers behind it; empty if nothing does.

    Of a disorder: its highest grade that is reached, the criteria met and the evidence that speaks for it.
    """
    if name in kb.disorders:
        return _why_disorder(world, given, kb.disorders[name])
    if name in kb.urgency_rules:
        holds = rule_truth(kb.urgency_rules[name], world) is Truth.TRUE
        return [derive(world, given, f"{name}.when")] if holds else []
    return [derive(world, given, name)] if world.truths[name] is Truth.TRUE else []


def _why_disorder(world: World, given: Facts, disorder: Disorder) -> list[Derivation]:
    rules = [f"{disorder.id}.{grade}" for grade in GRADES]
    found = [rule for rule in rules if world.truths.get(rule, Truth.UNKNOWN) is Truth.TRUE][:1]
    parts = [one.id for one in disorder.criteria if not one.judgement]
    parts += [one.id for one in disorder.evidence if one.direction is Direction.FOR]
    found += [rule for one in parts if world.truths[rule := f"{disorder.id}.{one}"] is Truth.TRUE]
    told = [derive(world, given, rule) for rule in found]
    # The criteria that its grade rests on are told there.
    below = {one.rule for first in told[:1] for one in first.everything()} - set(found[:1])
    return [one for one in told if one.rule not in below]


def why_not(kb: KnowledgeBase, world: World, given: Facts, name: str) -> list[Derivation]:
    """What stands in the way of a disorder, a danger rule or any other rule; empty if nothing does.

    Of a disorder: exclusions that hold, criteria that fail, then criteria and exclusions still open. Of a danger
    rule: what reassures, then what fails or is open.
    """
    if name in kb.disorders:
        return _why_not_disorder(kb, world, given, kb.disorders[name])
    if name in kb.urgency_rules:
        reassured = world.truths.get(f"{name}.unless", Truth.FALSE) is Truth.TRUE
        rules = [f"{name}.unless"] if reassured else []
        rules += [f"{name}.when"] if world.truths[f"{name}.when"] is not Truth.TRUE else []
        return [derive(world, given, rule) for rule in rules]
    return [derive(world, given, name)] if world.truths[name] is not Truth.TRUE else []


def _why_not_disorder(kb: KnowledgeBase, world: World, given: Facts, disorder: Disorder) -> list[Derivation]:
    excluded = [derive(world, given, rule) for rule, _ in exclusions_of(kb, disorder)]
    criteria = [
        derive(world, given, f"{disorder.id}.{one.id}") for one in disorder.criteria if not one.judgement
    ]
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


def fits(assessment: Assessment, disorder: str) -> bool:
    """Whether the disorder has a line of band fits."""
    return any(entry.disorder == disorder and entry.band is Band.FITS for entry in assessment.differential)


def world_for(kb: KnowledgeBase, facts: Facts) -> World:
    """The case decided by the reference engine, ready for questions about it."""
    return world_of(kb, facts, decide(kb, facts))
