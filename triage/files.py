"""Files that are opened without waiting, and those that appear whole or not at all; folders to read and to work in.

Whatever this program writes under a name that may exist is written beside it and put in its place at the end.

A process that is killed cannot tidy up. So every such folder holds a file that its run keeps locked: the system lets go
of the lock when the process is gone, however it ended, and the next run into the same place removes what nobody holds.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

try:
    import fcntl
except ImportError:  # Windows: nothing is locked there, and nothing is removed
    fcntl = None  # type: ignore[assignment]

LOCK = "in-use"
MAX_BYTES = 20_000_000
"""of a file that is read as a whole, of rules or of cases; a larger one is refused"""
PRIVATE = 0o600
"""rights of a file that its owner alone reads and writes"""


def open_file(path: Path) -> BinaryIO:
    """The bytes of a regular file, or of what a link to one names.

    Raises ``OSError``, also for a pipe or a device: one may let us wait for ever, the other never end.
    """
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "it is a pipe or a device, not a file", str(path))
    return path.open("rb")


def named(error: OSError, path: Path | str) -> OSError:
    """The error with the file that it is about, if the system does not say: it does not where a write fails."""
    if error.filename is None:
        error.filename = str(path)
    return error


def walked(folder: Path) -> tuple[list[Path], list[tuple[Path, str]]]:
    """Whatever is no folder below ``folder``, sorted, and the folders that were not looked into, each with the reason.

    What begins with a dot is left out. A link to a folder is not followed: what it names is met in its own place, or
    lies outside and is named among the others.
    """
    files: list[Path] = []
    left: list[tuple[Path, str]] = []

    def unread(error: OSError) -> None:
        left.append((Path(error.filename), f"cannot be read: {error.strerror}"))

    within = real(folder)
    for here, folders, names in os.walk(folder, onerror=unread):
        folders[:] = [name for name in folders if not name.startswith(".")]
        files += [Path(here, name) for name in names if not name.startswith(".")]
        links = [path for name in folders if (path := Path(here, name)).is_symlink()]
        outside = [path for path in links if not real(path).is_relative_to(within)]
        left += [(path, "is a link to a folder elsewhere, which is not followed") for path in outside]
    return sorted(files), sorted(left)


@contextmanager
def replacing(path: Path, mode: int | None = None) -> Iterator[Path]:
    """An empty file near ``path`` that takes its place when the block ends without an error, and is gone otherwise.

    A link is followed. ``mode`` are the rights of the result, also where ``path`` existed with others; None stands for
    the rights that ``path`` has, or for those of any new file. Raises ``OSError``, also for a device or a pipe.
    """
    path = real(path)
    if is_special(path) or path.is_symlink():
        raise OSError(errno.EINVAL, "this is no file that can be replaced", str(path))
    with workspace(path.parent, f".{path.name}.", ".part") as folder:
        part = folder / "part"
        # INVARIANT: nobody else can open the part while it is written; the folder is its owner's alone.
        part.touch(PRIVATE)
        part.chmod(_mode(path) if mode is None else mode)
        yield part
        with part.open("rb+") as stream:
            os.fsync(stream.fileno())
        part.replace(path)


def real(path: Path) -> Path:
    """Where a path leads; of links in a circle one of them, which ``Path.resolve`` takes for an error."""
    return Path(os.path.realpath(path))


def is_special(path: Path) -> bool:
    """Whether ``path`` is there and no regular file: a folder, a device, a pipe."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


def _mode(path: Path) -> int:
    """The rights of the file that is replaced, or those of any new file."""
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


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
        # On a file system without locks the file stays under the name that nobody removes.
        with suppress(OSError):
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
