"""The columns of a table of cases: one per finding, and one per choice where several choices may hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from triage.logic import Facts, FindingType
from triage.models import Finding, KnowledgeBase

CASE_ID = "case_id"
PERSON = "person"
TYPES = {FindingType.YES_NO: "BOOLEAN", FindingType.NUMBER: "DOUBLE", FindingType.ONE_OF: "VARCHAR"}


def choice_column(finding: str, choice: str) -> str:
    """The column of one choice of an any_of finding."""
    return f"{finding}.{choice}"


def columns_of(finding: Finding) -> dict[str, str]:
    """The columns of a finding with their types."""
    if finding.type is FindingType.ANY_OF:
        return {choice_column(finding.id, choice): "BOOLEAN" for choice in finding.choices}
    return {finding.id: TYPES[finding.type]}


def answer_columns(kb: KnowledgeBase) -> dict[str, str]:
    """The columns of all findings with their types; NULL means unknown."""
    return {name: type for finding in kb.findings.values() for name, type in columns_of(finding).items()}


def cells_of(facts: Facts) -> dict[str, bool | float | str]:
    """Validated answers by column."""
    cells: dict[str, bool | float | str] = {}
    for finding, value in facts.items():
        if isinstance(value, Mapping):
            cells |= {choice_column(finding, choice): answer for choice, answer in value.items()}
        else:
            cells[finding] = value
    return cells


def given_columns(kb: KnowledgeBase, present: Iterable[str]) -> list[str]:
    """Those of ``present`` that hold answers, in the order of the knowledge base."""
    names = set(present)
    return [name for name in answer_columns(kb) if name in names]
