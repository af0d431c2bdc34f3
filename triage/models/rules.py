"""Patterns, urgency rules, disorders and treatments as they stand in ``rules/``."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field

from triage.models.base import (
    ExprText,
    Id,
    Model,
    Names,
    Ranked,
    Sources,
    Statement,
    Statements,
    Text,
    as_list,
)


class Modality(StrEnum):
    """Kind of nerve fibre."""

    SENSORY = "sensory"
    MOTOR = "motor"
    AUTONOMIC = "autonomic"


class NerveModality(StrEnum):
    """How nerves are involved in the case as a whole."""

    SENSORY = "sensory"
    MOTOR = "motor"
    MIXED = "mixed"
    NONE = "none"
    UNDETERMINED = "undetermined"


class Involvement(Model):
    """A nerve held irritated or damaged while the pattern holds."""

    nerve: Id
    """id of a nerve in face.yaml"""
    modality: Modality
    branch: Id | None = None
    """a fixed branch (nerve area) of face.yaml"""
    branch_from: Id | None = None
    """a site finding: the areas of its chosen places are the branches"""
    side: Id | None = None
    """a fixed side"""
    side_from: Id | None = None
    """a one_of finding that says the side"""


class Pattern(Model):
    """A clinical picture derived from findings and earlier patterns; may conclude nerve involvement or an origin."""

    id: Id
    label: Text
    when: ExprText
    involvement: Annotated[tuple[Involvement, ...], BeforeValidator(as_list)] = ()
    origin: Id | None = None
    instead_of: Annotated[tuple[Id, ...], BeforeValidator(as_list)] = ()
    """patterns whose involvement does not count while this one holds; unknown, it takes nothing away"""
    source: Sources
    rationale: Text | None = None


class Level(Ranked):
    """How soon care is needed, from least to most."""

    SELF_CARE = "self_care"
    ROUTINE = "routine"
    WITHIN_TWO_WEEKS = "within_two_weeks"
    SAME_DAY = "same_day"
    EMERGENCY = "emergency"


EVERYBODY = "person"
"""what a danger rule is about that concerns people with any complaint and without"""


class UrgencyRule(Model):
    """A rule that forces a minimum urgency; holds when ``when`` is true and ``unless`` is not, whatever fits."""

    id: Id
    label: Text
    level: Level
    about: Annotated[tuple[Id, ...], BeforeValidator(as_list), Field(min_length=1)]
    """complaints it belongs to; person = everyone"""
    when: ExprText
    unless: ExprText | None = None
    reason: Text
    action: Text
    """what the person should do, in plain words"""
    action_clinician: Text | None = None
    source: Sources
    rationale: Text | None = None


class Criterion(Model):
    """One lettered condition of a disorder."""

    id: Id
    text: Text
    when: ExprText | None = None
    judgement: bool = False
    """for a clinician to judge; has no expression and is not counted"""
    if_false: Annotated[str, Field(pattern="^rules_out$")] | None = None
    source: Sources
    rationale: Text | None = None


class Grade(StrEnum):
    """How far a disorder's criteria are met."""

    RULED_OUT = "ruled_out"
    UNLIKELY = "unlikely"
    UNDETERMINED = "undetermined"
    POSSIBLE = "possible"
    PROBABLE = "probable"
    ESTABLISHED = "established"


REACHED = (Grade.POSSIBLE, Grade.PROBABLE, Grade.ESTABLISHED)
"""the grades that criteria reach, rising"""


class Grades(Model):
    """Expressions over the disorder's own criteria; each implies the next."""

    established: ExprText | None = None
    probable: ExprText | None = None
    possible: ExprText

    @property
    def defined(self) -> tuple[Grade, ...]:
        """The grades that have an expression, rising."""
        return tuple(grade for grade in REACHED if getattr(self, grade.value) is not None)


class Effect(StrEnum):
    """What an exclusion that holds does to the grade."""

    RULES_OUT = "rules_out"
    UNLIKELY = "unlikely"


class Exclusion(Model):
    """What speaks for another diagnosis."""

    id: Id
    text: Text
    when: ExprText
    effect: Effect
    source: Sources
    rationale: Text | None = None


class Direction(StrEnum):
    """Whether evidence speaks for or against a disorder."""

    FOR = "for"
    AGAINST = "against"


class Weight(StrEnum):
    """How strongly evidence counts: 3, 2, 1."""

    STRONG = "strong"
    MODERATE = "moderate"
    WEAK = "weak"

    @property
    def points(self) -> int:
        """The share of the fit."""
        return {"strong": 3, "moderate": 2, "weak": 1}[self.value]


class Evidence(Model):
    """A fact that makes a disorder more or less fitting without being a criterion of it."""

    id: Id
    text: Text
    when: ExprText
    direction: Direction
    weight: Weight
    source: Sources
    rationale: Text | None = None


class LookAlike(Model):
    """A disorder that is easily taken for this one, and the findings that tell them apart."""

    disorder: Id
    text: Text
    """what the look-alike shows"""
    findings: Annotated[tuple[Id, ...], BeforeValidator(as_list)] = ()
    """the separating findings"""
    source: Sources
    rationale: Text | None = None


class Frequency(Ranked):
    """How often a disorder is met among people with a face complaint; common ranks first."""

    COMMON = "common"
    UNCOMMON = "uncommon"
    RARE = "rare"


class Confirmation(Model):
    """What proves a disorder: tests, in words and, where findings record them, as an expression."""

    text: Text
    when: ExprText | None = None
    source: Sources
    rationale: Text | None = None


class Disorder(Model):
    """A diagnosis the knowledge base describes."""

    id: Id
    name: Text
    lay_name: Text
    synonyms: Names = ()
    aliases: tuple[Id, ...] = ()
    """other ids that resolve to this disorder"""
    parent: Id | None = None
    """the head of the family it belongs to"""
    combines: tuple[Id, ...] = ()
    """disorders that stand beneath it while it fits"""
    explains: Annotated[tuple[Id, ...], Field(min_length=1)]
    """complaints it accounts for"""
    nerve: NerveModality | None = None
    """how nerves are involved in it, read where the answers themselves do not tell; left out where that varies"""
    nerve_by_definition: bool = False
    """whether that is part of what the disorder is, so that it is read against the answers while it alone leads;
    ``undetermined`` takes back only that no nerve is ill"""
    frequency: Frequency
    frequency_source: Statement
    about: Statements
    """what it is, for a reader who sees nothing else; two to five sentences"""
    cause: Statements = ()
    codes: dict[str, Annotated[tuple[str, ...], BeforeValidator(as_list)]] = {}
    """code system -> codes: icd10cm, icd11, ichd3, icop, hpo, mondo"""
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]
    grades: Grades
    best_by_answers: Grade
    """the best grade that answers alone can reach"""
    confirmed_by: Confirmation
    excludes: tuple[Exclusion, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    self_care_when: ExprText | None = None
    urgency: tuple[UrgencyRule, ...] = ()
    usual_urgency: Level
    """level of the undisturbed picture; decides nothing"""
    look_alikes: tuple[LookAlike, ...] = ()
    workup: Statements = ()
    referral: Statements = ()


class Severity(StrEnum):
    """What a caveat does to a path."""

    CONTRAINDICATED = "contraindicated"
    CAUTION = "caution"
    MONITOR = "monitor"


class Caveat(Model):
    """A reason for care with a treatment in a person."""

    id: Id
    when: ExprText
    severity: Severity
    text: Text
    source: Sources
    rationale: Text | None = None


class CaveatSet(Model):
    """Caveats that several treatments share (a drug class, a kind of procedure)."""

    id: Id
    label: Text
    caveats: Annotated[tuple[Caveat, ...], Field(min_length=1)]
    monitoring: Statements = ()


class Kind(StrEnum):
    """Kind of treatment."""

    DRUG = "drug"
    INJECTION = "injection"
    RADIOSURGERY = "radiosurgery"
    PERCUTANEOUS_PROCEDURE = "percutaneous_procedure"
    OPEN_SURGERY = "open_surgery"
    SELF_CARE = "self_care"
    PHYSICAL_THERAPY = "physical_therapy"
    PSYCHOLOGICAL = "psychological"
    DENTAL = "dental"
    DEVICE = "device"
    URGENT_CARE = "urgent_care"


class Line(Ranked):
    """Where in the order a source places a treatment, the first one first."""

    FIRST = "first"
    SECOND = "second"
    RESCUE = "rescue"
    ADJUNCT = "adjunct"
    AVOID = "avoid"


class Context(Model):
    """The situation in which a path is documented (a severe flare, pregnancy, multiple sclerosis)."""

    text: Text
    when: ExprText


class Path(Model):
    """What is documented for one treatment in one disorder."""

    id: Id
    """unique within the treatment; the disorder's id unless there are several"""
    disorder: Id
    line: Line
    context: Context | None = None
    """the path is left out where this is false"""
    ages: Annotated[str, Field(pattern="^(adults|all)$")] = "adults"
    says: Annotated[Statements, Field(min_length=1)]
    """what guidelines, reviews and the seed article say, disagreements side by side"""
    effect: Statements = ()
    """figures with study type and time"""
    time_course: Statements = ()
    complications: Statements = ()
    monitoring: Statements = ()
    caveats: tuple[Caveat, ...] = ()
    """for this pair only"""


class Treatment(Model):
    """One treatment with its caveats and the disorders it is documented for."""

    id: Id
    name: Text
    lay_name: Text
    kind: Kind
    about: Statements
    """what it is and how it is thought to work"""
    caveat_sets: tuple[Id, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    monitoring: Statements = ()
    paths: Annotated[tuple[Path, ...], Field(min_length=1)]


class Contradiction(Model):
    """Answers that cannot both be true; ``when`` states what must hold and may compare two findings."""

    id: Id
    must: ExprText
    text: Text
    """said to the person when it is false"""
