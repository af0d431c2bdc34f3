"""Findings and answers as short words for people; never an id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from triage.logic import FindingType, Truth, Value
from triage.models import Case, Finding, KnowledgeBase

_STEPS = {
    "seconds": ((86400, "day"), (3600, "hour"), (60, "minute"), (1, "second")),
    "days": ((365, "year"), (30, "month"), (7, "week"), (1, "day")),
}
TRUTH_WORDS = {Truth.TRUE: "met", Truth.FALSE: "not met", Truth.UNKNOWN: "not known"}


def number_text(value: float, unit: str | None) -> str:
    """A number with its unit, in the largest unit that leaves a whole number or at least two of it."""
    if unit in _STEPS:
        for size, name in _STEPS[unit]:
            if value >= size and (value % size == 0 or value >= 10 * size):
                return f"{round(value / size)} {name}{'' if round(value / size) == 1 else 's'}"
        return f"{value:g} {unit}"
    return f"{value:g} {unit}" if unit and unit != "count" else f"{value:g}"


def answer_text(finding: Finding, value: Value) -> str:
    """The answer as the person would say it; for a list, what is present and what was denied."""
    match finding.type:
        case FindingType.YES_NO:
            return "yes" if value else "no"
        case FindingType.NUMBER:
            return number_text(float(value), finding.unit) if isinstance(value, int | float) else str(value)
        case FindingType.ONE_OF:
            return finding.choices[str(value)].label if str(value) in finding.choices else str(value)
        case FindingType.ANY_OF:
            if not isinstance(value, Mapping):
                return str(value)
            present = [finding.choices[name].label for name, chosen in value.items() if chosen and name in finding.choices]
            closed = len(value) == len(finding.choices)
            if not present:
                return "none of the list" if closed else "not " + ", ".join(finding.choices[name].label for name in value)
            return ", ".join(present) + (" and nothing else of the list" if closed and len(present) < len(value) else "")


def fact_text(kb: KnowledgeBase, finding: str, value: Value) -> str:
    """``label: answer`` of one fact."""
    entry = kb.findings[finding]
    return f"{entry.label}: {answer_text(entry, value)}"


def labels(kb: KnowledgeBase, findings: Iterable[str]) -> list[str]:
    """The labels of findings, in the order given."""
    return [kb.findings[name].label for name in findings if name in kb.findings]


def asked_but_unknown(case: Case, findings: Iterable[str]) -> tuple[list[str], list[str]]:
    """The findings split into those asked and not known, and those never asked."""
    names = list(findings)
    return [name for name in names if name in case.not_known], [name for name in names if name not in case.not_known]
