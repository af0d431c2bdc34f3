"""One document tree per sheet, and its writers."""

from triage.report.document import Document
from triage.report.sheets import Format, assessment_document, render

__all__ = ["Document", "Format", "assessment_document", "render"]
