"""What an expression needs to know of a finding: its name, its type and its choices.

``models.Finding`` describes a finding for people; this small type is all that parser and readers depend on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from triage.logic.interval import Interval, Number


class FindingType(StrEnum):
    """How a finding is answered."""

    YES_NO = "yes_no"
    ONE_OF = "one_of"
    ANY_OF = "any_of"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Term:
    """A finding as expressions see it."""

    name: str
    type: FindingType
    choices: tuple[str, ...] = ()


Vocabulary = Mapping[str, Term]
# An any_of answer holds one two-valued answer per choice; a choice that is missing from it is unknown.
Value = bool | Number | Interval | str | Mapping[str, bool]
Facts = Mapping[str, Value]
