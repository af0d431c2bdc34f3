"""How far a long run is, on standard error, and only for somebody who watches."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TypeVar

from triage.cases.streams import COMPRESSED

T = TypeVar("T")
WIPE = "\r\x1b[K"
REDRAW_SECONDS = 0.1


def each(items: Sequence[T], doing: str) -> Iterator[T]:
    """The items one by one; meanwhile a line says which one it is, if standard error is a terminal."""
    drawn = float("-inf")
    try:
        for number, item in enumerate(items, 1):
            if sys.stderr.isatty() and monotonic() - drawn >= REDRAW_SECONDS:
                drawn = monotonic()
                print(f"{WIPE}{doing} {number} of {len(items)}", end="", file=sys.stderr, flush=True)
            yield item
    finally:
        wipe()


def wipe() -> None:
    """Take the line of ``each`` away before something else is written."""
    if sys.stderr.isatty():
        print(WIPE, end="", file=sys.stderr, flush=True)


@contextmanager
def progress(sources: Iterable[str]) -> Iterator[Callable[[int], None]]:
    """A function that is told how many bytes were read; draws a bar if standard error is a terminal."""
    if not sys.stderr.isatty():
        yield lambda count: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("assessing"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("assessing", total=_size(sources))
        yield lambda count: bar.advance(task, count)


@contextmanager
def counting(total: int) -> Iterator[Callable[[float], None] | None]:
    """A function that is told the share of ``total`` cases that is done, or None where nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, Task, TextColumn, TimeRemainingColumn
    from rich.text import Text

    class Rate(TextColumn):
        """Cases per second."""

        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:,.0f} cases/s" if task.speed else "planning")

    columns = (TextColumn("assessing"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"), Rate(""))
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("assessing", total=total)
        yield lambda share: bar.update(task, completed=share * total)


def _size(sources: Iterable[str]) -> int | None:
    """All bytes to read; None if that cannot be known (standard input, a missing or compressed file)."""
    paths = [Path(source) for source in sources]
    if any(path.suffix.lower() in COMPRESSED for path in paths):
        return None
    try:
        return sum(path.stat().st_size for path in paths)
    except OSError:
        return None
