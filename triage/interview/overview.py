"""What follows so far, in few words: for the panel beside the questions."""

from __future__ import annotations

from dataclasses import dataclass

from triage.assessment.nerves import nerves_of
from triage.assessment.ranking import leading_families
from triage.assessment.urgency import urgency_of
from triage.interview.memory import Memory
from triage.logic import Facts
from triage.models import KnowledgeBase, Level, NerveModality, Nerves


@dataclass(frozen=True, slots=True)
class SoFar:
    """The state of a case while it is being asked."""

    now: Level
    could_become: Level
    because: tuple[str, ...]
    """labels of the urgency rules that hold at the present level"""
    nerves: tuple[str, ...]
    """each involved nerve, or what else it comes from"""
    felt: tuple[str, ...]
    """the nerve areas of the places named"""
    ahead: str | None
    """name of the undecided disorder that is far ahead of all that fits"""
    fitting: tuple[str, ...]
    """names of the families that fit, best first"""
    open: tuple[str, ...]
    """the others of which not enough is known"""


def so_far(memory: Memory, facts: Facts) -> SoFar:
    """What follows from the answers so far."""
    kb, world = memory.kb, memory.at(facts)
    lines = memory.lines()
    leading = leading_families(kb, lines, world.truths)
    urgency = urgency_of(kb, world, [one.head for one in leading])
    nerves = nerves_of(kb, world)
    # Those that lead first.
    fitting = sorted(lines.fitting, key=lambda one: one not in leading)
    return SoFar(
        now=urgency.now,
        could_become=urgency.could_become,
        because=tuple(
            kb.urgency_rules[one.rule].label for one in urgency.because if one.level is urgency.now
        ),
        nerves=_nerve_words(kb, nerves),
        felt=_area_words(kb, nerves),
        ahead=kb.disorders[lines.ahead.best.disorder].name if lines.ahead is not None else None,
        fitting=tuple(kb.disorders[one.head].name for one in fitting),
        open=tuple(kb.disorders[one.best.disorder].name for one in lines.open),
    )


def _nerve_words(kb: KnowledgeBase, nerves: Nerves) -> tuple[str, ...]:
    said: dict[str, None] = {}
    for one in nerves.involved:
        parts = [kb.face.nerves[one.nerve].label]
        parts += [kb.face.areas[one.branch].label] if one.branch else []
        parts += [kb.face.sides[one.side]] if one.side in kb.face.sides else []
        said[f"{', '.join(parts)} ({one.modality.value})"] = None
    if nerves.modality is NerveModality.NONE:
        said |= {kb.face.origins[one.origin]: None for one in nerves.origins}
    return tuple(said)


def _area_words(kb: KnowledgeBase, nerves: Nerves) -> tuple[str, ...]:
    said: dict[str, None] = {}
    for one in nerves.territory:
        name = kb.face.areas[one.area].label if one.area else kb.face.nerves[one.nerve].label
        side = f", {kb.face.sides[one.side]}" if one.side in kb.face.sides else ""
        said[f"{name}{side}"] = None
    return tuple(said)
