"""A folder that a run works in, and what runs that were killed left behind.

A process that is killed cannot tidy up. So every such folder holds a file that its run keeps locked: the system lets go
of the lock when the process is gone, however it ended, and the next run into the same place removes what nobody holds.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: nothing is locked there, and nothing is removed
    fcntl = None  # type: ignore[assignment]

LOCK = "in-use"


@contextmanager
def workspace(parent: Path | None = None, stem: str = "triage-", suffix: str = ".scratch") -> Iterator[Path]:
    """A new folder in ``parent`` (where temporary files belong, if None), gone at the end of the block.

    Folders of the same suffix that no running process holds are removed first.
    """
    within = parent or Path(tempfile.gettempdir())
    _remove_abandoned(within, suffix)
    folder = Path(tempfile.mkdtemp(prefix=stem, suffix=suffix, dir=within))
    lock = -1
    try:
        lock = _locked(folder)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if lock >= 0:
            os.close(lock)


def _locked(folder: Path) -> int:
    """The lock of a folder, held; it appears under its name only once it is held."""
    early = folder / f"{LOCK}-soon"
    handle = os.open(early, os.O_CREAT | os.O_RDWR, 0o600)
    if fcntl is not None:
        with suppress(
            OSError
        ):  # a file system without locks: the file then stays under the name that nobody removes
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            early.rename(folder / LOCK)
    return handle


def _remove_abandoned(parent: Path, suffix: str) -> None:
    """Removes folders of ``workspace`` whose process is gone; leaves all it is not sure of."""
    if fcntl is None:
        return
    try:
        found = [one for one in os.scandir(parent) if one.name.endswith(suffix)]
    except OSError:
        return
    for entry in found:
        with suppress(OSError):
            mine = entry.is_dir(follow_symlinks=False) and entry.stat().st_uid == os.getuid()
            if mine and (Path(entry.path) / LOCK).is_file():
                _remove_if_free(Path(entry.path))


def _remove_if_free(folder: Path) -> None:
    handle = os.open(folder / LOCK, os.O_RDWR | os.O_NOFOLLOW)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)  # refused while its run goes on
        shutil.rmtree(folder)
    finally:
        os.close(handle)
