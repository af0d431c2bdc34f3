"""A whole consultation in lines of text: what to show, and what a reply leads to. No input or output of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from triage.errors import CaseError, TriageError
from triage.explain import answer_text
from triage.interview import wording
from triage.interview.consultation import (
    Consultation,
    Dispute,
    Part,
    Showing,
    glossary_lines,
    help_lines,
    tick_answers,
    tick_labels,
    topic_of,
)
from triage.interview.replies import NO, YES, read_reply, read_ticks
from triage.interview.selection import COMPLAINTS
from triage.interview.state import Answer, Answers, NotKnown
from triage.interview.steps import TickStep
from triage.interview.why import why_lines
from triage.logic import FindingType
from triage.models import Finding, KnowledgeBase

STOP = ("stop", "quit", "exit")


@dataclass
class Dialogue:
    """One consultation; ``lines`` to show come from ``opening`` and ``reply``, until ``finished``.

    ``answered_by`` decides whether examination and tests are asked. ``on_answers`` is called after every answer;
    ``on_save`` keeps the answers in a file from now on and returns what to say.
    """

    kb: KnowledgeBase
    given: Answers = field(default_factory=Answers)
    answered_by: str = "patient"
    on_answers: Callable[[Answers], None] = lambda answers: None
    on_save: Callable[[str], str] = lambda path: wording.CANNOT_SAVE
    _editing: str = ""

    def __post_init__(self) -> None:
        self.consultation = Consultation(self.kb, self.given, self.answered_by, self.on_answers)

    @property
    def answers(self) -> Answers:
        """The answers so far."""
        return self.consultation.answers

    @property
    def finished(self) -> bool:
        """Whether nothing more is shown or asked."""
        return bool(self.consultation.ended)

    @property
    def ending(self) -> str:
        """Why it ended."""
        return self.consultation.ended

    def opening(self) -> list[str]:
        """The first question."""
        return self._show()

    def reply(self, text: str) -> list[str]:
        """What to show after the person typed ``text``."""
        words = text.strip().lower().split()
        if words and words[0] == "save":
            return [self._save(text.strip()[4:].strip()), *self._again()]
        showing = self.consultation.showing
        if showing is Showing.EMERGENCY:
            return self._after_warning(" ".join(words))
        if showing is Showing.OFFER:
            return self._after_offer(" ".join(words))
        match words:
            case ["stop" | "quit" | "exit"]:
                return self._end("stopped")
            case ["back"]:
                return self._back()
            case ["?" | "help"]:
                return [*self._help(), *self._again()]
            case ["why"]:
                return [*self._why(), *self._again()]
            case ["answers"]:
                return [*self._overview(), *self._again()]
            case ["change", *rest]:
                return self._change(rest)
            case _:
                return self._answer(text)

    def close(self) -> list[str]:
        """The end when there is no more input."""
        return [] if self.finished else self._end("input_ended")

    def _end(self, ending: str) -> list[str]:
        self.consultation.stop(ending)
        return ["", wording.ENDINGS[ending]]

    def _show(self) -> list[str]:
        """What is to be shown now, the end included."""
        self._editing = ""
        match self.consultation.showing:
            case Showing.EMERGENCY:
                return self._warning()
            case Showing.QUESTION:
                return self._prompt()
            case Showing.OFFER:
                return ["", wording.ENDINGS[self.consultation.ending], wording.VISIT_OFFER]
            case Showing.END:
                return self._end(self.consultation.ending)

    def _again(self) -> list[str]:
        """The present question once more."""
        match self.consultation.showing:
            case Showing.EMERGENCY:
                return [wording.EMERGENCY_CHOICES]
            case Showing.OFFER:
                return [wording.VISIT_OFFER]
            case _:
                return self._prompt()

    def _part(self) -> Part:
        return self.kb.findings[self._editing] if self._editing else self.consultation.part

    def _prompt(self) -> list[str]:
        part = self._part()
        if isinstance(part, Finding):
            head = " - ".join(one for one in (self._heading(), topic_of(self.kb, part.id)) if one)
            return ["", *self._remember(), head, part.question, *question_lines(part)]
        ticks = [f"  {index}  {label}" for index, label in enumerate(tick_labels(self.kb, part), start=1)]
        if part.id == COMPLAINTS:
            return ["", self._heading(), wording.COMPLAINTS, *ticks, wording.COMPLAINTS_HELP]
        return ["", *self._remember(), f"{self._heading()} - {part.title}", *ticks, wording.TICKS_HELP]

    def _heading(self) -> str:
        if self._editing:
            return wording.CHANGING
        return f"Question {len(self.answers.steps) + 1}"

    def _remember(self) -> list[str]:
        """The notice that stays while an emergency holds."""
        rules = [self.kb.urgency_rules[name] for name in self.consultation.emergencies]
        return [
            wording.EMERGENCY_STAYS.format(
                label=rule.label, action=self.kb.urgency.suicide.get(rule.id) or rule.action
            )
            for rule in rules[:1]
        ]

    def _answer(self, text: str) -> list[str]:
        part = self._part()
        page: dict[str, Answer]
        try:
            if isinstance(part, Finding):
                page = {part.id: read_reply(self.kb, part, text)}
            else:
                page = tick_answers(self.kb, part, read_ticks(part.findings, text))
        except CaseError as error:
            return [error.message]
        if self._editing:
            self.consultation.change(page)
        else:
            self.consultation.give(page)
        dispute = self.consultation.dispute
        return self._disputed(dispute) if dispute is not None else self._show()

    def _disputed(self, dispute: Dispute) -> list[str]:
        self.consultation.retract()
        lines = [f"  {conflict.error().message}" for conflict in dispute.conflicts]
        return ["", wording.CONTRADICTION, *lines, wording.ASK_AGAIN, *self._again()]

    def _back(self) -> list[str]:
        if self._editing:
            return self._show()
        if not self.consultation.back():
            return [wording.BACK_AT_START, *self._again()]
        return self._show()

    def _change(self, words: list[str]) -> list[str]:
        names = list(self.answers.given)
        number = int(words[0]) if len(words) == 1 and words[0].isdecimal() else 0
        if not 1 <= number <= len(names):
            return [wording.CHANGE_WHICH, *self._overview(), *self._again()]
        self._editing = names[number - 1]
        return self._prompt()

    def _save(self, path: str) -> str:
        if not path:
            return wording.SAVE_WHERE
        try:
            return self.on_save(path)
        except TriageError as error:
            return str(error)

    def _warning(self) -> list[str]:
        """The actions of the emergency rules that hold and were not shown yet; nothing else comes before them."""
        lines = ["", f"*** {wording.EMERGENCY} ***"]
        for name in self.consultation.new_emergencies:
            rule = self.kb.urgency_rules[name]
            lines += [rule.label, self.kb.urgency.suicide.get(name) or rule.action]
        number = self.kb.urgency.emergency_number
        return [*lines, *([number] if number else []), wording.EMERGENCY_CHOICES]

    def _after_warning(self, word: str) -> list[str]:
        if word in ("1", *STOP):
            return self._end("stopped")
        if word in ("2", "go on", "go on anyway"):
            self.consultation.go_on_anyway()
            return self._show()
        if word == "back":
            return self._back()
        return [wording.EMERGENCY_ASK]

    def _after_offer(self, word: str) -> list[str]:
        if word in YES:
            self.consultation.before_visit(wanted=True)
            return self._show()
        if word in (*NO, "skip", *STOP):
            self.consultation.before_visit(wanted=False)
            return self._end("skipped")
        return self._back() if word == "back" else [wording.YES_OR_NO]

    def _help(self) -> list[str]:
        part = self._part()
        lines = help_lines(self.kb, part)
        if isinstance(part, TickStep):
            words = " ".join(tick_labels(self.kb, part))
            lines = [*(f"  {line}" for line in lines), *glossary_lines(self.kb, words)]
        return [*(lines or [wording.NO_HELP]), wording.COMMANDS]

    def _why(self) -> list[str]:
        part = self._part()
        names = part.findings if isinstance(part, TickStep) else (part.id,)
        return why_lines(self.kb, self.consultation.world, names)

    def _overview(self) -> list[str]:
        lines = [
            f"  {number}  {name}: {value}"
            for number, (name, value) in enumerate(answers_told(self.kb, self.answers), start=1)
        ]
        return [*lines, wording.CHANGE_HELP] if lines else [wording.NO_ANSWERS]


def answers_told(kb: KnowledgeBase, answers: Answers) -> list[tuple[str, str]]:
    """Label and answer of everything said so far, in the order it was said."""
    return [
        (
            kb.findings[name].label,
            wording.NOT_KNOWN if isinstance(value, NotKnown) else answer_text(kb.findings[name], value),
        )
        for name, value in answers.given.items()
    ]


def question_lines(finding: Finding) -> list[str]:
    """The choices of a question and how to answer it."""
    match finding.type:
        case FindingType.YES_NO:
            return [wording.YES_NO_HELP]
        case FindingType.ONE_OF | FindingType.ANY_OF:
            lines = [
                f"  {index}  {choice.label}" for index, choice in enumerate(finding.choices.values(), start=1)
            ]
            several = finding.type is FindingType.ANY_OF
            return [*lines, wording.TICKS_HELP if several else wording.ONE_HELP]
        case FindingType.NUMBER:
            if finding.picks:
                lines = [f"  {index}  {pick.label}" for index, pick in enumerate(finding.picks, start=1)]
                return [*lines, wording.PICK_HELP]
            return [wording.NUMBER_HELP.format(unit=unit_text(finding))]


def unit_text(finding: Finding) -> str:
    """The unit and range of an amount, in brackets."""
    low, high = finding.limits
    return wording.AGE_LIKE.format(unit=finding.unit or "a number", low=f"{low:g}", high=f"{high:g}")
