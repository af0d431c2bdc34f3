"""Files that are replaced whole; the folder of a run, gone at its end, or at the next run if the process was killed."""

from __future__ import annotations

import os
import stat
import subprocess
import sys

import pytest

from triage.files import LOCK, PRIVATE, replacing, workspace

HOLDING = """
import sys
from pathlib import Path
from triage.files import workspace
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


def rights(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize(
    "before, asked, after",
    [(0o644, PRIVATE, 0o600), (None, PRIVATE, 0o600), (0o640, None, 0o640), (0o604, 0o644, 0o644)],
)
def test_a_replaced_file_has_the_rights_that_were_promised(tmp_path, before, asked, after):
    path = tmp_path / "sheet.txt"
    if before is not None:
        path.write_text("old")
        path.chmod(before)
    with replacing(path, asked) as part:
        part.write_text("new")
    assert (path.read_text(), rights(path)) == ("new", after)


def test_a_new_file_has_the_rights_of_any_new_file(tmp_path):
    (tmp_path / "usual").touch()
    with replacing(tmp_path / "new"):
        pass
    assert rights(tmp_path / "new") == rights(tmp_path / "usual")


def test_a_file_is_replaced_at_the_end_of_the_block_and_not_before(tmp_path):
    path = tmp_path / "sheet.txt"
    path.write_text("old")
    reader = path.open()
    with replacing(path) as part:
        part.write_text("new")
        assert path.read_text() == "old"
        assert rights(part.parent) & 0o077 == 0, "nobody else can read what is being written"
    assert (path.read_text(), reader.read()) == ("new", "old"), "who had it open reads the old one to its end"
    reader.close()


def test_an_error_leaves_the_old_file_and_no_traces(tmp_path):
    path = tmp_path / "sheet.txt"
    path.write_text("old")
    with pytest.raises(ValueError), replacing(path, PRIVATE) as part:
        part.write_text("new")
        raise ValueError
    assert [one.read_text() for one in tmp_path.iterdir()] == ["old"]


def test_a_link_stays_and_what_it_names_is_replaced(tmp_path):
    path = tmp_path / "sheet.txt"
    (tmp_path / "link").symlink_to(path)
    with replacing(tmp_path / "link") as part:
        part.write_text("new")
    assert (tmp_path / "link").is_symlink() and path.read_text() == "new"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with a name are of Unix")
def test_a_pipe_and_a_folder_are_never_replaced(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name in ("pipe", "folder"):
        with pytest.raises(OSError, match="no file that can be replaced"), replacing(tmp_path / name):
            pass
    assert sorted(one.name for one in tmp_path.iterdir()) == ["folder", "pipe"]


def test_links_in_a_circle_are_no_file_that_can_be_replaced(tmp_path):
    link = tmp_path / "link"
    link.symlink_to(link)
    with pytest.raises(OSError, match="no file that can be replaced"), replacing(link):
        pass
    assert link.is_symlink()
