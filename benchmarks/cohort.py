"""A made-up cohort of any size: valid answers to the shipped findings, with the gaps that real ones have.

Every value follows from the seed, the row and the column, so the same call writes the same file. A finding whose guard
is false is not answered, answers that contradict each other do not occur, and what only a clinician or a test can say
is known of few.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from triage.bulk.assessment.truths import Truths
from triage.bulk.cases.intake import contradiction
from triage.bulk.sql.columns import CASE_ID, columns_of, given_columns
from triage.bulk.sql.database import connect
from triage.bulk.sql.program import Program, quoted
from triage.logic import FindingType, Truth, evaluate
from triage.models import Finding, KnowledgeBase
from triage.models.finding import AskedOf

KNOWN = {AskedOf.PATIENT: 0.55, AskedOf.CLINICIAN: 0.2, AskedOf.TEST: 0.05}
"""share of the cases in which a finding is answered, if it is asked at all"""
YES = 0.15
CHOSEN = 0.12
CLOSED = 0.7
"""share of lists of choices that say nothing else is present"""
OTHER_COMPLAINT = 0.12
SPARE = 2
RAW = "raw "


def write_cohort(kb: KnowledgeBase, path: Path, cases: int, seed: int = 1) -> None:
    """Writes so many cases as Parquet."""
    made = {
        name: sql for finding in kb.findings.values() for name, sql in _answers(kb, finding, seed).items()
    }
    raw = [f"{sql} AS {quoted(RAW + name)}" for name, sql in made.items()]
    numbers = f"(SELECT i, 'case-' || i AS {CASE_ID} FROM range({cases * SPARE + 20}) AS t(i))"
    program = Program([CASE_ID, *(RAW + name for name in made)])
    names = given_columns(kb, made)
    truths = _Asked(kb, program, names)
    flag = contradiction(kb, program, names)
    outputs = {name: truths.asked[name] for name in names} | {"refused": flag}
    select = program.select(f"(SELECT {CASE_ID}, {', '.join(raw)} FROM {numbers})", outputs, [CASE_ID])
    connection = connect()
    kept = f"SELECT * EXCLUDE (refused) FROM ({select}) WHERE refused = 0 LIMIT {cases}"
    connection.execute(f"COPY ({kept}) TO '{path}' (FORMAT parquet)")
    _check(connection, path, cases)


def _check(connection: duckdb.DuckDBPyConnection, path: Path, cases: int) -> None:
    found = connection.execute(f"SELECT count(*) FROM '{path}'").fetchone()
    if found is None or found[0] != cases:
        raise SystemExit(f"only {found and found[0]} of {cases} cases could be made")


class _Asked(Truths):
    """Answers without those to findings that are not asked: each guard sees what the guards before it left."""

    def __init__(self, kb: KnowledgeBase, program: Program, given: list[str]) -> None:
        super().__init__(kb, program, given)
        self.asked: dict[str, str] = {}
        for finding in sorted(kb.findings.values(), key=lambda one: one.id in kb.guards):
            if finding.id not in kb.guards:
                self._define(finding, "")
        for name in kb.guards:
            guard = self.program.define(f"asked {name}", self.rule(f"{name}.asked_when"))
            self._define(kb.findings[name], guard)

    def _define(self, finding: Finding, guard: str) -> None:
        for name in (one for one in columns_of(finding) if one in self.given):
            raw = quoted(RAW + name)
            # The name of the finding must mean this column, whatever else says the same.
            sql = f"CASE WHEN {guard} <> 0 THEN {raw} END" if guard else f"coalesce({raw}, NULL)"
            self.asked[name] = self.program.define(name, sql)


def _uniform(finding: str, what: str, seed: int) -> str:
    """A number from 0 to 1 that follows from row, finding and seed."""
    return f"(hash(i, '{finding} {what}', {seed}) / 18446744073709551616.0)"


def _answers(kb: KnowledgeBase, finding: Finding, seed: int) -> dict[str, str]:
    known = f"{_uniform(finding.id, 'known', seed)} < {KNOWN[finding.asked_of]}"
    value = _uniform(finding.id, "value", seed)
    for number, complaint in enumerate(kb.interview.complaints):
        if complaint.finding == finding.id:
            return {finding.id: _complaint(kb, finding, complaint.id, number, seed)}
    match finding.type:
        case FindingType.YES_NO:
            return {finding.id: f"CASE WHEN {known} THEN {value} < {YES} END"}
        case FindingType.ONE_OF:
            listed = ", ".join(f"'{choice}'" for choice in finding.choices)
            index = f"CAST(floor({value} * {len(finding.choices)}) AS INTEGER) + 1"
            return {finding.id: f"CASE WHEN {known} THEN ([{listed}])[{index}] END"}
        case FindingType.NUMBER:
            return {finding.id: f"CASE WHEN {known} THEN {_number(kb, finding, value)} END"}
        case FindingType.ANY_OF:
            closed = f"{_uniform(finding.id, 'closed', seed)} < {CLOSED}"
            return {
                f"{finding.id}.{choice}": f"CASE WHEN {known} THEN CASE WHEN"
                f" {_uniform(finding.id, choice, seed)} < {CHOSEN} THEN true WHEN {closed} THEN false END END"
                for choice in finding.choices
            }


def _number(kb: KnowledgeBase, finding: Finding, value: str) -> str:
    """One of the values around the thresholds of the rules, or any of the range."""
    low, high = finding.limits
    probes = sorted({*kb.probes.get(finding.id, ()), low, high})
    probes = [float(int(one)) for one in probes if low <= int(one) <= high] or [low]
    listed = ", ".join(repr(one) for one in probes)
    return f"CAST(([{listed}])[CAST(floor({value} * {len(probes)}) AS INTEGER) + 1] AS DOUBLE)"


def _complaint(kb: KnowledgeBase, finding: Finding, complaint: str, number: int, seed: int) -> str:
    """Each case has one complaint, some have another."""
    expr = kb.exprs[f"complaint.{complaint}"]
    answers = [True, False] if finding.type is FindingType.YES_NO else list(finding.choices)
    present = [one for one in answers if evaluate(expr, {finding.id: one}) is Truth.TRUE]
    absent = [one for one in answers if evaluate(expr, {finding.id: one}) is Truth.FALSE]
    first, last = (
        str(one).lower() if isinstance(one, bool) else f"'{one}'" for one in (present[0], absent[-1])
    )
    others = f"{_uniform(finding.id, 'other', seed)} < {OTHER_COMPLAINT}"
    mine = f"hash(i, 'complaint', {seed}) % {len(kb.interview.complaints)} = {number}"
    unknown = f"{_uniform(finding.id, 'known', seed)} < 0.03"
    return f"CASE WHEN {unknown} THEN NULL WHEN {mine} OR {others} THEN {first} ELSE {last} END"
