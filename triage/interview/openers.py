"""What there is something to tell of: topics that an overview opened, and those that it left closed.

That there is nothing to tell of a topic is never an answer to its questions; it only makes them come later, or not at
all where something else decides.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass

from triage.logic import HasChoice, Truth, Value, World, evaluate, named_findings, walk
from triage.models import AskedOf, KnowledgeBase

NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Openings:
    """Findings by what was said of their topics; those of topics that no overview opens are in none of the sets."""

    opened: frozenset[str] = NOTHING
    """there is something to tell of them"""
    closed: frozenset[str] = NOTHING
    """there is nothing to tell of them"""
    unsaid: frozenset[str] = NOTHING
    """whether there is was asked, and not known"""
    barred: frozenset[str] = NOTHING
    """what was not examined or tested, or not yet said to be"""


NOTHING_SAID = Openings()


def openings(kb: KnowledgeBase, world: World, given: Container[str]) -> Openings:
    """What the overviews answered so far say of the topics."""
    sets: dict[str, set[str]] = {"opened": set(), "closed": set(), "unsaid": set(), "barred": set()}
    for topic in kb.interview.topics:
        if topic.id not in kb.openers:
            continue
        opener = kb.openers[topic.id]
        truth = evaluate(opener, world.facts, world.truths)
        asked = all(name in given for name in named_findings(opener))
        if truth is Truth.TRUE:
            sets["opened"].update(topic.findings)
            continue
        if asked:
            sets["closed" if truth is Truth.FALSE else "unsaid"].update(topic.findings)
        sets["barred"].update(
            name for name in topic.findings if kb.findings[name].asked_of is not AskedOf.PATIENT
        )
    return Openings(**{name: frozenset(found) for name, found in sets.items()})


def ticked(kb: KnowledgeBase, facts: Mapping[str, Value], finding: str) -> dict[str, bool]:
    """What somebody with these facts ticks in a list of an overview; nothing where they do not say."""
    if not any(finding in page.findings for page in kb.interview.overviews):
        return {}
    told: dict[str, bool] = {}
    for choice in kb.findings[finding].choices:
        tells = [
            _tells(kb, name, facts[name])
            for topic in kb.interview.topics
            if topic.id in kb.openers and HasChoice(finding, choice) in walk(kb.openers[topic.id])
            for name in topic.findings
            if name in facts
        ]
        if tells:
            told[choice] = any(tells)
    return told


def _tells(kb: KnowledgeBase, name: str, value: Value) -> bool:
    """Whether an answer is something to tell: that of an examination or a test always, else what is present."""
    if kb.findings[name].asked_of is not AskedOf.PATIENT:
        return True
    if isinstance(value, Mapping):
        return any(value.values())
    implied = kb.findings[name].implied
    return value is True or (isinstance(value, str) and implied is not None and value != implied)
