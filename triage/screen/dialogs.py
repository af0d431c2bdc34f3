"""Windows over the question: a text to read, a list to choose from, a line to type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from time import monotonic
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from triage.screen import words
from triage.screen.choices import Choices


class Reading(ModalScreen[None]):
    """A text; Escape, Enter or a click on its last line closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,space,q,1", "close", show=False)]

    def __init__(self, title: str, lines: Sequence[str], close: str = words.CLOSE) -> None:
        super().__init__()
        self.heading = title
        self.lines = lines
        self.closing = close

    def compose(self) -> ComposeResult:
        """Title, text, and how to close it."""
        with Vertical(classes="window"):
            yield Static(Text(self.heading), classes="heading")
            with VerticalScroll(classes="reading"):
                for line in self.lines:
                    yield Static(Text(line))
            yield Choices([self.closing], unsure=False)

    def on_mount(self) -> None:
        """The text has the keys, so that it can be scrolled."""
        self.query_one(".reading").focus()

    def on_choices_chosen(self) -> None:
        """Closed by a click."""
        self.dismiss(None)

    def action_close(self) -> None:
        """Closed by a key."""
        self.dismiss(None)


class Options(ModalScreen[str]):
    """A text with options; the key of the chosen one comes back, empty on Escape unless ``must`` be answered."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", show=False)]
    settle_seconds: ClassVar[float] = 0.5
    """how long what must be answered stands before it can be: a key pressed twice dismisses no warning unread"""

    def __init__(
        self,
        title: str,
        lines: Sequence[str],
        options: Mapping[str, str],
        *,
        must: bool = False,
        urgent: bool = False,
    ) -> None:
        super().__init__()
        self.heading = title
        self.lines = lines
        self.options = options
        self.must = must
        self.urgent = urgent

    def compose(self) -> ComposeResult:
        """Title, text, options."""
        with Vertical(classes="window urgent" if self.urgent else "window"):
            yield Static(Text(self.heading), classes="heading")
            with VerticalScroll(classes="reading"):
                for line in self.lines:
                    yield Static(Text(line))
            yield Choices(list(self.options.values()), unsure=False)

    def on_mount(self) -> None:
        """The options have the keys."""
        self.query_one(Choices).focus()
        self.shown_at = monotonic()

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        """The chosen option."""
        if self.must and monotonic() - self.shown_at < self.settle_seconds:
            return
        self.dismiss(list(self.options)[event.index])

    def action_close(self) -> None:
        """Leave without choosing."""
        if not self.must:
            self.dismiss("")


class Ticking(ModalScreen[frozenset[int] | None]):
    """A list of which several can be ticked."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", show=False)]

    def __init__(self, title: str, labels: Sequence[str], ticked: frozenset[int]) -> None:
        super().__init__()
        self.heading = title
        self.labels = labels
        self.ticked = ticked

    def compose(self) -> ComposeResult:
        """Title and list."""
        with Vertical(classes="window"):
            yield Static(Text(self.heading), classes="heading")
            yield Choices(list(self.labels), ticks=True, unsure=False, done=words.DONE)

    def on_mount(self) -> None:
        """What was ticked before."""
        choices = self.query_one(Choices)
        choices.mark(self.ticked)
        choices.focus()

    def on_choices_closed(self, event: Choices.Closed) -> None:
        """The ticks."""
        self.dismiss(event.ticked)

    def action_close(self) -> None:
        """Leave them as they were."""
        self.dismiss(None)


class Typing(ModalScreen[str]):
    """One line to type, such as a file name; empty if nothing was typed."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", show=False)]

    def __init__(self, title: str, value: str = "") -> None:
        super().__init__()
        self.heading = title
        self.value = value

    def compose(self) -> ComposeResult:
        """Title and line."""
        with Vertical(classes="window"):
            yield Static(Text(self.heading), classes="heading")
            yield Input(self.value, select_on_focus=False)
            yield Static(Text(words.TYPING_HINT), classes="hint")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """What was typed."""
        self.dismiss(event.value.strip())

    def action_close(self) -> None:
        """Nothing."""
        self.dismiss("")
