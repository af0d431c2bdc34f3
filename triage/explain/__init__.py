"""Why, why not, what if and what is missing, as data; sentences come last."""

from triage.explain.derivation import Derivation, derive
from triage.explain.phrases import to_words
from triage.explain.reasons import (
    Change,
    CriterionAccount,
    Outcome,
    criteria_account,
    outcome,
    separating_findings,
    smallest_changes,
    what_if,
    why_not,
    world_for,
)
from triage.explain.words import answer_text, asked_but_unknown, fact_text, labels, number_text

__all__ = [
    "Change",
    "CriterionAccount",
    "Derivation",
    "Outcome",
    "answer_text",
    "asked_but_unknown",
    "criteria_account",
    "derive",
    "fact_text",
    "labels",
    "number_text",
    "outcome",
    "separating_findings",
    "smallest_changes",
    "to_words",
    "what_if",
    "why_not",
    "world_for",
]
