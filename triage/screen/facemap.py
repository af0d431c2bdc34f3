"""The drawn face on which places are marked, with keys or the mouse, and what a spot is called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from triage.models import KnowledgeBase
from triage.models.settings import SiteFinding
from triage.screen import words
from triage.screen.raster import Raster, Spot, glyphs, raster

MARKED, POINTED, BOTH, UNSIDED = "█", "▒", "▓", "="
TINTS = ("#7aa2d6", "#d6a27a", "#8fc08f", "#c78fc7", "#c7c07a", "#7ac7c0")
MARK_STYLE = Style(color="#ff5f5f", bold=True)
POINT_STYLE = Style(color="#ffd75f", bold=True)


class FaceMap(Widget, can_focus=True):
    """The face; ``drawn`` is made anew for the room there is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "go(0,-1)", show=False),
        Binding("down", "go(0,1)", show=False),
        Binding("left", "go(-1,0)", show=False),
        Binding("right", "go(1,0)", show=False),
        Binding("space,enter", "pick", show=False),
    ]
    marked: reactive[frozenset[Spot]] = reactive(frozenset())
    unsided: reactive[frozenset[str]] = reactive(frozenset())
    """outlines of places that are ticked while their side is not said"""
    at: reactive[Spot | None] = reactive(None)

    class Picked(Message):
        """A spot was marked or unmarked."""

        def __init__(self, spot: Spot) -> None:
            super().__init__()
            self.spot = spot

    class Pointed(Message):
        """The cursor is on another spot."""

    def __init__(self, kb: KnowledgeBase, site: SiteFinding, id: str = "") -> None:
        super().__init__(id=id or None)
        self.kb = kb
        self.site = site
        self.drawn = Raster(())
        self._glyphs: Mapping[str, str] = {}
        self._cell = (0, 0)
        self._pickable = {place.outline for place in site.places.values() if place.outline}

    def on_resize(self, event: events.Resize) -> None:
        """Draw it as large as it fits."""
        self.drawn = raster(self.kb.face.outlines, event.size.width, event.size.height - 1)
        self._glyphs = glyphs(self.drawn)
        spots = list(dict.fromkeys(cell for row in self.drawn.rows for cell in row if cell))
        if self.at not in spots:
            able = [spot for spot in spots if spot[0] in self._pickable]
            self.at = able[0] if able else None
        if self.at is not None:
            self._cell = self.drawn.middle(self.at)
        self.refresh()

    def render(self) -> Text:
        """The sides, and the face in characters."""
        right, left = words.FACE_SIDES
        wide = self.drawn.width
        head = right + " " * max(1, wide - len(right) - len(left)) + left
        text = Text(head[: max(wide, len(head))] + "\n", no_wrap=True)
        for row in self.drawn.rows:
            for cell in row:
                text.append(*self._drawn_cell(cell))
            text.append("\n")
        return text

    def _drawn_cell(self, cell: Spot | None) -> tuple[str, Style]:
        if cell is None:
            return " ", Style()
        pointed = cell == self.at and self.has_focus
        if cell in self.marked:
            return (BOTH if pointed else MARKED), MARK_STYLE
        if pointed:
            return POINTED, POINT_STYLE
        if cell[0] in self.unsided:
            return UNSIDED, MARK_STYLE
        return self._glyphs[cell[0]], Style(color=TINTS[self._hue(cell[0])])

    def _hue(self, outline: str) -> int:
        """One tint for each nerve area, so far as there are tints."""
        areas = list(self.kb.face.areas)
        mine = next(
            (place.area for place in self.site.places.values() if place.outline == outline and place.area),
            None,
        )
        return areas.index(mine) % len(TINTS) if mine else len(TINTS) - 1

    def action_go(self, right: int, down: int) -> None:
        """To the next spot in a direction."""
        column, row = self._cell
        found = None
        while 0 <= column < self.drawn.width and 0 <= row < self.drawn.height:
            column, row = column + right, row + down
            spot = self.drawn.at(column, row)
            if spot is not None and spot != self.at and spot[0] in self._pickable:
                found = spot
                break
        if found is not None:
            self._cell = (column, row)
            self.at = found
            self.post_message(self.Pointed())

    def action_pick(self) -> None:
        """Mark the spot, or take the mark away."""
        if self.at is not None:
            self.post_message(self.Picked(self.at))

    def on_click(self, event: events.Click) -> None:
        """Mark the spot under the mouse."""
        spot = self.drawn.at(event.x, event.y - 1)
        if spot is not None and spot[0] in self._pickable:
            self.focus()
            self._cell = (event.x, event.y - 1)
            self.at = spot
            self.post_message(self.Picked(spot))

    def on_focus(self) -> None:
        """Show the cursor."""
        self.post_message(self.Pointed())


def places_at(site: SiteFinding, outline: str) -> list[str]:
    """The choices that lie within an outline."""
    return [name for name, place in site.places.items() if place.outline == outline]


def place_words(kb: KnowledgeBase, site: SiteFinding, place: str, half: str = "") -> str:
    """A place with its nerve area, or the nerve of its muscle, and its side."""
    entry = site.places[place]
    nerve = kb.face.areas[entry.area].label if entry.area else ""
    if not nerve and entry.nerve:
        nerve = kb.face.nerves[entry.nerve].label
    side = kb.face.sides.get(half, half)
    return ", ".join(part for part in (kb.findings[site.finding].choices[place].label, side, nerve) if part)
