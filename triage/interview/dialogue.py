"""A whole consultation in lines of text: what to show, and what a reply leads to. No input or output of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from triage.assessment import decide, world_of
from triage.cases import Conflict, conflicts
from triage.errors import CaseError
from triage.explain import answer_text
from triage.interview import wording
from triage.interview.replies import NO, YES, read_reply, read_ticks
from triage.interview.selection import COMPLAINTS, next_step, visit_step
from triage.interview.state import Answer, Answers, NotKnown
from triage.interview.steps import Ending, Finished, Question, Step, TickStep
from triage.interview.why import emergencies, why_asked
from triage.logic import FindingType, Truth, World, evaluate
from triage.models import Finding, KnowledgeBase, RuleKind

WHY_SHOWN = 4


@dataclass
class Dialogue:
    """One consultation; ``lines`` to show come from ``opening`` and ``reply``, until ``finished``.

    ``answered_by`` decides whether examination and tests are asked. ``on_answers`` is called after every answer.
    """

    kb: KnowledgeBase
    answers: Answers = field(default_factory=Answers)
    answered_by: str = "patient"
    on_answers: Callable[[Answers], None] = lambda answers: None
    finished: bool = False
    ending: str = ""
    _step: Step | None = None
    _page: dict[str, Answer] = field(default_factory=dict)
    _alone: list[str] = field(default_factory=list)
    _told: set[str] = field(default_factory=set)
    _warned: bool = False
    _offered: bool = False
    """the lists before a visit were offered and the answer is awaited"""
    _visit: bool = False

    def opening(self) -> list[str]:
        """The first question."""
        return self._advance()

    def reply(self, text: str) -> list[str]:
        """What to show after the person typed ``text``."""
        word = text.strip().lower()
        if self._warned:
            return self._after_warning(word)
        if self._offered:
            return self._after_offer(word)
        match word:
            case "stop" | "quit" | "exit":
                return self._end("stopped")
            case "back":
                return self._back()
            case "?" | "help":
                return [*self._help(), *self._prompt()]
            case "why":
                return [*self._why(), *self._prompt()]
            case "answers":
                return [*self._overview(), *self._prompt()]
            case _:
                return self._answer(text)

    def close(self) -> list[str]:
        """The end when there is no more input."""
        return [] if self.finished else self._end("input_ended")

    @property
    def world(self) -> World:
        """The case as answered so far."""
        facts = self.answers.facts
        return world_of(self.kb, facts, decide(self.kb, facts, RuleKind.ADULT))

    def _end(self, ending: str) -> list[str]:
        self.finished, self.ending = True, ending
        return ["", wording.ENDINGS[ending]]

    def _advance(self) -> list[str]:
        warning = self._emergency()
        if warning:
            return warning
        self._step = next_step(self.kb, self.answers, self.answered_by)
        self._page, self._alone = {}, []
        if isinstance(self._step, Finished):
            if self._visit or (self._step.ending is not Ending.OUTSIDE and not self.ending):
                return self._before_visit(self._step)
            return self._end(self._step.ending.value)
        if isinstance(self._step, Question):
            self._alone = [self._step.finding]
        elif not self._step.findings:
            self._alone = list(self._step.also)
        return self._prompt()

    def _before_visit(self, step: Finished) -> list[str]:
        """The offer of the lists that decide caveats, the next of them once accepted, or the end."""
        following = visit_step(self.kb, self.answers)
        if following is None:
            return self._end(step.ending.value)
        if not self._visit:
            self._offered = True
            return ["", wording.ENDINGS[step.ending.value], wording.VISIT_OFFER]
        self._step = following
        return self._prompt()

    def _after_offer(self, word: str) -> list[str]:
        if word in YES:
            self._offered, self._visit = False, True
            return self._advance()
        if word in (*NO, "stop", "skip", "quit", "exit"):
            return self._end("skipped")
        return [wording.YES_OR_NO]

    def _current(self) -> Finding | None:
        """The single finding being asked; None while a tick list is shown."""
        return self.kb.findings[self._alone[0]] if self._alone else None

    def _prompt(self) -> list[str]:
        finding = self._current()
        number = len(self.answers.steps) + 1
        if finding is None:
            assert isinstance(self._step, TickStep)
            return ["", *self._tick_prompt(self._step, number)]
        topic = next((topic.title for topic in self.kb.interview.topics if finding.id in topic.findings), "")
        head = f"Question {number}" + (f" - {topic}" if topic else "")
        return ["", head, finding.question, *question_lines(finding)]

    def _tick_prompt(self, step: TickStep, number: int) -> list[str]:
        if step.id == COMPLAINTS:
            labels = [entry.label for entry in self.kb.interview.complaints]
            lines = [f"  {index}  {label}" for index, label in enumerate(labels, start=1)]
            return [f"Question {number}", wording.COMPLAINTS, *lines, wording.COMPLAINTS_HELP]
        lines = [
            f"  {index}  {self.kb.findings[name].question}"
            for index, name in enumerate(step.findings, start=1)
        ]
        return [f"Question {number} - {step.title}", *lines, wording.TICKS_HELP]

    def _answer(self, text: str) -> list[str]:
        finding = self._current()
        try:
            if finding is None:
                assert isinstance(self._step, TickStep)
                self._page |= self._ticked(self._step, text)
                self._alone = list(self._step.also)
            else:
                self._page[finding.id] = read_reply(self.kb, finding, text)
                self._alone = self._alone[1:]
        except CaseError as error:
            return [error.message]
        if self._alone:
            return self._prompt()
        return self._take(self.answers.add(self._page))

    def _ticked(self, step: TickStep, text: str) -> dict[str, Answer]:
        ticks = read_ticks(step.findings, text)
        if step.id != COMPLAINTS:
            return ticks
        return {
            entry.finding: complaint_answer(self.kb, entry.id, ticks[entry.finding])
            for entry in self.kb.interview.complaints
        }

    def _take(self, answers: Answers) -> list[str]:
        found = conflicts(self.kb, answers.facts)
        if found:
            self._page = {}
            self._alone = [self._step.finding] if isinstance(self._step, Question) else []
            if isinstance(self._step, TickStep) and not self._step.findings:
                self._alone = list(self._step.also)
            return [
                "",
                wording.CONTRADICTION,
                *self._conflict_lines(found),
                wording.ASK_AGAIN,
                *self._prompt(),
            ]
        self.answers = answers
        self.on_answers(answers)
        return self._advance()

    def _conflict_lines(self, found: list[Conflict]) -> list[str]:
        return [f"  {conflict.error().message}" for conflict in found]

    def _back(self) -> list[str]:
        if not self.answers.steps:
            return [wording.BACK_AT_START, *self._prompt()]
        self.answers = self.answers.back()
        self.on_answers(self.answers)
        return self._advance()

    def _emergency(self) -> list[str]:
        """The action of an emergency rule that holds and was not shown yet; nothing else comes before it."""
        held = [name for name in emergencies(self.kb, self.world) if name not in self._told]
        if not held:
            return []
        self._told |= set(held)
        self._warned = True
        lines = ["", f"*** {wording.EMERGENCY} ***"]
        for name in held:
            rule = self.kb.urgency_rules[name]
            special = self.kb.urgency.suicide.get(name)
            lines += [rule.label, special or rule.action]
        number = self.kb.urgency.emergency_number
        return [*lines, *([number] if number else []), wording.EMERGENCY_CHOICES]

    def _after_warning(self, word: str) -> list[str]:
        if word in ("1", "stop", "quit", "exit"):
            return self._end("stopped")
        if word in ("2", "go on", "go on anyway"):
            self._warned = False
            return self._advance()
        return [wording.EMERGENCY_ASK]

    def _help(self) -> list[str]:
        finding = self._current()
        if finding is not None:
            notes = [finding.help] if finding.help else []
            notes += [f"{choice.label}: {choice.help}" for choice in finding.choices.values() if choice.help]
            return [*(notes or [wording.NO_HELP]), *self._glossary(finding.question), wording.COMMANDS]
        assert isinstance(self._step, TickStep)
        lines = []
        for index, name in enumerate(self._step.findings, start=1):
            text = self.kb.findings[name].help
            if text:
                lines.append(f"  {index}  {text}")
        return [*(lines or [wording.NO_HELP]), wording.COMMANDS]

    def _glossary(self, text: str) -> list[str]:
        words = text.lower()
        return [
            f"{name}: {entry.meaning}"
            for name, entry in self.kb.glossary.items()
            if any(f" {form.lower()}" in f" {words}" for form in (name, *entry.also))
        ]

    def _why(self) -> list[str]:
        finding = self._current()
        names = [finding.id] if finding is not None else list(getattr(self._step, "findings", ()))
        dangers: dict[str, None] = {}
        disorders: dict[str, None] = {}
        nerve = False
        world = self.world
        for name in names:
            reason = why_asked(self.kb, world, name)
            dangers |= {self.kb.urgency_rules[rule].label: None for rule in reason.urgency_rules}
            disorders |= {self.kb.disorders[rule.split(".")[0]].name: None for rule in reason.criteria}
            nerve = nerve or bool(reason.patterns)
        lines = []
        if dangers:
            lines += [wording.WHY_DANGER, *(f"  - {text}" for text in list(dangers)[:WHY_SHOWN])]
        if disorders:
            lines += [wording.WHY_DISORDER, *(f"  - {text}" for text in list(disorders)[:WHY_SHOWN])]
        if nerve:
            lines.append(wording.WHY_NERVE)
        return lines or [wording.WHY_NOTHING]

    def _overview(self) -> list[str]:
        if not self.answers.given:
            return [wording.NO_ANSWERS]
        return [
            f"  {self.kb.findings[name].label}: "
            + ("not known" if isinstance(value, NotKnown) else answer_text(self.kb.findings[name], value))
            for name, value in self.answers.given.items()
        ]


def complaint_answer(kb: KnowledgeBase, complaint: str, ticked: Answer) -> Answer:
    """A tick on the complaint list as an answer to the complaint's finding: one that makes it present, or absent."""
    if isinstance(ticked, NotKnown):
        return ticked
    finding = next(entry.finding for entry in kb.interview.complaints if entry.id == complaint)
    wanted = Truth.TRUE if ticked else Truth.FALSE
    options: tuple[bool | str, ...] = tuple(kb.findings[finding].choices) or (True, False)
    return next(
        one for one in options if evaluate(kb.exprs[f"complaint.{complaint}"], {finding: one}) is wanted
    )


def question_lines(finding: Finding) -> list[str]:
    """The choices of a question and how to answer it."""
    match finding.type:
        case FindingType.YES_NO:
            return [wording.YES_NO_HELP]
        case FindingType.ONE_OF:
            lines = [
                f"  {index}  {choice.label}" for index, choice in enumerate(finding.choices.values(), start=1)
            ]
            return [*lines, wording.ONE_HELP]
        case FindingType.ANY_OF:
            lines = [
                f"  {index}  {choice.label}" for index, choice in enumerate(finding.choices.values(), start=1)
            ]
            return [*lines, wording.TICKS_HELP]
        case FindingType.NUMBER:
            if finding.picks:
                lines = [f"  {index}  {pick.label}" for index, pick in enumerate(finding.picks, start=1)]
                return [*lines, wording.PICK_HELP]
            low, high = finding.limits
            unit = wording.AGE_LIKE.format(unit=finding.unit or "a number", low=f"{low:g}", high=f"{high:g}")
            return [wording.NUMBER_HELP.format(unit=unit)]
