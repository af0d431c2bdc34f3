"""A whole sitting in lines of text: what to show, and what a reply leads to. No input or output of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from triage.errors import CaseError, TriageError
from triage.interview import wording
from triage.interview.consultation import (
    Consultation,
    Part,
    Showing,
    action_of,
    danger_of,
    glossary_lines,
    help_lines,
    tick_answers,
    tick_labels,
)
from triage.interview.prompts import answer_told, answers_told, numbered, part_lines, relief_lines, said_lines
from triage.interview.replies import NO, NONE, UNSURE, YES, read_reply, read_ticks
from triage.interview.sitting import Sitting
from triage.interview.state import Answer, Answers
from triage.interview.steps import Ending, TickStep
from triage.interview.why import why_lines
from triage.logic import FindingType
from triage.models import Finding, KnowledgeBase

STOP = ("stop", "quit", "exit")
CLASHES_SHOWN = 3


@dataclass
class Dialogue:
    """A sitting as lines: those to show come from ``opening`` and ``reply``, until ``finished``."""

    sitting: Sitting
    finished: bool = False
    ending: str = ""
    """why it ended"""
    _editing: str = ""
    """the finding whose answer is being changed"""
    _seconds: tuple[str, ...] | None = None
    """the complaints of which a second one is being offered; empty once that is settled"""

    @property
    def kb(self) -> KnowledgeBase:
        """The knowledge base."""
        return self.sitting.kb

    @property
    def consultation(self) -> Consultation:
        """The case being asked."""
        return self.sitting.consultation

    def opening(self) -> list[str]:
        """The first question."""
        return self._show()

    def reply(self, text: str) -> list[str]:
        """What to show after the person typed ``text``."""
        words = text.strip().lower().split()
        word = " ".join(words)
        if words and words[0] == "save":
            return [self._save(text.strip()[4:].strip()), *self._again()]
        if self.consultation.dispute is not None:
            return self._after_dispute(word)
        if self._seconds:
            return self._after_second(word)
        match self.consultation.showing:
            case Showing.EMERGENCY:
                return self._after_warning(word)
            case Showing.OFFER:
                return self._after_offer(word)
            case _:
                return self._command(words) or self._answer(text)

    def close(self) -> list[str]:
        """The end when there is no more input."""
        return [] if self.finished else self._end("input_ended")

    def _command(self, words: list[str]) -> list[str]:
        """What a command shows; nothing if it is none."""
        match words:
            case [word] if word in STOP:
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
                return []

    def _end(self, ending: str) -> list[str]:
        self.finished, self.ending = True, ending
        self.consultation.stop(ending)
        return ["", wording.ENDINGS[ending]]

    def _show(self) -> list[str]:
        """What is to be shown now, the end included."""
        self._editing = ""
        told = self.consultation
        match told.showing:
            case Showing.EMERGENCY:
                return self._warning()
            case Showing.QUESTION:
                return self._prompt()
            case Showing.OFFER:
                return [*self._relief(), "", wording.ENDINGS[told.ending], wording.VISIT_OFFER]
            case Showing.END:
                if self._seconds is None and told.ending != Ending.OUTSIDE:
                    self._seconds = self.sitting.seconds()
                if self._seconds:
                    return [*self._relief(), "", wording.ENDINGS[told.ending], *self._second_offer()]
                return [*self._relief(), *self._end(told.ending)]

    def _again(self) -> list[str]:
        """The present question once more."""
        if self.consultation.dispute is not None:
            return [wording.AGAIN_OR_KEEP]
        if self._seconds:
            return self._second_offer()
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
        said = said_lines(self.kb, part, self.consultation.said(part))
        return [*self._relief(), "", *self._remember(), *part_lines(self.kb, part, self._heading()), *said]

    def _heading(self) -> str:
        if self._editing:
            return wording.CHANGING
        number = wording.NUMBER.format(number=self.consultation.number)
        return f"{number} ({wording.CONTINUED})" if self.consultation.within_page else number

    def _remember(self) -> list[str]:
        """The notice that stays while an emergency holds."""
        rules = [self.kb.urgency_rules[name] for name in self.consultation.emergencies]
        return [
            wording.EMERGENCY_STAYS.format(label=rule.label, action=action_of(self.kb, rule.id))
            for rule in rules[:1]
        ]

    def _relief(self) -> list[str]:
        """That the last answer made the level of urgency fall."""
        lines = relief_lines(self.kb, self.consultation)
        return ["", *lines] if lines else []

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
        return [*self._taken(part, page), *self._next()]

    def _taken(self, part: Part, page: Mapping[str, Answer]) -> list[str]:
        """An amount as it was understood, as a number may be meant for that of a line; never before an emergency."""
        if not isinstance(part, Finding) or part.type is not FindingType.NUMBER:
            return []
        if self.consultation.dispute or self.consultation.showing is Showing.EMERGENCY:
            return []
        told = answer_told(self.kb, Answers(page), part.id).removeprefix(f"{part.label}: ")
        return [wording.TAKEN_AS.format(answer=told)]

    def _next(self) -> list[str]:
        return self._disputed() if self.consultation.dispute is not None else self._show()

    def _disputed(self) -> list[str]:
        """Both answers that contradict each other, and what can be done; none of them is blamed."""
        dispute = self.consultation.dispute
        assert dispute is not None
        lines = [f"  - {conflict.text}" for conflict in dispute.conflicts[:CLASHES_SHOWN]]
        if more := len(dispute.conflicts) - CLASHES_SHOWN:
            lines += [f"  - {wording.MORE.format(count=more)}"] if more > 0 else []
        told = ["", wording.CONTRADICTION, *lines]
        if not dispute.earlier:
            self.consultation.retract()
            return [*told, wording.SAME_PAGE, *self._again()]
        answers = self.consultation.answers
        earlier = [answer_told(self.kb, answers, name) for name in dispute.earlier]
        shown = "; ".join(earlier[:CLASHES_SHOWN])
        if len(earlier) > CLASHES_SHOWN:
            shown += f"; {wording.MORE.format(count=len(earlier) - CLASHES_SHOWN)}"
        return [*told, wording.ASK_AGAIN, wording.KEEP.format(earlier=shown)]

    def _after_dispute(self, word: str) -> list[str]:
        match word:
            case "keep":
                self.consultation.insist()
                return self._show()
            case "again" | "back":
                self.consultation.retract()
                return self._again()
            case _ if word in STOP:
                self.consultation.retract()
                return self._end("stopped")
            case _:
                return [wording.AGAIN_OR_KEEP]

    def _back(self) -> list[str]:
        if self._editing:
            return self._show()
        if not self.consultation.back():
            return [wording.BACK_AT_START, *self._again()]
        return self._show()

    def _change(self, words: list[str]) -> list[str]:
        names = list(self.consultation.so_told.given)
        number = int(words[0]) if len(words) == 1 and words[0].isdecimal() else 0
        if not 1 <= number <= len(names):
            what = (
                wording.CHANGE_NONE.format(typed=" ".join(words), count=len(names)) if words and names else ""
            )
            return [what or wording.CHANGE_WHICH, *self._overview(), *self._again()]
        self._editing = names[number - 1]
        return self._prompt()

    def _save(self, path: str) -> str:
        if not path:
            return wording.SAVE_WHERE
        try:
            return self.sitting.on_save(path)
        except TriageError as error:
            return str(error)

    def _warning(self) -> list[str]:
        """The actions of the emergency rules that hold and were not shown yet; nothing else comes before them."""
        lines = ["", f"*** {wording.EMERGENCY} ***"]
        for name in self.consultation.new_emergencies:
            lines += [danger_of(self.kb, name), action_of(self.kb, name)]
        number = self.kb.urgency.emergency_number
        return [*lines, *([number] if number else []), "", wording.EMERGENCY_CHOICES]

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
        if word in (*NO, "skip"):
            self.consultation.before_visit(wanted=False)
            return self._show()
        if word in STOP:
            return self._end("stopped")
        return self._back() if word == "back" else [wording.YES_OR_NO]

    def _second_offer(self) -> list[str]:
        labels = {one.id: one.label for one in self.kb.interview.complaints}
        listed = numbered([labels[name] for name in self._seconds or ()])
        return [wording.SECOND_OFFER, *listed, wording.SECOND_HELP]

    def _after_second(self, word: str) -> list[str]:
        offered = self._seconds or ()
        if word in (*NONE, *NO, *UNSURE, *STOP):
            return self._end("completed")
        if word == "back":
            self._seconds = None
            return self._back()
        if not (word.isdecimal() and 1 <= int(word) <= len(offered)):
            return [wording.SECOND_ASK.format(count=len(offered))]
        complaint = offered[int(word) - 1]
        self._seconds = None
        self.sitting.add_second(complaint)
        label = next(one.label for one in self.kb.interview.complaints if one.id == complaint)
        return ["", wording.SECOND.format(complaint=label), *self._show()]

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
        lines = numbered(answers_told(self.kb, self.consultation.so_told))
        return [*lines, wording.CHANGE_HELP] if lines else [wording.NO_ANSWERS]
