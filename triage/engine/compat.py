"""experta, imported as it is and without leaving traces.

Its pinned ``frozendict`` takes abstract classes from ``collections``, from where they are gone since Python 3.10, and
the import configures logging. Both are put right here: the old names exist for the duration of the import only.
This is the one module of the program that names experta.
"""

from __future__ import annotations

import collections
import collections.abc
import logging
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def _surroundings_of_old() -> Iterator[None]:
    """``collections`` with the names that it once had; these names and new log handlers are gone afterwards."""
    added = [name for name in collections.abc.__all__ if not hasattr(collections, name)]
    handlers = list(logging.root.handlers)
    for name in added:
        setattr(collections, name, getattr(collections.abc, name))
    try:
        yield
    finally:
        for name in added:
            delattr(collections, name)
        for handler in [one for one in logging.root.handlers if one not in handlers]:
            logging.root.removeHandler(handler)


with _surroundings_of_old():
    # `experta/__init__` hides a failed import; its modules, named one by one, do not.
    from experta.abstract import Strategy
    from experta.activation import Activation
    from experta.agenda import Agenda
    from experta.engine import KnowledgeEngine
    from experta.fact import Fact
    from experta.fieldconstraint import L, P
    from experta.matchers import ReteMatcher
    from experta.matchers.rete.check import FeatureCheck, SameContextCheck
    from experta.matchers.rete.nodes import BusNode, ConflictSetNode, FeatureTesterNode, OrdinaryMatchNode
    from experta.matchers.rete.token import Token
    from experta.rule import Rule

__all__ = [
    "Activation",
    "Agenda",
    "BusNode",
    "ConflictSetNode",
    "Fact",
    "FeatureCheck",
    "FeatureTesterNode",
    "KnowledgeEngine",
    "L",
    "OrdinaryMatchNode",
    "P",
    "ReteMatcher",
    "Rule",
    "SameContextCheck",
    "Strategy",
    "Token",
]
