"""The statement that assesses a table of cases, made anew for the columns that the table has."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Literal

from triage.bulk.assessment.full import Whole
from triage.bulk.assessment.summary import SUMMARY, Conclusions, summary
from triage.bulk.assessment.truths import Truths
from triage.bulk.sql.columns import CASE_ID, answer_columns
from triage.bulk.sql.program import Program
from triage.models import KnowledgeBase

Detail = Literal["summary", "full"]
ASSESSMENT = "assessment"


def result_columns(detail: Detail) -> list[str]:
    """The columns that are concluded."""
    return [*SUMMARY, *([ASSESSMENT] if detail == "full" else [])]


def statement(
    kb: KnowledgeBase,
    source: str,
    given: Collection[str],
    detail: Detail = "summary",
    *,
    keep: Iterable[str] = (),
    notes: bool = False,
) -> str:
    """The SQL that assesses the rows of ``source``.

    ``given`` names the columns of answers that the source has; what else should be kept beside ``case_id`` stands in
    ``keep``. With ``notes`` every column is named and explained.
    """
    program, outputs = _concluded(kb, given, detail, keep)
    return program.select(source, outputs, [CASE_ID, *keep], notes=notes)


def stages(
    kb: KnowledgeBase,
    source: str,
    given: Collection[str],
    detail: Detail = "summary",
    *,
    keep: Iterable[str] = (),
    view: str = "layer",
) -> list[str]:
    """The same as ``statement``, layer by layer: each statement reads what the one before it gave, as ``view``."""
    program, outputs = _concluded(kb, given, detail, keep)
    return program.stages(source, outputs, [CASE_ID, *keep], view=view)


def _concluded(
    kb: KnowledgeBase, given: Collection[str], detail: Detail, keep: Iterable[str]
) -> tuple[Program, dict[str, str]]:
    """All definitions, and the columns that are concluded."""
    program = Program([CASE_ID, *keep, *answer_columns(kb)])
    found = Conclusions(Truths(kb, program, given))
    outputs = summary(found)
    if detail == "full":
        outputs[ASSESSMENT] = Whole(found).assessment()
    return program, outputs
