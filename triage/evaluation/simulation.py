"""Simulated interviews and removed answers: how few questions are enough, and what missing answers cost."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from triage.assessment import assemble, decide
from triage.interview import NOT_KNOWN, Answer, Answers, Finished, Memory, Question, next_step
from triage.models import Assessment, Case, KnowledgeBase

Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Simulated:
    """One simulated interview: what it asked and where it came out, beside the outcome of the full file."""

    id: str
    questions: int
    ticks: int
    """signs offered in tick lists"""
    same_leader: bool
    urgency_kept: bool
    """urgency is not below that of the full file"""
    ending: str


def simulate(kb: KnowledgeBase, case: Case, memory: Memory | None = None) -> Simulated:
    """An interview with a person who answers as the case says and does not know anything else.

    A ``memory`` shared by several cases makes it faster.
    """
    memory = memory or Memory(kb)
    answers = Answers()
    ticks = 0
    while True:
        step = next_step(kb, answers, case.answered_by, memory)
        if isinstance(step, Finished):
            break
        if isinstance(step, Question):
            asked: Sequence[str] = (step.finding,)
        else:
            asked = (*step.findings, *step.also)
            ticks += len(step.findings)
        answers = answers.add({name: _answer(case, name) for name in asked})
    full, part = _assess(kb, case.facts), _assess(kb, answers.facts)
    return Simulated(
        id=case.id,
        questions=len(answers.steps),
        ticks=ticks,
        same_leader=full.leading[:1] == part.leading[:1],
        urgency_kept=part.urgency.now.rank >= full.urgency.now.rank,
        ending=step.ending.value,
    )


def _answer(case: Case, finding: str) -> Answer:
    return case.facts.get(finding, NOT_KNOWN)


def _assess(kb: KnowledgeBase, facts: dict[str, Any]) -> Assessment:
    return assemble(kb, "", facts, decide(kb, facts))


def interview_figures(found: Sequence[Simulated]) -> Figures:
    """Questions and ticks at median and 95th percentile, and the share with the same outcome."""
    if not found:
        return {}
    return {
        "cases": len(found),
        "questions_median": median(one.questions for one in found),
        "questions_p95": percentile([one.questions for one in found], 95),
        "ticks_median": median(one.ticks for one in found),
        "ticks_p95": percentile([one.ticks for one in found], 95),
        "same_outcome": sum(one.same_leader and one.urgency_kept for one in found) / len(found),
        "same_leader": sum(one.same_leader for one in found) / len(found),
        "urgency_kept": sum(one.urgency_kept for one in found) / len(found),
        "differs": [one.id for one in found if not (one.same_leader and one.urgency_kept)],
    }


def percentile(values: Iterable[int], share: float) -> int:
    """The smallest value that at least ``share`` percent of the values do not exceed."""
    ordered = sorted(values)
    rank = -(-len(ordered) * share // 100)
    return ordered[max(0, int(rank) - 1)]


def with_answers_removed(case: Case, share: float, source: random.Random) -> dict[str, Any]:
    """The facts of a case without a random ``share`` of its answers."""
    kept = round(len(case.facts) * (1 - share))
    return {name: case.facts[name] for name in source.sample(sorted(case.facts), kept)}


def robustness(
    kb: KnowledgeBase, cases: Sequence[Case], share: float, *, repeats: int = 20, seed: int = 0
) -> Figures:
    """How often the leading family stays when ``share`` of the answers is missing, and for which cases least."""
    stays: dict[str, float] = {}
    for case in cases:
        source = random.Random(f"{seed}:{case.id}:{share}")
        leader = _assess(kb, case.facts).leading[:1]
        kept = [
            _assess(kb, with_answers_removed(case, share, source)).leading[:1] == leader
            for _ in range(repeats)
        ]
        stays[case.id] = sum(kept) / repeats
    worst = sorted(stays.items(), key=lambda one: (one[1], one[0]))
    return {
        "removed": share,
        "cases": len(cases),
        "leader_stays": sum(stays.values()) / len(stays) if stays else None,
        "worst": [{"id": name, "leader_stays": value} for name, value in worst[:10]],
    }
