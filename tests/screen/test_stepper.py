"""The stepping view: firing by firing, with working memory and agenda."""

from __future__ import annotations

import asyncio

import pytest

from tests.screen.pilots import press, screen_text
from triage.cli.traces import decided_words, item_words
from triage.engine import ExpertaEngine
from triage.models import KnowledgeBase
from triage.screen import Stepper, words
from triage.screen.words import STEP_AGENDA, STEP_MEMORY

FACTS = {"noise_present": "present", "rim_cracked": True, "fell_off": False}


@pytest.fixture(scope="module")
def trace(toy: KnowledgeBase):
    return ExpertaEngine(toy).trace(FACTS)


def test_it_begins_with_the_answers_and_ends_with_an_empty_agenda(trace) -> None:
    app = Stepper("b1", trace, item_words, decided_words)

    async def running() -> None:
        async with app.run_test(size=(100, 30)) as pilot:
            await pilot.pause()
            shown = screen_text(app)
            assert words.STEP_START in shown
            assert STEP_MEMORY.format(count=len(trace.given)) in shown
            assert "rim_cracked = yes" in shown
            await press(pilot, "end")
            shown = screen_text(app)
            assert words.STEP_END in shown
            assert STEP_AGENDA.format(count=0) in shown

    asyncio.run(running())


def test_every_step_shows_what_fired_and_why(trace) -> None:
    app = Stepper("b1", trace, item_words, decided_words)

    async def running() -> None:
        async with app.run_test(size=(140, 45)) as pilot:
            await press(pilot, "n", "n", "b")
            first = trace.firings[0]
            shown = screen_text(app)
            assert words.STEP_OF.format(step=1, count=len(trace.firings)) in shown
            assert decided_words(first) in shown
            for ground in first.grounds:
                assert item_words(ground) in shown
            await press(pilot, "g", "3", "enter")
            assert app.step == 3
            await press(pilot, "pagedown", "home", "b")
            assert app.step == 0

    asyncio.run(running())
