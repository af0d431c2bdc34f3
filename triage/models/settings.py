"""The files of ``rules/`` that guide interview, pictures and wording."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field

from triage.models.base import ExprText, Id, Model, Statements, Text, as_list
from triage.models.rules import Level


class ComplaintEntry(Model):
    """One complaint: what makes it present, and how it is named."""

    id: Id
    label: Text
    finding: Id
    """the finding that says whether it is present"""
    present: ExprText
    side: Id | None = None
    """its side finding"""


class Screen(Model):
    """A tick list of danger signs: at most 8 yes_no findings, with findings a tick brings at once."""

    id: Id
    title: Text
    complaints: Annotated[tuple[Id, ...], BeforeValidator(as_list)]
    findings: Annotated[tuple[Id, ...], Field(min_length=1, max_length=8)]
    also: tuple[Id, ...] = ()
    """findings of other types asked on the same screen, before it is judged"""


class FollowUp(Model):
    """Findings that an answer brings at once."""

    when: ExprText
    findings: tuple[Id, ...]


class Topic(Model):
    """Findings that belong together in a conversation, in their order."""

    id: Id
    title: Text
    findings: tuple[Id, ...]
    opened_by: ExprText | None = None
    """says whether there is anything to tell of it; names findings of ``overviews``"""


class Basics(Model):
    """One page that everybody with a complaint is asked."""

    id: Id
    title: Text
    complaint: Id
    findings: Annotated[tuple[Id, ...], Field(min_length=1)]


class Overview(Model):
    """One page that opens topics: lists in which a person ticks what there is something to tell of."""

    id: Id
    title: Text
    findings: Annotated[tuple[Id, ...], Field(min_length=1)]


class TickList(Model):
    """Illnesses or medicines asked before the visit, as one list."""

    id: Id
    title: Text
    findings: tuple[Id, ...]


class Diary(Model):
    """The table of attacks that a person takes along to fill in."""

    complaints: Annotated[tuple[Id, ...], Field(min_length=1)]
    """it is given to whom one of these is present"""
    columns: Annotated[tuple[Text, ...], Field(min_length=1)]


class Interview(Model):
    """rules/interview.yaml."""

    covers: Text
    """what the program covers, one sentence"""
    outside: Text
    """what to say when none of the complaints is present"""
    complaints: tuple[ComplaintEntry, ...]
    adult_when: ExprText | None = None
    """treatment paths for adults are withheld when this is false"""
    opening: tuple[Id, ...] = ()
    """findings asked first, before the complaints' screens"""
    screens: tuple[Screen, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    basics: tuple[Basics, ...] = ()
    overviews: tuple[Overview, ...] = ()
    topics: tuple[Topic, ...] = ()
    before_visit: tuple[TickList, ...] = ()
    ask_first_when_nothing_known: tuple[Id, ...] = ()
    diary: Diary | None = None


class NerveEntry(Model):
    """A nerve as named in reports."""

    label: Text
    lay: Text


class AreaEntry(Model):
    """A nerve area or branch."""

    label: Text
    lay: Text
    nerve: Id


class PlaceEntry(Model):
    """What a choice of a site finding stands for."""

    area: Id | None = None
    """nerve area (skin) of this place"""
    nerve: Id | None = None
    """nerve of the muscle, for movement and weakness"""
    outline: Id | None = None


class SiteFinding(Model):
    """A site finding, its side finding and its places."""

    finding: Id
    complaint: Id
    side: Id | None = None
    places: dict[Id, PlaceEntry]


class Outline(Model):
    """A drawn region of the face, as points on a 100 by 130 grid, right half of the person's face."""

    label: Text
    points: tuple[tuple[float, float], ...]


class Face(Model):
    """rules/face.yaml."""

    nerves: dict[Id, NerveEntry]
    areas: dict[Id, AreaEntry]
    sides: dict[Id, Text]
    origins: dict[Id, Text]
    sites: tuple[SiteFinding, ...]
    outlines: dict[Id, Outline] = {}


class LevelEntry(Model):
    """How a level is worded."""

    label: Text
    lay: Text
    action: Text
    clinician: Text


class UrgencySettings(Model):
    """rules/urgency.yaml."""

    levels: dict[Level, LevelEntry]
    emergency_number: Text | None = None
    """a line to configure; no country's number is built in"""
    go_at_once: tuple[Text, ...]
    suicide: dict[str, Text] = {}
    """own wording, by rule id"""
    statements: Statements = ()


class GlossaryEntry(Model):
    """A medical word explained."""

    meaning: Text
    also: tuple[Text, ...] = ()


class SourceKind(StrEnum):
    """What a source is."""

    GUIDELINE = "guideline"
    CLASSIFICATION = "classification"
    REVIEW = "review"
    TRIAL = "trial"
    STUDY = "study"
    LABEL = "label"
    """the approved information on a medicine"""
    TEXTBOOK = "textbook"
    WEB = "web"
    """a page without an editorial board behind it, to be replaced by the primary text where possible"""
    CASE_REPORT = "case_report"
    CODE_SYSTEM = "code_system"
    PROJECT = "project"


class Seen(StrEnum):
    """How much of a source was read when the facts were collected."""

    FULL = "full"
    PART = "part"
    """excerpts, tables"""
    ABSTRACT = "abstract"
    SUMMARY = "summary"


class SourceEntry(Model):
    """A source."""

    title: Text
    by: Text | None = None
    year: int | None = None
    kind: SourceKind
    url: Text | None = None
    seen: Seen | None = None
    licence: Text | None = None
    also: tuple[str, ...] = ()
    """other keys under which the knowledge files cite it"""
