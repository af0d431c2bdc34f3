"""Things without a hash of their own as keys of a cache: the same one, not an equal one."""

from __future__ import annotations

from typing import Generic, TypeVar

T = TypeVar("T")


class ByIdentity(Generic[T]):
    """A thing that is equal to nothing but itself."""

    def __init__(self, it: T) -> None:
        self.it = it

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ByIdentity) and other.it is self.it

    def __hash__(self) -> int:
        return id(self.it)
