"""Keys pressed twice, lists that do not fit the window, a panel over the question, and a screen that fails."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual.widgets import Static

from tests.screen.pilots import SMALL, app_of, press, screen_text, settled, started
from tests.support import tiny_kb
from triage.errors import TriageError
from triage.interview import Answers
from triage.interview.sitting import Sitting
from triage.models import KnowledgeBase
from triage.screen import ConsultationApp, consult, words
from triage.screen.choices import Choices
from triage.screen.dialogs import Options
from triage.screen.parts import Asking

NOISE = {"noise_present": "present", "wobble_present": False, "brakes_weak": False}
RIDER = {"rider_age_years": 40, "motor_fitted": False}


def test_an_answer_is_handed_on_once(toy: KnowledgeBase) -> None:
    app = app_of(toy, [Answers().add(NOISE).add(RIDER)])

    async def running() -> None:
        async with started(app) as pilot:
            before = app.consultation.number
            asking = app.consulting.query_one(Asking)
            asking._answer({"fell_off": False})
            asking._answer({"fell_off": True})
            await settled(pilot)
            assert app.consultation.number == before + 1

    asyncio.run(running())
    assert app.consultation.answers.given["fell_off"] is False


def test_two_questions_shown_at_once_leave_one(toy: KnowledgeBase) -> None:
    app = app_of(toy)

    async def running() -> None:
        async with started(app) as pilot:
            finding = toy.findings["rider_age_years"]
            await asyncio.gather(*(app.consulting.show(finding) for _ in range(3)))
            await settled(pilot)
            assert len(app.consulting.query(Asking)) == 1

    asyncio.run(running())


@pytest.mark.parametrize("seconds, answered", [(60.0, False), (0.0, True)])
def test_a_key_pressed_as_the_question_appears_does_not_answer_it(
    toy: KnowledgeBase, monkeypatch: pytest.MonkeyPatch, seconds: float, answered: bool
) -> None:
    app = app_of(toy, [Answers().add(NOISE).add(RIDER)])

    async def running() -> None:
        async with started(app) as pilot:
            monkeypatch.setattr(Asking, "settle_seconds", seconds)
            await press(pilot, "n")

    asyncio.run(running())
    assert ("fell_off" in app.consultation.so_told.given) == answered


@pytest.mark.parametrize("seconds, dismissed", [(60.0, False), (0.0, True)])
def test_a_key_pressed_twice_does_not_dismiss_the_warning_that_it_brought(
    toy: KnowledgeBase, monkeypatch: pytest.MonkeyPatch, seconds: float, dismissed: bool
) -> None:
    wobbling = {"noise_present": "absent", "wobble_present": True, "brakes_weak": False}
    app = app_of(toy, [Answers().add(wobbling).add(RIDER)])

    async def running() -> None:
        async with started(app) as pilot:
            monkeypatch.setattr(Options, "settle_seconds", seconds)
            await press(pilot, "1", "d", "u", "4")
            assert isinstance(app.screen, Options) is not dismissed

    asyncio.run(running())


def test_the_panel_gives_the_keys_back(toy: KnowledgeBase) -> None:
    app = app_of(toy)

    async def running() -> None:
        async with started(app, SMALL) as pilot:
            await press(pilot, "p", "p", "1")
            assert app.screen.query_one(Choices).ticked == {0}

    asyncio.run(running())


def test_the_words_of_a_question_stand_there_before_it_takes_keys(
    toy: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_of(toy, [Answers().add(NOISE)])
    said: list[tuple[str, str]] = []
    take_keys = Asking.take_keys

    def taking(self: Asking) -> None:
        said.append((self.part.id, str(app.consulting.query_one("#asked", Static).render())))
        take_keys(self)

    monkeypatch.setattr(Asking, "take_keys", taking)

    async def running() -> None:
        async with started(app) as pilot:
            await press(pilot, "4", "0", "enter")

    asyncio.run(running())
    assert ("motor_fitted", "Does it have an electric motor?") in said
    assert all(words == toy.findings[name].question for name, words in said)


@pytest.mark.parametrize(
    ("keys", "ticked"),
    [
        (["1"], set()),
        (["1", "enter"], {1}),
        (["1", "2"], {12}),
        (["1", "5"], {1, 5}),
        (["2"], {2}),
        (["1", "down"], set()),
    ],
)
def test_a_digit_waits_for_a_second_one_or_for_enter(
    tmp_path: Path, keys: list[str], ticked: set[int]
) -> None:
    app = many_places(tmp_path, 12)

    async def running() -> None:
        async with started(app) as pilot:
            await app.change("places")
            await settled(pilot)
            await press(pilot, *keys)
            assert app.screen.query_one(Choices).ticked == {number - 1 for number in ticked}
            assert (words.WAITING.format(number=1) in screen_text(app)) is (keys == ["1"])

    asyncio.run(running())


@pytest.mark.parametrize("keys", [["1", "d"], ["1", "enter", "1", "d"]])
def test_a_number_that_waits_is_ticked_when_the_list_is_closed(tmp_path: Path, keys: list[str]) -> None:
    app = many_places(tmp_path, 12)

    async def running() -> None:
        async with started(app) as pilot:
            await app.change("places")
            await settled(pilot)
            await press(pilot, *keys)

    asyncio.run(running())
    told = app.consultation.so_told.given["places"]
    assert isinstance(told, dict) and [name for name, present in told.items() if present] == ["place_0"]


def test_a_line_ticked_by_two_digits_stays_in_sight_in_a_small_window(tmp_path: Path) -> None:
    app = many_places(tmp_path, 20)

    async def running() -> None:
        async with started(app, (60, 20)) as pilot:
            await app.change("places")
            await settled(pilot)
            await press(pilot, "1", "7")
            assert "17 [x] place_16" in screen_text(app)

    asyncio.run(running())


def many_places(tmp_path: Path, count: int) -> ConsultationApp:
    """A program with one list of so many places."""
    places = " ".join(f"place_{number}" for number in range(count))
    kb = tiny_kb(
        tmp_path,
        {"ache": "yes_no", "places": f"any_of {places}"},
        disorders={"illness": {"criteria": {"a": "place_9 in places"}, "grades": {"possible": "a"}}},
        interview={"complaints": [{"id": "pain", "label": "pain", "finding": "ache", "present": "ache"}]},
    )
    return app_of(kb)


def test_lines_that_were_never_in_sight_are_not_denied(tmp_path: Path) -> None:
    app = many_places(tmp_path, 40)

    async def running() -> None:
        async with started(app, SMALL) as pilot:
            await app.change("places")
            await settled(pilot)
            pages = 0
            while app.editing and pages < 9:
                assert "places" not in app.consultation.so_told.given
                await press(pilot, "d")
                pages += 1
                assert not app.editing or "press d again" in screen_text(app)
            assert 2 <= pages < 9

    asyncio.run(running())
    told = app.consultation.so_told.given["places"]
    assert isinstance(told, dict) and not any(told.values()) and len(told) == 40


def test_a_screen_that_fails_says_so_in_one_line(toy: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(self: ConsultationApp, **_: object) -> None:
        try:
            raise RuntimeError("no room")
        except RuntimeError:
            monkeypatch.setattr(self, "panic", lambda: None)
            self._fatal_error()

    monkeypatch.setattr(ConsultationApp, "run", failing)
    with pytest.raises(TriageError, match="the full screen stopped: RuntimeError: no room") as found:
        consult(Sitting(toy), None, {})
    assert found.value.hint == "nothing was kept; `--plain` asks line after line"
