"""For teachers: the firings of one case, step by step, with working memory and agenda beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from triage.engine import Firing, Item, Trace
from triage.screen import words
from triage.screen.app import BREAKPOINTS, DARK, LIGHT
from triage.screen.dialogs import Typing
from triage.screen.keys import Keys

SHOWN = 200


class Stepper(App[None]):
    """Shows a trace at one step; ``item`` and ``decided`` put items and firings into words."""

    CSS_PATH = "style.tcss"
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,n,space,enter", "go(1)", "Next", key_display="n"),
        Binding("left,b", "go(-1)", "Back", key_display="b"),
        Binding("pagedown", "go(20)", "20 on", key_display="PgDn"),
        Binding("pageup", "go(-20)", "20 back", key_display="PgUp"),
        Binding("home", "to(0)", "Start"),
        Binding("end", "to(-1)", "End"),
        Binding("g", "ask", "Go to"),
        Binding("l", "light", "Light", show=False),
        Binding("q,escape,ctrl+c", "quit", "Quit", key_display="q"),
    ]

    def __init__(
        self, title: str, trace: Trace, item: Callable[[Item], str], decided: Callable[[Firing], str]
    ) -> None:
        super().__init__()
        self.heading = title
        self.trace = trace
        self.item = item
        self.decided = decided
        self.step = 0
        """how many firings have happened"""

    def compose(self) -> ComposeResult:
        """Where we are, what fired, memory and agenda, the keys."""
        yield Static(id="progress")
        yield Static(id="fired")
        with Horizontal(id="middle"):
            with VerticalScroll(classes="column", can_focus=False):
                yield Static(id="memory")
            with VerticalScroll(classes="column", can_focus=False):
                yield Static(id="agenda")
        yield Keys(show_command_palette=False)

    def on_mount(self) -> None:
        """Before the first firing."""
        self.theme = DARK
        self._draw()

    def _draw(self) -> None:
        count = len(self.trace.firings)
        place = words.STEP_OF.format(step=self.step, count=count) if self.step else words.STEP_BEFORE
        self.query_one("#progress", Static).update(Text(f"{words.STEP_TITLE}: {self.heading}   {place}"))
        self.query_one("#fired", Static).update(self._fired())
        memory = self.trace.working_memory(self.step)[::-1]
        head = words.STEP_MEMORY.format(count=len(memory))
        self.query_one("#memory", Static).update(
            _listed(head, [self.item(one) for one in memory[:SHOWN]], len(memory))
        )
        agenda = self.trace.agenda(self.step)
        head = words.STEP_AGENDA.format(count=len(agenda))
        waiting = [self.decided(one) for one in agenda[:SHOWN]]
        self.query_one("#agenda", Static).update(_listed(head, waiting, len(agenda)))

    def _fired(self) -> Text:
        if not self.step:
            return Text(words.STEP_START)
        firing = self.trace.firings[self.step - 1]
        text = Text()
        text.append(f"{words.STEP_FIRED} ", style="bold")
        text.append(f"{self.decided(firing)}\n")
        if firing.grounds:
            text.append(f"{words.STEP_BECAUSE} ", style="bold")
            text.append("; ".join(self.item(one) for one in firing.grounds) + "\n")
        text.append(f"{words.STEP_ADDS} ", style="bold")
        text.append("; ".join(self.item(one) for one in firing.conclusions) or words.STEP_NOTHING_NEW)
        if self.step == len(self.trace.firings):
            text.append(f"\n{words.STEP_END}")
        return text

    def action_go(self, by: int) -> None:
        """On or back."""
        self._to(self.step + by)

    def action_to(self, step: int) -> None:
        """To the start or the end."""
        self._to(len(self.trace.firings) if step < 0 else step)

    def _to(self, step: int) -> None:
        self.step = max(0, min(step, len(self.trace.firings)))
        self._draw()

    def action_ask(self) -> None:
        """To a firing by its number."""

        def typed(text: str | None) -> None:
            if text and text.isdecimal():
                self._to(int(text))

        self.push_screen(Typing(words.STEP_GO_TO), typed)

    def action_light(self) -> None:
        """Light or dark."""
        self.theme = LIGHT if self.theme == DARK else DARK


def _listed(head: str, lines: Sequence[str], count: int) -> Text:
    text = Text()
    text.append(f"{head}\n", style="bold")
    for line in lines:
        text.append(f"{line}\n")
    if count > len(lines):
        text.append(words.PANEL_MORE.format(count=count - len(lines)))
    return text
