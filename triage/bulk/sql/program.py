"""A statement built from named columns: each is defined once, and the layers follow from who names whom.

SQL has no variables, so a column that others name stands in an inner select. Every layer lists the columns that later
layers still need, and no others: planning time grows with their number.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

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
            self._note(sql.strip('"'), note)
            return sql
        known = self._named.get(sql)
        if known is not None:
            self._note(known, note)
            return quoted(known)
        if name in self.columns:
            raise ValueError(f"the column `{name}` has two meanings")
        self._named[sql] = name
        self.columns[name] = Column(sql, note, _names(sql))
        return quoted(name)

    def _note(self, name: str, note: str) -> None:
        """One more meaning of a column."""
        column = self.columns.get(name)
        if note and column is not None and note not in column.note:
            self.columns[name] = replace(column, note=f"{column.note}; {note}" if column.note else note)

    def select(
        self, source: str, outputs: Mapping[str, str], keep: Iterable[str] = (), *, notes: bool = False
    ) -> str:
        """The statement that reads ``source`` and gives the columns of ``keep`` and ``outputs`` (name to SQL).

        With ``notes`` each definition stands on a line of its own, behind what it means, under its full name;
        without, inner columns have short names, which halves the time of planning.
        """
        first, *layers, final = self._lists(outputs, list(keep), notes=notes)
        text = f"SELECT {first}\nFROM {source}"
        for level, listed in enumerate(layers, 1):
            text = f"SELECT {listed}\nFROM (\n{text}\n) AS layer_{level}"
        return f"SELECT {final}\nFROM (\n{text}\n) AS conclusions"

    def stages(
        self, source: str, outputs: Mapping[str, str], keep: Iterable[str] = (), *, view: str = "layer"
    ) -> list[str]:
        """The layers of ``select`` as statements of their own: each reads what the one before it gave, as ``view``."""
        first, *rest = self._lists(outputs, list(keep), notes=False)
        return [f"SELECT {first} FROM {source}", *(f"SELECT {listed} FROM {view}" for listed in rest)]

    def _lists(self, outputs: Mapping[str, str], kept: list[str], *, notes: bool) -> list[str]:
        """What each layer selects: the columns that are read, the layers over them, the outputs."""
        wanted = [*kept, *(name for sql in outputs.values() for name in _names(sql))]
        levels = self._levels(wanted)
        uses = self._uses(levels, wanted)
        # A column that names no other is the same in every row: it is not carried, but made beneath its first use.
        levels |= {
            name: uses[name][0] - 1
            for name in levels
            if name in self.columns and not self.columns[name].names
        }
        layout = Layout(levels, uses)
        written = _Written(self, layout, {} if notes else self._short(levels), notes=notes)
        first = ", ".join(map(quoted, layout.outputs(0))) or "1 AS nothing"
        layers = [written.layer(level) for level in range(1, layout.top)]
        final = [f"{written.text(quoted(name), layout.top)} AS {quoted(name)}" for name in kept]
        final += [f"{written.text(sql, layout.top)} AS {quoted(name)}" for name, sql in outputs.items()]
        return [first, *layers, f",{chr(10)}".join(final)]

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

    def _uses(self, levels: Mapping[str, int], wanted: Iterable[str]) -> dict[str, list[int]]:
        """By column: the layers that name it, rising; the last layer is that of the outputs."""
        uses: dict[str, set[int]] = {name: set() for name in levels}
        for name in levels:
            if name in self.columns:
                for other in self.columns[name].names:
                    uses[other].add(levels[name])
        for name in wanted:
            uses[name].add(max(levels.values(), default=0) + 1)
        return {name: sorted(layers) for name, layers in uses.items()}


class Layout:
    """Which layer gives which columns, and which columns wait in a parcel.

    A column that is not named for many layers would stand in the list of each of them, and the time of planning grows
    with the length of those lists. So such columns are put together into one struct, a parcel, from the layer where
    they are known to the one that names them next.
    """

    GAP = 4
    FEWEST = 3

    def __init__(self, levels: Mapping[str, int], uses: Mapping[str, list[int]]) -> None:
        self.levels = levels
        self.top = max(levels.values(), default=0) + 1
        self.parcels: dict[tuple[int, int], list[str]] = {}
        self._plain: list[dict[str, None]] = [{} for _ in range(self.top)]
        self.unpacked: dict[int, dict[str, tuple[int, int]]] = {}
        spans = [
            (name, start, end)
            for name in sorted(levels)
            for start, end in pairwise([levels[name], *uses[name]])
        ]
        sizes = Counter((start, end) for _, start, end in spans)
        for name, start, end in spans:
            if end - start - 1 >= self.GAP and sizes[start, end] >= self.FEWEST:
                self.parcels.setdefault((start, end), []).append(name)
                self.unpacked.setdefault(end, {})[name] = (start, end)
                self._plain[start][name] = None
            else:
                for level in range(start, end):
                    self._plain[level][name] = None

    def outputs(self, level: int) -> list[str]:
        """The columns, parcels apart, that a layer gives."""
        return list(self._plain[level])

    def packed(self, level: int) -> list[tuple[int, int]]:
        """The parcels made in a layer."""
        return [span for span in self.parcels if span[0] == level - 1]

    def carried(self, level: int) -> list[tuple[int, int]]:
        """The parcels passed through a layer."""
        return [span for span in self.parcels if span[0] < level - 1 and span[1] > level]


@dataclass(frozen=True)
class _Written:
    """Columns as they stand in a statement."""

    program: Program
    layout: Layout
    short: Mapping[str, str]
    notes: bool

    def name(self, name: str) -> str:
        """A column under the name that it has in this statement."""
        return self.short.get(name) or quoted(name)

    def text(self, sql: str, level: int) -> str:
        """SQL as it stands in a layer."""
        unpacked = self.layout.unpacked.get(level, {})

        def written(found: re.Match[str]) -> str:
            name = found[1]
            return f"{_parcel(unpacked[name])}.{self.name(name)}" if name in unpacked else self.name(name)

        return _NAME.sub(written, sql)

    def layer(self, level: int) -> str:
        """What a layer passes on, packs and defines."""
        layout = self.layout
        passed = [_parcel(span) for span in layout.carried(level)]
        for span in layout.packed(level):
            fields = (
                f"'{self.name(name).strip(chr(34))}': {self.text(quoted(name), level)}"
                for name in layout.parcels[span]
            )
            passed.append(f"{{{', '.join(fields)}}} AS {_parcel(span)}")
        defined: list[str] = []
        for name in layout.outputs(level):
            if layout.levels[name] == level:
                defined.append(self._definition(name, level))
            elif name in layout.unpacked.get(level, {}):
                passed.append(f"{self.text(quoted(name), level)} AS {self.name(name)}")
            else:
                passed.append(self.name(name))
        if not self.notes:
            return ", ".join([*passed, *defined]) or "1 AS nothing"
        return ",\n".join([*([", ".join(passed)] if passed else []), *defined]) or "1 AS nothing"

    def _definition(self, name: str, level: int) -> str:
        column = self.program.columns[name]
        note = f"-- {' '.join(column.note.split())}\n" if self.notes and column.note else ""
        return f"{note}{self.text(column.sql, level)} AS {self.name(name)}"


def _parcel(span: tuple[int, int]) -> str:
    return f"parcel_{span[0]}_{span[1]}"


def quoted(name: str) -> str:
    """A column as SQL names it."""
    return f'"{name}"'


def _names(sql: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_NAME.findall(sql)))
