"""Where the knowledge base lies, which files belong to it, and the fingerprint of what they say."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from pathlib import Path

from triage.errors import InputError, Place


def default_folder() -> Path:
    """The ``rules`` folder that comes with the program: inside the wheel, else beside the package in a checkout."""
    packaged = Path(str(files("triage"))) / "_rules"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[2] / "rules"


def knowledge_files(folder: Path) -> list[Path]:
    """Every YAML file below ``folder``, sorted.

    Raises ``InputError`` if the folder is missing or holds none.
    """
    if not folder.is_dir():
        raise InputError(
            "no such knowledge folder", place=Place(str(folder)), hint="name a folder with rules in it"
        )
    found = sorted(path for path in folder.rglob("*.yaml") if not path.name.startswith("."))
    if not found:
        raise InputError("the knowledge folder holds no YAML file", place=Place(str(folder)))
    return found


def content_hash(folder: Path, paths: list[Path]) -> str:
    """The SHA-256 of names and contents of ``paths``, as hexadecimal text."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()
