"""Columns that many others name are defined once: a method's answer is kept for each name."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

Owner = TypeVar("Owner")
Answer = TypeVar("Answer")


def remembered(method: Callable[[Owner, str], Answer]) -> Callable[[Owner, str], Answer]:
    """The method, asked once for each name."""
    place = f"_remembered_{method.__name__}"

    @wraps(method)
    def asked(self: Owner, name: str) -> Answer:
        known: dict[str, Answer] = self.__dict__.setdefault(place, {})
        if name not in known:
            known[name] = method(self, name)
        return known[name]

    return asked
