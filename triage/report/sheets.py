"""The sheets: which sections stand on which, and in which order."""

from __future__ import annotations

from typing import Literal

from triage.assessment import decide, world_of
from triage.models import Assessment, Case, KnowledgeBase, Level
from triage.report import wording
from triage.report.document import Document, Section
from triage.report.markdown import to_markdown
from triage.report.sections import (
    Sheet,
    differential_section,
    go_at_once_section,
    nerves_section,
    next_section,
    treatments_section,
    urgency_section,
)
from triage.report.text import to_text

Format = Literal["text", "markdown"]


def assessment_document(
    kb: KnowledgeBase, case: Case, assessment: Assessment, *, full: bool = False
) -> Document:
    """The whole assessment of one case; ``full`` adds every documented figure of the treatment paths."""
    sheet = Sheet(kb, case, assessment, world_of(kb, case.facts, decide(kb, case.facts)))
    sections: list[Section | None] = [
        urgency_section(sheet),
        nerves_section(sheet),
        differential_section(sheet),
    ]
    # At emergency the action comes first and treatment paths stay out of the way; JSON keeps them.
    if assessment.urgency.now is not Level.EMERGENCY:
        sections.append(treatments_section(sheet, full=full))
    sections += [
        next_section(sheet),
        go_at_once_section(sheet),
        sheet.refs.section() if sheet.refs.numbers else None,
    ]
    return Document(
        title=f"Face triage: case {case.id}",
        subtitle=f"Knowledge: {kb.title.title} {kb.title.version}, fingerprint {kb.content_hash[:12]}.",
        sections=tuple(section for section in sections if section is not None),
        footer=wording.NOT_A_DEVICE,
    )


def render(
    kb: KnowledgeBase, case: Case, assessment: Assessment, format: Format = "text", *, full: bool = False
) -> str:
    """The assessment as a sheet in ``format``."""
    document = assessment_document(kb, case, assessment, full=full)
    return to_text(document) if format == "text" else to_markdown(document)
