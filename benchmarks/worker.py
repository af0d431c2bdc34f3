"""One engine on one file, in a process of its own: ``python -m benchmarks.worker ENGINE FILE OUT CASES``.

Prints one line of JSON: cases, seconds, seconds of all processors, peak memory in MB. Loading the rules is left out,
building an engine and planning a statement are not, for the columnar engine; the others are timed once they stand.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from benchmarks.peers import Clips, Zen
from triage.assessment import assemble, decide
from triage.bulk import Cohort
from triage.bulk.assessment.truths import Truths
from triage.bulk.cohort import stamp
from triage.bulk.sql.columns import CASE_ID, answer_columns, given_columns
from triage.bulk.sql.database import connect, described, rows
from triage.bulk.sql.program import Program
from triage.engine import ExpertaEngine
from triage.knowledge import load_knowledge
from triage.logic import Facts, Truth, Value
from triage.models import KnowledgeBase

LONGEST = 20.0
"""seconds that an engine which takes case by case may go on"""
DIGITS = {0: Truth.FALSE, 1: Truth.UNKNOWN, 3: Truth.TRUE}


def main() -> None:
    """Runs one engine and prints the figures."""
    engine, source, out, cases = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])
    memory = sys.argv[5] if len(sys.argv) > 5 else "60%"
    kb = load_knowledge()
    figures = (
        columnar(kb, engine, source, out, memory)
        if engine in COLUMNAR
        else one_by_one(kb, engine, source, cases)
    )
    print(json.dumps({**figures, "memory_mb": round(peak_memory())}), flush=True)
    os._exit(0)  # CLIPS has more to say when it is taken down


def peak_memory() -> float:
    """The most memory this process held, in MB; not that of the process that started it."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


COLUMNAR = ("copy", "truths", "summary", "full")


def columnar(kb: KnowledgeBase, engine: str, source: Path, out: Path, memory: str) -> dict[str, float]:
    """A whole file by the database."""
    wall, work = perf_counter(), process_time()
    if engine == "copy":
        connection = connect(memory, scratch=out.parent)
        done = connection.execute(f"COPY (SELECT * FROM '{source}') TO '{out}' (FORMAT parquet)").fetchone()
        cases = done[0] if done else 0
    elif engine == "truths":
        connection = connect(memory, scratch=out.parent)
        done = connection.execute(f"COPY ({truths_sql(kb, source)}) TO '{out}' (FORMAT parquet)").fetchone()
        cases = done[0] if done else 0
    else:
        cohort = Cohort(kb, out.parent, detail="full" if engine == "full" else "summary", memory=memory)
        stamp(source)
        refused = list(cohort.take_parquet(source))
        if refused:
            raise SystemExit(f"{len(refused)} made-up cases were refused, the first: {refused[0].reasons}")
        cases = cohort.write(out, "parquet")
    return {"cases": cases, "seconds": perf_counter() - wall, "cpu_seconds": process_time() - work}


def truths_sql(kb: KnowledgeBase, source: Path) -> str:
    """The statement that gives the digit of every rule."""
    given = given_columns(kb, described(connect(), f"read_parquet('{source}')"))
    program = Program([CASE_ID, *answer_columns(kb)])
    truths = Truths(kb, program, given)
    outputs = {rule: truths.rule(rule) for rule in kb.rules}
    return program.select(f"read_parquet('{source}')", outputs, [CASE_ID])


def one_by_one(kb: KnowledgeBase, engine: str, source: Path, cases: int) -> dict[str, float]:
    """Case by case, as many as the time allows."""
    run = engine_of(kb, engine)
    done = 0
    read = list(facts_of(kb, source, cases))
    run("warm", read[0][1])
    wall, work = perf_counter(), process_time()
    for id, facts in read:
        run(id, facts)
        done += 1
        if perf_counter() - wall > LONGEST:
            break
    return {"cases": done, "seconds": perf_counter() - wall, "cpu_seconds": process_time() - work}


def engine_of(kb: KnowledgeBase, engine: str) -> Callable[[str, Facts], Any]:
    """A function that does for one case what the engine does."""
    match engine:
        case "reference":
            return lambda id, facts: assemble(kb, id, facts, decide(kb, facts))
        case "experta":
            return ExpertaEngine(kb).assess
        case "clips":
            clips = Clips(kb)
            return lambda id, facts: clips.truths(facts)
        case "zen":
            zen = Zen(kb)
            return lambda id, facts: zen.truths(facts)
        case _:
            raise SystemExit(f"unknown engine {engine}")


def facts_of(kb: KnowledgeBase, source: Path, cases: int) -> Iterator[tuple[str, dict[str, Value]]]:
    """The first cases of a file as facts."""
    given = given_columns(kb, described(connect(), f"read_parquet('{source}')"))
    for row in rows(connect(), f"SELECT * FROM read_parquet('{source}') LIMIT {cases}"):
        facts: dict[str, Any] = {}
        for name in given:
            finding, _, choice = name.partition(".")
            value = row[name]
            if value is None:
                continue
            if choice:
                facts.setdefault(finding, {})[choice] = value
            else:
                facts[finding] = int(value) if isinstance(value, float) and value == int(value) else value
        yield row[CASE_ID], facts


if __name__ == "__main__":
    main()
