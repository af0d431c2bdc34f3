"""JSON without surprises: no key twice, no NaN, no infinity, no endless nesting."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from triage.errors import InputError, Place


class _Fault(ValueError):
    """What the standard library would let pass."""


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise _Fault(f"the key `{name[:60]}` stands twice")
        found[name] = value
    return found


def _constant(word: str) -> Any:
    raise _Fault(f"`{word}` is not a number")


_DECODER = json.JSONDecoder(object_pairs_hook=_pairs, parse_constant=_constant)
_SPACE = " \t\r\n"


def parse_line(text: str, name: str, line: int) -> Any:
    """The value on one line of JSON Lines.

    Raises ``InputError``.
    """
    value, end = _decode(text, len(text) - len(text.lstrip(_SPACE)), name, line)
    if text[end:].strip(_SPACE):
        raise InputError("something follows the end of the case", place=Place(name, line, end + 1))
    return value


def parse_items(text: str, name: str) -> Iterator[tuple[int | None, int, Any]]:
    """The entries of a JSON document as (index, line, value): of a list one by one, else the value with index None.

    Raises ``InputError`` where the document stops being JSON.
    """
    at = _skip(text, 0)
    if text[at : at + 1] != "[":
        value, end = _decode(text, at, name, 0)
        yield None, _line(text, at), value
        at = end
    else:
        index, line, counted = 0, 1, 0
        at = _skip(text, at + 1)
        while text[at : at + 1] != "]":
            value, end = _decode(text, at, name, 0)
            # Counted on from the entry before: counted from the start each time, a long list would take hours.
            line, counted = line + text.count("\n", counted, at), at
            yield index, line, value
            index += 1
            at = _skip(text, end)
            if text[at : at + 1] == ",":
                at = _skip(text, at + 1)
            elif text[at : at + 1] != "]":
                hint = "entries of a list stand between commas, and the list ends with ]"
                raise InputError(
                    "this is not JSON: the list goes on without a comma",
                    place=_place(text, at, name),
                    hint=hint,
                )
        at += 1
    if text[at:].strip(_SPACE):
        hint = "one file holds one case or one list; for one case a line name the file .jsonl"
        raise InputError(
            "something follows the end of the document", place=_place(text, _skip(text, at), name), hint=hint
        )


def _decode(text: str, at: int, name: str, line: int) -> tuple[Any, int]:
    def place(position: int) -> Place:
        return Place(name, line, position + 1) if line else _place(text, position, name)

    try:
        return _DECODER.raw_decode(text, at)
    except json.JSONDecodeError as error:
        message = f"this is not JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        raise InputError(message, place=place(error.pos), hint="check commas, quotes and brackets") from None
    except StopIteration as error:
        raise InputError("this is not JSON: expecting value", place=place(error.value or at)) from None
    except _Fault as fault:
        raise InputError(str(fault), place=place(at)) from None
    except RecursionError:
        raise InputError("nested too deep", place=place(at)) from None
    except ValueError:
        raise InputError("a number is too long", place=place(at)) from None


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in _SPACE:
        at += 1
    return at


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _place(text: str, at: int, name: str) -> Place:
    return Place(name, _line(text, at), at - text.rfind("\n", 0, at))
