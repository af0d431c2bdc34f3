"""A document as one self-contained HTML file: no script, readable in light and dark, printable, usable at 200 %."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
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
from triage.report.style import STYLE
from triage.report.wording import BARS_HEADER, DRAWN, SIDES

WIDTH, HEIGHT = 100, 138
FLAT = 6
"""a list of so many short items stands in two columns on paper"""


def to_html(*documents: Document, title: str = "", lead: str = "") -> str:
    """The document as a whole HTML page; several as one page, below ``title`` and ``lead``."""
    if len(documents) == 1:
        (only,) = documents
        return _page(only.title, _head(only), _sections(only), only.footer)
    articles = "\n".join(f"<article>\n{_head(one)}\n{_sections(one)}\n</article>" for one in documents)
    head = f"<header><p><strong>{escape(lead)}</strong></p></header>" if lead else ""
    return _page(title, head, articles, documents[0].footer)


def _page(title: str, head: str, main: str, footer: str) -> str:
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<style>{STYLE}</style>
</head>
<body>
{head}
<main>
{main}
</main>
<footer><p>{escape(footer)}</p></footer>
</body>
</html>
"""


def _head(document: Document) -> str:
    return f"<header><h1>{escape(document.title)}</h1><p>{escape(document.subtitle)}</p></header>"


def _sections(document: Document) -> str:
    return "\n".join(_section(section, 2) for section in document.sections)


def _section(section: Section, level: int) -> str:
    kind = "" if section.kind == "plain" else f' class="{section.kind}"'
    inner = [_block(block, level + 1) for block in section.blocks]
    inner += [_section(one, level + 1) for one in section.sections]
    return "\n".join([f"<section{kind}>", _heading(section.title, level), *inner, "</section>"])


def _heading(text: str, level: int) -> str:
    return f"<h{min(level, 6)}>{escape(text)}</h{min(level, 6)}>"


def _block(block: Block, level: int) -> str:
    """A block in a section; headings of its own are of this level."""
    match block:
        case Paragraph(text, strong):
            return f"<p><strong>{escape(text)}</strong></p>" if strong else f"<p>{escape(text)}</p>"
        case Items(items, title):
            return f"{_heading(title, level)}\n{_items(items, level + 1)}" if title else _items(items, level)
        case Notice(urgency, text):
            return f'<div class="notice"><strong>{escape(urgency)}</strong><p>{escape(text)}</p></div>'
        case Table(caption, header, rows):
            return _table(caption, header, rows)
        case Bars():
            return _bars(block)
        case Ledger(caption, header, rows):
            return _table(caption, header, rows, named=True)
        case Form(caption, columns, lines):
            return _table(caption, columns, (("",) * len(columns),) * lines)
        case FacePicture():
            return _face(block)
        case _:
            assert_never(block)


def _items(items: tuple[Item, ...], level: int) -> str:
    """A list; where every item is a name with something beneath it, each under a heading."""
    if all(item.strong and item.children for item in items):
        return "\n".join(
            f"{_heading(item.text, level)}\n{_items(item.children, level + 1)}" for item in items
        )
    flat = len(items) >= FLAT and not any(item.children for item in items)
    kind = ' class="flat"' if flat else ""
    return f"<ul{kind}>\n{''.join(map(_item, items))}</ul>"


def _item(item: Item) -> str:
    mark = f'<span class="mark">{escape(item.mark)}{colon(item.mark)}</span> ' if item.mark else ""
    text = f"<strong>{escape(item.text)}</strong>" if item.strong else escape(item.text)
    if item.address:
        text += f". {_link(item.address)}"
    below = f"\n<ul>\n{''.join(map(_item, item.children))}</ul>\n" if item.children else ""
    said = f"{mark}{text}".rstrip()
    return f"<li>{said}{below}</li>\n"


def _link(address: str) -> str:
    """The address as a link, if it is one that a browser should open."""
    shown = escape(address)
    return f'<a href="{shown}" rel="noreferrer">{shown}</a>' if is_web(address) else shown


def _table(
    caption: str, header: tuple[str, ...], rows: Iterable[tuple[str, ...]], *, named: bool = False
) -> str:
    """A table; with ``named`` the first cell of a row is its header."""
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in header)
    body = "".join(f"<tr>{_cells(row, named=named)}</tr>\n" for row in rows)
    title = escape(caption)
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{title}"><table><caption>{title}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>\n{body}</tbody></table></div>"
    )


def _cells(row: tuple[str, ...], *, named: bool) -> str:
    first = f'<th scope="row">{escape(row[0])}</th>' if named else f"<td>{escape(row[0])}</td>"
    return first + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])


def _bars(bars: Bars) -> str:
    """A table whose last column draws each share; the drawing only repeats the numbers beside it."""
    title = escape(bars.caption)
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in (*BARS_HEADER, DRAWN))
    body = []
    for (label, amount, share), (_, count) in zip(bars.table(), bars.rows, strict=True):
        length = 100 * count / bars.total if bars.total else 0
        drawing = (
            '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
            f'<rect class="fill" width="{length:.2f}" height="10"/></svg>'
        )
        cells = f'<td class="n">{amount}</td><td class="n">{share}</td><td class="drawn">{drawing}</td>'
        body.append(f'<tr><th scope="row">{escape(label)}</th>{cells}</tr>\n')
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{title}"><table><caption>{title}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>\n{''.join(body)}</tbody></table></div>"
    )


def _face(picture: FacePicture) -> str:
    shapes = "".join(
        f'<polygon class="part{" on" if shape.marked else ""}" points="{_points(shape.points)}"/>'
        for shape in picture.shapes
    )
    words = escape(picture.alternative)
    sides = "".join(
        f'<text class="side" x="{x}" y="{HEIGHT - 1}">{side}</text>'
        for x, side in zip((25, 75), SIDES, strict=True)
    )
    drawing = f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{words}">{shapes}{sides}</svg>'
    return f"<figure>{drawing}<figcaption>{escape(picture.places)}</figcaption></figure>"


def _points(points: tuple[tuple[float, float], ...]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in points)
