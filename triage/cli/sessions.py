"""A sitting on disk: the answers so far as a case file.

It is replaced whole after every answer and readable by its owner alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from triage.cases import conflicts, is_unknown, read_answer
from triage.errors import CaseError, InputError, OutputError, Place, printable
from triage.files import PRIVATE, replacing
from triage.interview import NOT_KNOWN, Answer, Answers, NotKnown, replayed
from triage.knowledge.yaml_reader import read_yaml
from triage.models import KnowledgeBase

HEADER = (
    "# Answers of an interview; `triage assess` reads this file, `triage ask --resume` goes on from here.\n"
)
LONGEST = 200


@dataclass(frozen=True)
class Saved:
    """What a file held: the cases, the last of which is gone on with, and the answers that no longer fit."""

    cases: tuple[Answers, ...] = ()
    answered_by: str = "patient"
    aside: Mapping[str, str] = field(default_factory=dict)


def save(path: Path, cases: Sequence[Answers], aside: Mapping[str, str], answered_by: str) -> None:
    """Replace the file by one with these cases (mode 0600); a crash leaves the old or the new file, never a part.

    Raises ``OutputError``.
    """
    text = HEADER + "".join(f"# kept aside, did not fit: {name}: {value}\n" for name, value in aside.items())
    for number, answers in enumerate(cases, start=1):
        lines = _case_lines(path.stem, number, len(cases), answers, answered_by)
        if len(cases) == 1:
            text += "".join(f"{line}\n" for line in lines)
        else:
            text += "".join(f"{'  ' if index else '- '}{line}\n" for index, line in enumerate(lines))
    try:
        with replacing(path, PRIVATE) as part:
            part.write_text(text, "utf-8")
    except OSError as error:
        raise OutputError(f"the answers cannot be saved: {error.strerror}", place=Place(str(path))) from None


def _case_lines(stem: str, number: int, count: int, answers: Answers, answered_by: str) -> list[str]:
    id = stem if number == 1 else f"{stem}-{number}"
    lines = ["format: 1", f"id: {_quoted(id)}"]
    lines += [f"person: {_quoted(stem)}"] if count > 1 else []
    lines += [f"answered_by: {answered_by}", "facts:" if answers.given else "facts: {}"]
    return [*lines, *(f"  {name}: {_written(value)}" for name, value in answers.given.items())]


def resume(kb: KnowledgeBase, path: Path) -> Saved:
    """The cases of a saved sitting, with the answers that no longer fit apart, as written.

    Raises ``InputError`` or ``Problems`` if the file cannot be read.
    """
    data = read_yaml(path).data
    entries = data if isinstance(data, list) else [data]
    wrong = InputError("this is no saved interview", place=Place(str(path)), hint="it needs `facts:`")
    aside: dict[str, str] = {}
    cases = []
    answered_by = "patient"
    for entry in entries:
        if not isinstance(entry, dict) or not isinstance(entry.get("facts"), dict):
            raise wrong
        answered_by = "clinician" if entry.get("answered_by") in ("clinician", "researcher") else answered_by
        cases.append(_read(kb, entry["facts"], aside, answered_by))
    if not cases:
        raise wrong
    return Saved(tuple(cases), answered_by, aside)


def _read(kb: KnowledgeBase, facts: Mapping[str, Any], aside: dict[str, str], answered_by: str) -> Answers:
    """The answers that fit, in the steps in which they are asked; the others go to ``aside``."""
    given: dict[str, Answer] = {}
    for written, raw in facts.items():
        name = kb.former.get(written, written)
        try:
            if name not in kb.findings:
                raise CaseError("unknown finding")
            value = NOT_KNOWN if is_unknown(raw) else read_answer(kb.findings[name], raw)
        except CaseError:
            aside[_raw(written)] = _raw(raw)
            continue
        candidate = {**given, name: NOT_KNOWN if value is None else value}
        if conflicts(kb, Answers(candidate).facts):
            aside[_raw(written)] = _raw(raw)
        else:
            given = candidate
    return replayed(kb, given, answered_by)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _written(value: Any) -> str:
    if isinstance(value, NotKnown):
        return "unknown"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {'yes' if chosen else 'no'}" for name, chosen in value.items()) + "}"
    return str(value)


def _raw(value: Any) -> str:
    """As a line of a comment, or of a terminal, can hold it."""
    return printable(str(value)[:LONGEST], mark=" ")
