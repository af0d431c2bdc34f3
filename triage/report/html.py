"""A document as one self-contained HTML file: no script, readable in light and dark, printable, usable at 200 %."""

from __future__ import annotations

from html import escape
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

STYLE = """
:root { color-scheme: light dark; --ink: #1b1b1b; --paper: #ffffff; --line: #767676; --soft: #f1f1ee; --mark: #9b1c1c; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #ececec; --paper: #161616; --line: #9a9a9a; --soft: #262626; --mark: #ffb3ab; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 46rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; overflow-wrap: break-word; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .25rem; }
h2 { font-size: 1.2rem; margin: 1.6rem 0 .5rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1.05rem; margin: 1.2rem 0 .4rem; }
p { margin: .4rem 0; }
ul { margin: .3rem 0; padding-left: 1.2rem; }
li { margin: .2rem 0; }
.mark { font-weight: 600; }
.notice { border: 2px solid var(--line); background: var(--soft); padding: .6rem .9rem; margin: .6rem 0; }
.urgent .notice { border-color: var(--mark); }
.notice strong { display: block; font-size: 1.15rem; }
.urgent .notice strong { color: var(--mark); }
table { border-collapse: collapse; width: 100%; margin: .6rem 0; }
caption { text-align: left; padding: .2rem 0; }
th, td { border: 1px solid var(--line); padding: .3rem .4rem; text-align: left; vertical-align: top; }
th { min-width: 3.5rem; }
th { font-weight: 600; font-size: .85rem; }
td:empty { height: 2.1rem; }
.scroll { overflow-x: auto; }
figure { margin: .6rem 0; }
figure svg { width: 11rem; max-width: 100%; height: auto; display: block; }
.part { fill: none; stroke: var(--line); stroke-width: .6; }
.part.on { fill: var(--mark); fill-opacity: .55; stroke: var(--ink); stroke-width: 1; }
footer { margin-top: 2rem; border-top: 1px solid var(--line); padding-top: .5rem; }
@media print {
  :root { --ink: #000; --paper: #fff; --line: #555; --soft: #fff; --mark: #000; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  h2, h3 { break-after: avoid; } li, tr, .notice, figure { break-inside: avoid; }
}
@page { margin: 15mm; }
"""
WIDTH, HEIGHT = 100, 135


def to_html(document: Document) -> str:
    """The document as a whole HTML page."""
    body = "\n".join(_section(section, 2) for section in document.sections)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(document.title)}</title>
<style>{STYLE}</style>
</head>
<body>
<header><h1>{escape(document.title)}</h1><p>{escape(document.subtitle)}</p></header>
<main>
{body}
</main>
<footer><p>{escape(document.footer)}</p></footer>
</body>
</html>
"""


def _section(section: Section, level: int) -> str:
    tag = f"h{min(level, 6)}"
    kind = ' class="urgent"' if section.kind == "urgent" else ""
    inner = "\n".join(
        [_block(block) for block in section.blocks] + [_section(one, level + 1) for one in section.sections]
    )
    return f"<section{kind}>\n<{tag}>{escape(section.title)}</{tag}>\n{inner}\n</section>"


def _block(block: Block) -> str:
    match block:
        case Paragraph(text, strong):
            return f"<p><strong>{escape(text)}</strong></p>" if strong else f"<p>{escape(text)}</p>"
        case Items(items):
            return f"<ul>\n{''.join(map(_item, items))}</ul>"
        case Notice(level, text):
            return f'<div class="notice"><strong>{escape(level)}</strong><p>{escape(text)}</p></div>'
        case Table(caption, header, rows):
            return _table(caption, header, rows)
        case FacePicture():
            return _face(block)
        case _:
            assert_never(block)


def _item(item: Item) -> str:
    mark = f'<span class="mark">{escape(item.mark)}</span> ' if item.mark else ""
    text = f"<strong>{escape(item.text)}</strong>" if item.strong else escape(item.text)
    below = f"\n<ul>\n{''.join(map(_item, item.children))}</ul>\n" if item.children else ""
    return f"<li>{mark}{text}{below}</li>\n"


def _table(caption: str, header: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> str:
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in header)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>\n" for row in rows)
    title = escape(caption)
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{title}"><table><caption>{title}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>\n{body}</tbody></table></div>"
    )


def _face(picture: FacePicture) -> str:
    shapes = "".join(
        f'<polygon class="part{" on" if shape.marked else ""}" points="{_points(shape.points)}"/>'
        for shape in picture.shapes
    )
    words = escape(picture.alternative)
    drawing = f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{words}">{shapes}</svg>'
    return f"<figure>{drawing}<figcaption>{words}</figcaption></figure>"


def _points(points: tuple[tuple[float, float], ...]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in points)
