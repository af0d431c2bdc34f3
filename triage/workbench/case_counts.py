"""Counts what labelled cases told, disorder by disorder, for ``case_counts.yaml``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from triage.assessment.likeness import answers_told
from triage.logic import Facts, Truth, evaluate
from triage.models import EVERY_CASE, NONE_OF_THESE, Case, CaseCount, KnowledgeBase, answer_of

LEAST_TOLD = 2
"""what one case of a disorder alone told is an anecdote and is not listed"""
SIDES = ("left", "right")
"""choices that are not counted: on which side it happened to be says nothing about the next person"""
HEAD = """\
# How many published cases of each disorder told an answer, and how many of all. Counted, not written by hand: who
# changes the cases counts anew with `triage rules count` (docs/authoring.md, "Case counts").
"""


def case_counts(kb: KnowledgeBase, cases: Iterable[Case]) -> dict[str, CaseCount]:
    """The counts of labelled cases, by disorder and of every case; cases whose label names no disorder are left out.

    What a case denies is not counted, nor a number. Listed are the answers that at least two cases of a disorder told.
    """
    denials = _denials(kb)
    cases_of: Counter[str] = Counter()
    told_in: dict[str, Counter[str]] = {}
    for case in cases:
        if case.expected is None or case.expected.disorder is None:
            continue
        told = _told(case.facts) - denials
        disorder = case.expected.disorder
        for name in (EVERY_CASE,) if disorder == NONE_OF_THESE else (EVERY_CASE, disorder):
            cases_of[name] += 1
            told_in.setdefault(name, Counter()).update(told)
    if not cases_of:
        return {}
    several = {
        name: {answer: count for answer, count in sorted(told.items()) if count >= LEAST_TOLD}
        for name, told in told_in.items()
        if name != EVERY_CASE
    }
    listed = sorted({answer for told in several.values() for answer in told})
    every = {answer: told_in[EVERY_CASE][answer] for answer in listed}
    found = {name: CaseCount(cases=cases_of[name], told=several[name]) for name in sorted(several)}
    return {EVERY_CASE: CaseCount(cases=cases_of[EVERY_CASE], told=every)} | found


def case_counts_text(counts: Mapping[str, CaseCount]) -> str:
    """The counts as the file ``case_counts.yaml``."""
    lines = []
    for name, count in counts.items():
        lines += [f"{name}:", f"  cases: {count.cases}"]
        if count.told:
            lines += ["  told:", *(f"    {answer}: {told}" for answer, told in count.told.items())]
    return HEAD + "\n".join(lines) + "\n"


def _told(facts: Facts) -> set[str]:
    """The answers of a case as profiles name them."""
    told = [answer for finding, value in facts.items() for answer in answers_told(finding, value)]
    return {answer_of(finding, choice) for finding, choice in told if choice not in SIDES}


def _denials(kb: KnowledgeBase) -> set[str]:
    """The choices that deny something: those that hold where a question is not asked, and those of no complaint."""
    implied = {finding.id: finding.implied for finding in kb.findings.values() if finding.implied is not None}
    found = {answer_of(finding, choice) for finding, choice in implied.items()}
    for complaint in kb.interview.complaints:
        present = kb.exprs[f"complaint.{complaint.id}"]
        for choice in kb.findings[complaint.finding].choices:
            if evaluate(present, {complaint.finding: choice}) is Truth.FALSE:
                found.add(answer_of(complaint.finding, choice))
    return found
