"""One source read twice: case by case, as ``assess`` reads it, and as columns, as ``batch`` does."""

from __future__ import annotations

import io
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from triage.bulk import Cohort
from triage.bulk.sql.columns import CASE_ID, PERSON, cells_of
from triage.bulk.sql.database import rows
from triage.cases import Reject, read_cases
from triage.models import Case, KnowledgeBase


@dataclass
class Reading:
    """What came out of a source."""

    cases: list[dict[str, Any]] = field(default_factory=list)
    """the columns that each case answers, in the order of the source"""
    rejects: list[tuple[Any, ...]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    answered: dict[str, int] = field(default_factory=dict)
    not_known: dict[str, int] = field(default_factory=dict)


def one_by_one(kb: KnowledgeBase, content: bytes, form: Any) -> Reading:
    """The source by the reader of single cases."""
    made = Reading()
    answered: Counter[str] = Counter()
    not_known: Counter[str] = Counter()

    def note(case: Case, text: str) -> None:
        made.notes.append((case.id, text))

    for found in read_cases(kb, ["-"], form=form, stdin=io.BytesIO(content), on_note=note):
        if isinstance(found, Reject):
            made.rejects.append(_told(found))
            continue
        made.cases.append(_cells(found))
        answered.update(list(found.facts))
        not_known.update(found.not_known)
    made.answered, made.not_known = dict(answered), dict(not_known)
    return made


def as_columns(kb: KnowledgeBase, content: bytes, form: Any) -> Reading:
    """The source by the columnar engine."""
    made = Reading()

    def note(case: Case, text: str) -> None:
        made.notes.append((case.id, text))

    with tempfile.TemporaryDirectory() as scratch:
        cohort = Cohort(kb, Path(scratch), threads=1)
        cohort.counts_not_known = True
        cohort.few = 0

        def take(*source: Any) -> Any:
            return cohort.take_lines(*source, note)

        found = list(read_cases(kb, ["-"], form=form, stdin=io.BytesIO(content), take_lines=take))
        assert all(isinstance(one, Reject) for one in found)
        found += cohort.twice()
        made.rejects = sorted(_told(one) for one in found)
        source, _ = cohort.source()
        for row in rows(cohort.connection, f"SELECT * FROM {source}"):
            made.cases.append({name: value for name, value in row.items() if value is not None})
        assert cohort.count == len(made.cases)
        made.answered, made.not_known = cohort.answered(), cohort.not_known()
    return made


def agree(kb: KnowledgeBase, content: bytes, form: Any) -> Reading:
    """Both readings are the same; gives it."""
    expected, found = one_by_one(kb, content, form), as_columns(kb, content, form)
    assert found.rejects == sorted(expected.rejects)
    assert found.cases == expected.cases
    assert (found.answered, found.not_known) == (expected.answered, expected.not_known)
    return found


def _cells(case: Case) -> dict[str, Any]:
    return {
        CASE_ID: case.id,
        **({PERSON: case.person} if case.person is not None else {}),
        **cells_of(case.facts),
    }


def _told(found: Reject) -> tuple[Any, ...]:
    problems = tuple((one.place, one.finding, one.message, one.hint) for one in found.problems)
    return (found.line, found.id, found.source, problems)
