"""``assemble``: the one place where truths become an ``Assessment``."""

from __future__ import annotations

from collections.abc import Mapping

from triage.assessment.grading import Standing, exclusions_of
from triage.assessment.nerves import nerves_of, with_disorder
from triage.assessment.paths import treatment_paths
from triage.assessment.ranking import Family, beneath, families, leading_families, lines_of
from triage.assessment.urgency import urgency_of
from triage.cases import complete_facts
from triage.logic import Facts, Truth, World, pending_findings
from triage.models import Assessment, Direction, Entry, KnowledgeBase


def world_of(kb: KnowledgeBase, facts: Facts, truths: Mapping[str, Truth]) -> World:
    """The case as expressions see it, implied values included."""
    return World(complete_facts(kb, facts), truths, kb.exprs, kb.guards)


def assemble(kb: KnowledgeBase, case_id: str, facts: Facts, truths: Mapping[str, Truth]) -> Assessment:
    """The assessment that follows from the truths of all rules.

    ``facts`` are the validated answers, ``truths`` those of an engine for every rule of ``kb``.
    """
    world = world_of(kb, facts, truths)
    ranked = families(kb, world)
    parts = beneath(kb, ranked)
    lines = lines_of(kb, ranked)
    leading = leading_families(kb, lines, truths)
    differential = [
        entry for family in lines.differential for entry in _line(kb, world, family, ranked, parts)
    ]
    open_entries = [
        _entry(kb, world, family.best, kb.disorders[family.best.disorder].parent) for family in lines.open
    ]
    urgency = urgency_of(kb, world, [family.head for family in leading])
    paths, withheld = treatment_paths(kb, world, leading)
    pending = {name for rule in urgency.open for name in rule.findings}
    pending |= {name for entry in [*differential, *open_entries] for name in entry.settle}
    return Assessment(
        case_id=case_id,
        urgency=urgency,
        nerves=with_disorder(kb, nerves_of(kb, world), lines.shown, leading),
        differential=tuple(differential),
        open=tuple(open_entries),
        leading=tuple(family.head for family in leading),
        treatments=tuple(paths),
        treatments_withheld=withheld,
        pending=tuple(sorted(pending)),
    )


def _line(
    kb: KnowledgeBase, world: World, family: Family, ranked: list[Family], parts: Mapping[str, str]
) -> list[Entry]:
    """The family's own line, its members that are shown, then what it combines."""
    entries = [_entry(kb, world, family.own, None)]
    entries += [_entry(kb, world, item, family.head) for item in family.members()]
    for other in ranked:
        combined_by = parts.get(other.head)
        if combined_by is not None and kb.family(combined_by) == family.head and other.head != family.head:
            entries += [
                _entry(kb, world, item, combined_by)
                for item in other.standings
                if item.disorder == other.head
            ]
            entries += [
                _entry(kb, world, item, other.head) for item in other.fitting() if item.disorder != other.head
            ]
    return entries


def _entry(kb: KnowledgeBase, world: World, item: Standing, parent: str | None) -> Entry:
    disorder = kb.disorders[item.disorder]

    def value(name: str) -> Truth:
        return world.truths[f"{disorder.id}.{name}"]

    held = [one for one in disorder.evidence if value(one.id) is Truth.TRUE]
    return Entry(
        disorder=disorder.id,
        parent=parent,
        band=item.band,
        grade=item.grade,
        confirmed=world.truths.get(f"{disorder.id}.confirmed_by", Truth.UNKNOWN),
        fit=item.fit,
        likeness=item.likeness,
        criteria={one.id: value(one.id) for one in disorder.criteria if not one.judgement},
        evidence_for=tuple(one.id for one in held if one.direction is Direction.FOR),
        evidence_against=tuple(one.id for one in held if one.direction is Direction.AGAINST),
        excluded_by=tuple(
            rule for rule, _ in exclusions_of(kb, disorder) if world.truths[rule] is Truth.TRUE
        ),
        settle=_settle(kb, world, disorder.id),
    )


def _settle(kb: KnowledgeBase, world: World, name: str) -> tuple[str, ...]:
    disorder = kb.disorders[name]
    rules = [f"{name}.{one.id}" for one in disorder.criteria if not one.judgement]
    rules += [rule for rule, _ in exclusions_of(kb, disorder)]
    pending = frozenset[str]().union(*(pending_findings(kb.exprs[rule], world) for rule in rules))
    return tuple(sorted(pending))
