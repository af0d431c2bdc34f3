"""Work that makes no cyclic garbage, done without looking for it."""

from __future__ import annotations

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager

# What is kept to the end must still be let go of there: extension modules count what they gave out.
atexit.register(gc.unfreeze)


@contextmanager
def no_collection() -> Iterator[None]:
    """Cyclic garbage is left alone: looking for it takes a third of loading and as long again as building a network."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@contextmanager
def lasting() -> Iterator[None]:
    """As ``no_collection``; what is made meanwhile, and before, lasts as long as the program and is never looked at.

    For programs, not for the library: all objects of the process are kept.
    """
    with no_collection():
        yield
        gc.freeze()
