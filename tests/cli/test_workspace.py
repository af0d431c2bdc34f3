"""A folder of a run: gone at its end, and gone at the next run if the process was killed."""

from __future__ import annotations

import subprocess
import sys

import pytest

from triage.cli.workspace import LOCK, workspace

HOLDING = """
import sys
from pathlib import Path
from triage.cli.workspace import workspace
with workspace(Path(sys.argv[1])) as folder:
    (folder / "much").write_text("much")
    print(folder.name, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def running(tmp_path):
    """A process that works in a folder of ``tmp_path``, and the folder."""
    command = [sys.executable, "-c", HOLDING, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process, tmp_path / process.stdout.readline().strip()
        process.kill()


def test_the_folder_is_gone_at_the_end_however_it_ends(tmp_path):
    with workspace(tmp_path, "a-", ".part") as folder:
        assert folder.name.startswith("a-") and folder.suffix == ".part"
    with pytest.raises(ValueError), workspace(tmp_path) as folder:
        raise ValueError
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_run_left_is_removed_by_the_next_and_what_runs_is_left(running, tmp_path):
    process, folder = running
    with workspace(tmp_path):
        assert (folder / "much").exists()
    process.kill()
    process.wait()
    assert (folder / "much").exists()
    with workspace(tmp_path, suffix=".part"):
        assert folder.exists()
    with workspace(tmp_path):
        assert not folder.exists()


def test_what_is_no_folder_of_a_run_is_left(tmp_path):
    (tmp_path / "theirs.scratch").mkdir()
    (tmp_path / "file.scratch").write_text("theirs")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / LOCK).touch()
    (tmp_path / "link.scratch").symlink_to(elsewhere)
    with workspace(tmp_path):
        pass
    assert {path.name for path in tmp_path.iterdir()} == {
        "theirs.scratch",
        "file.scratch",
        "elsewhere",
        "link.scratch",
    }
    assert (elsewhere / LOCK).exists()


def test_a_folder_that_cannot_be_read_or_made_is_an_error_of_the_system(tmp_path):
    with pytest.raises(OSError), workspace(tmp_path / "none"):
        pass
