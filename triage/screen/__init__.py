"""The full-screen terminal program; the only package that imports textual."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from triage.interview.sitting import Sitting
from triage.screen.app import ConsultationApp

__all__ = ["ConsultationApp", "consult"]


def consult(sitting: Sitting, path: Path | None, aside: Mapping[str, str]) -> None:
    """Run a sitting on the full screen until the person leaves."""
    ConsultationApp(sitting, path, aside).run()
