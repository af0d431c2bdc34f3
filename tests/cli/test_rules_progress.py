"""How far a long run over rules is."""

import io
import sys

import pytest

from triage.cli import progress

CASES = "- {name: one, facts: {rim_cracked: yes}, expect: {holds: rim_about_to_fail}}\n"


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def folder(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text(CASES)
    return tmp_path


@pytest.mark.parametrize(
    "command",
    [
        ("test",),
        ("coverage",),
        ("mutate", "rim_about_to_fail", "--cases"),
    ],
)
def test_a_line_says_how_far_it_is_and_is_taken_away(triage, folder, monkeypatch, command):
    monkeypatch.setattr(progress, "REDRAW_SECONDS", 0)
    quiet = triage("rules", *command, folder)
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    watched = triage("rules", *command, folder)
    assert "file of cases 1 of 2" in terminal.getvalue() and "file of cases 2 of 2" in terminal.getvalue()
    assert terminal.getvalue().endswith(progress.WIPE)
    assert (watched.code, watched.out) == (quiet.code, quiet.out)
    assert "of 2" not in quiet.err


def test_a_run_that_is_stopped_takes_its_line_away(monkeypatch):
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    items = progress.each([1, 2, 3], "change")
    assert next(items) == 1
    items.close()
    assert terminal.getvalue() == f"{progress.WIPE}change 1 of 3{progress.WIPE}"
