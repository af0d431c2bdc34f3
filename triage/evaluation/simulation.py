"""Simulated interviews: how few questions are enough."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from triage.assessment import assemble, decide
from triage.interview import NOT_KNOWN, Answer, Answers, Finished, Memory, Question, next_step
from triage.interview.openers import ticked
from triage.interview.steps import asked_in
from triage.models import Assessment, Case, KnowledgeBase

Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Simulated:
    """One simulated interview: what it asked and where it came out, beside the outcome of the full file."""

    id: str
    questions: int
    """steps: a tick list, with the questions on the same page, counts as one"""
    prompts: int
    """the same with every question of such a page counted"""
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
    prompts = ticks = 0
    while True:
        step = next_step(kb, answers, case.answered_by, memory)
        if isinstance(step, Finished):
            break
        if isinstance(step, Question):
            prompts += 1
        else:
            prompts += bool(step.findings) + len(step.also)
            ticks += len(step.findings)
        answers = answers.add({name: answer_of(kb, case, name) for name in asked_in(step)})
    full, part = _assess(kb, case.facts), _assess(kb, answers.facts)
    return Simulated(
        id=case.id,
        questions=len(answers.steps),
        prompts=prompts,
        ticks=ticks,
        same_leader=full.leading[:1] == part.leading[:1],
        urgency_kept=part.urgency.now.rank >= full.urgency.now.rank,
        ending=step.ending.value,
    )


def answer_of(kb: KnowledgeBase, case: Case, finding: str) -> Answer:
    """What somebody says of whom the case is true, and who knows nothing else."""
    if finding in case.facts:
        return case.facts[finding]
    return ticked(kb, case.facts, finding) or NOT_KNOWN


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
        "prompts_median": median(one.prompts for one in found),
        "prompts_p95": percentile([one.prompts for one in found], 95),
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
