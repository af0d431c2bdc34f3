"""One document tree per sheet, and its writers."""

from triage.report.cohort import Cohort, cohort_document
from triage.report.document import Document
from triage.report.html import to_html
from triage.report.markdown import to_markdown
from triage.report.sheets import Format, SheetName, render, sheet_document, written
from triage.report.text import to_text

__all__ = [
    "Cohort",
    "Document",
    "Format",
    "SheetName",
    "cohort_document",
    "render",
    "sheet_document",
    "to_html",
    "to_markdown",
    "to_text",
    "written",
]
