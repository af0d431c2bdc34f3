"""Which nerves are concerned, and how: told by the answers, or where they do not tell by the first disorder.

See docs/decisions/0012-modality-of-the-first-disorder.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from triage.assessment.ranking import AHEAD_BY, Family
from triage.logic import Truth, World
from triage.models import (
    Band,
    Involved,
    Involvement,
    KnowledgeBase,
    Modality,
    NerveModality,
    Nerves,
    Origin,
    Territory,
)
from triage.models.settings import PlaceEntry, SiteFinding


def nerves_of(kb: KnowledgeBase, world: World) -> Nerves:
    """Modality, territory, involvement and origins of a case, before and without any diagnosis."""
    involved: set[Involved] = set()
    origins: list[Origin] = []
    holding = [pattern for pattern in kb.patterns.values() if world.truths[pattern.id] is Truth.TRUE]
    replaced = {name for pattern in holding for name in pattern.instead_of}
    for pattern in holding:
        if pattern.id not in replaced:
            for entry in pattern.involvement:
                involved |= _involved(kb, world, pattern.id, entry)
        if pattern.origin is not None:
            origins.append(Origin(origin=pattern.origin, pattern=pattern.id))
    return Nerves(
        modality=_modality({item.modality for item in involved}, bool(origins)),
        modality_of=None,
        territory=tuple(sorted(_territory(kb, world), key=_sort_key)),
        involved=tuple(sorted(involved, key=_sort_key)),
        origins=tuple(sorted(origins, key=_sort_key)),
    )


def with_disorder(
    kb: KnowledgeBase, nerves: Nerves, lines: Sequence[Family], leading: Sequence[Family]
) -> Nerves:
    """The same; where the answers do not tell the modality, with that of the first of ``lines``.

    That no nerve is ill is taken from an undecided disorder only if it has more to show than would put it before one
    that fits with nothing told for it: nothing is called healthy because little was told. A disorder that fits, leads
    alone and is defined by its modality says it against the answers too; so does one with as much to show that is
    defined by both kinds. One that fits and is defined by leaving it open only takes back that no nerve is ill.
    """
    if not lines:
        return nerves
    first = lines[0]
    modality = kb.nerve(first.best.disorder)
    fits = first.band is Band.FITS
    much = first.best.claim > AHEAD_BY
    left_open = modality is NerveModality.UNDETERMINED
    # Both kinds take away no nerve that the answers name, so what is merely ahead may add one.
    heard = (fits and (left_open or len(leading) == 1)) or (modality is NerveModality.MIXED and much)
    defined = heard and kb.disorders[first.best.disorder].nerve_by_definition
    told = nerves.modality is not NerveModality.UNDETERMINED
    if modality is None or modality is nerves.modality or (told and not defined):
        return nerves
    if left_open and nerves.modality is not NerveModality.NONE:
        return nerves
    if modality is NerveModality.NONE and not fits and not much:
        return nerves
    return nerves.model_copy(update={"modality": modality, "modality_of": first.best.disorder})


def _modality(kinds: set[Modality], origin: bool) -> NerveModality:
    match (Modality.SENSORY in kinds, Modality.MOTOR in kinds):
        case (True, True):
            return NerveModality.MIXED
        case (True, False):
            return NerveModality.SENSORY
        case (False, True):
            return NerveModality.MOTOR
        case _:
            return NerveModality.NONE if origin else NerveModality.UNDETERMINED


def _involved(kb: KnowledgeBase, world: World, pattern: str, entry: Involvement) -> set[Involved]:
    side = entry.side or (_word(world, entry.side_from) if entry.side_from else None)
    branches: list[str | None] = [entry.branch]
    if entry.branch_from is not None:
        site = next(site for site in kb.face.sites if site.finding == entry.branch_from)
        areas = {place.area for place in _places(world, site) if place.area is not None}
        branches = [*sorted(area for area in areas if kb.face.areas[area].nerve == entry.nerve)] or [None]
    return {
        Involved(nerve=entry.nerve, branch=branch, side=side, modality=entry.modality, pattern=pattern)
        for branch in branches
    }


def _territory(kb: KnowledgeBase, world: World) -> set[Territory]:
    found: set[Territory] = set()
    for site in kb.face.sites:
        side = _word(world, site.side) if site.side else None
        for place in _places(world, site):
            nerve = place.nerve or (kb.face.areas[place.area].nerve if place.area else None)
            if nerve is not None:
                found.add(Territory(complaint=site.complaint, nerve=nerve, area=place.area, side=side))
    return found


def _places(world: World, site: SiteFinding) -> list[PlaceEntry]:
    chosen = world.facts.get(site.finding)
    if isinstance(chosen, Mapping):
        return [site.places[name] for name, present in chosen.items() if present and name in site.places]
    return [site.places[chosen]] if isinstance(chosen, str) and chosen in site.places else []


def _word(world: World, finding: str) -> str | None:
    value = world.facts.get(finding)
    return value if isinstance(value, str) else None


def _sort_key(item: Territory | Involved | Origin) -> tuple[str, ...]:
    return tuple("" if value is None else str(value) for value in item.model_dump().values())
