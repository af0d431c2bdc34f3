"""A statement built from named columns: each is defined once, and the layers follow from who names whom.

SQL has no variables, so a column that others name stands in an inner select. Every layer lists the columns that later
layers still need, and no others: planning time grows with their number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

_NAME = re.compile(r'"([^"]+)"')


@dataclass(frozen=True, slots=True)
class Column:
    """A defined column: its SQL over other columns, what it means to a reader, and the columns it names."""

    sql: str
    note: str
    names: tuple[str, ...]


class Program:
    """Definitions of columns over those of a source."""

    def __init__(self, inputs: Iterable[str]) -> None:
        self.inputs = frozenset(inputs)
        self.columns: dict[str, Column] = {}
        self._named: dict[str, str] = {}

    def define(self, name: str, sql: str, note: str = "") -> str:
        """The quoted name of a column that means ``sql``; what was defined before under any name is not said twice.

        A number or the name of another column needs no column of its own.
        """
        if sql.isdigit() or (sql[0] == '"' and sql.find('"', 1) == len(sql) - 1):
            return sql
        known = self._named.get(sql)
        if known is not None:
            return quoted(known)
        if name in self.columns:
            raise ValueError(f"the column `{name}` has two meanings")
        self._named[sql] = name
        self.columns[name] = Column(sql, note, _names(sql))
        return quoted(name)

    def select(
        self, source: str, outputs: Mapping[str, str], keep: Iterable[str] = (), *, notes: bool = False
    ) -> str:
        """The statement that reads ``source`` and gives the columns of ``keep`` and ``outputs`` (name to SQL).

        With ``notes`` each definition stands on a line of its own, behind what it means, under its full name;
        without, inner columns have short names, which halves the time of planning.
        """
        kept = list(keep)
        wanted = [*kept, *(name for sql in outputs.values() for name in _names(sql))]
        levels = self._levels(wanted)
        layers: dict[int, list[str]] = {}
        for name, level in levels.items():
            layers.setdefault(level, []).append(name)
        needed = self._needed(layers, wanted)
        written = _Written(self, {} if notes else self._short(levels), notes=notes)
        text = f"SELECT {', '.join(map(quoted, needed[0])) or '1 AS nothing'}\nFROM {source}"
        for level in range(1, len(needed)):
            through = [name for name in needed[level] if levels[name] < level]
            text = (
                f"SELECT {written.layer(through, layers.get(level, ()))}\nFROM (\n{text}\n) AS layer_{level}"
            )
        final = [
            *map(quoted, kept),
            *(f"{written.text(sql)} AS {quoted(name)}" for name, sql in outputs.items()),
        ]
        return f"SELECT {(',' + chr(10)).join(final)}\nFROM (\n{text}\n) AS conclusions"

    def _short(self, levels: Mapping[str, int]) -> dict[str, str]:
        inner = [name for name, level in levels.items() if level]
        taken = {name.lower() for name in levels}
        free = (f"c{number}" for number in range(len(levels) * 2) if f"c{number}" not in taken)
        return dict(zip(inner, free, strict=False))

    def _levels(self, wanted: Iterable[str]) -> dict[str, int]:
        """The layer of every column that is needed: the source is 0, each other one above all it names."""
        levels: dict[str, int] = {}
        stack = list(wanted)
        while stack:
            name = stack[-1]
            if name in levels:
                stack.pop()
            elif name in self.inputs:
                levels[name] = 0
            elif missing := [other for other in self.columns[name].names if other not in levels]:
                stack += missing
            else:
                levels[name] = 1 + max((levels[other] for other in self.columns[name].names), default=0)
        return levels

    def _needed(self, layers: Mapping[int, list[str]], wanted: Iterable[str]) -> list[list[str]]:
        """By layer: the columns that it must give to those above."""
        count = max(layers, default=0) + 1
        needed: list[dict[str, None]] = [{} for _ in range(count)]
        needed[-1] = dict.fromkeys(wanted)
        for level in range(count - 1, 0, -1):
            mine = set(layers.get(level, ()))
            below = {name: None for name in needed[level] if name not in mine}
            for name in layers.get(level, ()):
                below |= dict.fromkeys(self.columns[name].names)
            needed[level - 1] = below
        return [sorted(names) for names in needed]


@dataclass(frozen=True)
class _Written:
    """Columns as they stand in a statement."""

    program: Program
    short: Mapping[str, str]
    notes: bool

    def text(self, sql: str) -> str:
        """SQL with the names that columns have in this statement."""
        return _NAME.sub(lambda found: self.short.get(found[1], found[0]), sql) if self.short else sql

    def layer(self, through: Iterable[str], new: Iterable[str]) -> str:
        """The columns passed through and those defined."""
        passed = [self.short.get(name, quoted(name)) for name in through]
        defined = list(self._definitions(new))
        if not self.notes:
            return ", ".join([*passed, *defined])
        head = [", ".join(passed)] if passed else []
        return ",\n".join([*head, *defined])

    def _definitions(self, names: Iterable[str]) -> Iterator[str]:
        for name in names:
            column = self.program.columns[name]
            body = f"{self.text(column.sql)} AS {self.short.get(name, quoted(name))}"
            note = f"-- {' '.join(column.note.split())}\n" if self.notes and column.note else ""
            yield note + body


def quoted(name: str) -> str:
    """A column as SQL names it."""
    return f'"{name}"'


def _names(sql: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_NAME.findall(sql)))
