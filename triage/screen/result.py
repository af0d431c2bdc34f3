"""The result: everything, the page for the person, or the letter for the clinician; each can be written to a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from triage.files import PRIVATE, replacing
from triage.report import Format, SheetName, render, sheet_document, to_text
from triage.screen import words
from triage.screen.dialogs import Options, Reading, Typing
from triage.screen.keys import Keys

if TYPE_CHECKING:
    from triage.screen.app import ConsultationApp

SHEETS: tuple[SheetName, ...] = ("assessment", "person", "clinician")
FORMATS: dict[str, Format] = {".html": "html", ".htm": "html", ".md": "markdown", ".txt": "text"}
LEAST_WIDTH, MOST_WIDTH = 40, 100


class Result(Screen[None]):
    """The sheets of all cases, one kind at a time."""

    app: ConsultationApp
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "sheet(0)", "All"),
        Binding("2", "sheet(1)", "To take along"),
        Binding("3", "sheet(2)", "Letter"),
        Binding("s", "write", "Save"),
        Binding("n", "second", "A second one"),
        Binding("b", "back", "Back"),
        Binding("l", "app.light", "Light", show=False),
        Binding("q,ctrl+c", "quit_all", "Quit", key_display="q"),
    ]

    def __init__(self, ending: str) -> None:
        super().__init__()
        self.ending = ending
        self.chosen: SheetName = "assessment"

    def compose(self) -> ComposeResult:
        """Why it ended, the sheet, the keys."""
        yield Static(Text(self.ending), id="ending")
        with VerticalScroll(id="paper"):
            yield Static(id="sheet")
        yield Keys(show_command_palette=False)

    def on_mount(self) -> None:
        """The first sheet."""
        self.assessed = self.app.assessed()
        self.query_one("#paper").focus()
        self.call_after_refresh(self._draw)

    def on_resize(self) -> None:
        """Lay it out anew."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        width = max(LEAST_WIDTH, min(MOST_WIDTH, self.size.width - 4))
        sheets = [
            to_text(sheet_document(self.app.kb, case, found, self.chosen), width)
            for case, found in self.assessed
        ]
        self.query_one("#sheet", Static).update(Text("\n\n".join([*self._top(), *sheets])))

    def _top(self) -> list[str]:
        """The highest urgency of several cases."""
        if len(self.assessed) < 2:
            return []
        case, found = max(self.assessed, key=lambda one: one[1].urgency.now.rank)
        level = self.app.kb.urgency.levels[found.urgency.now]
        top = words.HIGHEST.format(count=len(self.assessed), level=level.label, case=case.id)
        return [f"{top}\n{level.action}"]

    def action_sheet(self, index: int) -> None:
        """Show another sheet."""
        self.chosen = SHEETS[index]
        self._draw()
        self.query_one("#paper", VerticalScroll).scroll_home(animate=False)

    def action_write(self) -> None:
        """Write the sheet to a file that its owner alone can read."""

        def typed(name: str | None) -> None:
            if not name:
                return
            path = Path(name).expanduser()
            style = FORMATS.get(path.suffix.lower())
            if style is None:
                self._tell(words.SHEET_FORM)
                return
            try:
                for number, (case, found) in enumerate(self.assessed):
                    target = path if number == 0 else path.with_stem(f"{path.stem}-{number + 1}")
                    text = render(self.app.kb, case, found, style, sheet=self.chosen)
                    with replacing(target, PRIVATE) as part:
                        part.write_text(text, "utf-8")
            except OSError as error:
                self._tell(str(error))
                return
            self._tell(words.SHEET_SAVED.format(path=path))

        self.app.push_screen(Typing(words.SHEET_AS, ""), typed)

    def _tell(self, text: str) -> None:
        self.app.push_screen(Reading(words.RESULT, [text], words.GO_BACK_TO_LIST))

    def action_second(self) -> None:
        """A second, different complaint of the same person."""
        able = self.app.can_add()
        if not able:
            self._tell(words.SECOND_NONE)
            return
        labels = {one.id: one.label for one in self.app.kb.interview.complaints if one.id in able}

        async def chosen(complaint: str | None) -> None:
            if complaint:
                self.app.pop_screen()
                await self.app.add_second(complaint)

        self.app.push_screen(Options(words.SECOND, [words.SECOND_TEXT], labels), chosen)

    async def action_back(self) -> None:
        """To the last question."""
        self.app.pop_screen()
        await self.app.action_back()

    def action_quit_all(self) -> None:
        """Leave the program."""
        self.app.exit(True)
