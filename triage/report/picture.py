"""The drawn face of a case: which outlines are marked, and the same in words.

``face.yaml`` draws the person's right half as the viewer sees it; the left half is its mirror.
"""

from __future__ import annotations

from collections.abc import Mapping

from triage.logic import World
from triage.models import KnowledgeBase
from triage.models.settings import SiteFinding
from triage.report import wording
from triage.report.document import FacePicture, Shape

HALVES = ("right", "left")
MIRROR = 100


def face_picture(kb: KnowledgeBase, world: World) -> FacePicture | None:
    """The face with every place of a complaint marked; None if no drawn place is known."""
    marked: set[tuple[str, str]] = set()
    for site in kb.face.sites:
        names = _chosen(site, world)
        side = world.facts.get(site.side) if site.side else None
        halves = (side,) if side in HALVES else HALVES
        outlines = [place.outline for name in names if (place := site.places[name]).outline is not None]
        marked |= {(outline, str(half)) for outline in outlines if outline for half in halves}
    if not marked:
        return None
    shapes = tuple(
        Shape(_half(outline.points, half), (name, half) in marked)
        for name, outline in kb.face.outlines.items()
        for half in HALVES
    )
    places = "; ".join(told_places(kb, world))
    return FacePicture(shapes, f"{places[:1].upper()}{places[1:]}.", wording.FACE.format(places=places))


def told_places(kb: KnowledgeBase, world: World) -> list[str]:
    """Each complaint whose place is told, with its places and its side, in words."""
    words = []
    for site in kb.face.sites:
        names = _chosen(site, world)
        if names:
            label = next(entry.label for entry in kb.interview.complaints if entry.id == site.complaint)
            places = ", ".join(kb.findings[site.finding].choices[name].label for name in names)
            side = str(world.facts.get(site.side)) if site.side else ""
            where = f" ({kb.face.sides[side]})" if side in kb.face.sides else ""
            words.append(f"{label}: {places}{where}")
    return words


def _chosen(site: SiteFinding, world: World) -> list[str]:
    chosen = world.facts.get(site.finding)
    return [name for name, present in chosen.items() if present] if isinstance(chosen, Mapping) else []


def _half(points: tuple[tuple[float, float], ...], half: str) -> tuple[tuple[float, float], ...]:
    return points if half == HALVES[0] else tuple((MIRROR - x, y) for x, y in points)
