"""Findings and answers as short words for people; never an id."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from triage.logic import FindingType, Interval, Value
from triage.models import Case, Finding, KnowledgeBase

# Unit of a finding -> larger units in which people say it, each with its size.
_STEPS = {
    "s": ((604800, "week"), (86400, "day"), (3600, "hour"), (60, "minute"), (1, "second")),
    "h": ((24, "day"), (1, "hour")),
    "days": ((365, "year"), (30, "month"), (7, "week"), (1, "day")),
    "weeks": ((52, "year"), (1, "week")),
    "months": ((12, "year"), (1, "month")),
    "years": ((1, "year"),),
}
_STEPS["seconds"] = _STEPS["s"]
# Unit of a finding -> how many of which smaller unit say less than one of it.
_PARTS = {
    "h": (60, "minute"),
    "days": (24, "hour"),
    "weeks": (7, "day"),
    "months": (30, "day"),
    "years": (12, "month"),
}
_COUNTS = ("count",)
MOST_WEEKS = 12


def number_text(value: float, unit: str | None) -> str:
    """A number with its unit, in the largest unit of which it is a whole number; less than one in a smaller unit.

    >>> number_text(730, "days"), number_text(0.5, "days"), number_text(1 / 3, "years"), number_text(1.5, "seconds")
    ('2 years', '12 hours', '4 months', '1.5 seconds')
    """
    if 0 < value < 1 and unit in _PARTS:
        times, part = _PARTS[unit]
        # A third of a year written with two decimals is four months to whoever wrote it.
        rough = round(value * times, 1)
        return _counted(rough if rough else value * times, part)
    value = round(value, 2) if value >= 1 else value
    if unit in _STEPS:
        *larger, (_, smallest) = _STEPS[unit]
        for size, name in larger:
            # Nobody counts forty weeks; days with the years beside them say it better.
            if value >= size and value % size == 0 and (name != "week" or value <= MOST_WEEKS * size):
                return _counted(value / size, name)
        about = f" (about {value / 365:.1f} years)" if smallest == "day" and value > 365 else ""
        return _counted(value, smallest) + about
    return f"{value:g}" if unit is None or unit in _COUNTS else f"{value:g} {unit}"


def _counted(count: float, name: str) -> str:
    return f"{count:g} {name}{'' if count == 1 else 's'}"


def interval_text(value: Interval, unit: str | None) -> str:
    """An interval with its unit.

    >>> interval_text(Interval(10, 30), "s"), interval_text(Interval(10, 120), "s")
    ('10 to 30 seconds', '10 seconds to 2 minutes')
    >>> interval_text(Interval(least=90, open=True), "days")
    'more than 3 months'
    """
    if math.isinf(value.least):
        return f"{'less than' if value.open else 'at most'} {number_text(value.most, unit)}"
    if math.isinf(value.most):
        return f"{'more than' if value.open else 'at least'} {number_text(value.least, unit)}"
    least, most = number_text(value.least, unit), number_text(value.most, unit)
    number, _, word = least.partition(" ")
    same = most.partition(" ")[2].removesuffix("s") == word.removesuffix("s")
    return f"{number if same else least} to {most}"


def answer_text(finding: Finding, value: Value) -> str:
    """The answer as the person would say it; for a list, what is present and what was denied."""
    match finding.type:
        case FindingType.YES_NO:
            return "yes" if value else "no"
        case FindingType.NUMBER:
            if isinstance(value, Interval):
                return interval_text(value, finding.unit)
            return number_text(float(value), finding.unit) if isinstance(value, int | float) else str(value)
        case FindingType.ONE_OF:
            return finding.choices[str(value)].label if str(value) in finding.choices else str(value)
        case FindingType.ANY_OF:
            if not isinstance(value, Mapping):
                return str(value)
            present = [
                finding.choices[name].label
                for name, chosen in value.items()
                if chosen and name in finding.choices
            ]
            closed = len(value) == len(finding.choices)
            if not present:
                return (
                    "none of the list"
                    if closed
                    else "not " + ", ".join(finding.choices[name].label for name in value)
                )
            return ", ".join(present) + (" (nothing else)" if closed and len(present) < len(value) else "")


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
    return [name for name in names if name in case.not_known], [
        name for name in names if name not in case.not_known
    ]
