"""An interview on disk: the answers so far as a case file.

It is replaced whole after every answer and readable by its owner alone.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from triage.cases import conflicts, is_unknown, read_answer
from triage.errors import CaseError, InputError, OutputError, Place
from triage.interview import NOT_KNOWN, Answers, NotKnown
from triage.knowledge.yaml_reader import read_yaml
from triage.models import KnowledgeBase

HEADER = (
    "# Answers of an interview; `triage assess` reads this file, `triage ask --resume` goes on from here.\n"
)


def save(path: Path, answers: Answers, aside: Mapping[str, str], answered_by: str) -> None:
    """Replace the file by one with these answers (mode 0600); a crash leaves the old or the new file, never a part.

    Raises ``OutputError``.
    """
    lines = [
        HEADER,
        "format: 1\n",
        f"id: {json.dumps(path.stem)}\n",
        f"answered_by: {answered_by}\n",
        "facts:\n",
    ]
    lines += [f"  {name}: {_written(value)}\n" for name, value in answers.given.items()]
    if not answers.given:
        lines[-1] = "facts: {}\n"
    lines += [f"# kept aside, did not fit: {name}: {value}\n" for name, value in aside.items()]
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with open(
            os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
        ) as stream:
            stream.write("".join(lines))
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(draft, path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink()
        raise OutputError(f"the answers cannot be saved: {error.strerror}", place=Place(str(path))) from None


def resume(kb: KnowledgeBase, path: Path) -> tuple[Answers, dict[str, str]]:
    """The answers of a saved interview, and those that no longer fit, as written.

    Raises ``InputError`` or ``Problems`` if the file cannot be read.
    """
    document = read_yaml(path)
    facts = document.data.get("facts") if isinstance(document.data, dict) else None
    if not isinstance(facts, dict):
        raise InputError("this is no saved interview", place=Place(str(path)), hint="it needs `facts:`")
    answers, aside = Answers(), {}
    for written, raw in facts.items():
        name = kb.former.get(written, written)
        try:
            if name not in kb.findings:
                raise CaseError("unknown finding")
            value = NOT_KNOWN if is_unknown(raw) else read_answer(kb.findings[name], raw)
            candidate = answers.add({name: NOT_KNOWN if value is None else value})
        except CaseError:
            aside[written] = _raw(raw)
            continue
        if conflicts(kb, candidate.facts):
            aside[written] = _raw(raw)
        else:
            answers = candidate
    return answers, aside


def _written(value: Any) -> str:
    if isinstance(value, NotKnown):
        return "unknown"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {'yes' if chosen else 'no'}" for name, chosen in value.items()) + "}"
    return str(value)


def _raw(value: Any) -> str:
    return str(value).replace("\n", " ")[:200]
