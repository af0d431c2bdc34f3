"""Readers and validation of cases."""

from triage.cases.contradictions import Conflict, conflicts
from triage.cases.implied import complete_facts
from triage.cases.notes import notes
from triage.cases.raw import RawCase, Reject
from triage.cases.readers import FORMS, PARQUET, Form, case_files, read_cases, suffix
from triage.cases.streams import OnBytes
from triage.cases.tokens import is_unknown, read_answer
from triage.cases.validate import read_case, read_facts, unknown_finding
from triage.cases.wording import answer_words, told

__all__ = [
    "FORMS",
    "PARQUET",
    "Conflict",
    "Form",
    "OnBytes",
    "RawCase",
    "Reject",
    "answer_words",
    "case_files",
    "complete_facts",
    "conflicts",
    "is_unknown",
    "notes",
    "read_answer",
    "read_case",
    "read_cases",
    "read_facts",
    "suffix",
    "told",
    "unknown_finding",
]
