"""The screen on which the questions are asked."""

from __future__ import annotations

from asyncio import Lock
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from triage.interview import COMPLAINTS, TickStep, wording
from triage.interview.consultation import Part, action_of, topic_of
from triage.interview.prompts import relief_lines
from triage.logic import FindingType
from triage.screen import words
from triage.screen.choices import Choices
from triage.screen.keys import Keys
from triage.screen.panel import Panel, brief_text
from triage.screen.parts import Answered, Asking

if TYPE_CHECKING:
    from triage.screen.app import ConsultationApp

WIDE = 104
"""columns from which the panel stands beside the question"""


class Consulting(Screen[None]):
    """The present question, its panel and the keys."""

    app: ConsultationApp
    BINDINGS: ClassVar[list[BindingType]] = [
        # On a list to tick, `?` leaves a line open.
        Binding("h,f1,question_mark", "app.help", "Help", key_display="h"),
        Binding("w,f2", "app.why", "Why", key_display="w"),
        Binding("b,f3", "app.back", "Back", key_display="b"),
        Binding("u,f4", "unsure", "Not sure", key_display="u"),
        Binding("a,f5", "app.answers", "Answers", key_display="a"),
        Binding("s,f6", "app.save", "Save", key_display="s"),
        Binding("p", "panel", "Panel"),
        Binding("l", "app.light", "Light", show=False),
        Binding("tab", "app.focus_next", show=False),
        Binding("q,ctrl+c", "app.leave", "Quit", key_display="q"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.panel_wanted: bool | None = None
        """None: where there is room"""
        self._drawing = Lock()

    def compose(self) -> ComposeResult:
        """Progress, notice, question, panel, keys."""
        yield Static(id="progress")
        yield Static(id="relief")
        yield Static(id="notice")
        with Horizontal(id="middle"):
            with Vertical(id="question"):
                yield Static(id="topic")
                with VerticalScroll(id="words", can_focus=False):
                    yield Static(id="asked")
                yield Container(id="holder")
                yield Static(id="hint", classes="hint")
            yield Panel(id="panel")
        yield Static(id="brief")
        yield Keys(show_command_palette=False)

    async def show(self, part: Part, *, editing: bool = False) -> None:
        """Show a question; the panel and the progress follow the answers."""
        app = self.app
        kb, told = app.kb, app.consultation
        holder = self.query_one("#holder")
        # Two keys pressed at once ask for two questions; the second takes the place of the first.
        async with self._drawing:
            # All words first: a list that takes keys never stands below the question before.
            self._say(part, editing=editing)
            await holder.remove_children()
            await holder.mount(Asking(kb, part, _side_known(app, part), told.said(part)))
        self._hint()

    def _say(self, part: Part, *, editing: bool) -> None:
        """Everything around the answer."""
        kb, told = self.app.kb, self.app.consultation
        topic, asked = _worded(self.app, part)
        number = words.PROGRESS.format(number=told.number)
        if told.within_page:
            number = f"{number} ({wording.CONTINUED})"
        count = told.contenders()
        which = words.CONTENDER if count == 1 else words.CONTENDERS
        progress = which.format(count=count, total=len(kb.disorders))
        self.query_one("#progress", Static).update(Text(f"{words.EDIT if editing else number}   {progress}"))
        self.query_one("#topic", Static).update(Text(topic))
        self.query_one("#asked", Static).update(Text(asked))
        self._notice()
        self._state()

    def _hint(self, said: str = "") -> None:
        """Which keys answer, or ``said``."""
        hint = self.query_one("#hint", Static)
        # A shorter text must not move the lines above it, or the one that was just ticked may leave the window.
        hint.styles.min_height = hint.size.height if said else 0
        for asking in self.query(Asking):
            hint.update(Text(said or _keys_of(asking)))

    def _notice(self) -> None:
        """The action of an emergency stays in sight; that the level fell is said until the next answer."""
        held = self.app.consultation.emergencies
        text = ""
        if held:
            rule = self.app.kb.urgency_rules[held[0]]
            text = wording.EMERGENCY_STAYS.format(label=rule.label, action=action_of(self.app.kb, rule.id))
        relief = " ".join(relief_lines(self.app.kb, self.app.consultation))
        for name, said in (("#notice", text), ("#relief", relief)):
            notice = self.query_one(name, Static)
            notice.update(Text(said))
            notice.display = bool(said)

    def _state(self) -> None:
        state = self.app.consultation.so_far()
        self.query_one(Panel).show(self.app.kb, state)
        self.query_one("#brief", Static).update(brief_text(self.app.kb, state))
        self._place_panel()

    def _place_panel(self) -> None:
        wide = self.app.size.width >= WIDE
        shown = wide if self.panel_wanted is None else self.panel_wanted
        self.query_one(Panel).display = shown
        self.query_one("#brief").display = not shown
        # In a narrow window the panel takes the place of the question.
        self.query_one("#question").display = wide or not shown

    def on_resize(self) -> None:
        """The panel goes where there is room."""
        self._place_panel()

    def on_answered(self, event: Answered) -> None:
        """Hand the answer on."""
        event.stop()
        self.app.take(event.page)

    def on_choices_unseen(self, event: Choices.Unseen) -> None:
        """Lines that nobody has seen are not denied."""
        event.stop()
        more = words.UNSEEN_ONE if event.count == 1 else words.UNSEEN
        self._hint(more.format(count=event.count))

    def on_choices_waiting(self, event: Choices.Waiting) -> None:
        """A number that could still grow."""
        event.stop()
        self._hint(words.WAITING.format(number=event.number) if event.number else "")

    def on_asking_fitted(self, event: Asking.Fitted) -> None:
        """The keys of the drawn face are shown with it."""
        event.stop()
        self._hint()

    def action_panel(self) -> None:
        """Show or hide the panel."""
        self.panel_wanted = not self.query_one(Panel).display
        self._place_panel()
        # A question that was out of sight has lost the keys.
        if self.query_one("#question").display:
            for asking in self.query(Asking):
                asking.take_keys()

    def action_unsure(self) -> None:
        """Not sure."""
        for asking in self.query(Asking):
            asking.unsure()


def _worded(app: ConsultationApp, part: Part) -> tuple[str, str]:
    """The topic and what is asked."""
    if isinstance(part, TickStep):
        return ("", wording.COMPLAINTS) if part.id == COMPLAINTS else ("", part.title)
    return topic_of(app.kb, part.id), part.question


def _keys_of(asking: Asking) -> str:
    part = asking.part
    if isinstance(part, TickStep) or part.type is FindingType.ANY_OF:
        left_open = bool(asking.query_one(Choices).open)
        hints = ((words.TICK_HINT, True), (words.CLEAR_HINT, left_open), (words.FACE_HINT, asking.face_shown))
        return " ".join(hint for hint, wanted in hints if wanted)
    if part.type is FindingType.NUMBER:
        return words.PICK_HINT if part.picks else ""
    return words.ONE_HINT


def _side_known(app: ConsultationApp, part: Part) -> str:
    site = next((one for one in app.kb.face.sites if one.finding == part.id), None)
    told = app.consultation.answers.given.get(site.side) if site and site.side else None
    return told if isinstance(told, str) else ""
