"""The full-screen terminal program; the only package that imports textual."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from triage.errors import TriageError
from triage.interview.sitting import Sitting
from triage.screen.app import ConsultationApp
from triage.screen.stepper import Stepper

__all__ = ["ConsultationApp", "Stepper", "consult"]


def consult(sitting: Sitting, path: Path | None, aside: Mapping[str, str]) -> None:
    """Run a sitting on the full screen until the person leaves.

    Raises ``TriageError`` if the screen fails.
    """
    app = ConsultationApp(sitting, path, aside)
    app.run()
    if app.failure is not None:
        kept = f"`--resume {app.path}` goes on from what is kept" if app.path else "nothing was kept"
        raise TriageError(
            f"the full screen stopped: {type(app.failure).__name__}: {app.failure}",
            hint=f"{kept}; `--plain` asks line after line",
        ) from app.failure
