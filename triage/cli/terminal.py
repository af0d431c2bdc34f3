"""Whether the program runs on a terminal, and how wide it is."""

from __future__ import annotations

import os
import sys
from shutil import get_terminal_size

LEAST_WIDTH, WIDTH = 40, 80


def on_terminal() -> bool:
    """Whether a full screen can be drawn and keys can be read."""
    streams = (sys.stdin, sys.stdout, sys.stderr)
    # Frames and the drawn face are no ASCII.
    encoded = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    able = os.environ.get("TERM", "") not in ("", "dumb")
    return encoded and able and all(stream.isatty() for stream in streams)


def text_width() -> int:
    """Columns of a line of text: those of the terminal, but 40 to 80; 80 where there is no terminal."""
    columns = get_terminal_size().columns if sys.stdout.isatty() else WIDTH
    return max(LEAST_WIDTH, min(WIDTH, columns))
