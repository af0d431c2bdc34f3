"""Checks of single findings.

``choice-means-unknown``, ``guard-without-implied``, ``threshold-inside-pick``, ``unused-finding``,
``overview-in-rule``, ``plain-language``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from triage.checks.report import Gravity, Remark
from triage.logic import FindingType, compare, named_findings, walk
from triage.logic.expression import Compare
from triage.models import AskedOf, Finding, KnowledgeBase

_MEANS_UNKNOWN = re.compile(
    r"(^|_)(unknown|unsure|uncertain|not_sure|dont_know|not_known|not_said|cannot_say|undecided)(_|$)"
)
_SAYS_UNKNOWN = re.compile(
    r"\b(unknown|not sure|unsure|don't know|do not know|can't say|cannot say|not known)\b", re.IGNORECASE
)
MAX_WORDS = 20
LONG_WORD = 13


def check(kb: KnowledgeBase) -> Iterator[Remark]:
    """What is wrong with single findings."""
    ruled = frozenset[str]().union(*(named_findings(rule.expr) for rule in kb.rules.values()))
    overviews = frozenset(name for page in kb.interview.overviews for name in page.findings)
    used = ruled | frozenset[str]().union(*(named_findings(opener) for opener in kb.openers.values()))
    used |= frozenset(name for site in kb.face.sites for name in (site.finding, site.side) if name)
    known_words = {word.lower() for name, entry in kb.glossary.items() for word in (name, *entry.also)}
    for finding in kb.findings.values():
        yield from _choices(kb, finding)
        yield from _guard(kb, finding)
        yield from _picks(kb, finding)
        yield from _language(kb, finding, known_words)
        if finding.id in ruled & overviews:
            message = "a rule reads it, although it only opens topics"
            hint = "name the findings of the topic"
            yield Remark("overview-in-rule", kb.places[finding.id], finding.id, message, hint)
        if finding.id not in used:
            yield Remark(
                "unused-finding",
                kb.places[finding.id],
                finding.id,
                "no rule uses it",
                "delete it",
                Gravity.WARNING,
            )


def _choices(kb: KnowledgeBase, finding: Finding) -> Iterator[Remark]:
    for name, choice in finding.choices.items():
        if _MEANS_UNKNOWN.search(name) or _SAYS_UNKNOWN.search(choice.label):
            yield Remark(
                "choice-means-unknown",
                kb.places[finding.id],
                finding.id,
                f"the choice `{name}` means that it is not known",
                "unknown is always offered and is outside every type: delete the choice",
            )


def _guard(kb: KnowledgeBase, finding: Finding) -> Iterator[Remark]:
    listed = finding.type in (FindingType.YES_NO, FindingType.ANY_OF)
    if finding.asked_when is not None and listed and finding.implied is None:
        yield Remark(
            "guard-without-implied",
            kb.places[finding.id],
            finding.id,
            "`asked_when` says nothing of what holds when it is false",
            "add `implied:`",
        )


def _picks(kb: KnowledgeBase, finding: Finding) -> Iterator[Remark]:
    if not finding.picks:
        return
    comparisons = {
        node
        for rule in kb.rules.values()
        for node in walk(rule.expr)
        if isinstance(node, Compare) and node.finding == finding.id
    }
    for pick in finding.picks:
        if not pick.low <= pick.stored <= pick.high:
            message = f"the pick `{pick.label}` stores {pick.stored:g}, which is outside it"
            yield Remark("threshold-inside-pick", kb.places[finding.id], finding.id, message)
        for node in sorted(comparisons, key=str):
            ends = {compare(value, node.op, node.value) for value in (pick.low, pick.stored, pick.high)}
            inside = node.op in ("==", "!=") and pick.low < node.value < pick.high
            if len(ends) > 1 or inside:
                span = f"`{pick.label}` ({pick.low:g} to {pick.high:g})"
                message = f"the pick {span} is cut by `{finding.id} {node.op} {node.value:g}`"
                hint = "cut the pick at the threshold"
                yield Remark("threshold-inside-pick", kb.places[finding.id], finding.id, message, hint)


def _language(kb: KnowledgeBase, finding: Finding, known: set[str]) -> Iterator[Remark]:
    place = kb.places[finding.id]
    for sentence in re.split(r"(?<=[.?!])\s+", finding.question):
        count = len(sentence.split())
        if count > MAX_WORDS:
            message = f"a sentence of the question has {count} words, more than {MAX_WORDS}"
            yield Remark("plain-language", place, finding.id, message, "split or shorten it")
    if finding.asked_of is AskedOf.PATIENT:
        text = finding.question.lower()
        for word in re.findall(r"[a-z]+", text):
            if len(word) >= LONG_WORD and not any(word in entry or entry in word for entry in known):
                message = f"`{word}` is long and not in the glossary"
                yield Remark(
                    "plain-language", place, finding.id, message, "use a common word", Gravity.WARNING
                )
