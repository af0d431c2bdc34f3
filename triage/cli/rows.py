"""An assessment as one row of a table, and a reject as one row per reason."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from triage.bulk.assessment.summary import SUMMARY as COLUMNS
from triage.cases import Reject
from triage.errors import printable
from triage.models import Assessment, Case, Involved, KnowledgeBase

SUMMARY = ("case_id", "person", *COLUMNS)
FULL = (*SUMMARY, "assessment")
REJECTS = ("source", "line", "case_id", "finding", "reason", "hint")


def case_row(kb: KnowledgeBase, case: Case, assessment: Assessment, *, full: bool) -> dict[str, Any]:
    """The row of a case, by column; ``full`` adds the whole assessment."""
    entries = {entry.disorder: entry for entry in assessment.differential}
    row: dict[str, Any] = {
        "case_id": case.id,
        "person": case.person,
        "urgency": assessment.urgency.now,
        "urgency_could_become": assessment.urgency.could_become,
        "urgency_because": [held.rule for held in assessment.urgency.because],
        "nerve_modality": assessment.nerves.modality,
        "nerve_modality_of": assessment.nerves.modality_of,
        "nerves": _unique(_nerve(one) for one in assessment.nerves.involved),
        "origins": _unique(one.origin for one in assessment.nerves.origins),
        "leading": list(assessment.leading),
        "leading_grades": [entries[name].grade for name in assessment.leading],
        "leading_fits": [entries[name].fit for name in assessment.leading],
        "differential": [entry.disorder for entry in assessment.differential],
        "open": [entry.disorder for entry in assessment.open],
        "treatments": _unique(path.treatment for path in assessment.treatments if not path.against),
        "treatments_withheld": assessment.treatments_withheld,
        "pending_count": len(assessment.pending),
        "pending": list(assessment.pending),
        "knowledge_hash": kb.content_hash,
    }
    if full:
        row["assessment"] = assessment.model_dump(mode="json")
    return row


def reject_rows(reject: Reject) -> Iterator[dict[str, Any]]:
    """One row per reason; what would move the cursor or colour the screen is shown as ?."""
    for problem in reject.problems:
        texts = {
            "source": reject.source,
            "case_id": reject.id,
            "finding": problem.finding,
            "reason": problem.message,
            "hint": problem.hint,
        }
        row: dict[str, Any] = {name: printable(text) or None for name, text in texts.items()}
        yield row | {"line": problem.place.line or reject.line or None}


def _nerve(one: Involved) -> str:
    return " ".join(part for part in (one.side, one.nerve, one.branch, one.modality) if part)


def _unique(names: Any) -> list[str]:
    return list(dict.fromkeys(names))
