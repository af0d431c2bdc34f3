"""A page of Markdown built line by line, with its sources numbered and cited with their places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from triage.models import PROJECT_JUDGEMENT, Cite, KnowledgeBase

# An underscore inside a word is no emphasis and stays as it is.
_SPECIAL = re.compile(r"([\\`*<>\[\]]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9]))")


Item = str | tuple[str, Sequence["Item"]]
"""a line of Markdown, alone or with lines beneath it"""


def escape(text: str) -> str:
    """The text with what Markdown would read as markup escaped.

    >>> print(escape("HLA-B*15:02, see trigeminal_neuralgia.a"))
    HLA-B\\*15:02, see trigeminal_neuralgia.a
    """
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def link(text: str, target: str) -> str:
    """A link; the text is escaped."""
    return f"[{escape(text)}]({target})"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; the cells are Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


class Page:
    """One page: texts are given as Markdown, so that they may hold links; what comes from rules is escaped before."""

    def __init__(self, kb: KnowledgeBase, title: str, *below: str) -> None:
        self.kb = kb
        self.numbers: dict[str, int] = {}
        self.pictures: dict[str, None] = {}
        """patterns named on the page, in the order of their first mention"""
        self.parts = [f"# {escape(title)}", *below]

    def cite(self, cites: Iterable[Cite]) -> str:
        """`` [1: place; 2: place]`` for sources, with the project's own judgement named as such."""
        places: dict[str, list[str]] = {}
        for cite in cites:
            number = "" if cite.ref == PROJECT_JUDGEMENT else str(self._number(cite.ref))
            places.setdefault(number or "our judgement", []).append(cite.at)
        words = [f"{name}: {', '.join(dict.fromkeys(at))}" for name, at in places.items()]
        return " " + escape("[" + "; ".join(words) + "]") if words else ""

    def _number(self, ref: str) -> int:
        return self.numbers.setdefault(ref, len(self.numbers) + 1)

    def heading(self, text: str, level: int = 2) -> None:
        """A heading; the text is Markdown."""
        self.parts.append(f"{'#' * level} {text}")

    def text(self, *paragraphs: str) -> None:
        """Paragraphs."""
        self.parts += paragraphs

    def items(self, items: Sequence[Item]) -> None:
        """A list; an item may have items beneath it."""
        if items:
            self.parts.append("\n".join(_lines(items, 0)))

    def sources(self) -> None:
        """The list of what the page cites, in the order of its numbers."""
        if not self.numbers:
            return
        self.heading("Sources")
        lines = []
        for ref, number in self.numbers.items():
            source = self.kb.sources[ref]
            words = [source.by, source.title, str(source.year) if source.year else None]
            told = ". ".join(escape(word.rstrip(".")) for word in words if word)
            lines.append(f"{number}. {told}." + (f" <{source.url}>" if source.url else ""))
        self.parts.append("\n".join(lines))

    def markdown(self, footer: str) -> str:
        """The page as text, ending with a line break."""
        return "\n\n".join([*self.parts, f"*{footer}*"]) + "\n"


def _lines(items: Sequence[Item], depth: int) -> Iterator[str]:
    for item in items:
        head, below = (item, ()) if isinstance(item, str) else item
        yield f"{'  ' * depth}- {head}"
        yield from _lines(below, depth + 1)
