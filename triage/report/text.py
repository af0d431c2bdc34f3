"""A document as plain text for a terminal: readable without colour, 80 columns unless told otherwise."""

from __future__ import annotations

import textwrap
from typing import assert_never

from triage.errors import printable
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
)
from triage.report.wording import BARS_HEADER

WIDTH = 80


def to_text(document: Document, width: int = WIDTH) -> str:
    """The document as lines of at most ``width`` columns, ending with a line break."""
    lines = [*_wrap(document.title, width), *_wrap(document.subtitle, width), ""]
    for section in document.sections:
        lines += _section(section, 0, width)
    lines += _wrap(document.footer, width)
    text = "\n".join(line.rstrip() for line in lines) + "\n"
    # What could move the cursor or turn the writing round is shown as a mark, wherever it came from.
    return printable(text, keep="\n")


def _section(section: Section, depth: int, width: int) -> list[str]:
    lines = _wrap(section.title.upper() if depth == 0 else section.title, width)
    lines.append(("=" if depth == 0 else "-") * max(map(len, lines)))
    for block in section.blocks:
        lines += [*_block(block, width), ""]
    for inner in section.sections:
        lines += _section(inner, depth + 1, width)
    return lines if lines[-1] == "" else [*lines, ""]


def _block(block: Block, width: int) -> list[str]:
    match block:
        case Paragraph(text):
            return _wrap(text, width)
        case Items(items, title):
            head = _wrap(f"{title}:", width) if title else []
            return [*head, *(line for item in items for line in _item(item, 0, width))]
        case Notice(level, text):
            return [*_wrap(f"*** {level.upper()} ***", width), *_wrap(text, width)]
        case Table(caption, header, rows):
            return [*_wrap(caption, width), *_table(header, rows, width)]
        case Bars(caption):
            return [*_wrap(caption, width), *_table(BARS_HEADER, block.table(), width)]
        case Ledger(_, _, rows):
            return [line for row in rows for line in _ledger_row(row, width)]
        case Form(caption, columns, _):
            return [
                *_wrap(f"{caption}:", width),
                *(line for one in columns for line in _item(Item(one), 0, width)),
            ]
        case FacePicture(_, places):
            return _wrap(places, width)
        case _:
            assert_never(block)


def _item(item: Item, depth: int, width: int) -> list[str]:
    indent = "  " * (depth + 1)
    text = f"{item.text}. {item.address}" if item.address else item.text
    if item.mark and not colon(item.mark):
        lead = f"{item.mark} "
    else:
        lead, text = "- ", f"{item.mark}: {text}" if item.mark else text
    lines = _wrap(text, width, indent + lead, indent + " " * len(lead))
    return [
        *lines,
        *(line for child in item.children for line in _item(child, depth + 1, width)),
    ]


def _ledger_row(row: tuple[str, str, str], width: int) -> list[str]:
    state, condition, answer = row
    lines = _wrap(condition, width, f"  - {state}: ", "    ")
    if answer:
        lines += _wrap(answer, width, "      ", "        ")
    return lines


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
        lines += _wrap(f"{name}: {cell}", width, lead, "      ")
    return lines


def _wrap(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    # Addresses are broken only where a line cannot hold them, never at a hyphen, so that they can be copied.
    lines = textwrap.wrap(text, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)
    return lines or [first.rstrip()]
