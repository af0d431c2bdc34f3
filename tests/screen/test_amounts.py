"""Amounts on the full screen: an offered line stores what it says, and every typed digit counts."""

from __future__ import annotations

import asyncio

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import Input

from tests.screen.pilots import settled, unhurried
from triage.cases import read_answer
from triage.interview import Answer
from triage.models import Finding, KnowledgeBase
from triage.screen.choices import Choices
from triage.screen.parts import Answered, Asking


class OneQuestion(App[None]):
    """A single question; ``answers`` holds what it was answered with, one after the other."""

    def __init__(self, kb: KnowledgeBase, finding: Finding) -> None:
        super().__init__()
        self.kb, self.finding = kb, finding
        self.answers: list[Answer] = []

    def compose(self) -> ComposeResult:
        yield Asking(self.kb, self.finding)

    def on_answered(self, event: Answered) -> None:
        self.answers.append(event.page[self.finding.id])


def answers_of(kb: KnowledgeBase, finding: Finding, *keys: str) -> list[Answer]:
    app = OneQuestion(kb, finding)

    async def running() -> None:
        async with app.run_test() as pilot:
            await settled(pilot)
            await pilot.press(*keys)
            await settled(pilot)

    with unhurried():
        asyncio.run(running())
    return app.answers


def offered(kb: KnowledgeBase) -> list[Finding]:
    return [one for one in kb.findings.values() if one.picks]


def test_every_offered_amount_stores_what_it_says(kb: KnowledgeBase) -> None:
    asked = offered(kb)
    assert len(asked) > 20
    for finding in asked:
        app = OneQuestion(kb, finding)

        async def choosing(app: OneQuestion = app) -> None:
            async with app.run_test() as pilot:
                await settled(pilot)
                asking = app.query_one(Asking)
                for index in range(len(app.finding.picks)):
                    asking.answered = False
                    asking.on_choices_chosen(Choices.Chosen(index))
                await settled(pilot)

        with unhurried():
            asyncio.run(choosing())
        assert app.answers == [pick.stored for pick in finding.picks], finding.id


@pytest.mark.parametrize("down", [0, 2])
def test_enter_takes_the_line_under_the_cursor(kb: KnowledgeBase, down: int) -> None:
    finding = kb.findings["movement_days"]
    assert answers_of(kb, finding, *["down"] * down, "enter") == [finding.picks[down].stored]


def test_every_digit_typed_beside_the_lines_is_kept(kb: KnowledgeBase) -> None:
    app = OneQuestion(kb, kb.findings["movement_days"])

    async def typing(pilot: Pilot[None]) -> None:
        for key in "730":
            await pilot.press(key)
            # A person's next key comes when the field has drawn the last one.
            await settled(pilot)
        assert app.query_one(Input).value == "730"
        await pilot.press("enter")
        await settled(pilot)

    async def running() -> None:
        async with app.run_test() as pilot:
            await settled(pilot)
            await typing(pilot)

    asyncio.run(running())
    assert app.answers == [730] == [read_answer(app.finding, "730")]
