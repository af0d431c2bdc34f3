"""The sheets: which sections stand on which, and in which order."""

from __future__ import annotations

from typing import Literal, assert_never

from triage.assessment import decide, world_of
from triage.models import AskedOf, Assessment, Case, KnowledgeBase, Level
from triage.report import wording
from triage.report.differential import differential_section, next_section
from triage.report.document import Block, Document, Paragraph, Section
from triage.report.html import to_html
from triage.report.in_short import in_short_section
from triage.report.markdown import to_markdown
from triage.report.nerves import nerves_section
from triage.report.person import (
    diary_section,
    may_be_section,
    own_answers_section,
    questions_section,
    urgent_first_section,
)
from triage.report.picture import face_picture
from triage.report.sheet import Sheet
from triage.report.text import to_text
from triage.report.treatments import Detail, treatments_section
from triage.report.urgency import go_at_once_section, urgency_section

Format = Literal["text", "markdown", "html"]
SheetName = Literal["assessment", "person", "clinician"]


def sheet_document(
    kb: KnowledgeBase,
    case: Case,
    assessment: Assessment,
    name: SheetName = "assessment",
    *,
    full: bool = False,
) -> Document:
    """One sheet of a case.

    ``assessment`` says everything in the order of importance, ``person`` is one plain page to take along,
    ``clinician`` a letter: what matters on one page, then every criterion, figure and source. ``full`` adds figures
    to the first, and all that is documented to the last.
    """
    sheet = Sheet(kb, case, assessment, world_of(kb, case.facts, decide(kb, case.facts)))
    match name:
        case "assessment":
            sections = _assessment(sheet, full=full)
        case "person":
            sections = _person(sheet)
        case "clinician":
            sections = _clinician(sheet, full=full)
        case _:
            assert_never(name)
    return Document(
        title=wording.TITLES[name].format(case=case.id),
        subtitle=wording.SUBTITLES[name].format(
            by=_by(sheet),
            whose=wording.WHOSE_ANSWERS[case.answered_by],
            knowledge=f"{kb.title.title} {kb.title.version}",
            fingerprint=kb.content_hash[:12],
        ),
        sections=tuple(section for section in sections if section is not None),
        footer=wording.NOT_A_DEVICE,
    )


def _assessment(sheet: Sheet, *, full: bool) -> list[Section | None]:
    sections: list[Section | None] = [
        urgency_section(sheet),
        nerves_section(sheet),
        differential_section(sheet),
    ]
    # At emergency the action comes first and treatment paths stay out of the way; JSON keeps them.
    if sheet.assessment.urgency.now is not Level.EMERGENCY:
        sections.append(treatments_section(sheet, Detail.FULL if full else Detail.BRIEF))
    return [*sections, next_section(sheet), go_at_once_section(sheet), _sources(sheet)]


def _person(sheet: Sheet) -> list[Section | None]:
    first = urgent_first_section(sheet)
    if sheet.assessment.urgency.now is Level.EMERGENCY:
        return [first, own_answers_section(sheet)]
    return [
        first,
        go_at_once_section(sheet),
        may_be_section(sheet),
        questions_section(sheet),
        diary_section(sheet),
    ]


def _clinician(sheet: Sheet, *, full: bool) -> list[Section | None]:
    return [
        urgency_section(sheet, clinician=True),
        in_short_section(sheet),
        next_section(sheet),
        Section(wording.DETAILS, (Paragraph(wording.DETAILS_SAY),), kind="divider"),
        own_answers_section(sheet),
        _picture(sheet),
        nerves_section(sheet),
        differential_section(sheet, detailed=5, members=True),
        treatments_section(sheet, Detail.FULL if full else Detail.LETTER),
        _sources(sheet),
    ]


def _by(sheet: Sheet) -> str:
    """Who told what is known; the answers of a person are unexamined unless an examination or a test is among them."""
    by = sheet.case.answered_by
    if any(sheet.kb.findings[name].asked_of is not AskedOf.PATIENT for name in sheet.case.facts):
        return wording.BY_EXAMINED.get(by, wording.BY[by])
    return wording.BY[by]


def _picture(sheet: Sheet) -> Section | None:
    picture = face_picture(sheet.kb, sheet.world)
    blocks: tuple[Block, ...] = (picture,) if picture is not None else ()
    return Section(wording.WHERE, blocks) if blocks else None


def _sources(sheet: Sheet) -> Section | None:
    return sheet.refs.section() if sheet.refs.numbers else None


def render(
    kb: KnowledgeBase,
    case: Case,
    assessment: Assessment,
    format: Format = "text",
    *,
    sheet: SheetName = "assessment",
    full: bool = False,
) -> str:
    """One sheet of a case as text, Markdown or a whole HTML page."""
    return written(sheet_document(kb, case, assessment, sheet, full=full), format)


def written(document: Document, format: Format) -> str:
    """The document as text, Markdown or a whole HTML page."""
    match format:
        case "text":
            return to_text(document)
        case "markdown":
            return to_markdown(document)
        case "html":
            return to_html(document)
        case _:
            assert_never(format)
