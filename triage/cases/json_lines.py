"""JSON Lines as raw cases: a case a line, each judged by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from triage.cases.raw import RawCase, Reject, reject
from triage.cases.streams import Line
from triage.cases.strict_json import parse_line
from triage.cases.wording import shown
from triage.errors import InputError, Place


def json_lines(source: Iterable[Line], name: str) -> Iterator[RawCase | Reject]:
    """The cases of a source, and what is wrong with the lines that are none."""
    seen = False
    for line in source:
        found = json_case(line, name)
        if found is not None:
            seen = True
            yield found
    if not seen:
        yield reject(name, InputError("is empty", place=Place(name)), whole=True, rows=0)


def json_case(line: Line, name: str) -> RawCase | Reject | None:
    """A line as a case or as a reject; None if it is blank."""
    if line.problem is not None:
        return reject(name, line.problem)
    if not line.text.strip():
        return None
    try:
        data = parse_line(line.text, name, line.number)
    except InputError as error:
        return reject(name, error)
    return mapped(data, name, Place(name, line.number))


def mapped(data: Any, name: str, place: Place, default_id: str = "") -> RawCase | Reject:
    """What a source holds for one case, all of it at one place."""
    if not isinstance(data, dict):
        return no_case(data, name, place)
    return RawCase(name, place.line, data, lambda key: place, default_id)


def no_case(data: Any, name: str, place: Place) -> Reject:
    """The reject of what has no fields."""
    message = f"expected a case with `id` and `facts`, found {shown(data)}"
    hint = "write `id: ...` and `facts: {finding: answer}`"
    return reject(name, InputError(message, place=place, hint=hint))
