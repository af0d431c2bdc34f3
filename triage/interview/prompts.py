"""The lines in which plain mode shows a question, its choices and the answers so far."""

from __future__ import annotations

from triage.explain import answer_text
from triage.interview import wording
from triage.interview.consultation import Consultation, Part, left_open, tick_labels, ticked, topic_of
from triage.interview.replies import letters
from triage.interview.selection import COMPLAINTS
from triage.interview.state import Answers, NotKnown
from triage.interview.steps import TickStep
from triage.logic import FindingType
from triage.models import Finding, KnowledgeBase, Level

RELIEF_SHOWN = 3


def part_lines(kb: KnowledgeBase, part: Part, heading: str) -> list[str]:
    """A question or tick list as shown, below its heading."""
    if isinstance(part, Finding):
        head = " - ".join(one for one in (heading, topic_of(kb, part.id)) if one)
        return [head, part.question, *question_lines(part)]
    ticks = numbered(tick_labels(kb, part))
    if part.id == COMPLAINTS:
        several, _ = wording.list_examples(len(ticks))
        return [heading, wording.COMPLAINTS, *ticks, wording.COMPLAINTS_HELP.format(several=several)]
    return [f"{heading} - {part.title}", *ticks, wording.ticks_help(len(ticks))]


def question_lines(finding: Finding) -> list[str]:
    """The choices of a question and how to answer it."""
    match finding.type:
        case FindingType.YES_NO:
            return [wording.YES_NO_HELP]
        case FindingType.ONE_OF:
            return [*numbered([choice.label for choice in finding.choices.values()]), wording.ONE_HELP]
        case FindingType.ANY_OF:
            labels = [choice.label for choice in finding.choices.values()]
            return [*numbered(labels), wording.ticks_help(len(labels))]
        case FindingType.NUMBER:
            if finding.picks:
                marks = letters(len(finding.picks))
                lines = [f"  {mark}  {pick.label}" for mark, pick in zip(marks, finding.picks, strict=True)]
                return [*lines, wording.PICK_HELP.format(unit=unit_text(finding))]
            return [wording.NUMBER_HELP.format(unit=unit_text(finding))]


def said_lines(kb: KnowledgeBase, part: Part, said: Answers) -> list[str]:
    """What was answered to this part before, ticks as they are typed; nothing if it was not answered."""
    if not said.given:
        return []
    if isinstance(part, Finding):
        answer = answer_told(kb, said, part.id).removeprefix(f"{part.label}: ")
    else:
        answer = _typed(part, ticked(kb, part, said), said)
    return [wording.SAID.format(answer=answer)]


def _typed(step: TickStep, ticked: frozenset[int], said: Answers) -> str:
    """Ticks as they are typed."""
    unsure = left_open(step.findings, said)
    rest_unsure = unsure and len(unsure) + len(ticked) == len(step.findings)
    marks = {index: str(index + 1) for index in ticked}
    if not rest_unsure:
        marks |= {index: f"{index + 1}?" for index in unsure}
    typed = ",".join(marks[index] for index in sorted(marks))
    return f"{typed} {wording.UNSURE}".strip() if rest_unsure else typed or wording.NO_TICKS


def unit_text(finding: Finding) -> str:
    """The unit of an amount in brackets, with its range or, for a span of time, another unit that may be typed."""
    if finding.unit in wording.TIME_UNITS and not finding.whole:
        unit, example = wording.TIME_UNITS[finding.unit]
        return wording.TIME_SPAN.format(unit=unit, example=example)
    low, high = finding.limits
    return wording.RANGE.format(unit=finding.unit or "a number", low=f"{low:g}", high=f"{high:g}")


def numbered(labels: list[str]) -> list[str]:
    """Labels as the lines of a list, counted from 1."""
    return [f"  {number}  {label}" for number, label in enumerate(labels, start=1)]


def answer_told(kb: KnowledgeBase, answers: Answers, finding: str) -> str:
    """``label: answer`` of one answer."""
    value = answers.given[finding]
    entry = kb.findings[finding]
    return f"{entry.label}: {wording.NOT_KNOWN if isinstance(value, NotKnown) else answer_text(entry, value)}"


def answers_told(kb: KnowledgeBase, answers: Answers) -> list[str]:
    """Everything said so far, in the order it was said."""
    return [answer_told(kb, answers, name) for name in answers.given]


def relief_lines(kb: KnowledgeBase, told: Consultation) -> list[str]:
    """That the level of urgency fell, from which rules, and which answer made it so; nothing if it did not."""
    if (relief := told.relief) is None:
        return []
    said = [answer_told(kb, told.answers, name) for name in relief.answers]
    if more := len(said[RELIEF_SHOWN:]):
        said[RELIEF_SHOWN:] = [wording.MORE.format(count=more)]
    words = {
        "answers": "; ".join(said),
        "level": kb.urgency.levels[relief.now].label,
        "was": kb.urgency.levels[relief.was].label,
    }
    emergency = relief.was is Level.EMERGENCY
    return [
        text.format(labels="; ".join(kb.urgency_rules[name].label for name in rules), **words)
        for text, rules in (
            (wording.NO_EMERGENCY_NOW if emergency else wording.NO_LONGER_NOW, relief.ended),
            (wording.OPEN_EMERGENCY_NOW if emergency else wording.OPEN_AGAIN_NOW, relief.reopened),
        )
        if rules
    ]
