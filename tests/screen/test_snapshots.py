"""The screens as text, at a small and a large size; `pytest --update-golden` writes them anew."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from tests.screen.pilots import LARGE, SMALL, app_of, press, screen_text, settled, started
from triage.interview import Answers
from triage.models import KnowledgeBase
from triage.screen.parts import FACE_SIZE

NOISE = {"noise_present": "present", "wobble_present": False, "brakes_weak": False}
WOBBLE = {"noise_present": "absent", "wobble_present": True, "brakes_weak": False}
RIDER = {"rider_age_years": 40, "motor_fitted": False}
BEGUN = Answers().add(WOBBLE).add(RIDER)
HEARD = Answers().add(NOISE).add(RIDER).add({"fell_off": False})
# Name of the screen: the answers before it, and the keys that lead there.
SCREENS = {
    "complaints": (Answers(), ()),
    "amount": (Answers().add(NOISE), ()),
    "danger_screen": (BEGUN, ("1", "down", "?")),
    "emergency": (BEGUN, ("1", "d", "u")),
    "after_emergency": (BEGUN, ("1", "d", "u", "4")),
    "why": (BEGUN, ("w",)),
    "help": (BEGUN, ("h",)),
    "answers": (BEGUN, ("a",)),
    "quit": (BEGUN, ("q",)),
    "save": (BEGUN, ("s",)),
    "result": (HEARD, ("q", "2")),
    "result_for_the_person": (HEARD, ("q", "2", "2")),
    "result_for_the_clinician": (HEARD, ("q", "2", "3")),
}


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
@pytest.mark.parametrize("name", SCREENS)
def test_screens_look_as_reviewed(
    toy: KnowledgeBase, golden: Callable[[str, str], None], name: str, size: tuple[int, int]
) -> None:
    answers, keys = SCREENS[name]
    app = app_of(toy, [answers])
    shown: list[str] = []

    async def running() -> None:
        async with started(app, size) as pilot:
            await press(pilot, *keys)
            shown.append(screen_text(app))

    asyncio.run(running())
    golden(f"screen/{name}.{size[0]}x{size[1]}.txt", shown[0])


@pytest.mark.parametrize("size", [FACE_SIZE, LARGE], ids=["small", "large"])
def test_the_shipped_face_looks_as_reviewed(
    kb: KnowledgeBase, golden: Callable[[str, str], None], size: tuple[int, int]
) -> None:
    """The drawn face of the shipped rules, with the cursor on it and a place marked."""
    [site, *_] = kb.face.sites
    app = app_of(kb)
    shown: list[str] = []

    async def running() -> None:
        async with started(app, size) as pilot:
            await app.change(site.finding)
            await settled(pilot)
            await press(pilot, "tab", "down", "space", "down")
            lines = screen_text(app).splitlines(keepends=True)
            # The first line counts disorders, and the panel names what the rules say now: not the subject here.
            shown.append("".join(line for line in lines[1:]))

    asyncio.run(running())
    face = "\n".join(line[:58].rstrip() for line in shown[0].splitlines()[: size[1] - 5])
    golden(f"screen/face.{size[0]}x{size[1]}.txt", face + "\n")
