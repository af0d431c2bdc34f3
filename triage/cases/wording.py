"""Answers in plain words, for messages that name them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from triage.errors import CaseError, printable
from triage.logic import Interval, Value
from triage.models import Finding

LONGEST = 60
"""so much of an answer is quoted; no number is longer"""


def answer_words(finding: Finding, value: Value) -> str:
    """The value alone: yes, a choice's label, a number with its unit."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        present = [finding.choices[name].label for name, answer in value.items() if answer]
        if present:
            return ", ".join(present)
        return (
            "none" if len(value) == len(finding.choices) else "not " + ", not ".join(_labels(finding, value))
        )
    if isinstance(value, str):
        return finding.choices[value].label
    amount = str(value) if isinstance(value, Interval) else str(round(value, 3))
    return f"{amount} {finding.unit}" if finding.unit else amount


def told(finding: Finding, value: Value) -> str:
    """The answer as a person gave it: the finding's label and the value, in quotes."""
    return f'"{finding.label}: {answer_words(finding, value)}"'


def part_word(finding: Finding) -> str:
    """What a part of an answer is called."""
    return "choice" if finding.choices else "end"


def wrong(finding: Finding, raw: Any, fault: str, hint: str) -> CaseError:
    """The error for an answer that is none to this finding."""
    return CaseError(f"`{finding.id}`: {shown(raw)} {fault}", finding=finding.id, hint=hint)


def shown(raw: Any) -> str:
    """An answer as quoted in a message: short, on one line, in backticks."""
    if isinstance(raw, bool):
        text = "yes" if raw else "no"
    elif isinstance(raw, list):
        text = ", ".join(str(item) for item in raw[:8])
        text = f"[{text}]"
    elif isinstance(raw, Mapping):
        text = "{...}"
    else:
        text = str(raw)
    text = printable(text)
    return f"`{text if len(text) <= LONGEST else text[:LONGEST] + '...'}`"


def _labels(finding: Finding, value: Mapping[str, bool]) -> list[str]:
    return [finding.choices[name].label for name in value]
