"""The full-screen terminal program; the only package that imports textual."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from triage.interview.sitting import Sitting
from triage.screen.app import ConsultationApp
from triage.screen.stepper import Stepper

__all__ = ["ConsultationApp", "Stepper", "consult"]


def consult(sitting: Sitting, path: Path | None, aside: Mapping[str, str]) -> None:
    """Run a sitting on the full screen until the person leaves."""
    ConsultationApp(sitting, path, aside).run()
