"""What can be asked next: one question, a tick list, or nothing more."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Question:
    """One finding, asked by itself."""

    finding: str
    topic: str = ""


@dataclass(frozen=True, slots=True)
class TickStep:
    """Yes_no findings shown as one list; ``also`` are asked on the same page, before anything is judged."""

    id: str
    title: str
    findings: tuple[str, ...]
    also: tuple[str, ...] = ()
    danger: bool = False


class Ending(StrEnum):
    """Why an interview ends."""

    DECIDED = "decided"
    NOTHING_LEFT = "nothing_left"
    LIMIT = "limit"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Finished:
    """Nothing more to ask."""

    ending: Ending


Step = Question | TickStep | Finished


def asked_in(step: Question | TickStep) -> tuple[str, ...]:
    """The findings a step asks."""
    return (step.finding,) if isinstance(step, Question) else (*step.findings, *step.also)
