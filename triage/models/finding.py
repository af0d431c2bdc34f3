"""A finding: anything known or askable about a person."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from triage.logic import FindingType, Term
from triage.models.base import ExprText, Id, Model, Text

LEAST, MOST = "least", "most"
"""the ends of a number that is known only roughly"""


class AskedOf(StrEnum):
    """Who can answer a finding."""

    PATIENT = "patient"
    CLINICIAN = "clinician"
    TEST = "test"


class Choice(Model):
    """One choice of a one_of or any_of finding."""

    label: Text
    """as read in a question and in a report"""
    help: Text | None = None
    codes: dict[str, str] = {}


class Pick(Model):
    """An interval offered instead of a number that people cannot count; both ends belong to it."""

    label: Text
    low: float
    high: float
    value: float | None = None
    """the number stored when it is picked; the lower end if left out"""

    @property
    def stored(self) -> float:
        """The number a pick stands for in the case."""
        return self.low if self.value is None else self.value


def _choices(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: {"label": body} if isinstance(body, str) else body for name, body in value.items()}
    return value


class Finding(Model):
    """What can be asked, seen or measured, with its question for people."""

    id: Id
    type: FindingType
    of: Id
    """person, or the complaint it describes (pain, movement, weakness, numbness)"""
    label: Text
    """what the finding is, as a short phrase in reports"""
    question: Text
    """one fact, at most 20 words a sentence, common words"""
    help: Text | None = None
    """shown on ?: what counts and what does not"""
    choices: Annotated[dict[Id, Choice], BeforeValidator(_choices)] = {}
    unit: Text | None = None
    range: tuple[float, float] | None = None
    whole: bool = False
    """only whole numbers"""
    picks: tuple[Pick, ...] = ()
    zero: tuple[Literal["none", "never"], ...] = ()
    """words that mean 0 when they are typed for the number; without them a denial is no amount"""
    asked_of: AskedOf = AskedOf.PATIENT
    asked_when: ExprText | None = None
    """asked unless this is false"""
    implied: Id | None = None
    """what holds when asked_when is false: no or yes for yes_no, none for any_of, a choice for one_of"""
    reliable: Text | None = None
    """why people answer this well enough for a criterion on it to rule out"""
    rule_in_only: Text | None = None
    """why its absence must not count against a disorder"""
    was: tuple[Id, ...] = ()
    """former ids"""
    codes: dict[str, str] = {}

    @property
    def term(self) -> Term:
        """The finding as expressions see it."""
        return Term(self.id, self.type, tuple(self.choices))

    @property
    def parts(self) -> tuple[str, ...]:
        """What of an answer may stand by itself, as ``finding.part``: choices of a list, ends of a number."""
        match self.type:
            case FindingType.ANY_OF:
                return tuple(self.choices)
            case FindingType.NUMBER:
                return (LEAST, MOST)
            case _:
                return ()

    @property
    def limits(self) -> tuple[float, float]:
        """The range, both ends allowed; infinite where none is stated."""
        return self.range or (float("-inf"), float("inf"))
