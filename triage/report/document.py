"""The document tree that every sheet is made of, and the numbered sources it cites.

A sheet is built once; the writers (text, Markdown, HTML) only lay it out, so that they never disagree.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from triage.models import PROJECT_JUDGEMENT, Cite, KnowledgeBase


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; ``strong`` for the one sentence that must be read."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A list entry with entries beneath it; ``mark`` is a word set before it (met, not met, applies),
    or alone above them if there is no text.

    A ``strong`` one is a name with what is said of it beneath: a heading where the layout has headings. ``address`` is
    written behind the text, and is a link where the layout has links.
    """

    text: str
    children: tuple[Item, ...] = ()
    mark: str = ""
    strong: bool = False
    address: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list, with a heading of its own if it has a title."""

    items: tuple[Item, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header; every cell is text."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """Conditions with their state in words and the person's own answer (or what is open)."""

    caption: str
    header: tuple[str, str, str]
    rows: tuple[tuple[str, str, str], ...]
    """state, condition, answer"""


@dataclass(frozen=True, slots=True)
class Form:
    """A table to be filled in by hand."""

    caption: str
    columns: tuple[str, ...]
    lines: int


@dataclass(frozen=True, slots=True)
class Bars:
    """How a total is distributed: a count for each label, drawn as a bar where the layout can draw."""

    caption: str
    rows: tuple[tuple[str, int], ...]
    total: int

    def table(self) -> tuple[tuple[str, str, str], ...]:
        """The rows as label, count and share."""
        return tuple((label, f"{count:,}", self.share(count)) for label, count in self.rows)

    def share(self, count: int) -> str:
        """The share of a count, in per cent with one decimal."""
        return f"{100 * count / self.total:.1f} %" if self.total else "-"


@dataclass(frozen=True, slots=True)
class Notice:
    """A framed statement of urgency; ``level`` names it in words, so that colour is never needed."""

    level: str
    text: str


@dataclass(frozen=True, slots=True)
class Shape:
    """One outline of a picture, marked or not."""

    points: tuple[tuple[float, float], ...]
    marked: bool


@dataclass(frozen=True, slots=True)
class FacePicture:
    """The drawn face with the places of a complaint marked; ``alternative`` says the same in words."""

    shapes: tuple[Shape, ...]
    places: str
    """the marked places in words"""
    alternative: str


Block = Paragraph | Items | Table | Bars | Ledger | Form | Notice | FacePicture


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its blocks and subsections."""

    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    kind: Literal["plain", "urgent", "divider"] = "plain"
    """an ``urgent`` one is framed; a ``divider`` begins a new page on paper"""


@dataclass(frozen=True, slots=True)
class Document:
    """A sheet."""

    title: str
    subtitle: str
    sections: tuple[Section, ...]
    footer: str


def colon(mark: str) -> str:
    """What parts a mark from its text: nothing after a number, a colon after words."""
    return "" if mark.startswith("[") or mark.endswith(".") else ":"


def is_web(address: str) -> bool:
    """Whether a browser should open the address: a knowledge base may hold anything there."""
    return address.startswith(("https://", "http://"))


@dataclass
class References:
    """Numbers the sources of a sheet in the order they are first cited."""

    kb: KnowledgeBase
    numbers: dict[str, int] = field(default_factory=dict)

    def mark(self, cites: Iterable[Cite]) -> str:
        """``[1, 2]`` for the sources; ``[our judgement]`` where the project itself decided."""
        words: list[str] = []
        for cite in cites:
            if cite.ref == PROJECT_JUDGEMENT:
                words.append("our judgement")
            else:
                words.append(str(self.numbers.setdefault(cite.ref, len(self.numbers) + 1)))
        return f" [{', '.join(dict.fromkeys(words))}]" if words else ""

    def section(self) -> Section:
        """The list of the sources cited so far."""
        items = []
        for ref, number in self.numbers.items():
            source = self.kb.sources[ref]
            year = str(source.year) if source.year and str(source.year) not in source.title else None
            words = ". ".join(part.rstrip(".") for part in (source.by, source.title, year) if part)
            items.append(Item(words, mark=f"[{number}]", address=source.url or ""))
        return Section("Sources", (Items(tuple(items)),))
