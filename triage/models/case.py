"""A case: the facts of one person at one time, with what was asked and not known."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from triage.logic import Interval
from triage.models.base import Id, Model, Text
from triage.models.rules import Level

AnsweredBy = Literal["patient", "clinician", "researcher"]
NONE_OF_THESE = "none"


class Expected(Model):
    """What a labelled case should come out as; only what the label says is judged."""

    disorder: Id | None = None
    """a disorder's id or alias, or ``none``"""
    accept: tuple[Id, ...] = ()
    nerve: Literal["sensory", "motor", "mixed", "none", "undetermined"] | None = None
    nerve_accept: tuple[Literal["sensory", "motor", "mixed", "none", "undetermined"], ...] = ()
    urgency: Level | None = None
    urgency_accept: tuple[Level, ...] = ()


class CaseSource(Model):
    """Where a case was published, and the place in it."""

    ref: Text
    """key of rules/sources.yaml, DOI or web address"""
    at: Text


class Case(Model):
    """The answers of one person at one time.

    ``facts`` holds validated values in the findings' units (an any_of value maps each answered choice to yes or no, and
    a number that is known only roughly is an interval);
    ``not_known`` lists findings that were asked and not known, which equals unanswered in logic.
    """

    id: Text
    person: Text | None = None
    answered_by: AnsweredBy = "patient"
    facts: dict[str, bool | int | float | Interval | str | dict[str, bool]] = Field(default_factory=dict)
    not_known: frozenset[str] = frozenset()
    expected: Expected | None = None
    source: CaseSource | None = None
    note: Text | None = None
