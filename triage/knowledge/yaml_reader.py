"""YAML with places: plain data plus the line and column of every key and value.

Only null, int, float, true and false are resolved (YAML 1.2 core: ``no``, ``on``, ``1:30`` and ``012`` stay text);
anchors, tags and duplicate keys are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from triage.errors import InputError, Place, Problems, TriageError
from triage.files import MAX_BYTES, open_file

Key = tuple[str | int, ...]
_INT = re.compile(r"-?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_WORDS: dict[str, Any] = {"": None, "null": None, "~": None, "true": True, "false": False}
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_DEPTH = 40
MAX_VALUES = 1_000_000
"""of a document; each takes half a kilobyte of memory, and two bytes of a file can be one"""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a value begins: ``indent`` is that of its further lines, ``folded`` if its line breaks are lost."""

    place: Place
    indent: int = 0
    folded: bool = False


@dataclass
class Document:
    """The data of one YAML file and where each part of it stands, by path of keys and indices.

    Places are made when somebody asks: most of the tens of thousands of values never have a problem.
    """

    path: str
    data: Any
    lines: list[str] = field(default_factory=list)
    values: dict[Key, Any] = field(default_factory=dict)
    """the YAML event of each value"""
    keys: dict[Key, Any] = field(default_factory=dict)
    """the YAML event of each key"""

    def place(self, key: Key) -> Place:
        """The place of the key, or of the nearest part around it."""
        while key:
            if key in self.keys:
                return self._begins(self.keys[key])
            if key in self.values:
                return self._spot(self.values[key]).place
            key = key[:-1]
        return self._spot(self.values[()]).place if () in self.values else Place(self.path, 1, 1)

    def spot(self, key: Key) -> Spot | None:
        """Where a value begins; None if the file has none there."""
        return self._spot(self.values[key]) if key in self.values else None

    def _begins(self, event: Any) -> Place:
        return Place(self.path, event.start_mark.line + 1, event.start_mark.column + 1)

    def _spot(self, event: Any) -> Spot:
        start, end = event.start_mark, event.end_mark
        if not isinstance(event, yaml.ScalarEvent) or start.line == end.line:
            quoted = isinstance(event, yaml.ScalarEvent) and event.style in ("'", '"')
            return Spot(Place(self.path, start.line + 1, start.column + 1 + quoted))
        if event.style == "|":
            for number in range(start.line + 1, min(end.line + 1, len(self.lines))):
                line = self.lines[number]
                if line.strip():
                    indent = len(line) - len(line.lstrip(" "))
                    return Spot(Place(self.path, number + 1, indent + 1), indent)
        return Spot(self._begins(event), folded=True)


def read_bytes(path: Path, shown: str = "") -> bytes:
    """The bytes of a file.

    Raises ``InputError`` for what is missing, no file, unreadable or too large.
    """
    place = Place(shown or str(path))
    try:
        with open_file(path) as stream:
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise InputError("no such file", place=place, hint="check the path") from None
    except IsADirectoryError:
        raise InputError("is a folder, not a file", place=place, hint="name a file in it") from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", place=place) from None
    if len(data) > MAX_BYTES:
        raise InputError(f"is larger than {MAX_BYTES // 1_000_000} MB", place=place)
    return data


def read_text(path: Path, shown: str = "") -> str:
    """The text of a UTF-8 file.

    Raises ``InputError``, as ``read_bytes`` does and for what is not UTF-8.
    """
    try:
        return read_bytes(path, shown).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"is not UTF-8 text (byte {error.start + 1})",
            place=Place(shown or str(path)),
            hint="save it as UTF-8",
        ) from None


def read_yaml(path: Path, shown: str = "") -> Document:
    """The document in a YAML file.

    Raises ``InputError`` or ``Problems``.
    """
    return parse_yaml(read_text(path, shown), shown or str(path))


def parse_yaml(text: str, path: str) -> Document:
    """The document in ``text``; ``path`` is how places name it.

    Raises ``InputError`` if it is no YAML, ``Problems`` for anchors, tags and duplicate keys.
    """
    document = Document(path, None, text.split("\n"))
    builder = _Builder(document)
    try:
        document.data = builder.document(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(path, mark.line + 1, mark.column + 1) if mark else Place(path)
        raise InputError(
            f"this is not YAML: {error.problem}", place=place, hint="check indentation, colons and quotes"
        ) from None
    except yaml.YAMLError as error:
        raise InputError(f"this is not YAML: {str(error).splitlines()[0]}", place=Place(path)) from None
    if builder.problems:
        raise Problems(builder.problems)
    return document


class _Builder:
    def __init__(self, document: Document) -> None:
        self.out = document
        self.problems: list[TriageError] = []
        self.count = 0

    def document(self, events: Iterator[Any]) -> Any:
        data: Any = None
        seen = False
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if seen:
                    self._problem(event, "a second document in one file", "one file holds one document")
                    return data
                seen = True
                data = self._value(next(events), events, (), 0)
        return data

    def _place(self, event: Any) -> Place:
        return Place(self.out.path, event.start_mark.line + 1, event.start_mark.column + 1)

    def _problem(self, event: Any, message: str, hint: str) -> None:
        self.problems.append(InputError(message, place=self._place(event), hint=hint))

    def _value(self, event: Any, events: Iterator[Any], key: Key, depth: int) -> Any:
        self.count += 1
        if self.count > MAX_VALUES:
            message = f"holds more than {MAX_VALUES:,} values"
            raise InputError(message, place=self._place(event), hint="make several files of it")
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self._problem(event, "anchors and aliases (& and *) are not allowed", "write the value out")
            if isinstance(event, yaml.AliasEvent):
                return None
        if getattr(event, "tag", None) and event.tag != "!":
            self._problem(event, f"the tag `{event.tag}` is not allowed", "leave the tag out")
        if depth > MAX_DEPTH:
            raise InputError(f"nested more than {MAX_DEPTH} deep", place=self._place(event))
        self.out.values[key] = event
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Any] = []
            while not isinstance(item := next(events), yaml.SequenceEndEvent):
                items.append(self._value(item, events, (*key, len(items)), depth + 1))
            return items
        return self._mapping(events, key, depth)

    def _mapping(self, events: Iterator[Any], key: Key, depth: int) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        while not isinstance(name_event := next(events), yaml.MappingEndEvent):
            if not isinstance(name_event, yaml.ScalarEvent):
                self._problem(name_event, "a key must be a word", "put the key in plain text")
                self._value(name_event, events, (*key, "?"), depth + 1)
                self._value(next(events), events, (*key, "?"), depth + 1)
                continue
            if name_event.anchor or name_event.tag:
                self._problem(name_event, "anchors and tags are not allowed", "write the key out")
            name = name_event.value
            inner = (*key, name)
            if name in mapping:
                first = self.out.keys[inner].start_mark.line + 1
                self._problem(name_event, f"the key `{name}` stands twice", f"first in line {first}")
            else:
                self.out.keys[inner] = name_event
            value = self._value(next(events), events, inner, depth + 1)
            mapping.setdefault(name, value)
        return mapping


def _scalar(event: Any) -> Any:
    text: str = event.value
    if event.style is not None and event.style != "":
        return text
    lowered = text.lower()
    if lowered in _WORDS and text in (lowered, lowered.capitalize(), lowered.upper()):
        return _WORDS[lowered]
    if _INT.fullmatch(text):
        return int(text) if len(text) <= 18 else text
    if _FLOAT.fullmatch(text):
        return float(text)
    return text
