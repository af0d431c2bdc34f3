"""Cases as tables, and the answers of the columnar engine beside those of the definition."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

from tests.properties.strategies import random_facts
from triage.assessment import assemble, decide
from triage.bulk.assessment.statement import statement
from triage.bulk.assessment.truths import Truths
from triage.bulk.sql.columns import CASE_ID, answer_columns
from triage.bulk.sql.database import CaseWriter, connect, rows, staged
from triage.bulk.sql.program import Program
from triage.logic import Truth, Value
from triage.models import Assessment, Case, KnowledgeBase

DIGITS = {0: Truth.FALSE, 1: Truth.UNKNOWN, 3: Truth.TRUE}
Answers = Mapping[str, Value]
SHARES = (0.02, 0.1, 0.3, 0.6, 0.9)


def write_cases(path: Path, cases: Iterable[Case]) -> set[str]:
    """Writes cases as JSON Lines of typed columns; the columns that occur."""
    writer = CaseWriter(path)
    for case in cases:
        writer.write(case)
    writer.close()
    return writer.columns


def queried(kb: KnowledgeBase, cases: Sequence[Answers], sql_of: Any) -> list[dict[str, Any]]:
    """The rows of ``sql_of(source, given columns)`` on a table of the cases."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cases.jsonl"
        seen = write_cases(
            path, (Case(id=str(number), facts=dict(facts)) for number, facts in enumerate(cases))
        )
        return rows(connect(threads=1), sql_of(staged(kb, path, seen), seen))


def truths_of(kb: KnowledgeBase, cases: Sequence[Answers]) -> list[dict[str, Truth]]:
    """The truth of every rule in every case, by the columnar engine."""

    def sql(source: str, given: set[str]) -> str:
        program = Program([CASE_ID, *answer_columns(kb)])
        truths = Truths(kb, program, given)
        return program.select(source, {rule: truths.rule(rule) for rule in kb.rules}, [CASE_ID])

    return [{rule: DIGITS[row[rule]] for rule in kb.rules} for row in queried(kb, cases, sql)]


def assessed(kb: KnowledgeBase, cases: Sequence[Answers]) -> list[Assessment]:
    """The assessment of every case, by the columnar engine."""
    found = queried(kb, cases, lambda source, given: statement(kb, source, given, "full"))
    return [Assessment.model_validate(row["assessment"]) for row in found]


def agree_wholly(kb: KnowledgeBase, cases: Sequence[Answers]) -> None:
    """Every assessment is that of the definition, field by field."""
    for number, (facts, found) in enumerate(zip(cases, assessed(kb, cases), strict=True)):
        expected = assemble(kb, str(number), facts, decide(kb, facts))
        for field in Assessment.model_fields:
            assert getattr(found, field) == getattr(expected, field), (field, facts)


def some_facts(
    kb: KnowledgeBase, seed: int, count: int, shares: Sequence[float] = SHARES, findings: int | None = None
) -> list[dict[str, Value]]:
    """Cases of which little, some and much is known; of a random choice of ``findings``, if given.

    The fewer columns a table has, the sooner its statement is planned.
    """
    random = Random(seed)
    names = sorted(kb.vocabulary)
    chosen = names if findings is None else random.sample(names, findings)
    vocabulary = {name: kb.vocabulary[name] for name in chosen}
    return [random_facts(random, vocabulary, shares[number % len(shares)]) for number in range(count)]
