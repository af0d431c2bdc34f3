"""One document tree per sheet, and its writers."""

from triage.report.document import Document
from triage.report.markdown import to_markdown
from triage.report.sheets import Format, assessment_document, render
from triage.report.text import to_text

__all__ = ["Document", "Format", "assessment_document", "render", "to_markdown", "to_text"]
