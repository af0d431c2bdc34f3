"""The statement that assesses a table of cases, made anew for the columns that the table has."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Literal

from triage.bulk.columns import CASE_ID, PERSON, answer_columns
from triage.bulk.full import Whole
from triage.bulk.program import Program
from triage.bulk.summary import Conclusions, summary
from triage.bulk.truths import Truths
from triage.models import KnowledgeBase

Detail = Literal["summary", "full"]


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

    ``given`` names the columns of answers that the source has; what else it has and should be kept stands in
    ``keep``. With ``notes`` every column is named and explained.
    """
    program = Program([CASE_ID, PERSON, *answer_columns(kb), *keep])
    found = Conclusions(Truths(kb, program, given))
    outputs = summary(found)
    if detail == "full":
        outputs["assessment"] = Whole(found).assessment()
    return program.select(source, outputs, keep, notes=notes)
