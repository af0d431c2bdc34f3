"""Answers in plain words, for messages that name them."""

from __future__ import annotations

from collections.abc import Mapping

from triage.logic import Value
from triage.models import Finding


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
    amount = round(value, 3)
    return f"{amount} {finding.unit}" if finding.unit else str(amount)


def told(finding: Finding, value: Value) -> str:
    """The answer as a person gave it: the finding's label and the value, in quotes."""
    return f'"{finding.label}: {answer_words(finding, value)}"'


def _labels(finding: Finding, value: Mapping[str, bool]) -> list[str]:
    return [finding.choices[name].label for name in value]
