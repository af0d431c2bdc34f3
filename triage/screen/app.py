"""The full-screen program: a sitting from the first question to the result."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import ClassVar

from textual.app import App
from textual.binding import BindingType

from triage.assessment import assemble, decide
from triage.errors import TriageError
from triage.interview import Ending, TickStep, wording
from triage.interview.consultation import (
    Consultation,
    Dispute,
    Part,
    Showing,
    action_of,
    danger_of,
    glossary_lines,
    help_lines,
    tick_labels,
)
from triage.interview.prompts import answer_told, answers_told, relief_lines
from triage.interview.sitting import Sitting
from triage.interview.why import why_lines
from triage.models import Assessment, Case
from triage.screen import words
from triage.screen.consulting import Consulting
from triage.screen.dialogs import Options, Reading, Typing
from triage.screen.parts import Page
from triage.screen.result import Result

CLASHES_SHOWN = 4
BREAKPOINTS = [(0, "-narrow"), (80, "-wide")]
"""columns from which the keys stand on one line"""
DARK, LIGHT = "textual-dark", "textual-light"


class ConsultationApp(App[bool]):
    """Asks the cases of a sitting and shows what follows; returns whether the result was reached.

    ``path`` is where the answers are kept, if anywhere; ``aside`` are saved answers that no longer fit.
    """

    CSS_PATH = "style.tcss"
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(
        self, sitting: Sitting, path: Path | None = None, aside: Mapping[str, str] | None = None
    ) -> None:
        super().__init__()
        self.sitting = sitting
        self.kb = sitting.kb
        self.path = path
        self.aside = dict(aside or {})
        self.editing = ""
        self.failure: BaseException | None = None
        """what stopped the program, if anything did"""
        self.consulting = Consulting()
        self.title = words.TITLE

    def _fatal_error(self) -> None:
        """Leave; textual would draw every local variable, the whole knowledge base among them."""
        self.failure = sys.exc_info()[1]
        self.panic()

    @property
    def consultation(self) -> Consultation:
        """The case being asked."""
        return self.sitting.consultation

    async def on_mount(self) -> None:
        """The introduction over the first question."""
        self.theme = DARK
        await self.push_screen(self.consulting)
        saving = wording.SAVED_TO.format(path=self.path) if self.path else wording.NOTHING_SAVED
        lines = [wording.INTRODUCTION, "", saving, "", words.KEYS]
        if self.aside:
            lines += ["", wording.KEPT_ASIDE, *(f"  {name}: {value}" for name, value in self.aside.items())]
        self.call_after_refresh(self.follow)
        await self.push_screen(Reading(words.TITLE, lines, words.START))

    @property
    def part(self) -> Part:
        """What is asked: the present question, or the one being changed."""
        return self.kb.findings[self.editing] if self.editing else self.consultation.part

    async def follow(self) -> None:
        """Show what comes now."""
        self.editing = ""
        told = self.consultation
        match told.showing:
            case Showing.EMERGENCY:
                self._warn()
            case Showing.QUESTION:
                await self.consulting.show(told.part)
            case Showing.OFFER:
                self._offer()
            case Showing.END:
                self._finish()

    def take(self, page: Page) -> None:
        """An answer."""
        told = self.consultation
        if self.editing:
            told.change(page)
        else:
            told.give(page)
        if told.dispute is not None:
            self._settle(told.dispute)
        else:
            self.run_worker(self.follow())

    def _settle(self, dispute: Dispute) -> None:
        """Two answers contradict each other: both are shown, and either can be kept."""
        lines = [f"- {one.text}" for one in dispute.conflicts[:CLASHES_SHOWN]]
        if (more := len(dispute.conflicts) - CLASHES_SHOWN) > 0:
            lines.append(f"- {wording.MORE.format(count=more)}")
        options = {"again": words.CONTRADICTION_AGAIN}
        if dispute.earlier:
            told = [answer_told(self.kb, self.consultation.answers, name) for name in dispute.earlier]
            shown = "; ".join(told[:2]) + (
                f"; {wording.MORE.format(count=len(told) - 2)}" if told[2:] else ""
            )
            options["keep"] = words.CONTRADICTION_KEEP.format(earlier=shown)
        editing = self.editing

        async def settled(option: str | None) -> None:
            if option == "keep":
                self.consultation.insist()
                await self.follow()
                return
            self.consultation.retract()
            self.editing = editing
            await self.consulting.show(self.part, editing=bool(editing))

        self.push_screen(Options(wording.CONTRADICTION, lines, options), settled)

    def _warn(self) -> None:
        """The action of an emergency, before anything else."""
        lines = []
        for name in self.consultation.new_emergencies:
            lines += [danger_of(self.kb, name), action_of(self.kb, name), ""]
        if number := self.kb.urgency.emergency_number:
            lines += [number]

        async def chosen(option: str | None) -> None:
            match option:
                case "what":
                    level = max(self.kb.urgency.levels, key=lambda one: one.rank)
                    words_of = self.kb.urgency.levels[level]
                    self.push_screen(
                        Reading(
                            words.WHAT_TO_DO,
                            [words_of.lay, words_of.action, "", *lines],
                            words.GO_BACK_TO_LIST,
                        ),
                        again,
                    )
                case "save":
                    self._save_then(self._warn)
                case "stop":
                    self.consultation.stop()
                    await self.follow()
                case _:
                    self.consultation.go_on_anyway()
                    await self.follow()

        def again(_: None) -> None:
            self._warn()

        options = words.EMERGENCY_OPTIONS
        self.push_screen(Options(wording.EMERGENCY, lines, options, must=True, urgent=True), chosen)

    def _offer(self) -> None:
        """The lists before a visit."""
        told = self.consultation

        async def chosen(option: str | None) -> None:
            if not option:
                await self.action_back()
                return
            told.before_visit(wanted=option == "yes")
            await self.follow()

        lines = [*self._relief(), wording.ENDINGS[told.ending], "", words.OFFER_TEXT]
        self.push_screen(Options(words.BEFORE_VISIT, lines, words.OFFER), chosen)

    def _finish(self) -> None:
        """The result."""
        self.push_screen(Result(" ".join([*self._relief(), wording.ENDINGS[self.consultation.ending]])))

    def _relief(self) -> list[str]:
        """That the last answer made the level of urgency fall."""
        return relief_lines(self.kb, self.consultation)

    def assessed(self) -> list[tuple[Case, Assessment]]:
        """Every case of the sitting with what follows from it."""
        stem = self.path.stem if self.path else ""
        cases = self.sitting.to_cases(stem) if stem else self.sitting.to_cases()
        return [(case, assemble(self.kb, case.id, case.facts, decide(self.kb, case.facts))) for case in cases]

    def can_add(self) -> tuple[str, ...]:
        """The complaints of which a second one can be added."""
        outside = self.consultation.ending == Ending.OUTSIDE
        return () if outside else self.sitting.seconds()

    async def add_second(self, complaint: str) -> None:
        """Go on with a second, different complaint of a kind."""
        self.sitting.add_second(complaint)
        await self.follow()

    async def change(self, finding: str) -> None:
        """Ask again what was answered before."""
        self.editing = finding
        await self.consulting.show(self.kb.findings[finding], editing=True)

    async def action_back(self) -> None:
        """To the question before, or out of a change."""
        if not self.editing:
            self.consultation.back()
        await self.follow()

    def action_help(self) -> None:
        """What explains the question, and the keys."""
        part = self.part
        lines = help_lines(self.kb, part)
        if isinstance(part, TickStep):
            lines += glossary_lines(self.kb, " ".join(tick_labels(self.kb, part)))
        self.push_screen(Reading(words.HELP, [*(lines or [wording.NO_HELP]), "", words.KEYS]))

    def action_why(self) -> None:
        """What hangs on the question."""
        part = self.part
        names = part.findings if isinstance(part, TickStep) else (part.id,)
        self.push_screen(Reading(words.WHY, why_lines(self.kb, self.consultation.world, names)))

    def action_answers(self) -> None:
        """All answers; one of them can be changed."""
        answers = self.consultation.so_told
        listed = answers_told(self.kb, answers)
        if not listed:
            self.push_screen(Reading(words.ANSWERS, [wording.NO_ANSWERS]))
            return
        names = list(answers.given)
        options = dict(zip(names, listed, strict=True))

        async def chosen(name: str | None) -> None:
            if name:
                await self.change(name)

        self.push_screen(Options(words.ANSWERS, [words.ANSWERS_HINT], options), chosen)

    def action_save(self) -> None:
        """Keep the answers in a file from now on."""
        self._save_then(lambda: None)

    def _save_then(self, go_on: Callable[[], object]) -> None:
        def typed(name: str | None) -> None:
            if not name:
                go_on()
                return
            try:
                self.sitting.on_save(name)
                self.path = Path(name).expanduser()
                told = words.SAVED.format(path=self.path)
            except TriageError as error:
                told = str(error)

            def closed(_: None) -> None:
                go_on()

            self.push_screen(Reading(words.SAVE, [told]), closed)

        self.push_screen(Typing(words.SAVE_AS, str(self.path or "")), typed)

    def action_light(self) -> None:
        """Light or dark."""
        self.theme = LIGHT if self.theme == DARK else DARK

    def action_leave(self) -> None:
        """Ask whether to leave, and how."""
        saved = self.path is not None
        options = {name: text for name, text in words.QUIT_OPTIONS.items() if not (saved and name == "save")}
        lines = [words.QUIT_SAVED.format(path=self.path) if saved else words.QUIT_UNSAVED]

        async def chosen(option: str | None) -> None:
            match option:
                case "result":
                    self.consultation.stop()
                    await self.follow()
                case "save":
                    self._save_then(lambda: self.exit(False) if self.path else None)
                case "leave":
                    self.exit(False)
                case _:
                    pass

        self.push_screen(Options(words.QUIT, lines, options), chosen)
