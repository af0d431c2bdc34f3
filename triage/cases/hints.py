"""What may have been meant by a name that no finding has."""

from __future__ import annotations

from collections.abc import Iterable

from triage.cases.units import TIME
from triage.errors import nearest, one_of
from triage.models import KnowledgeBase

LASTING = frozenset({"ago", "duration", "lasting", "lasts", "length", "long", "since", "time"})
"""parts of a name that ask for a time; the name of a finding says its unit there"""


def finding_hint(kb: KnowledgeBase, name: str, others: Iterable[str] = ()) -> str:
    """The findings that may have been meant, or an empty string; ``others`` are names that could stand there too.

    ``attack_duration`` finds ``attack_seconds``; the name of a choice finds the findings that have it.
    """
    word = name.lower()
    homes = [finding.id for finding in kb.findings.values() if word in finding.choices]
    if homes:
        return f"it is a choice of {one_of(homes)}"
    return _times(kb, word) or nearest(word, [*others, *kb.findings, *kb.former])


def _times(kb: KnowledgeBase, word: str) -> str:
    """The hint for a word that asks for a time of something: findings with a unit of time, by the rest of the word."""
    parts = word.split("_")
    rest = [part for part in parts if part not in LASTING]
    if not rest or len(rest) == len(parts):
        return ""
    timed = [finding.id for finding in kb.findings.values() if (finding.unit or "").lower() in TIME]
    return nearest("_".join(rest), timed)
