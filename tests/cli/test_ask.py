"""``triage ask --plain``: the whole way through the command line, saving, resuming, and being killed."""

from __future__ import annotations

import io
import os
import random
import select
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from triage.cases import read_cases
from triage.cli.sessions import resume, save
from triage.errors import TriageError
from triage.interview import NOT_KNOWN, Answers, next_step, wording
from triage.interview.dialogue import Dialogue
from triage.interview.sitting import Sitting
from triage.logic import Interval
from triage.models import KnowledgeBase

TOY = Path(__file__).parents[1] / "toy" / "bicycle"


@pytest.fixture
def ask(triage, monkeypatch):
    """A function that runs ``triage ask`` with these lines typed."""

    def asking(*lines, options=()):
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        return triage("ask", *options)

    return asking


def test_a_pipe_gets_the_plain_mode_and_the_result(ask):
    done = ask("1", "40", "no", "stop")
    assert done.code == 0
    assert wording.INTRODUCTION[:40] in done.out
    assert wording.NOTHING_SAVED in done.out
    assert wording.ENDINGS["stopped"] in done.out
    assert done.out.index("How old is the rider?") < done.out.index("HOW URGENT")
    assert done.err == ""


@pytest.mark.parametrize("columns", [80, 50])
def test_no_line_is_wider_than_a_small_terminal(ask, monkeypatch, columns):
    monkeypatch.setattr("triage.cli.terminal.sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", str(columns))
    done = ask("1,2,3", "40", "no", "?", "why", "none", "answers", "stop")
    assert columns - 10 < max(len(line) for line in done.out.splitlines()) <= columns


def test_the_end_of_input_shows_the_result(ask):
    done = ask("1", "40")
    assert done.code == 0
    assert wording.ENDINGS["input_ended"] in done.out
    assert "HOW URGENT" in done.out


def test_nothing_is_written_without_being_told(ask, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ask("1", "40", "no", "stop")
    assert list(tmp_path.iterdir()) == []


def test_answers_are_kept_and_gone_on_with(ask, tmp_path, toy):
    path = tmp_path / "mine.yaml"
    ask("1", "40", "no", options=("--save", path))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    [case] = read_cases(toy, [path])
    assert case.facts["rider_age_years"] == 40
    done = ask("stop", options=("--resume", path))
    assert "How old is the rider?" not in done.out
    assert "Question 2" in done.out


def test_answers_can_be_kept_from_any_question_on(ask, tmp_path, toy):
    path = tmp_path / "later.yaml"
    done = ask("1", f"save {path}", "40", "stop")
    assert str(path) in done.out.replace("\n", "")
    [case] = read_cases(toy, [path])
    assert case.facts["rider_age_years"] == 40


def test_a_place_that_cannot_be_written_is_told_and_the_questions_go_on(ask, tmp_path):
    done = ask("1", f"save {tmp_path / 'none' / 'a.yaml'}", "40", "stop")
    assert done.code == 0
    assert "cannot be saved" in done.out


def test_what_no_longer_fits_is_listed_kept_aside_and_asked_again(ask, tmp_path):
    path = tmp_path / "old.yaml"
    path.write_text("facts: {noise_present: present, crashed: yes, gone: 3, rider_age_years: 400}\n")
    done = ask("stop", options=("--resume", path, "--save", path))
    assert wording.KEPT_ASIDE in done.out
    assert "gone: 3" in done.out and "rider_age_years: 400" in done.out
    kept = path.read_text()
    assert "# kept aside, did not fit: gone: 3" in kept
    assert "fell_off: yes" in kept, "a finding is found by its former id"


@pytest.mark.parametrize("text", ["", "a: 1", "facts: 3", "- 1", "facts: ["])
def test_a_file_that_is_no_interview_is_refused(triage, tmp_path, text):
    path = tmp_path / "wrong.yaml"
    path.write_text(text)
    done = triage("ask", "--resume", path)
    assert done.code == 1
    assert done.err.count("error: ") == 1
    assert done.out == ""


def test_two_cases_of_one_person_are_kept_and_the_highest_urgency_stands_on_top(ask, tmp_path, toy):
    path = tmp_path / "two.yaml"
    first = Answers().add({"noise_present": "present", "wobble_present": True, "brakes_weak": False})
    first = first.add({"rider_age_years": 40, "rim_cracked": True, "wobble_speed_kph": 5})
    second = Answers().add({"noise_present": "present", "wobble_present": False, "brakes_weak": False})
    save(path, [first, second], {}, "patient")
    assert [case.person for case in read_cases(toy, [path])] == ["two", "two"]
    done = ask("stop", options=("--resume", path))
    assert "Person interview: 2 cases. Highest urgency: Emergency (case interview)" in done.out


def test_saved_answers_come_back_as_they_were(tmp_path, toy: KnowledgeBase):
    answers = Answers().add({"noise_present": "present", "wobble_present": False, "brakes_weak": NOT_KNOWN})
    answers = answers.add({"rider_age_years": Interval(40, 50), "motor_fitted": True})
    answers = answers.add({"noise_sites": {"at_chain": True, "at_rear": False}})
    path = tmp_path / "a.yaml"
    save(path, [answers], {}, "clinician")
    saved = resume(toy, path)
    assert dict(saved.cases[0].given) == dict(answers.given)
    assert saved.answered_by == "clinician"
    assert next_step(toy, saved.cases[0]) == next_step(toy, answers)
    assert len(saved.cases[0].steps) <= len(answers.given)


def test_a_failed_write_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "a.yaml"
    save(path, [Answers({"noise_present": "present"})], {}, "patient")
    before = path.read_text()

    def fail(*_):
        raise OSError(28, "no space left")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(TriageError, match="cannot be saved"):
        save(path, [Answers()], {}, "patient")
    assert path.read_text() == before
    assert [one.name for one in tmp_path.iterdir()] == ["a.yaml"]


TYPED = ["1,2,3", "41", "yes", "none", "none", "unsure", "2", "1", "2", "3"]


def replies_taken_before_a_kill(path: Path, seconds: float, questions: int) -> int:
    """How many replies the program had taken when it was killed, so long after it had asked some questions."""
    command = [sys.executable, "-m", "triage", "ask", "--plain", "--save", str(path), "--knowledge", str(TOY)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None and process.stdout is not None
        shown, typed, end = b"", 0, float("inf")
        while time.monotonic() < end:
            ready, _, _ = select.select([process.stdout], [], [], 0.002)
            shown += os.read(process.stdout.fileno(), 65536) if ready else b""
            prompts = shown.count(b"\n> ")
            if prompts >= questions and end == float("inf"):
                end = time.monotonic() + seconds
            # The next prompt says that a reply was taken.
            if prompts > typed and typed < len(TYPED):
                process.stdin.write(f"{TYPED[typed]}\n".encode())
                process.stdin.flush()
                typed += 1
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        shown += process.stdout.read()
    return shown.count(b"\n> ") - 1


def kept_answers(kb: KnowledgeBase, replies: int) -> set[str]:
    """The findings answered by the first replies of ``TYPED``."""
    seen: set[str] = set()
    dialogue = Dialogue(Sitting(kb, on_answers=lambda cases: seen.update(cases[-1].given)))
    dialogue.opening()
    for reply in TYPED[:replies]:
        dialogue.reply(reply)
    return seen


def held_through_kills(
    kb: KnowledgeBase, folder: Path, count: int, longest: float, *, questions: int = 1
) -> int:
    """How many of the kills fell between the first and the last reply; at most the answer being typed was lost."""
    source = random.Random(20)
    within = 0
    for number in range(count):
        path = folder / f"k{number}.yaml"
        taken = replies_taken_before_a_kill(path, source.uniform(0, longest), questions)
        within += 0 < taken < len(TYPED)
        saved = resume(kb, path)
        assert kept_answers(kb, taken) <= set(saved.cases[-1].given), f"kill {number} after {taken} replies"
    return within


def test_a_killed_program_loses_at_most_the_answer_being_typed(toy: KnowledgeBase, tmp_path: Path) -> None:
    # Killed as soon as the second, third and fourth question stand there, on fast machines and slow ones.
    for questions in (2, 3, 4):
        folder = tmp_path / str(questions)
        folder.mkdir()
        assert held_through_kills(toy, folder, 1, 0.0, questions=questions) == 1


@pytest.mark.slow
def test_two_hundred_kills_lose_at_most_the_answer_being_typed(toy: KnowledgeBase, tmp_path: Path) -> None:
    assert held_through_kills(toy, tmp_path, 200, 0.15) > 20


def test_answers_never_take_the_place_of_another_file(ask, tmp_path):
    letter = tmp_path / "letter.yaml"
    letter.write_text("facts: {noise_present: present}\n")
    done = ask("1", "stop", options=("--save", letter))
    assert done.code == 1 and "there is a file of this name" in done.err
    done = ask("1", f"save {letter}", "stop")
    assert "there is a file of this name" in " ".join(done.out.split())
    assert letter.read_text() == "facts: {noise_present: present}\n"


def test_what_is_kept_aside_can_neither_leave_its_line_nor_drive_the_terminal(ask, tmp_path, toy):
    path = tmp_path / "old.yaml"
    path.write_text('facts: {"gone\\n\\e]0;x": "a\\0b\\e[31m\\rfacts: {}", rider_age_years: 40}\n')
    done = ask("stop", options=("--resume", path, "--save", path))
    assert done.code == 0 and "\x1b" not in done.out and "\0" not in done.out
    [case] = read_cases(toy, [path])
    assert case.facts == {"rider_age_years": 40}


def test_only_files_are_gone_on_from_and_kept(triage, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for place in (tmp_path, tmp_path / "pipe", Path("/dev/zero")):
        for option in ("--resume", "--save"):
            done = triage("ask", option, place)
            assert (done.code, done.out, done.err.count("error: ")) == (1, "", 1)
            assert done.err.startswith(f"error: {place}: ") and "a file" in done.err
