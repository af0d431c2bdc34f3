"""The columns of a table of cases: one per finding, one per choice where several choices may hold.

A number that is known only to lie between two ends stands in two columns beside its own, one per end, both ends
included; what nobody told is NULL.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from triage.logic import Facts, FindingType, Interval
from triage.models import LEAST, MOST, Finding, KnowledgeBase

CASE_ID = "case_id"
PERSON = "person"
TYPES = {
    FindingType.YES_NO: "BOOLEAN",
    FindingType.NUMBER: "DOUBLE",
    FindingType.ONE_OF: "VARCHAR",
    FindingType.ANY_OF: "BOOLEAN",
}
"""of a finding, or of each of its parts"""


def part_column(finding: str, part: str) -> str:
    """The column of one choice of an any_of finding, or of one end of a number."""
    return f"{finding}.{part}"


def columns_of(finding: Finding) -> dict[str, str]:
    """The columns of a finding with their types."""
    type = TYPES[finding.type]
    whole = {} if finding.type is FindingType.ANY_OF else {finding.id: type}
    return whole | {part_column(finding.id, part): type for part in finding.parts}


def answer_columns(kb: KnowledgeBase) -> dict[str, str]:
    """The columns of all findings with their types; NULL means unknown."""
    return {name: type for finding in kb.findings.values() for name, type in columns_of(finding).items()}


def cells_of(facts: Facts) -> dict[str, bool | float | str]:
    """Validated answers by column."""
    cells: dict[str, bool | float | str] = {}
    for finding, value in facts.items():
        if isinstance(value, Mapping):
            cells |= {part_column(finding, choice): answer for choice, answer in value.items()}
        elif isinstance(value, Interval):
            told = zip((LEAST, MOST), (value.least, value.most), value.ends, strict=True)
            cells |= {part_column(finding, part): end for part, named, end in told if math.isfinite(named)}
        else:
            cells[finding] = value
    return cells


def given_columns(kb: KnowledgeBase, present: Iterable[str]) -> list[str]:
    """Those of ``present`` that hold answers, in the order of the knowledge base."""
    names = set(present)
    return [name for name in answer_columns(kb) if name in names]
