"""The drawn face as character cells: which outline, and which half of the face, each cell shows.

``face.yaml`` draws the person's right half, which the viewer sees on the left; the other half is its mirror.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from triage.models.settings import Outline
from triage.report.picture import HALVES, MIRROR

Spot = tuple[str, str]
"""an outline and a half of the face"""
SAMPLES = (1 / 6, 1 / 2, 5 / 6)
# A cell is about twice as high as it is wide.
CELL_RATIO = 2
GLYPHS = "·:'~,-"


@dataclass(frozen=True)
class Raster:
    """Rows of cells; None where there is no face."""

    rows: tuple[tuple[Spot | None, ...], ...]

    @property
    def width(self) -> int:
        """Columns."""
        return len(self.rows[0]) if self.rows else 0

    @property
    def height(self) -> int:
        """Rows."""
        return len(self.rows)

    def at(self, column: int, row: int) -> Spot | None:
        """What a cell shows; None outside."""
        inside = 0 <= row < self.height and 0 <= column < self.width
        return self.rows[row][column] if inside else None

    def middle(self, spot: Spot) -> tuple[int, int]:
        """Column and row of the cell of an outline that lies nearest to its centre."""
        cells = [
            (column, row)
            for row, cells in enumerate(self.rows)
            for column, cell in enumerate(cells)
            if cell == spot
        ]
        x = sum(column for column, _ in cells) / len(cells)
        y = sum(row for _, row in cells) / len(cells)
        return min(cells, key=lambda cell: (cell[0] - x) ** 2 + ((cell[1] - y) * CELL_RATIO) ** 2)

    def neighbours(self) -> dict[str, set[str]]:
        """By outline: the outlines that touch it."""
        found: dict[str, set[str]] = {}
        for row in range(self.height):
            for column in range(self.width):
                here = self.at(column, row)
                for there in (self.at(column + 1, row), self.at(column, row + 1)):
                    if here and there and here[0] != there[0]:
                        found.setdefault(here[0], set()).add(there[0])
                        found.setdefault(there[0], set()).add(here[0])
        return found


def raster(outlines: Mapping[str, Outline], width: int, height: int) -> Raster:
    """The face within ``width`` columns and ``height`` rows, in its proportions."""
    depth = max((y for outline in outlines.values() for _, y in outline.points), default=1.0) + 1
    columns = int(min(width, height * CELL_RATIO * MIRROR / depth)) // 2
    rows = max(1, round(columns * 2 * depth / MIRROR / CELL_RATIO))
    if columns < 1:
        return Raster(())
    step_x, step_y = MIRROR / 2 / columns, depth / rows
    sizes = {name: sqrt(_area(outline.points)) or 1.0 for name, outline in outlines.items()}
    right = [
        [_cell(outlines, sizes, column * step_x, row * step_y, step_x, step_y) for column in range(columns)]
        for row in range(rows)
    ]
    for name, outline in outlines.items():
        if not any(name in line for line in right):
            x, y = _centre(outline.points)
            right[min(rows - 1, int(y / step_y))][min(columns - 1, int(x / step_x))] = name
    return Raster(
        tuple(
            (
                *((name, HALVES[0]) if name else None for name in line),
                *((name, HALVES[1]) if name else None for name in reversed(line)),
            )
            for line in right
        )
    )


def glyphs(drawn: Raster) -> dict[str, str]:
    """By outline: a character that none of its neighbours has, as far as there are enough."""
    touching = drawn.neighbours()
    chosen: dict[str, str] = {}
    for name in sorted({cell[0] for row in drawn.rows for cell in row if cell}):
        taken = {chosen[other] for other in touching.get(name, ()) if other in chosen}
        chosen[name] = next((glyph for glyph in GLYPHS if glyph not in taken), GLYPHS[0])
    return chosen


def _cell(
    outlines: Mapping[str, Outline], sizes: Mapping[str, float], x: float, y: float, wide: float, high: float
) -> str | None:
    """The outline that covers most of a cell; a small one counts for more, or it would never be seen."""
    counts: dict[str, int] = {}
    for down in SAMPLES:
        for across in SAMPLES:
            for name, outline in outlines.items():
                if _inside(x + across * wide, y + down * high, outline.points):
                    counts[name] = counts.get(name, 0) + 1
                    break
    if sum(counts.values()) * 2 < len(SAMPLES) ** 2:
        return None
    return max(counts, key=lambda name: (counts[name] / sizes[name], name))


def _inside(x: float, y: float, points: tuple[tuple[float, float], ...]) -> bool:
    found = False
    for (ax, ay), (bx, by) in zip(points, (*points[1:], points[0]), strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            found = not found
    return found


def _area(points: tuple[tuple[float, float], ...]) -> float:
    return (
        abs(
            sum(
                ax * by - bx * ay for (ax, ay), (bx, by) in zip(points, (*points[1:], points[0]), strict=True)
            )
        )
        / 2
    )


def _centre(points: tuple[tuple[float, float], ...]) -> tuple[float, float]:
    return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)
