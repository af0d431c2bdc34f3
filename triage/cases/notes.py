"""What is worth saying about a case that is valid: an answer that probably was meant and is missing."""

from __future__ import annotations

from collections.abc import Iterator

from triage.logic import Expr, IsChoice, YesNo
from triage.models import Case, KnowledgeBase
from triage.models.settings import ComplaintEntry


def notes(kb: KnowledgeBase, case: Case) -> Iterator[str]:
    """Complaints whose details are given while the complaint itself is not."""
    for complaint in kb.interview.complaints:
        if complaint.finding in case.facts or complaint.finding in case.not_known:
            continue
        details = sorted(name for name in case.facts if kb.findings[name].of == complaint.id)
        if details:
            missing = f"`{complaint.finding}`"
            yield f"`{details[0]}` is given but {missing} is not: add `{complaint.finding}: {_present(kb, complaint)}`"


def _present(kb: KnowledgeBase, complaint: ComplaintEntry) -> str:
    expr: Expr | None = kb.exprs.get(f"complaint.{complaint.id}")
    match expr:
        case IsChoice(_, choices):
            return choices[0]
        case YesNo():
            return "yes"
        case _:
            return "..."
