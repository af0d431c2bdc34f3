"""How long experta takes: ``python -m benchmarks.engine``.

Milliseconds differ from machine to machine and from hour to hour. So every figure is also given as a multiple of one
that is measured in the same run: starting Python and importing experta, pydantic and click.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

from benchmarks.made_up import made_up_facts, made_up_kb
from triage.assessment import assemble, decide
from triage.cases import complete_facts
from triage.engine import ExpertaEngine, Session
from triage.knowledge import load_knowledge
from triage.logic import FindingType, Value
from triage.models import KnowledgeBase

# experta cannot be imported by itself any more; these are the names it misses.
BASELINE = """
import collections, collections.abc
collections.Mapping = collections.abc.Mapping
import experta, pydantic, click
"""
SHARES = (0.05, 0.1, 0.5)


@dataclass(frozen=True)
class Measured:
    """One figure: the median of several rounds, in milliseconds, and what it should stay below."""

    name: str
    milliseconds: float
    aim: float | None = None


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.engine", description=__doc__)
    options.add_argument("--knowledge", type=Path, help="another knowledge folder than the shipped one")
    options.add_argument(
        "--made-up", type=int, metavar="SIZE", help="made-up rules instead; 100 are some 3000 rules"
    )
    options.add_argument("--rounds", type=int, default=5)
    chosen = options.parse_args()
    started = perf_counter()
    kb = load_knowledge(chosen.knowledge)
    loading = Measured("load the knowledge base", 1000 * (perf_counter() - started))
    if chosen.made_up:
        kb = made_up_kb(kb, chosen.made_up)
    print(f"{len(kb.findings)} findings, {len(kb.rules)} rules, median of {chosen.rounds} rounds\n")
    baseline = timed([sys.executable, "-c", BASELINE], chosen.rounds)
    commands = [] if chosen.made_up else list(command_figures(chosen.knowledge, chosen.rounds))
    figures = [loading, *engine_figures(kb, chosen.rounds), *commands]
    show([Measured("python, experta, pydantic, click", baseline), *figures], baseline)


def show(figures: Iterable[Measured], baseline: float) -> None:
    """Print the figures as a table."""
    print(f"{'':44}{'ms':>9}{'multiple':>10}{'aim, ms':>9}")
    for one in figures:
        aim = "" if one.aim is None else f"{one.aim:9.0f}{'' if one.milliseconds <= one.aim else '  missed'}"
        print(f"{one.name:44}{one.milliseconds:9.2f}{one.milliseconds / baseline:10.3f}{aim}")


def engine_figures(kb: KnowledgeBase, rounds: int) -> Iterable[Measured]:
    """Building, whole cases, further answers."""
    yield Measured("build the network", repeated(lambda: ExpertaEngine(kb), rounds), 2000)
    engine = ExpertaEngine(kb)
    for share in SHARES:
        facts = answers(kb, share)
        engine.assess("case", facts)  # the caveats of its treatments are built once

        def anew(facts: dict[str, Value] = facts) -> None:
            engine.prepare({})
            engine.prepare(facts)

        yield Measured(f"fire a case, {len(facts)} answers", repeated(anew, rounds), 200)

        def assess(facts: dict[str, Value] = facts) -> None:
            engine.prepare({})
            engine.assess("case", facts)

        yield Measured(f"assess a case, {len(facts)} answers", repeated(assess, rounds), 200)
        reference = repeated(lambda facts=facts: assemble(kb, "case", facts, decide(kb, facts)), rounds)  # type: ignore[misc]
        yield Measured(f"the same by the definition, {len(facts)} answers", reference)
    yield Measured("one further answer, median", median(telling(engine, kb)), 10)
    yield Measured("one further answer, slowest", max(telling(engine, kb)))


def answers(kb: KnowledgeBase, share: float) -> dict[str, Value]:
    """Answers to ``share`` of the findings that are not implied by others."""
    facts = made_up_facts(kb, share, seed=1)
    free = {name: value for name, value in facts.items() if name not in kb.guards}
    implied = complete_facts(kb, free)
    return {name: value for name, value in facts.items() if name in free or name not in implied}


def telling(engine: ExpertaEngine, kb: KnowledgeBase) -> list[float]:
    """Milliseconds of each further answer to a case that becomes well known."""
    session = Session(engine, answers(kb, 0.05))
    session.truths()
    names = [name for name in kb.findings if kb.findings[name].type is FindingType.YES_NO]
    Random(2).shuffle(names)
    told = complete_facts(kb, session.facts)
    found: list[float] = []
    for name in [name for name in names if name not in told][:100]:
        started = perf_counter()
        session.tell(name, Random(name).random() < 0.5)
        found.append(1000 * (perf_counter() - started))
    return found


def command_figures(knowledge: Path | None, rounds: int) -> Iterable[Measured]:
    """Whole commands, each a new process; what they keep between runs lies in a folder of the benchmark."""
    triage = [sys.executable, "-m", "triage"]
    yield Measured("triage --help", timed([*triage, "--help"], rounds))
    kb = load_knowledge(knowledge)
    name = next(name for name, finding in kb.findings.items() if finding.type is FindingType.YES_NO)
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder) / "case.yaml"
        case.write_text(f"format: 1\nid: one\nfacts: {{{name}: yes}}\n", encoding="utf-8")
        where = ["--knowledge", str(knowledge)] if knowledge else []
        command = [*triage, "assess", *where, str(case)]
        yield Measured("triage assess, one case", timed(command, rounds, str(Path(folder) / "kept")), 3000)
        yield Measured("the same, nothing kept between runs", timed(command, rounds))


def repeated(action: Callable[[], object], rounds: int) -> float:
    """Median milliseconds of ``action``."""
    taken: list[float] = []
    for _ in range(rounds):
        started = perf_counter()
        action()
        taken.append(1000 * (perf_counter() - started))
    return median(taken)


def timed(command: list[str], rounds: int, kept: str = "") -> float:
    """Median milliseconds of a command; the first run, which fills the caches, is left out.

    ``kept`` is the folder in which knowledge bases are kept between runs; empty: none are.
    """
    environment = os.environ | {"TRIAGE_CACHE": kept}

    def run() -> None:
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
        if done.returncode:
            raise SystemExit(f"{' '.join(command[:4])} failed:\n{done.stderr}")

    run()
    return repeated(run, rounds)


if __name__ == "__main__":
    main()
