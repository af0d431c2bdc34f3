"""How long the next question takes: ``python -m benchmarks.interview [CASES]``.

Interviews of the cases are simulated, and each search for the next question is timed in processor time, which other
programs on the machine change little. So that figures of different machines can be compared, each is also given as a
multiple of one decision of all rules from the start, measured in the same run.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import process_time

from triage.assessment import decide
from triage.cases import Reject, read_cases
from triage.evaluation.simulation import answer_of
from triage.interview import Answers, Finished, Memory, next_step
from triage.interview.steps import asked_in
from triage.knowledge import load_knowledge
from triage.models import Case, KnowledgeBase, RuleKind

CASES = Path("tests/cases/textbook")
AIM = 50.0
"""milliseconds at the 95th percentile"""


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.interview", description=__doc__)
    options.add_argument("cases", nargs="?", type=Path, default=CASES)
    options.add_argument("--knowledge", type=Path, help="another knowledge folder than the shipped one")
    options.add_argument("--every", type=int, default=10, help="only every so many of the cases")
    chosen = options.parse_args()
    kb = load_knowledge(chosen.knowledge)
    cases = [case for case in read_cases(kb, [chosen.cases]) if not isinstance(case, Reject)][:: chosen.every]
    taken = searches(kb, cases)
    whole = median(timed_decision(kb) for _ in range(20))
    print(
        f"{len(kb.rules)} rules, {len(cases)} interviews, {len(taken)} questions; milliseconds of processor time\n"
    )
    print(f"{'':36}{'ms':>8}{'multiple':>10}{'aim, ms':>9}")
    for name, value, aim in (
        ("one decision of all rules", whole, None),
        ("next question, median", percentile(taken, 50), None),
        ("next question, 95th percentile", percentile(taken, 95), AIM),
        ("next question, slowest", max(taken), None),
    ):
        told = "" if aim is None else f"{aim:9.0f}{'' if value <= aim else '  missed'}"
        print(f"{name:36}{value:8.2f}{value / whole:10.2f}{told}")


def searches(kb: KnowledgeBase, cases: Sequence[Case]) -> list[float]:
    """Milliseconds of every search for the next question in interviews of people who answer as the cases say."""
    found: list[float] = []
    for case in cases:
        memory = Memory(kb)
        answers = Answers()
        while True:
            started = process_time()
            step = next_step(kb, answers, case.answered_by, memory)
            found.append(1000 * (process_time() - started))
            if isinstance(step, Finished):
                break
            answers = answers.add({name: answer_of(kb, case, name) for name in asked_in(step)})
    return found


def timed_decision(kb: KnowledgeBase) -> float:
    """Milliseconds of deciding every rule of an empty case from the start."""
    started = process_time()
    decide(kb, {}, RuleKind.ADULT)
    return 1000 * (process_time() - started)


def percentile(values: Sequence[float], share: int) -> float:
    """The smallest value that at least ``share`` percent do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * share // 100) - 1)]


if __name__ == "__main__":
    main()
