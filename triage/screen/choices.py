"""A list of choices for keyboard and mouse: one is chosen, or several are ticked.

A `>` marks the line the keys act on, `[x]` a tick and `[?]` with the words "not sure" one left open: none needs colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual import events
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Static

from triage.screen import words

TICKED, NOT_SURE, EMPTY = "[x]", "[?]", "[ ]"


class Line(Static):
    """One line of the list."""

    class Hit(Message):
        """It was clicked."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self, index: int, label: str, mark: str) -> None:
        super().__init__()
        self.index = index
        self.label = label
        self.mark = mark

    def draw(self, *, current: bool, tick: str, label: str = "") -> None:
        """Show the line; ``tick`` is empty where it is no line to tick."""
        grid = Table.grid(padding=(0, 1), expand=True)
        grid.add_column(no_wrap=True)
        grid.add_column(ratio=1)
        said = label or self.label
        if tick == NOT_SURE:
            said = words.LINE_NOT_SURE.format(label=said)
        mark = f"{'>' if current else ' '} {self.mark:>2}"
        grid.add_row(Text(f"{mark} {tick}" if tick else mark), Text(said, overflow="fold"))
        self.set_class(current, "current")
        self.update(grid)

    def on_click(self) -> None:
        """Tell the list."""
        self.post_message(self.Hit(self.index))


class Choices(VerticalScroll, can_focus=True):
    """Lines to choose from; ``ticks`` says that several may be ticked before the list is closed.

    The lines after the choices are added by itself: closing the list (ticks only) and not being sure.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("pageup", "move(-5)", show=False),
        Binding("pagedown", "move(5)", show=False),
        Binding("home", "to(0)", show=False),
        Binding("end", "to(-1)", show=False),
        Binding("enter,space", "act", show=False),
        Binding("d", "close", show=False),
        Binding("question_mark", "leave_open", show=False),
        Binding("backspace,delete", "leave_none_open", show=False),
    ]

    class Chosen(Message):
        """One was chosen; -1 says not sure."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    class Closed(Message):
        """The list is done; ``rest_known`` says that what is neither ticked nor left ``open`` is denied."""

        def __init__(self, ticked: frozenset[int], open: frozenset[int], *, rest_known: bool) -> None:
            super().__init__()
            self.ticked = ticked
            self.open = open
            self.rest_known = rest_known

    class Unseen(Message):
        """The list was not closed: so many choices were never in sight."""

        def __init__(self, count: int) -> None:
            super().__init__()
            self.count = count

    class Changed(Message):
        """A tick was set or taken away."""

    class Waiting(Message):
        """The first digit of a number was typed, and a second one could follow; 0 once that is settled."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(
        self,
        labels: Sequence[str],
        *,
        ticks: bool = False,
        unsure: bool = True,
        digits: bool = True,
        letters: str = "",
        done: str = "",
        id: str = "",
    ) -> None:
        super().__init__(id=id or None)
        self.count = len(labels)
        self.ticks = ticks
        self.digits = digits
        """whether digits choose; not beside a field that takes amounts"""
        self.letters = letters
        """keys that choose the first lines"""
        self.done = done
        """what closes a tick list, where that does not say no to the others"""
        self.ticked: frozenset[int] = frozenset()
        self.open: frozenset[int] = frozenset()
        """lines of which the person is not sure"""
        self.current = 0
        self._lowest = 0
        """how far down the list was seen, in rows"""
        self._waiting = 0
        """the number typed to which a digit could still be added; 0 if there is none"""
        marks = [str(number) if digits else "-" for number in range(1, self.count + 1)]
        lines = list(zip(labels, marks, strict=True))
        if ticks:
            lines.append((done or words.NONE_OF_THESE, "d"))
        if unsure:
            lines.append((words.REST_UNSURE if ticks else words.NOT_SURE, "u"))
        self._lines = [Line(index, label, mark) for index, (label, mark) in enumerate(lines)]
        self.unsure = unsure

    def compose(self) -> ComposeResult:
        """The lines."""
        yield from self._lines

    def on_mount(self) -> None:
        """Draw them."""
        for line in self._lines:
            self._draw(line)

    def _draw(self, line: Line) -> None:
        is_choice = line.index < self.count
        label = ""
        if self.ticks and line.index == self.count:
            label = self.done or (words.REST_NO if self.ticked or self.open else words.NONE_OF_THESE)
        elif self.ticks and line.index == self.count + 1:
            label = words.REST_UNSURE if self.ticked or self.open else words.NOT_SURE
        tick = ""
        if self.ticks and is_choice:
            tick = TICKED if line.index in self.ticked else NOT_SURE if line.index in self.open else EMPTY
        line.draw(current=line.index == self.current, tick=tick, label=label)

    def mark(self, indices: Iterable[int], open: Iterable[int] | None = None) -> None:
        """Tick exactly these, and leave ``open`` those others, or those that were, unless they are ticked."""
        before, opened = self.ticked, self.open
        self.ticked = frozenset(indices)
        self.open = (opened if open is None else frozenset(open)) - self.ticked
        changed = (before ^ self.ticked) | (opened ^ self.open)
        for index in changed | {self.count, min(self.count + 1, len(self._lines) - 1)}:
            if index < len(self._lines):
                self._draw(self._lines[index])
        if before != self.ticked:
            self.post_message(self.Changed())

    def point(self, index: int) -> None:
        """Move to a line."""
        if not self._lines:
            return
        self._wait(0)
        before, self.current = self.current, max(0, min(index, len(self._lines) - 1))
        self._draw(self._lines[before])
        self._draw(self._lines[self.current])
        self._lines[self.current].scroll_visible(animate=False)

    def action_move(self, by: int) -> None:
        """Up or down; past an end it goes on at the other."""
        index = self.current + by
        if abs(by) == 1:
            index %= max(1, len(self._lines))
        self.point(index)

    def action_to(self, index: int) -> None:
        """To the first or the last line."""
        self.point(index % max(1, len(self._lines)))

    def action_act(self) -> None:
        """Choose or tick the line, or close the list."""
        self._wait(0)
        self._act(self.current)

    def action_leave_open(self) -> None:
        """Say of the line that one is not sure, or no longer so."""
        if not (self.ticks and self.unsure):
            raise SkipAction
        self._wait(0)
        if self.current < self.count:
            self.mark(self.ticked - {self.current}, self.open ^ {self.current})

    def action_leave_none_open(self) -> None:
        """Take back of all lines that one is not sure: a list left open as a whole can be answered anew."""
        self._wait(0)
        self.mark(self.ticked, ())

    def action_close(self) -> None:
        """Close a tick list, once all of it was seen; what is not ticked is denied."""
        if not self.ticks:
            return
        self._take_waiting()
        if unseen := self._unseen():
            self.scroll_page_down(animate=False)
            self.post_message(self.Unseen(unseen))
        else:
            self._close(rest_known=True)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Remember how far down the list was seen."""
        super().watch_scroll_y(old_value, new_value)
        self._lowest = max(self._lowest, int(new_value) + self.size.height)

    def _unseen(self) -> int:
        """How many choices were never in sight."""
        lowest = max(self._lowest, int(self.scroll_y) + self.size.height)
        return sum(line.virtual_region.bottom > lowest for line in self._lines[: self.count])

    def say_unsure(self) -> None:
        """Not sure, or not sure about the others."""
        if not self.unsure:
            return
        if self.ticks:
            self._take_waiting()
            self._close(rest_known=False)
        else:
            self.post_message(self.Chosen(-1))

    def on_line_hit(self, event: Line.Hit) -> None:
        """A click does what the keys do on that line."""
        event.stop()
        self.focus()
        self.point(event.index)
        self._act(event.index)

    def _act(self, index: int) -> None:
        if index >= self.count:
            if self.ticks and index == self.count:
                self._close(rest_known=True)
            else:
                self.say_unsure()
        elif self.ticks:
            self.mark(self.ticked ^ {index})
        else:
            self.post_message(self.Chosen(index))

    def _close(self, *, rest_known: bool) -> None:
        self.post_message(self.Closed(self.ticked, self.open, rest_known=rest_known))

    def on_key(self, event: events.Key) -> None:
        """Digits choose; so do the letters of the first lines."""
        letter = event.character or ""
        if letter and letter in self.letters:
            event.stop()
            self._act(self.letters.index(letter))
        elif self.digits and letter.isdecimal() and letter.isascii():
            event.stop()
            self._digit(letter)

    def _digit(self, digit: str) -> None:
        """A number acts at once unless a further digit could follow; then it waits for that, or for Enter."""
        number = int(f"{self._waiting or ''}{digit}")
        if number > self.count:
            # It is no longer line but a second number: on a list to tick the first one counts, too.
            self._take_waiting()
            number = int(digit)
        if not 1 <= number <= self.count:
            self._wait(0)
            return
        self.point(number - 1)
        if number * 10 > self.count:
            self._act(number - 1)
        else:
            self._wait(number)

    def _wait(self, number: int) -> None:
        if number != self._waiting:
            self._waiting = number
            self.post_message(self.Waiting(number))

    def _take_waiting(self) -> None:
        """Tick the line whose number waits for a second digit: no sign that was typed is denied."""
        number = self._waiting
        self._wait(0)
        if number and self.ticks:
            self.mark(self.ticked | {number - 1})
