"""Where the knowledge base lies, which files belong to it, and the fingerprint of what they say."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from pathlib import Path

from triage.errors import InputError, Place, Problems
from triage.files import walked
from triage.knowledge.yaml_reader import read_bytes


def default_folder() -> Path:
    """The ``rules`` folder that comes with the program: inside the wheel, else beside the package in a checkout."""
    packaged = Path(str(files("triage"))) / "_rules"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[2] / "rules"


def knowledge_files(folder: Path) -> list[Path]:
    """Every YAML file below ``folder``, sorted.

    Raises ``InputError`` if the folder is missing or holds none, ``Problems`` if a part of it was not looked into: the
    rules in there would be missing, and nobody would know.
    """
    if not folder.is_dir():
        raise InputError(
            "no such knowledge folder", place=Place(str(folder)), hint="name a folder with rules in it"
        )
    found = yaml_files(folder)
    if not found:
        raise InputError("the knowledge folder holds no YAML file", place=Place(str(folder)))
    return found


def yaml_files(folder: Path) -> list[Path]:
    """Every YAML file below ``folder``, sorted, which may be none.

    Raises ``Problems`` if a part of it was not looked into.
    """
    files, left = walked(folder)
    if left:
        raise Problems(
            InputError(reason, place=Place(shown(folder, path)), hint=_left_hint(path))
            for path, reason in left
        )
    return [path for path in files if path.suffix == ".yaml"]


def _left_hint(path: Path) -> str:
    return "put the rules themselves there" if path.is_symlink() else "check its permissions"


def shown(folder: Path, path: Path) -> str:
    """How a path below ``folder`` is called in messages."""
    return f"{folder.name}/{path.relative_to(folder).as_posix()}"


def content_hash(folder: Path, paths: list[Path]) -> str:
    """The SHA-256 of names and contents of ``paths``, as hexadecimal text.

    Raises ``InputError`` for one that cannot be read.
    """
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
        digest.update(read_bytes(path, shown(folder, path)) + b"\0")
    return digest.hexdigest()
