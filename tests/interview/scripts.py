"""Scripted people: what somebody types whose answers are those of a case, and everything else no."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from triage.interview import COMPLAINTS, TickStep, openers
from triage.interview.consultation import Part, Showing, complaint_answer
from triage.interview.dialogue import Dialogue
from triage.interview.sitting import Sitting
from triage.logic import FindingType, Value
from triage.models import Finding, KnowledgeBase


def typed(kb: KnowledgeBase, part: Part, facts: Mapping[str, Value]) -> str:
    """The reply to a question of somebody with these facts; what they do not say is no, or not known."""
    if isinstance(part, TickStep):
        if part.id == COMPLAINTS:
            present = {
                entry.finding: complaint_answer(kb, entry.id, True) for entry in kb.interview.complaints
            }
            ticked = [name for name in part.findings if facts.get(name) == present[name]]
        else:
            ticked = [name for name in part.findings if facts.get(name) is True]
        return ",".join(str(part.findings.index(name) + 1) for name in ticked) or "none"
    value = facts.get(part.id)
    return _typed_alone(part, openers.ticked(kb, facts, part.id) or None if value is None else value)


def _typed_alone(finding: Finding, value: Value | None) -> str:
    choices = list(finding.choices)
    match finding.type:
        case FindingType.YES_NO:
            return "yes" if value is True else "no"
        case FindingType.ONE_OF:
            return str(choices.index(str(value)) + 1) if value is not None else "unsure"
        case FindingType.ANY_OF:
            if not isinstance(value, Mapping):
                return "unsure" if value is None else "none"
            ticked = [str(choices.index(name) + 1) for name, present in value.items() if present]
            return ",".join(ticked) or "none"
        case FindingType.NUMBER:
            return f"{value} {finding.unit or ''}".strip() if value is not None else "unsure"


@dataclass
class Person:
    """Somebody with these facts in a plain dialogue; ``lines`` is what was shown last."""

    kb: KnowledgeBase
    facts: Mapping[str, Value]
    answered_by: str = "patient"
    transcript: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.dialogue = Dialogue(Sitting(self.kb, answered_by=self.answered_by))
        self.lines = self.dialogue.opening()
        self.transcript += self.lines

    @property
    def showing(self) -> Showing:
        return self.dialogue.consultation.showing

    def say(self, text: str) -> list[str]:
        """Type something."""
        self.lines = self.dialogue.reply(text)
        self.transcript += [f"> {text}", *self.lines]
        return self.lines

    def answer(self) -> list[str]:
        """Answer the present question."""
        return self.say(typed(self.kb, self.dialogue.consultation.part, self.facts))

    def go_on_until(self, showing: Showing, *, at_most: int = 150) -> bool:
        """Answer questions until something is shown; false if the questions end before."""
        for _ in range(at_most):
            if self.showing is showing:
                return True
            if self.showing is Showing.OFFER:
                self.say("yes")
                continue
            if self.showing is not Showing.QUESTION or self.dialogue.finished:
                return False
            self.answer()
        return False
