"""The compiled knowledge base, kept between runs of the program in the user's cache folder.

To read, check and compile a thousand files takes about three seconds; to read the result a tenth of that. What is
kept counts only for the same files, code and Python. Nothing depends on it: what is missing, damaged, of somebody else
or not to be written is done without.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import stat
import sys
from pathlib import Path

import pydantic
from platformdirs import user_cache_path

from triage.errors import TriageError
from triage.files import PRIVATE, replacing
from triage.knowledge.collection import no_collection
from triage.knowledge.folder import content_hash, default_folder, knowledge_files
from triage.knowledge.loader import load_knowledge
from triage.models.knowledge_base import KnowledgeBase

VARIABLE = "TRIAGE_CACHE"
"""names the folder instead of the user's cache folder; empty: nothing is kept"""
KEPT = 4
"""how many knowledge bases are kept, the last used ones"""
CODE = ("errors.py", "logic/*.py", "models/*.py", "knowledge/*.py")
SUFFIX = ".kb"


def load_kept(folder: Path | None = None) -> KnowledgeBase:
    """As ``load_knowledge``, but compiled only once for the same files.

    Raises ``InputError`` if the folder cannot be used, ``Problems`` with everything in it that has no meaning; a folder
    with problems is never kept.
    """
    home = _home()
    if home is None:
        return load_knowledge(folder)
    chosen = folder if folder is not None else default_folder()
    try:
        content = content_hash(chosen, knowledge_files(chosen))
    except TriageError:
        return load_knowledge(chosen)  # which tells all that is wrong
    file = home / f"{_key(chosen, content)}{SUFFIX}"
    kb = _read(file)
    if kb is None:
        kb = load_knowledge(chosen)
        # Files that changed meanwhile must not be kept under what they said before.
        if kb.content_hash == content:
            _write(kb, file)
    return kb


def _home() -> Path | None:
    named = os.environ.get(VARIABLE)
    if named is None:
        return user_cache_path("facial-triage", appauthor=False)
    return Path(named) if named else None


def _key(folder: Path, content: str) -> str:
    """What the files say, where they lie (places of errors name them), and who compiled them."""
    code = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for part in (content, folder, sys.version, pydantic.VERSION):
        digest.update(f"{part}\0".encode())
    for file in sorted(file for name in CODE for file in code.glob(name)):
        seen = file.stat()
        digest.update(f"{file}\0{seen.st_size}\0{seen.st_mtime_ns}\0".encode())
    return digest.hexdigest()


def _read(file: Path) -> KnowledgeBase | None:
    """What is kept in ``file``; None unless file and folder are this user's and nobody else could write them."""
    try:
        if not _ours(file.parent.stat()):
            return None
        # A link would be one to somewhere else, and a pipe would be waited for.
        flags = (
            os.O_RDONLY
            | getattr(os, "O_NOFOLLOW", 0)
            | getattr(os, "O_NONBLOCK", 0)
            | getattr(os, "O_BINARY", 0)
        )
        with open(os.open(file, flags), "rb") as stream:
            seen = os.fstat(stream.fileno())
            if not stat.S_ISREG(seen.st_mode) or not _ours(seen):
                return None
            with no_collection():
                kb = pickle.load(stream)
        file.touch()
    # A damaged pickle can raise anything at all.
    except Exception:
        return None
    return kb if isinstance(kb, KnowledgeBase) else None


def _ours(seen: os.stat_result) -> bool:
    """Whether a file or folder is this user's, and of nobody else to write; always on systems without such users."""
    return not hasattr(os, "getuid") or (seen.st_uid == os.getuid() and not seen.st_mode & 0o022)


def _write(kb: KnowledgeBase, file: Path) -> None:
    """Keeps ``kb``, whole or not at all, and lets go of those not used for longest."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with replacing(file, PRIVATE) as part, part.open("wb") as stream:
            pickle.dump(kb, stream, protocol=pickle.HIGHEST_PROTOCOL)
        for old in sorted(file.parent.glob(f"*{SUFFIX}"), key=_last_used)[:-KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        return


def _last_used(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except OSError:
        return 0
