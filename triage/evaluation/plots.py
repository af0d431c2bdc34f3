"""Figures as inline SVG, without scripts; colours come from the page's style, so that light and dark both work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from triage.evaluation.figures import NOTHING_FITS
from triage.evaluation.wording import percent, span

ROW = 26
LABELS = 330
BAR = 330
CELL = 15
NAMES = 290
LONGEST = 46
"""letters of a name that find room beside the picture"""

Interval = tuple[float, float] | None
BarRow = tuple[str, float | None, Interval]


def bars(rows: Sequence[BarRow], title: str) -> str:
    """A bar per fraction with its interval as a line with ends; the figure stands beside it."""
    height = ROW * len(rows) + 24
    parts = [_bar(row, ROW * index + 4) for index, row in enumerate(rows)]
    bottom = ROW * len(rows) + 4
    for share in (0, 25, 50, 75, 100):
        x = LABELS + BAR * share / 100
        parts.append(f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{bottom}"/>')
        parts.append(f'<text x="{x:.1f}" y="{bottom + 15}" text-anchor="middle">{share} %</text>')
    told = "; ".join(f"{label.strip()} {percent(value)}" for label, value, _ in rows)
    return _svg(LABELS + BAR + 90, height, title, told, parts)


def _bar(row: BarRow, y: float) -> str:
    label, value, interval = row
    middle = y + ROW / 2
    text = f'<text x="0" y="{middle + 4:.1f}" xml:space="preserve">{escape(label)}</text>'
    if value is None:
        return text
    told = f"{label.strip()}: {percent(value)}" + (f", 95 % interval {span(interval)}" if interval else "")
    bar = f'<rect class="bar" x="{LABELS}" y="{y + 5:.1f}" width="{BAR * value:.1f}" height="{ROW - 10}"/>'
    if interval:
        low, high = (LABELS + BAR * end for end in interval)
        bar += f'<path class="interval" d="M{low:.1f} {middle:.1f}H{high:.1f}'
        bar += f'M{low:.1f} {middle - 4:.1f}v8M{high:.1f} {middle - 4:.1f}v8"/>'
    shown = f'<text x="{LABELS + BAR + 14}" y="{middle + 4:.1f}">{percent(value)}</text>'
    return f"<g><title>{escape(told)}</title>{text}{bar}{shown}</g>"


def confusion(table: Mapping[str, Mapping[str, int]], title: str) -> str:
    """Expected families as rows, what was named as columns; the right cells lie on the diagonal."""
    names = sorted({*table, *(got for row in table.values() for got in row)} - {NOTHING_FITS})
    columns = [*names, NOTHING_FITS]
    rows = [name for name in names if name in table]
    at = {name: NAMES + CELL * index for index, name in enumerate(columns)}
    parts = [_column(name, at[name]) for name in columns]
    for index, expected in enumerate(rows):
        y = NAMES + CELL * index
        parts.append(
            f'<text x="{NAMES - 6}" y="{y + 11}" text-anchor="end">{escape(_short(expected))}</text>'
        )
        parts.append(f'<rect class="own" x="{at[expected]}" y="{y}" width="{CELL}" height="{CELL}"/>')
        parts += [_cell(expected, got, number, at[got], y) for got, number in table[expected].items()]
    right = sum(row.get(name, 0) for name, row in table.items())
    total = sum(sum(row.values()) for row in table.values())
    told = f"{right} of {total} cases lie on the diagonal; the list below names every cell that is not empty."
    return _svg(NAMES + CELL * len(columns) + 8, NAMES + CELL * len(rows) + 8, title, told, parts)


def _column(name: str, x: int) -> str:
    turned = f'transform="rotate(-90 {x + 11} {NAMES - 6})"'
    return f'<text x="{x + 11}" y="{NAMES - 6}" {turned}>{escape(_short(name))}</text>'


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"


def _cell(expected: str, got: str, number: int, x: int, y: int) -> str:
    kind = "right" if expected == got else "wrong"
    told = f"expected {expected}, {'named' if got != NOTHING_FITS else 'but'} {got}: {number}"
    return (
        f'<g><title>{escape(told)}</title><rect class="{kind}" x="{x}" y="{y}" width="{CELL}" height="{CELL}"/>'
        f'<text x="{x + CELL / 2}" y="{y + 11}" text-anchor="middle">{number}</text></g>'
    )


def _svg(width: float, height: float, title: str, told: str, parts: Sequence[str]) -> str:
    label = escape(f"{title}. {told}", quote=True)
    return (
        f'<svg viewBox="0 0 {width:g} {height:g}" width="{width:g}" role="img" aria-label="{label}">'
        f"{''.join(parts)}</svg>"
    )
