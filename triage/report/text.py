"""A document as plain text for a terminal: readable without colour, 80 columns unless told otherwise."""

from __future__ import annotations

import textwrap
from typing import assert_never

from triage.report.document import (
    Block,
    Document,
    FacePicture,
    Item,
    Items,
    Notice,
    Paragraph,
    Section,
    Table,
)

WIDTH = 80


def to_text(document: Document, width: int = WIDTH) -> str:
    """The document as lines of at most ``width`` columns, ending with a line break."""
    lines = [document.title, *_wrap(document.subtitle, width), ""]
    for section in document.sections:
        lines += _section(section, 0, width)
    lines += _wrap(document.footer, width)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _section(section: Section, depth: int, width: int) -> list[str]:
    title = section.title.upper() if depth == 0 else section.title
    lines = [title, ("=" if depth == 0 else "-") * min(len(title), width)]
    for block in section.blocks:
        lines += [*_block(block, width), ""]
    for inner in section.sections:
        lines += _section(inner, depth + 1, width)
    return lines if lines[-1] == "" else [*lines, ""]


def _block(block: Block, width: int) -> list[str]:
    match block:
        case Paragraph(text):
            return _wrap(text, width)
        case Items(items):
            return [line for item in items for line in _item(item, 0, width)]
        case Notice(level, text):
            return [*_wrap(f"*** {level.upper()} ***", width), *_wrap(text, width)]
        case Table(caption, header, rows):
            return [*_wrap(caption, width), *_table(header, rows, width)]
        case FacePicture(_, alternative):
            return _wrap(alternative, width)
        case _:
            assert_never(block)


def _item(item: Item, depth: int, width: int) -> list[str]:
    indent = "  " * (depth + 1)
    bullet = f"{item.mark}  " if item.mark else "- "
    hang = indent + " " * min(len(bullet), 12)
    lines = textwrap.wrap(item.text, width, initial_indent=indent + bullet, subsequent_indent=hang) or [
        indent + bullet
    ]
    return [*lines, *(line for child in item.children for line in _item(child, depth + 1, width))]


def _table(header: tuple[str, ...], rows: tuple[tuple[str, ...], ...], width: int) -> list[str]:
    columns = list(zip(header, *rows, strict=True))
    widths = [max(len(cell) for cell in column) for column in columns]
    if sum(widths) + 2 * len(widths) > width:
        # Too wide for columns: one labelled block a row.
        return [line for row in rows for line in _row_block(header, row, width)]

    def line(cells: tuple[str, ...]) -> str:
        return "  " + "  ".join(cell.ljust(size) for cell, size in zip(cells, widths, strict=True))

    return [line(header), line(tuple("-" * size for size in widths)), *(line(row) for row in rows)]


def _row_block(header: tuple[str, ...], row: tuple[str, ...], width: int) -> list[str]:
    lines = []
    for number, (name, cell) in enumerate(zip(header, row, strict=True)):
        lead = "  - " if number == 0 else "    "
        lines += textwrap.wrap(f"{name}: {cell}", width, initial_indent=lead, subsequent_indent="      ")
    return lines


def _wrap(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width) or [""]
