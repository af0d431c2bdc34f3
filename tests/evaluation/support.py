"""Verdicts made by hand, and the bicycle cases that the tests evaluate."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from triage.evaluation import Verdict
from triage.models import Level, NerveModality

BLANK = Verdict(
    id="v",
    expected=None,
    family=None,
    accepted=frozenset(),
    accepted_families=frozenset(),
    got=(),
    got_families=(),
    place=None,
    from_open=False,
    abstained=True,
    named_wrongly=None,
    modality_expected=None,
    modality_got=NerveModality.UNDETERMINED,
    modality_right=None,
    urgency_expected=None,
    urgency_accepted=(),
    urgency_got=Level.ROUTINE,
)


def named(id: str, expected: str, got: str, *, accept: str = "", undecided: bool = False) -> Verdict:
    """A verdict on disorders that are families of their own; ``got`` lists them, best first."""
    found = tuple(got.split())
    if expected == "none":
        wrong = bool(found) and not undecided
        return replace(
            BLANK, id=id, expected="none", family="none", named_wrongly=wrong, abstained=not wrong,
            got=found, got_families=found, from_open=undecided,
        )  # fmt: skip
    accepted = frozenset([expected, *accept.split()])
    place = next((number for number, name in enumerate(found, 1) if name in accepted), 0)
    return replace(
        BLANK, id=id, expected=expected, family=expected, accepted=accepted, accepted_families=accepted,
        got=found, got_families=found, place=place, from_open=undecided, abstained=undecided or not found,
    )  # fmt: skip


def nerved(expected: str, got: str, **more: Any) -> Verdict:
    """A verdict on the nerve modality."""
    return replace(
        BLANK,
        modality_expected=NerveModality(expected),
        modality_got=NerveModality(got),
        modality_right=expected == got,
        **more,
    )


def timed(expected: str, got: str, *, accept: str = "", id: str = "v") -> Verdict:
    """A verdict on urgency; ``accept`` lists further levels."""
    levels = sorted({Level(name) for name in (expected, *accept.split())}, key=lambda one: one.rank)
    return replace(
        BLANK,
        id=id,
        urgency_expected=Level(expected),
        urgency_accepted=tuple(levels),
        urgency_got=Level(got),
    )
