"""Profiles: how usual each answer is in a disorder, in words, and in what range its numbers lie.

A profile is the project's judgement. It orders disorders; no grade, danger rule or pattern reads it. What follows from
which disorder comes first (what leads, its treatments, care at home, a modality the answers do not tell) follows it.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, StringConstraints, model_validator

from triage.models.base import Id, Model, Ranked, Text, as_list

AVERAGE = "average"
"""id of the profile that all others are compared with"""

Answer = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9][a-z0-9_]*)?$")]
"""``finding`` for its yes, ``finding.choice`` for a choice"""


class Usualness(Ranked):
    """How many of those who have the disorder, and of whom it is known, answer so, from few to many."""

    HARDLY_EVER = "hardly_ever"
    """fewer than 3 in 100"""
    SELDOM = "seldom"
    """3 to 12 in 100"""
    SOMETIMES = "sometimes"
    """12 to 40 in 100"""
    OFTEN = "often"
    """40 to 80 in 100"""
    USUALLY = "usually"
    """80 in 100 or more"""


class Spread(Model):
    """Where the numbers of those who have the disorder lie, in the unit of the finding; both ends belong to it."""

    half: tuple[float, float]
    """between these lies the middle half"""
    most: tuple[float, float]
    """between these lie nine in ten"""

    @model_validator(mode="after")
    def _nested(self) -> Spread:
        low, first, last, high = self.most[0], *self.half, self.most[1]
        if not low <= first <= last <= high:
            raise ValueError("`half` must lie within `most`, the lower number first")
        return self


class Profile(Model):
    """How usual answers are in one disorder, or in the average patient of a clinic for the face."""

    id: Id
    """the disorder's id, or average"""
    about: Text | None = None
    """where the estimates come from, if it is to be told beside them"""
    usually: Annotated[tuple[Answer, ...], BeforeValidator(as_list)] = ()
    often: Annotated[tuple[Answer, ...], BeforeValidator(as_list)] = ()
    sometimes: Annotated[tuple[Answer, ...], BeforeValidator(as_list)] = ()
    seldom: Annotated[tuple[Answer, ...], BeforeValidator(as_list)] = ()
    hardly_ever: Annotated[tuple[Answer, ...], BeforeValidator(as_list)] = ()
    numbers: dict[Id, Spread] = {}

    def answers(self) -> dict[str, Usualness]:
        """How usual each listed answer is."""
        return {answer: word for word in Usualness for answer in getattr(self, word.value)}


def answer_of(finding: str, choice: str | None) -> str:
    """The name of an answer: the finding for its yes, else ``finding.choice``."""
    return f"{finding}.{choice}" if choice else finding


def finding_of(answer: str) -> tuple[str, str | None]:
    """The finding of an answer, and its choice; None for the yes of a yes_no finding."""
    finding, _, choice = answer.partition(".")
    return finding, choice or None
