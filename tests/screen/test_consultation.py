"""Whole consultations on the full screen: keyboard, mouse, back, changes, help, saving, the emergency, the result."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from tests.screen.pilots import LARGE, SMALL, app_of, press, screen_text, settled, started
from triage.cli.sessions import resume
from triage.interview import NOT_KNOWN, Answers, wording
from triage.models import KnowledgeBase
from triage.screen import ConsultationApp, words
from triage.screen.choices import Choices, Line
from triage.screen.dialogs import Options, Reading
from triage.screen.facemap import FaceMap
from triage.screen.parts import Asking
from triage.screen.result import Result

NOISE = {"noise_present": "present", "wobble_present": False, "brakes_weak": False}
WOBBLE = {"noise_present": "absent", "wobble_present": True, "brakes_weak": False}
RIDER = {"rider_age_years": 40, "motor_fitted": False}


def drive(
    app: ConsultationApp, script: Callable[[Pilot[bool]], Awaitable[None]], size: tuple[int, int] = SMALL
) -> None:
    """Run the program with a script."""

    async def running() -> None:
        async with started(app, size) as pilot:
            await script(pilot)

    asyncio.run(running())


def given(app: ConsultationApp) -> dict[str, object]:
    return dict(app.consultation.so_told.given)


def test_numbers_and_letters_answer(toy: KnowledgeBase) -> None:
    app = app_of(toy)

    async def script(pilot: Pilot[bool]) -> None:
        await press(pilot, "1", "d", "4", "0", "enter", "n")

    drive(app, script)
    assert {name: given(app)[name] for name in (*NOISE, *RIDER)} == {**NOISE, **RIDER}


def test_arrows_and_enter_answer(toy: KnowledgeBase) -> None:
    app = app_of(toy)

    async def script(pilot: Pilot[bool]) -> None:
        await press(pilot, "down", "space", "down", "down", "enter")

    drive(app, script)
    assert given(app) == WOBBLE


def test_the_mouse_answers(toy: KnowledgeBase) -> None:
    app = app_of(toy)

    async def script(pilot: Pilot[bool]) -> None:
        lines = list(app.screen.query(Line))
        await pilot.click(lines[0])
        await settled(pilot)
        await pilot.click(lines[3])
        await settled(pilot)

    drive(app, script)
    assert given(app) == NOISE


def test_not_sure_is_always_offered(toy: KnowledgeBase) -> None:
    app = app_of(toy, [Answers().add(NOISE)])

    async def script(pilot: Pilot[bool]) -> None:
        await press(pilot, "u", "u")

    drive(app, script)
    assert given(app)["rider_age_years"] is NOT_KNOWN
    assert given(app)["motor_fitted"] is NOT_KNOWN


def test_letters_are_commands_until_a_digit_is_typed(toy: KnowledgeBase) -> None:
    app = app_of(toy, [Answers().add(NOISE)])

    async def script(pilot: Pilot[bool]) -> None:
        await press(pilot, "w")
        assert isinstance(app.screen, Reading)
        await press(pilot, "escape", "4", "b", "1")
        assert app.screen.query_one(Input).value == "4b1"
        await press(pilot, "enter")
        assert "does not fit; give it in years" in screen_text(app)
        await press(pilot, "f3")
        assert wording.COMPLAINTS in screen_text(app)

    drive(app, script)


def test_back_goes_to_the_question_before(toy: KnowledgeBase) -> None:
    app = app_of(toy, [Answers().add(NOISE).add(RIDER)])

    async def script(pilot: Pilot[bool]) -> None:
        await press(pilot, "b")
        assert "How old is the rider?" in screen_text(app)
        await press(pilot, "b")
        assert wording.COMPLAINTS in screen_text(app)
        await press(pilot, "b")
        assert wording.COMPLAINTS in screen_text(app)

    drive(app, script)


def test_help_and_why_are_windows_over_the_question(toy: KnowledgeBase) -> None:
    app = app_of(toy, [Answers().add(WOBBLE).add(RIDER)])

    async def script(pilot: Pilot[bool]) -> None:
        await press(pilot, "h")
        assert words.HELP in screen_text(app)
        await press(pilot, "enter", "w")
        assert wording.WHY_DANGER in screen_text(app)
        assert "A rim that may break" in screen_text(app)
        await press(pilot, "escape")
        assert not isinstance(app.screen, Reading)

    drive(app, script)


def test_any_answer_can_be_jumped_to_and_changed(toy: KnowledgeBase) -> None:
    app = app_of(toy, [Answers().add(NOISE).add(RIDER)])

    async def script(pilot: Pilot[bool]) -> None:
        await press(pilot, "a")
        assert "age of the rider: 40 years" in screen_text(app)
        await press(pilot, "4")
        assert words.EDIT in screen_text(app)
        await press(pilot, "4", "1", "enter")
        assert words.EDIT not in screen_text(app)

    drive(app, script)
    assert given(app)["rider_age_years"] == 41


def test_a_contradiction_shows_both_answers_and_either_can_stay(toy: KnowledgeBase) -> None:
    told = Answers().add(NOISE).add({**RIDER, "owned_years": 5, "bicycle_age_years": 9})
    app = app_of(toy, [told])

    async def script(pilot: Pilot[bool]) -> None:
        await press(pilot, "a", "7", "3", "enter")
        shown = screen_text(app)
        assert wording.CONTRADICTION in shown and "years owned: 5" in shown
        await press(pilot, "1", "3", "enter", "2")

    drive(app, script)
    assert given(app)["bicycle_age_years"] == 3
    assert "owned_years" not in given(app)


def test_an_emergency_is_the_next_thing_shown_and_stays_in_sight(toy: KnowledgeBase) -> None:
    app = app_of(toy, [Answers().add(WOBBLE).add(RIDER)])

    async def script(pilot: Pilot[bool]) -> None:
        await press(pilot, "1", "d", "u")
        assert isinstance(app.screen, Options)
        assert "Stop riding now." in screen_text(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, Options), "it must be answered"
        await press(pilot, "1")
        assert "Stop riding now and get off." in screen_text(app)
        await press(pilot, "enter", "4")
        assert "! Urgent: A rim that may break." in screen_text(app)

    drive(app, script)


def test_an_emergency_can_end_it_with_the_result(toy: KnowledgeBase) -> None:
    app = app_of(toy, [Answers().add(WOBBLE).add(RIDER)])

    async def script(pilot: Pilot[bool]) -> None:
        await press(pilot, "1", "d", "u", "3")
        assert isinstance(app.screen, Result)
        assert "EMERGENCY" in screen_text(app)

    drive(app, script)


def test_a_place_is_picked_on_the_drawn_face_and_says_its_side(toy: KnowledgeBase) -> None:
    told = Answers().add(NOISE).add(RIDER).add({"fell_off": False}).add({"noise_quality": "click"})
    app = app_of(toy, [told])

    async def script(pilot: Pilot[bool]) -> None:
        await app.change("noise_sites")
        await settled(pilot)
        await press(pilot, "tab")
        face = app.screen.query_one(FaceMap)
        assert face.has_focus and face.at is not None
        assert "front wheel" in screen_text(app)
        await press(pilot, "space")
        assert app.screen.query_one(Choices).ticked == {1}
        await press(pilot, "tab", "d")

    drive(app, script, LARGE)
    assert given(app)["noise_sites"]["at_front"] is True  # type: ignore[index]
    assert given(app)["noise_side"] == "right"


def test_a_tick_list_ends_from_the_drawn_face(toy: KnowledgeBase) -> None:
    told = Answers().add(NOISE).add(RIDER).add({"fell_off": False}).add({"noise_quality": "click"})
    app = app_of(toy, [told])

    async def script(pilot: Pilot[bool]) -> None:
        await app.change("noise_sites")
        await settled(pilot)
        await press(pilot, "tab", "space", "d")
        assert not app.editing

    drive(app, script, LARGE)
    assert given(app)["noise_sites"]["at_front"] is True  # type: ignore[index]


def test_a_place_ticked_without_a_side_says_none_until_it_is_marked(toy: KnowledgeBase) -> None:
    told = Answers().add(NOISE).add(RIDER).add({"fell_off": False}).add({"noise_quality": "click"})
    for keys, side in ((("2", "d"), None), (("2", "tab", "space", "d"), "right")):
        app = app_of(toy, [told])

        async def script(
            pilot: Pilot[bool], app: ConsultationApp = app, keys: tuple[str, ...] = keys
        ) -> None:
            await app.change("noise_sites")
            await settled(pilot)
            await press(pilot, keys[0])
            face = app.screen.query_one(FaceMap)
            assert face.unsided == {"front_wheel"} and not face.marked
            await press(pilot, *keys[1:])

        drive(app, script, LARGE)
        assert given(app)["noise_sites"]["at_front"] is True  # type: ignore[index]
        assert given(app).get("noise_side") == side


@pytest.mark.parametrize(
    ("finding", "answer", "keys"),
    [
        ("rider_age_years", 41, ["enter"]),
        ("motor_fitted", False, ["enter"]),
        ("noise_quality", "click", ["enter"]),
        ("noise_sites", {"at_front": True}, ["u"]),
        (
            "noise_sites",
            {"at_chain": False, "at_front": True, "at_rear": False, "at_handlebar": False},
            ["d"],
        ),
        ("noise_days", 21, ["enter"]),
    ],
)
def test_an_answer_being_changed_is_offered_as_it_was(
    toy: KnowledgeBase, finding: str, answer: object, keys: list[str]
) -> None:
    app = app_of(toy, [Answers().add(NOISE).add(RIDER).add({finding: answer})])  # type: ignore[dict-item]
    before = given(app)

    async def script(pilot: Pilot[bool]) -> None:
        await app.change(finding)
        await settled(pilot)
        await press(pilot, *keys)
        assert not app.editing

    drive(app, script, LARGE)
    assert given(app) == before


def test_ticks_are_kept_when_going_back(toy: KnowledgeBase) -> None:
    app = app_of(toy)

    async def script(pilot: Pilot[bool]) -> None:
        await press(pilot, "1", "d", "b")
        assert app.screen.query_one(Choices).ticked == {0}

    drive(app, script)
    assert "noise_present" not in given(app)


def test_one_line_of_a_list_can_be_left_open_and_stays_so_when_going_back(toy: KnowledgeBase) -> None:
    app = app_of(toy)

    async def script(pilot: Pilot[bool]) -> None:
        await press(pilot, "1", "down", "?")
        assert ">  2 [?] wobble - not sure" in screen_text(app)
        await press(pilot, "d")
        assert given(app) == {"noise_present": "present", "wobble_present": NOT_KNOWN, "brakes_weak": False}
        await press(pilot, "b")
        assert "2 [?] wobble - not sure" in screen_text(app)
        await press(pilot, "down", "?")
        assert ">  2 [ ] wobble\n" in screen_text(app)

    drive(app, script)


def test_one_key_takes_back_that_one_is_not_sure_of_a_whole_list(toy: KnowledgeBase) -> None:
    app = app_of(toy)

    async def script(pilot: Pilot[bool]) -> None:
        assert words.CLEAR_HINT not in screen_text(app)
        await press(pilot, "u", "b")
        assert "3 [?] weak brakes - not sure" in screen_text(app)
        assert words.CLEAR_HINT in screen_text(app)
        await press(pilot, "1", "backspace", "d")

    drive(app, script)
    assert given(app) == NOISE


def test_a_place_left_open_is_neither_said_nor_denied(toy: KnowledgeBase) -> None:
    app = app_of(toy, [Answers().add(NOISE).add(RIDER)])

    async def script(pilot: Pilot[bool]) -> None:
        await app.change("noise_sites")
        await settled(pilot)
        await press(pilot, "2", "down", "?", "d")

    drive(app, script)
    assert given(app)["noise_sites"] == {"at_chain": False, "at_front": True, "at_handlebar": False}


def test_an_emergency_that_ends_by_a_later_answer_says_so_once(toy: KnowledgeBase) -> None:
    app = app_of(toy, [Answers().add(WOBBLE).add(RIDER)])

    async def script(pilot: Pilot[bool]) -> None:
        await press(pilot, "1", "d", "u", "4")
        await app.change("rim_cracked")
        await settled(pilot)
        await press(pilot, "n")
        assert "no emergency any more: A rim that may break" in " ".join(screen_text(app).split())
        await press(pilot, "u")
        assert "no emergency any more" not in screen_text(app)

    drive(app, script, LARGE)


def test_a_small_window_lists_the_places_without_the_face(toy: KnowledgeBase) -> None:
    app = app_of(toy, [Answers().add(NOISE).add(RIDER)])

    async def script(pilot: Pilot[bool]) -> None:
        await app.change("noise_sites")
        await settled(pilot)
        for size, shown in (((80, 30), True), ((79, 30), False), ((80, 29), False), ((60, 20), False)):
            await pilot.resize_terminal(*size)
            await settled(pilot)
            assert app.screen.query_one("#drawn").display is shown
            assert (words.FACE_HINT[:20] in screen_text(app)) is shown
        await press(pilot, "2")
        assert app.screen.query_one(Choices).ticked == {1}

    drive(app, script)


def test_ticks_in_the_list_are_shown_on_the_face(toy: KnowledgeBase) -> None:
    app = app_of(toy, [Answers().add(NOISE).add({**RIDER, "noise_side": "left"})])

    async def script(pilot: Pilot[bool]) -> None:
        await app.change("noise_sites")
        await settled(pilot)
        await press(pilot, "2")
        assert app.screen.query_one(FaceMap).marked == {("front_wheel", "left")}
        await press(pilot, "2")
        assert not app.screen.query_one(FaceMap).marked

    drive(app, script, LARGE)


def test_a_click_on_the_face_marks_a_place(toy: KnowledgeBase) -> None:
    app = app_of(toy, [Answers().add(NOISE).add(RIDER)])

    async def script(pilot: Pilot[bool]) -> None:
        await app.change("noise_sites")
        await settled(pilot)
        face = app.screen.query_one(FaceMap)
        column, row = face.drawn.middle(("front_wheel", "left"))
        await pilot.click(face, offset=(column, row + 1))
        await settled(pilot)
        assert face.marked == {("front_wheel", "left")}

    drive(app, script, LARGE)


def test_the_panel_follows_the_answers(toy: KnowledgeBase) -> None:
    app = app_of(toy, [Answers().add(WOBBLE).add(RIDER)])

    async def script(pilot: Pilot[bool]) -> None:
        assert words.PANEL_URGENCY in screen_text(app)
        assert "Routine" in screen_text(app)
        await press(pilot, "1", "d", "u", "4")
        assert "Emergency" in screen_text(app)

    drive(app, script, LARGE)


def test_a_narrow_window_shows_the_panel_on_request(toy: KnowledgeBase) -> None:
    app = app_of(toy)

    async def script(pilot: Pilot[bool]) -> None:
        assert words.PANEL_OPEN not in screen_text(app)
        await press(pilot, "p")
        assert wording.COMPLAINTS not in screen_text(app)
        assert words.PANEL_FELT in screen_text(app)
        await press(pilot, "p")
        assert wording.COMPLAINTS in screen_text(app)

    drive(app, script)


def test_another_size_of_the_window_keeps_question_and_ticks(toy: KnowledgeBase) -> None:
    app = app_of(toy)

    async def script(pilot: Pilot[bool]) -> None:
        await press(pilot, "2")
        for size in ((140, 45), (60, 18), (80, 24)):
            await pilot.resize_terminal(*size)
            await settled(pilot)
            assert wording.COMPLAINTS in screen_text(app)
            assert app.screen.query_one(Choices).ticked == {1}

    drive(app, script)


def test_a_narrow_window_shows_every_key(toy: KnowledgeBase) -> None:
    app = app_of(toy)

    async def script(pilot: Pilot[bool]) -> None:
        for key in ("q Quit", "u Not sure", "s Save", "p Panel"):
            assert key in screen_text(app)
        await press(pilot, "q", "2")
        for key in ("2 To take along", "n A second one", "q Quit"):
            assert key in screen_text(app)

    drive(app, script, (60, 20))


def test_light_and_dark_can_be_changed(toy: KnowledgeBase) -> None:
    app = app_of(toy)

    async def script(pilot: Pilot[bool]) -> None:
        before = app.theme
        await press(pilot, "l")
        assert app.theme != before
        await press(pilot, "l")
        assert app.theme == before

    drive(app, script)


def test_answers_are_saved_from_the_save_key_on_and_resumed(toy: KnowledgeBase, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    app = app_of(toy)

    async def script(pilot: Pilot[bool]) -> None:
        await press(pilot, "1", "d", "s")
        app.screen.query_one(Input).value = str(path)
        await press(pilot, "enter")
        assert path.exists()
        await press(pilot, "enter", "4", "0", "enter")

    drive(app, script)
    saved = resume(toy, path)
    assert saved.cases[0].given["rider_age_years"] == 40
    again = app_of(toy, saved.cases, path=path)

    async def going_on(pilot: Pilot[bool]) -> None:
        assert "Does it have an electric motor?" in screen_text(again)

    drive(again, going_on)


def test_a_file_that_cannot_be_written_is_told(toy: KnowledgeBase, tmp_path: Path) -> None:
    app = app_of(toy)

    async def script(pilot: Pilot[bool]) -> None:
        await press(pilot, "s")
        app.screen.query_one(Input).value = str(tmp_path / "none" / "a.yaml")
        await press(pilot, "enter")
        assert "cannot be saved" in screen_text(app).replace("\n", " ")
        assert app.path is None

    drive(app, script)


@pytest.mark.parametrize("key, leaves", [("1", False), ("4", True)])
def test_leaving_is_asked_about(toy: KnowledgeBase, key: str, leaves: bool) -> None:
    app = app_of(toy)

    async def script(pilot: Pilot[bool]) -> None:
        await press(pilot, "q")
        assert words.QUIT_UNSAVED in screen_text(app)
        await pilot.press(key)
        await pilot.pause()

    drive(app, script)
    assert (app.return_value is False) is leaves


def to_the_result(told: Answers) -> Answers:
    return told.add(
        {"noise_quality": "squeak", "noise_sites": {"at_chain": True}, "noise_days": 10, "fell_off": False}
    )


def test_a_consultation_to_its_end_with_the_sheets(toy: KnowledgeBase, tmp_path: Path) -> None:
    app = app_of(toy, [to_the_result(Answers().add(NOISE).add(RIDER))])
    target = tmp_path / "letter.html"
    target.write_text("an older letter that everybody could read")
    target.chmod(0o644)

    async def script(pilot: Pilot[bool]) -> None:
        for _ in range(12):
            if isinstance(app.screen, Options):
                break
            await press(pilot, "u")
        assert words.BEFORE_VISIT in screen_text(app)
        await press(pilot, "2")
        assert isinstance(app.screen, Result)
        assert "Dry chain" in screen_text(app)
        await press(pilot, "2")
        first = screen_text(app)
        await press(pilot, "3")
        assert screen_text(app) != first
        await press(pilot, "s")
        app.screen.query_one(Input).value = str(target)
        await press(pilot, "enter")
        assert target.read_text().startswith("<!doctype html>")
        assert target.stat().st_mode & 0o777 == 0o600
        await press(pilot, "enter", "n")
        assert words.SECOND in screen_text(app)
        await press(pilot, "1")
        assert len(app.sitting.cases) == 2

    drive(app, script)


def test_two_cases_show_the_highest_urgency_on_top(toy: KnowledgeBase) -> None:
    first = Answers().add({**WOBBLE, "noise_present": "present"}).add({**RIDER, "rim_cracked": True})
    app = app_of(toy, [first, Answers().add(NOISE).add(RIDER)])

    async def script(pilot: Pilot[bool]) -> None:
        await press(pilot, "q", "2")
        assert isinstance(app.screen, Result)
        assert "2 cases of one person. Highest urgency: Emergency (case interview)." in screen_text(app)

    drive(app, script)


def test_it_works_without_colour(toy: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = app_of(toy)

    async def script(pilot: Pilot[bool]) -> None:
        assert app.no_color
        await press(pilot, "2")
        assert ">  2 [x] wobble" in screen_text(app)

    drive(app, script)


def test_the_introduction_says_that_nothing_is_written(toy: KnowledgeBase) -> None:
    app = app_of(toy)

    async def running() -> None:
        async with app.run_test(size=SMALL) as pilot:
            await settled(pilot)
            assert wording.NOTHING_SAVED in screen_text(app)
            await pilot.press("enter")
            await settled(pilot)
            assert app.screen.query_one(Asking)

    asyncio.run(running())
