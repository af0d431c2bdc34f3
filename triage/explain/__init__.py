"""Why, why not, what if and what is missing, as data; sentences come last."""

from triage.explain.changes import (
    Change,
    Outcome,
    Outcomes,
    numbers_tried,
    outcome,
    single_changes,
    smallest_changes,
    what_if,
)
from triage.explain.derivation import Derivation, derive
from triage.explain.phrases import to_words
from triage.explain.reasons import (
    GRADES,
    CriterionAccount,
    criteria_account,
    fits,
    separating_findings,
    why,
    why_not,
    world_for,
)
from triage.explain.words import answer_text, asked_but_unknown, fact_text, labels, number_text

__all__ = [
    "GRADES",
    "Change",
    "CriterionAccount",
    "Derivation",
    "Outcome",
    "Outcomes",
    "answer_text",
    "asked_but_unknown",
    "criteria_account",
    "derive",
    "fact_text",
    "fits",
    "labels",
    "number_text",
    "numbers_tried",
    "outcome",
    "separating_findings",
    "single_changes",
    "smallest_changes",
    "to_words",
    "what_if",
    "why",
    "why_not",
    "world_for",
]
