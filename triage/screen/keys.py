"""The keys at the bottom of a screen, on two lines where the window is narrow."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Footer


class Keys(Footer):
    """The keys of the screen; the style sheet says how many stand on one line."""

    def compose(self) -> ComposeResult:
        """The same as textual's, which would keep all of them on one line and cut it."""
        yield from super().compose()
        self.styles.clear_rule("grid_size_columns")
