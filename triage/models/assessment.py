"""The assessment of a case: conclusions as data, without sentences, engines or derivations."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer

from triage.logic import Truth
from triage.models.rules import Grade, Level, Line, Modality, NerveModality, Severity

TruthWord = Annotated[
    Truth,
    BeforeValidator(lambda value: Truth[value.upper()] if isinstance(value, str) else value),
    PlainSerializer(str, return_type=str),
]


class Result(BaseModel):
    """A frozen part of an assessment."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Band(StrEnum):
    """First key of the ranking."""

    FITS = "fits"
    OPEN = "open"
    UNLIKELY = "unlikely"
    RULED_OUT = "ruled_out"


class HeldRule(Result):
    """An urgency rule that holds."""

    rule: str
    level: Level


class OpenRule(Result):
    """An urgency rule that could still hold, and the findings that would decide it."""

    rule: str
    level: Level
    findings: tuple[str, ...]


class Urgency(Result):
    """How soon care is needed, and what could still raise it."""

    now: Level
    could_become: Level
    because: tuple[HeldRule, ...]
    open: tuple[OpenRule, ...]


class Territory(Result):
    """A nerve area, or a muscle's nerve, where a complaint is felt or seen."""

    complaint: str
    nerve: str
    area: str | None
    side: str | None


class Involved(Result):
    """A nerve held irritated or damaged, by which pattern."""

    nerve: str
    branch: str | None
    side: str | None
    modality: Modality
    pattern: str


class Origin(Result):
    """What else the complaint comes from, by which pattern."""

    origin: str
    pattern: str


class Nerves(Result):
    """Which nerves are concerned, and how."""

    modality: NerveModality
    modality_of: str | None
    """the disorder that comes first, where the modality is taken from it: the answers do not tell it, or it is defined
    by it"""
    territory: tuple[Territory, ...]
    involved: tuple[Involved, ...]
    origins: tuple[Origin, ...]


class Entry(Result):
    """One disorder of the differential diagnosis; criteria, evidence, exclusions by their ids within it."""

    disorder: str
    parent: str | None
    """the line it stands beneath: head of its family, or the disorder that combines it"""
    band: Band
    grade: Grade
    confirmed: TruthWord
    fit: int
    likeness: int
    """how like its usual picture what is told is; it orders, and decides nothing"""
    criteria: dict[str, TruthWord]
    evidence_for: tuple[str, ...]
    evidence_against: tuple[str, ...]
    excluded_by: tuple[str, ...]
    """exclusions that hold, by the full ids of their rules; a family's hold for its members"""
    settle: tuple[str, ...]
    """findings that could still change its grade"""


class CaveatResult(Result):
    """A caveat that applies or possibly applies; ``missing`` names what is unknown."""

    id: str
    severity: Severity
    truth: TruthWord
    missing: tuple[str, ...]


class TreatmentPath(Result):
    """A documented path for a leading disorder."""

    disorder: str
    treatment: str
    path: str
    line: Line
    context: TruthWord
    """unknown: documented for a situation nobody has confirmed"""
    against: bool
    """a contraindication applies"""
    if_confirmed: bool
    """the disorder is only possible so far"""
    caveats: tuple[CaveatResult, ...]


class Assessment(Result):
    """What follows from one case."""

    case_id: str
    urgency: Urgency
    nerves: Nerves
    differential: tuple[Entry, ...]
    """first the undecided line that is far ahead of all that fit, if one is; then what fits, best first, members right
    behind their line"""
    open: tuple[Entry, ...]
    """the other families of band open with more told for them than against, most first, at most five"""
    leading: tuple[str, ...]
    """the undecided line that is far ahead, if one is; then what fits best, and what explains a complaint that it does
    not"""
    treatments: tuple[TreatmentPath, ...]
    treatments_withheld: bool
    """true for a person known to be too young for the documented paths"""
    pending: tuple[str, ...]
    """findings that could still change urgency or the differential"""

    @property
    def ahead(self) -> Entry | None:
        """What decides the first line, if that is the undecided one that stands before all that fit."""
        if not self.differential:
            return None
        head, *others = self.differential
        # Of a line that fits all members shown fit, of the one that is ahead none does.
        best = others[0] if others and others[0].parent == head.disorder else head
        return None if Band.FITS in (head.band, best.band) else best


class Record(Result):
    """An assessment with what made it."""

    knowledge: str
    knowledge_hash: str
    program: str
    engine: str
    assessment: Assessment
