"""The panel beside the questions: urgency, nerves and what fits, as they stand now."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from triage.interview.overview import SoFar
from triage.models import KnowledgeBase
from triage.screen import words

SHOWN = 5
BRIEF_NAMES = 2


class Panel(VerticalScroll, can_focus=False):
    """The whole state, one line an item."""

    def compose(self) -> ComposeResult:
        """One text."""
        yield Static(id="state")

    def show(self, kb: KnowledgeBase, state: SoFar) -> None:
        """Draw it."""
        self.query_one("#state", Static).update(panel_text(kb, state))


def panel_text(kb: KnowledgeBase, state: SoFar) -> Text:
    """The state as headed lists."""
    text = Text()

    def part(title: str, lines: list[str]) -> None:
        text.append(f"{title}\n", style="bold")
        for line in lines or [words.PANEL_NOTHING]:
            text.append(f"{line}\n")
        text.append("\n")

    part(words.PANEL_URGENCY, [*urgency_lines(kb, state), *(f"- {one}" for one in state.because[:SHOWN])])
    part(words.PANEL_NERVES, [f"- {one}" for one in _some(state.nerves)])
    part(words.PANEL_FELT, [f"- {one}" for one in _some(state.felt)])
    if state.ahead is not None:
        part(words.PANEL_AHEAD, [f"- {state.ahead}"])
    part(words.PANEL_FITS, [f"- {one}" for one in _some(state.fitting)])
    if state.open:
        part(words.PANEL_OPEN, [f"- {one}" for one in state.open])
    return text


def urgency_lines(kb: KnowledgeBase, state: SoFar) -> list[str]:
    """The level now, and what it could still become."""
    lines = [kb.urgency.levels[state.now].label]
    if state.could_become.rank > state.now.rank:
        lines.append(words.PANEL_COULD.format(level=kb.urgency.levels[state.could_become].label))
    return lines


def brief_text(kb: KnowledgeBase, state: SoFar) -> Text:
    """The same on two lines, for small windows."""
    fits = ", ".join(state.fitting[:BRIEF_NAMES]) or words.PANEL_NOTHING
    if len(state.fitting) > BRIEF_NAMES:
        fits += f", {words.PANEL_MORE.format(count=len(state.fitting) - BRIEF_NAMES)}"
    nerves = "; ".join(state.nerves[:1])
    text = Text()
    for title, said, gap in (
        (words.PANEL_URGENCY, ", ".join(urgency_lines(kb, state)), "\n"),
        (words.PANEL_AHEAD if state.ahead else "", state.ahead, "  "),
        (words.PANEL_FITS, fits, "  " if nerves else ""),
        (words.PANEL_NERVES if nerves else "", nerves, ""),
    ):
        text.append(title, style="bold")
        text.append(f" {said}{gap}" if title else "")
    return text


def _some(items: tuple[str, ...]) -> list[str]:
    more = len(items) - SHOWN
    return [*items[:SHOWN], *([words.PANEL_MORE.format(count=more)] if more > 0 else [])]
