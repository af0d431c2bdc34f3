"""Thousands of cases of the shipped rules through a cohort, each compared with the definition, in bounded memory.

One statement writes the cohort to Parquet, as ``triage batch --detail full`` does. Its rows are then compared a few
hundred at a time by as many processes as there are cores, since the definition takes most of the time.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import duckdb

from tests.properties.strategies import random_facts
from triage.assessment import assemble, decide
from triage.bulk import Cohort
from triage.cases import Reject, read_cases
from triage.knowledge import load_knowledge
from triage.logic import Value
from triage.models import Assessment, Case, KnowledgeBase

ROOT = Path(__file__).resolve().parents[2]
Answers = dict[str, Value]
Task = tuple[list[tuple[str, Answers]], list[dict[str, Any]]]
CHUNK = 250
SHARES = (0.02, 0.05, 0.1, 0.2, 0.3, 0.6)
MEMORY = "6GB"
"""what the database may take"""


def differences(
    kb: KnowledgeBase, cases: Sequence[Answers], folder: Path, kind: type[Cohort] = Cohort
) -> list[tuple[str, str]]:
    """Case and field of every assessment of the shipped rules that is not that of the definition."""
    cohort = kind(kb, folder, detail="full", memory=MEMORY, threads=1)
    for number, facts in enumerate(cases):
        cohort.take(Case(id=f"c{number}", facts=facts))
    out = folder / "out.parquet"
    assert cohort.write(out, "parquet") == len(cases)
    cohort.connection.close()
    # No fork: the database has threads of its own.
    with multiprocessing.get_context("spawn").Pool(os.cpu_count()) as pool:
        return [one for found in pool.imap(_compared, _tasks(cases, out)) for one in found]


def _tasks(cases: Sequence[Answers], out: Path) -> Iterator[Task]:
    found = duckdb.connect().execute(f"SELECT assessment FROM '{out}'")
    for start in range(0, len(cases), CHUNK):
        named = [(f"c{number}", cases[number]) for number in range(start, min(start + CHUNK, len(cases)))]
        yield named, [assessment for (assessment,) in found.fetchmany(len(named))]


@cache
def _shipped() -> KnowledgeBase:
    return load_knowledge()


def _compared(task: Task) -> list[tuple[str, str]]:
    kb = _shipped()
    wrong = []
    for (id, facts), row in zip(*task, strict=True):
        expected = assemble(kb, id, facts, decide(kb, facts))
        found = Assessment.model_validate(row)
        wrong += [
            (id, field)
            for field in Assessment.model_fields
            if getattr(found, field) != getattr(expected, field)
        ]
    return wrong


def facts_of(kb: KnowledgeBase, *folders: str, pattern: str = "*.yaml") -> list[Answers]:
    """The facts of every case in files below these folders."""
    files = [path for folder in folders for path in sorted(ROOT.glob(f"{folder}/{pattern}"))]
    found = list(read_cases(kb, files))
    assert found and not [case for case in found if isinstance(case, Reject)]
    return [dict(case.facts) for case in found if isinstance(case, Case)]


def blended(kb: KnowledgeBase, known: Sequence[Answers], seed: int, count: int) -> Iterator[Answers]:
    """Cases of three kinds: random answers; those of a known case with some left out; and with some made up besides.

    Random answers reach every rule; known cases reach grades, paths and caveats that chance does not.
    """
    random = Random(seed)
    for number in range(count):
        share = SHARES[number // 3 % len(SHARES)]
        if number % 3 == 0:
            yield random_facts(random, kb.vocabulary, share)
            continue
        facts = dict(random.choice(known))
        for name in random.sample(sorted(facts), int(len(facts) * random.choice((0, 0.1, 0.3, 0.6)))):
            del facts[name]
        if number % 3 == 2:
            facts = random_facts(random, kb.vocabulary, share / 2) | facts
        yield facts
