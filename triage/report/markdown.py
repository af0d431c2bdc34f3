"""A document as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import assert_never

from triage.report.document import (
    Bars,
    Block,
    Document,
    FacePicture,
    Form,
    Item,
    Items,
    Ledger,
    Notice,
    Paragraph,
    Section,
    Table,
    colon,
    is_web,
)
from triage.report.wording import BARS_HEADER

# An underscore inside a word is no emphasis and stays as it is.
_SPECIAL = re.compile(r"([\\`*{}<>|#\[\]]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9]))")


def to_markdown(document: Document) -> str:
    """The document as Markdown, ending with a line break."""
    parts = [f"# {escape(document.title)}", escape(document.subtitle)]
    for section in document.sections:
        parts += _section(section, 2)
    parts.append(f"*{escape(document.footer)}*")
    return "\n\n".join(part for part in parts if part) + "\n"


def _section(section: Section, level: int) -> list[str]:
    parts = [f"{'#' * level} {escape(section.title)}"]
    parts += [_block(block) for block in section.blocks]
    for inner in section.sections:
        parts += _section(inner, level + 1)
    return parts


def _block(block: Block) -> str:
    match block:
        case Paragraph(text, strong):
            return f"**{escape(text)}**" if strong else escape(text)
        case Items(items, title):
            listed = "\n".join(line for item in items for line in _item(item, 0))
            return f"**{escape(title)}:**\n\n{listed}" if title else listed
        case Notice(level, text):
            return f"> **{escape(level.upper())}**\n>\n> {escape(text)}"
        case Table(caption, header, rows):
            return _table(caption, header, rows)
        case Bars(caption):
            return _table(caption, BARS_HEADER, block.table())
        case Ledger(caption, header, rows):
            return _table(caption, header, rows)
        case Form(caption, columns, lines):
            return _table(caption, columns, ((" ",) * len(columns),) * lines)
        case FacePicture(_, places):
            return escape(places)
        case _:
            assert_never(block)


def _item(item: Item, depth: int) -> list[str]:
    mark = f"**{escape(item.mark)}{colon(item.mark)}** " if item.mark else ""
    text = f"**{escape(item.text)}**" if item.strong else escape(item.text)
    if item.address:
        text += f". {_link(item.address)}"
    return [
        f"{'  ' * depth}- {mark}{text}".rstrip(),
        *(line for child in item.children for line in _item(child, depth + 1)),
    ]


def _table(caption: str, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [_row(tuple(map(escape, header))), _row(("---",) * len(header))]
    lines += [_row(tuple(map(escape, row))) for row in rows]
    return f"{escape(caption)}\n\n" + "\n".join(lines)


def _link(address: str) -> str:
    """The address as a link, if it is one that a browser should open."""
    return f"<{address}>" if is_web(address) and not set(address) & set("<> \n") else escape(address)


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def escape(text: str) -> str:
    """Text of which Markdown reads nothing as markup."""
    return _SPECIAL.sub(r"\\\1", text)
