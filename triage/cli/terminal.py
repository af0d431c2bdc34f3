"""Whether the program runs on a terminal."""

from __future__ import annotations

import os
import sys


def on_terminal() -> bool:
    """Whether a full screen can be drawn and keys can be read."""
    streams = (sys.stdin, sys.stdout, sys.stderr)
    # Frames and the drawn face are no ASCII.
    encoded = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    able = os.environ.get("TERM", "") not in ("", "dumb")
    return encoded and able and all(stream.isatty() for stream in streams)
