"""Three-valued truth (strong Kleene logic): what nobody answered is unknown, and unknown is not no."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Truth(Enum):
    """True, false or unknown; refuses to act as a bool, so that unknown is never read as no."""

    FALSE = 0
    UNKNOWN = 1
    TRUE = 2

    def __bool__(self) -> bool:
        raise TypeError(f"Truth.{self.name} is not a bool: compare it, as in `value is Truth.TRUE`")

    def __str__(self) -> str:
        return self.name.lower()


_NEGATED = {Truth.TRUE: Truth.FALSE, Truth.UNKNOWN: Truth.UNKNOWN, Truth.FALSE: Truth.TRUE}


def truth(value: bool | None) -> Truth:
    """The truth of a two-valued answer; None is unknown."""
    if value is None:
        return Truth.UNKNOWN
    return Truth.TRUE if value else Truth.FALSE


def negate(value: Truth) -> Truth:
    """Kleene negation: unknown stays unknown."""
    return _NEGATED[value]


def all_of(values: Iterable[Truth]) -> Truth:
    """Kleene conjunction, the least of ``values``; true if there are none."""
    result = Truth.TRUE
    for value in values:
        if value is Truth.FALSE:
            return value
        if value is Truth.UNKNOWN:
            result = value
    return result


def any_of(values: Iterable[Truth]) -> Truth:
    """Kleene disjunction, the greatest of ``values``; false if there are none."""
    result = Truth.FALSE
    for value in values:
        if value is Truth.TRUE:
            return value
        if value is Truth.UNKNOWN:
            result = value
    return result


def at_least(count: int, values: Iterable[Truth]) -> Truth:
    """True when ``count`` of ``values`` are surely true, false when fewer still could be."""
    sure = possible = 0
    for value in values:
        sure += value is Truth.TRUE
        possible += value is not Truth.FALSE
    if sure >= count:
        return Truth.TRUE
    return Truth.FALSE if possible < count else Truth.UNKNOWN
