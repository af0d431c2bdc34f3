"""Skeletons of rules and of their cases, under one name: what the author fills in is marked FILL.

The loader refuses an entry, and the runner a case, in which a placeholder is left.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from triage.errors import InputError, Place, UsageError, nearest
from triage.files import replacing
from triage.knowledge.folder import knowledge_files
from triage.knowledge.parts import PLACEHOLDER
from triage.workbench.templates import BESIDE, CASES, FOLDERS, GROUPED, LISTS, TEMPLATES

_ID = re.compile(r"[a-z][a-z0-9_]{0,79}")


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A file to write, or a text to add at the end of one that holds a list."""

    path: Path
    text: str
    added: bool

    def write(self) -> None:
        """Write the file, or add to it."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if self.added:
            before = self.path.read_text("utf-8")
            with replacing(self.path) as part:
                part.write_text(before + ("" if before.endswith("\n") else "\n") + self.text, "utf-8")
        else:
            with self.path.open("x", encoding="utf-8") as stream:
                stream.write(self.text)

    def to_fill(self) -> Iterator[tuple[Place, str]]:
        """Every placeholder of the written file that is this skeleton's, with its line."""
        lines = self.path.read_text("utf-8").splitlines()
        first = len(lines) - len(self.text.splitlines())
        for number, line in enumerate(lines[first:], first + 1):
            if PLACEHOLDER in line:
                yield Place(str(self.path), number), line.strip().removeprefix("- ")


def skeletons(kind: str, id: str, rules: Path, cases: Path | None, group: str = "") -> list[Skeleton]:
    """The files of a new rule: the entry itself, its cases unless ``cases`` is None, and the profile of a disorder.

    ``group`` is the folder of a disorder, or the file of a pattern or finding. Raises ``UsageError`` for a name that
    cannot be used, ``InputError`` for one that is taken or a file that exists.
    """
    _check(kind, id, rules, group)
    inside = f"{FOLDERS[kind]}/{group}.yaml" if kind in LISTS else f"{FOLDERS[kind]}/{_below(group)}{id}.yaml"
    found = [_skeleton(rules / inside, TEMPLATES[kind].replace("ID", id), kind in LISTS)]
    if cases is not None and kind in CASES:
        found.append(_skeleton(cases / inside, CASES[kind].replace("ID", id), kind in LISTS))
    if kind in BESIDE:
        folder, text = BESIDE[kind]
        found.append(_skeleton(rules / folder / f"{_below(group)}{id}.yaml", text.replace("ID", id), False))
    return found


def _below(group: str) -> str:
    return f"{group}/" if group else ""


def _skeleton(path: Path, text: str, listed: bool) -> Skeleton:
    if path.exists() and not listed:
        raise InputError("the file exists", place=Place(str(path)), hint="nothing was written")
    return Skeleton(path, text, added=path.exists())


def _check(kind: str, id: str, rules: Path, group: str) -> None:
    if kind not in TEMPLATES:
        hint = nearest(kind, TEMPLATES) or f"kinds are {', '.join(TEMPLATES)}"
        raise UsageError(f"no kind of rule is called `{kind}`", hint=hint)
    for what, word in (("an id", id), ("a group", group)):
        if word and (not _ID.fullmatch(word) or keyword.iskeyword(word)):
            raise UsageError(
                f"`{word}` cannot be {what}",
                hint="lower case words joined by _, beginning with a letter, 80 characters at most",
            )
    if bool(group) is not (kind in GROUPED):
        needed = f"a {kind} needs a group: {GROUPED[kind]}" if kind in GROUPED else f"a {kind} has no group"
        raise UsageError(needed, hint="give it with --group NAME" if kind in GROUPED else "leave --group out")
    declared = re.compile(rf"^(- )?id: {re.escape(id)}\s*$", re.MULTILINE)
    for path in knowledge_files(rules):
        text = path.read_text("utf-8", errors="replace")
        if match := declared.search(text):
            place = Place(str(path), text.count("\n", 0, match.start()) + 1)
            raise InputError(f"`{id}` is already declared", place=place, hint="ids are unique across folders")
