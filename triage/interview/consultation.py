"""One consultation as it stands: what to show follows from the answers kept, whatever draws it.

A changed or withdrawn answer never patches anything; the next question, the emergencies and the end are found anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from triage.cases import Conflict, conflicts
from triage.interview.memory import Memory
from triage.interview.openers import openings
from triage.interview.overview import SoFar, so_far
from triage.interview.relevance import Outlook, askable_findings
from triage.interview.relief import Relief, pressing, relief_of
from triage.interview.selection import COMPLAINTS, applicable, complaints_of, next_step, visit_step
from triage.interview.state import Answer, Answers, NotKnown
from triage.interview.steps import Ending, Finished, Question, Step, TickStep
from triage.interview.why import emergencies
from triage.logic import Truth, World, evaluate
from triage.models import Finding, KnowledgeBase

Part = TickStep | Finding


class Showing(StrEnum):
    """What is to be shown now."""

    EMERGENCY = "emergency"
    QUESTION = "question"
    OFFER = "offer"
    END = "end"


@dataclass(frozen=True)
class Dispute:
    """Answers just given that contradict answers kept."""

    given: Mapping[str, Answer]
    conflicts: tuple[Conflict, ...]
    edited: bool = False
    """an earlier answer was being changed"""

    @property
    def earlier(self) -> tuple[str, ...]:
        """The findings answered before that do not go together with these."""
        names = dict.fromkeys(name for one in self.conflicts for name in one.findings)
        return tuple(name for name in names if name not in self.given)


@dataclass
class Consultation:
    """Questions, answers and interruptions of one case, until it is ``ended``.

    ``answered_by`` decides whether examination and tests are asked. ``on_answers`` is called after every change.
    """

    kb: KnowledgeBase
    answers: Answers = field(default_factory=Answers)
    answered_by: str = "patient"
    on_answers: Callable[[Answers], None] = lambda answers: None
    ended: str = ""
    """why it ended; empty while it goes on"""
    dispute: Dispute | None = None
    _visit: bool | None = None
    """whether the lists before a visit were wanted; None before that was said"""
    acknowledged: frozenset[str] = frozenset()
    """the emergency rules whose action was shown"""
    relief: Relief | None = None
    """what the last answer took back of what had to be seen to soon; gone with the next answer"""
    _pressing: tuple[str, ...] = ()
    """the urgency rules of the highest level after the last answer, if it is above an ordinary appointment"""
    _page: tuple[dict[str, Answer], ...] = ()
    """the parts of the present step already answered"""
    _withdrawn: dict[str, Answer] = field(default_factory=dict)
    """answers taken back by going back"""
    _memory: Memory = field(init=False)
    _found: tuple[Answers, bool | None, Step] | None = None
    """the step last found, with the answers and the wish that it was found for"""

    def __post_init__(self) -> None:
        self._memory = Memory(self.kb)
        self._pressing = pressing(self.kb, self.world)

    @property
    def showing(self) -> Showing:
        """What is to be shown now; an emergency comes before anything else."""
        if self.ended:
            return Showing.END
        if self.new_emergencies:
            return Showing.EMERGENCY
        if not isinstance(self.step, Finished):
            return Showing.QUESTION
        return Showing.OFFER if self._visit is None and self._offers else Showing.END

    @property
    def ending(self) -> str:
        """Why there is nothing more to ask; empty while there is."""
        step = self.step
        return self.ended or (step.ending.value if isinstance(step, Finished) else "")

    @property
    def world(self) -> World:
        """The case as answered so far."""
        return self._world(self.answers)

    @property
    def step(self) -> Step:
        """What is asked now."""
        if self._found is None or self._found[0] is not self.answers or self._found[1] is not self._visit:
            self._found = (self.answers, self._visit, self._find_step())
        return self._found[2]

    def _find_step(self) -> Step:
        step = next_step(self.kb, self.answers, self.answered_by, self._memory)
        if isinstance(step, Finished) and self._visit and step.ending is not Ending.OUTSIDE:
            return visit_step(self.kb, self.answers) or step
        return step

    @property
    def _offers(self) -> bool:
        step = self.step
        outside = isinstance(step, Finished) and step.ending is Ending.OUTSIDE
        return not outside and visit_step(self.kb, self.answers) is not None

    def _world(self, answers: Answers) -> World:
        return self._memory.at(answers.facts)

    @property
    def emergencies(self) -> tuple[str, ...]:
        """The emergency rules that hold now."""
        return emergencies(self.kb, self.world)

    @property
    def new_emergencies(self) -> tuple[str, ...]:
        """Those whose action was not shown yet."""
        return tuple(name for name in self.emergencies if name not in self.acknowledged)

    def go_on_anyway(self) -> None:
        """The actions of the emergencies that hold were shown; one that ends and comes back is shown again."""
        self.acknowledged = frozenset(self.emergencies)

    @property
    def number(self) -> int:
        """Which question this is, counted from 1."""
        return len(self.answers.steps) + 1

    @property
    def within_page(self) -> bool:
        """Whether a part of the present page is answered already."""
        return bool(self._page)

    @property
    def part(self) -> Part:
        """The tick list or the finding asked now; a step of several parts is judged after its last one."""
        return self._parts()[len(self._page)]

    def _parts(self) -> list[Part]:
        match self.step:
            case Question(name):
                return [self.kb.findings[name]]
            case TickStep() as step:
                first = self._list(step)
                if step.also and len(self._page) >= len(first):
                    told = self.answers.add(self._told()) if self._page else self.answers
                    world = self._world(told)
                    rest = [
                        name for name in step.also if name in told.given or applicable(self.kb, world, name)
                    ]
                    return [*first, *(self.kb.findings[name] for name in rest)]
                return [*first, *(self.kb.findings[name] for name in step.also)]
            case _:
                return []

    def _list(self, step: TickStep) -> list[Part]:
        """The tick list of a step; a single sign is asked as a question of its own."""
        if len(step.findings) == 1 and step.id != COMPLAINTS:
            return [self.kb.findings[step.findings[0]]]
        return [step] if step.findings else []

    def _told(self) -> dict[str, Answer]:
        return {name: value for part in self._page for name, value in part.items()}

    @property
    def so_told(self) -> Answers:
        """All answers, those of a page that is not finished included."""
        return self.answers.add(self._told()) if self._page else self.answers

    def said(self, part: Part) -> Answers:
        """What was answered to a part before: kept until now, or taken back by going back."""
        known = {**self._withdrawn, **self.so_told.given}
        names = part.findings if isinstance(part, TickStep) else (part.id,)
        return Answers({name: known[name] for name in names if name in known})

    def give(self, answers: Mapping[str, Answer]) -> None:
        """Take the answers to the present part; ``dispute`` is set where they contradict earlier ones."""
        self.relief = None
        self._page = (*self._page, dict(answers))
        if len(self._page) < len(self._parts()):
            # What is typed is kept at once, although it is judged at the end of the page only.
            self.on_answers(self.so_told)
            return
        page, self._page = self._told(), ()
        self._take(page, edited=False)

    def change(self, answers: Mapping[str, Answer]) -> None:
        """Replace earlier answers; ``dispute`` is set where they contradict others."""
        self.answers, self._page = self.so_told, ()
        self._take(dict(answers), edited=True)

    def _take(self, page: Mapping[str, Answer], *, edited: bool) -> None:
        candidate = self.answers.change(page) if edited else self.answers.add(page)
        found = conflicts(self.kb, candidate.facts)
        self.dispute = Dispute(page, tuple(found), edited) if found else None
        if not found:
            before = self._pressing
            self._keep(candidate)
            self.relief = relief_of(self._memory, candidate, page, before)

    def _keep(self, answers: Answers) -> None:
        self.answers, self.ended = answers, ""
        # An emergency that no longer holds must be shown again should it come back.
        self.acknowledged &= frozenset(self.emergencies)
        self._pressing = pressing(self.kb, self.world)
        self.on_answers(answers)

    def retract(self) -> None:
        """Settle a dispute by asking the present question again."""
        if self.dispute is not None:
            self._withdrawn.update(self.dispute.given)
        self.dispute, self._page = None, ()

    def insist(self) -> None:
        """Settle a dispute by keeping the new answers; the earlier ones are asked again where they matter."""
        while self.dispute is not None and self.dispute.earlier:
            told = self.dispute
            self.answers = self.answers.without(told.earlier)
            self._take(told.given, edited=told.edited)
        self.dispute = None

    def back(self) -> bool:
        """Undo the last part or step; False at the beginning."""
        self.dispute = self.relief = None
        self._withdrawn.update(self.so_told.given)
        if self._page and not self.ended:
            self._page = self._page[:-1]
            return True
        if not self.answers.steps:
            return False
        self._page = ()
        if self._visit is False:
            # Who goes back after leaving the lists out is offered them again.
            self._visit = None
        self._keep(self.answers.back())
        return True

    def before_visit(self, *, wanted: bool) -> None:
        """Whether the lists that decide caveats are gone through."""
        self._visit = wanted
        if not wanted:
            self.ended = "skipped"

    def stop(self, why: str = "stopped") -> None:
        """End now; what is typed of the present page counts."""
        if self._page:
            candidate, self._page = self.so_told, ()
            if not conflicts(self.kb, candidate.facts):
                self._keep(candidate)
        self.ended = why

    @property
    def present(self) -> tuple[str, ...]:
        """The ids of the complaints that are present."""
        truths = self.world.truths
        return tuple(
            one.id for one in self.kb.interview.complaints if truths[f"complaint.{one.id}"] is Truth.TRUE
        )

    def so_far(self) -> SoFar:
        """What follows from the answers so far, in few words."""
        return so_far(self._memory, self.answers.facts)

    def contenders(self) -> int:
        """How many disorders could still lead."""
        world = self.world
        said = openings(self.kb, world, self.answers.given)
        unasked = askable_findings(self.kb, self.answered_by, self.answers.given, said)
        outlook = Outlook(self._memory, world, unasked, self.answers.effort, said)
        return len(outlook.contenders(complaints_of(self.kb, world)))


def danger_of(kb: KnowledgeBase, rule: str) -> str:
    """What an urgency rule finds, as a sentence."""
    label = kb.urgency_rules[rule].label
    return f"{label[:1].upper()}{label[1:]}."


def action_of(kb: KnowledgeBase, rule: str) -> str:
    """What to do when an urgency rule holds, in plain words; thoughts of suicide have their own."""
    return kb.urgency.suicide.get(rule) or kb.urgency_rules[rule].action


def tick_labels(kb: KnowledgeBase, step: TickStep) -> list[str]:
    """What each line of a tick list says."""
    if step.id == COMPLAINTS:
        return [one.label for one in kb.interview.complaints]
    return [kb.findings[name].question for name in step.findings]


def tick_answers(kb: KnowledgeBase, step: TickStep, ticks: Mapping[str, Answer]) -> dict[str, Answer]:
    """Ticks as answers; a tick on the list of complaints answers the finding that makes one present."""
    if step.id != COMPLAINTS:
        return dict(ticks)
    return {one.finding: complaint_answer(kb, one.id, ticks[one.finding]) for one in kb.interview.complaints}


def ticked(kb: KnowledgeBase, step: TickStep, answers: Answers) -> frozenset[int]:
    """The lines of a tick list that the answers say yes to, counted from 0."""
    facts = answers.facts
    if step.id != COMPLAINTS:
        return frozenset(index for index, name in enumerate(step.findings) if facts.get(name) is True)
    return frozenset(
        index
        for index, one in enumerate(kb.interview.complaints)
        if evaluate(kb.exprs[f"complaint.{one.id}"], facts) is Truth.TRUE
    )


def left_open(names: Sequence[str], answers: Answers) -> list[int]:
    """The lines of a tick list that were asked and not known, counted from 0."""
    return [index for index, name in enumerate(names) if name in answers.not_known]


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


def second_case(kb: KnowledgeBase, answers: Answers, complaint: str) -> Answers:
    """What the same person need not be asked again about another complaint of the same kind."""
    return Answers(
        {name: value for name, value in answers.given.items() if kb.findings[name].of != complaint}
    )


def topic_of(kb: KnowledgeBase, finding: str) -> str:
    """The title of the topic or overview a finding belongs to."""
    titles = [(one.title, one.findings) for one in kb.interview.topics]
    titles += [(one.title, one.findings) for one in kb.interview.overviews]
    return next((title for title, findings in titles if finding in findings), "")


def glossary_lines(kb: KnowledgeBase, text: str) -> list[str]:
    """The medical words of a text, explained."""
    words = f" {text.lower()}"
    return [
        f"{name}: {entry.meaning}"
        for name, entry in kb.glossary.items()
        if any(f" {form.lower()}" in words for form in (name, *entry.also))
    ]


def help_lines(kb: KnowledgeBase, part: Part) -> list[str]:
    """What explains a question; empty if nothing does."""
    if isinstance(part, TickStep):
        return [
            f"{index}  {text}"
            for index, name in enumerate(part.findings, start=1)
            if (text := kb.findings[name].help)
        ]
    notes = [part.help] if part.help else []
    notes += [f"{choice.label}: {choice.help}" for choice in part.choices.values() if choice.help]
    words = " ".join((part.question, *(choice.label for choice in part.choices.values())))
    return [*notes, *glossary_lines(kb, words)]
