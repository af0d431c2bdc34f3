"""Driving the full-screen program in a test, and its screen as plain text."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from textual.pilot import Pilot

from triage.cli.sessions import save
from triage.interview import Answers
from triage.interview.sitting import Sitting
from triage.models import KnowledgeBase
from triage.screen import ConsultationApp
from triage.screen.dialogs import Options
from triage.screen.facemap import FaceMap
from triage.screen.parts import Asking

SMALL, LARGE = (80, 24), (140, 45)


def app_of(
    kb: KnowledgeBase,
    given: Sequence[Answers] = (),
    *,
    path: Path | None = None,
    answered_by: str = "patient",
) -> ConsultationApp:
    """The program, keeping the answers in ``path`` if there is one."""
    target: list[Path] = [path] if path else []

    def keep(cases: Sequence[Answers]) -> None:
        for one in target:
            save(one, cases, {}, answered_by)

    def begin(name: str) -> str:
        target[:] = [Path(name)]
        keep(app.sitting.cases)
        return name

    app = ConsultationApp(Sitting(kb, given, answered_by, on_answers=keep, on_save=begin), path)
    return app


@contextmanager
def unhurried() -> Iterator[None]:
    """Questions can be answered as soon as they stand: a script presses no key twice by mistake."""
    before = Asking.settle_seconds, Options.settle_seconds
    Asking.settle_seconds = Options.settle_seconds = 0.0
    try:
        yield
    finally:
        Asking.settle_seconds, Options.settle_seconds = before


@asynccontextmanager
async def started(app: ConsultationApp, size: tuple[int, int] = SMALL) -> AsyncIterator[Pilot[bool]]:
    """The program past its introduction."""
    with unhurried():
        async with _past_introduction(app, size) as pilot:
            yield pilot


@asynccontextmanager
async def _past_introduction(app: ConsultationApp, size: tuple[int, int]) -> AsyncIterator[Pilot[bool]]:
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.press("enter")
        await settled(pilot)
        yield pilot


async def settled(pilot: Pilot[bool]) -> None:
    """Wait until everything that was asked for is drawn."""
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    # A face is drawn once its room is known, which a busy machine may tell it late.
    for _ in range(100):
        shown = [asking for asking in pilot.app.screen.query(Asking) if asking.face_shown]
        if all(face.drawn.rows for asking in shown for face in asking.query(FaceMap)):
            break
        await pilot.pause(0.05)


async def press(pilot: Pilot[bool], *keys: str) -> None:
    """Press keys, one after another."""
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


def screen_text(app: ConsultationApp) -> str:
    """What the screen shows, line by line."""
    width, height = app.size
    rows = [["" for _ in range(width)] for _ in range(height)]
    for number, strip in enumerate(app.screen._compositor.render_strips()):
        rows[number] = [segment.text for segment in strip if not segment.control]
    return "\n".join("".join(row).rstrip() for row in rows) + "\n"
