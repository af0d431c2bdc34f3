"""Telling a name that nothing has, with the nearest one that something has."""

from __future__ import annotations

from collections.abc import Iterable

from triage.errors import KnowledgeError, Place, nearest
from triage.knowledge.reader import Parts
from triage.models.finding import Finding
from triage.models.rules import Disorder


class NameCheck:
    """What every check of names needs; what it finds goes to ``parts.problems``."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.findings = parts.models(Finding)
        self.disorders = parts.models(Disorder)

    def _problem(self, message: str, place: Place, rule: str = "", hint: str = "") -> None:
        self.parts.problems.append(KnowledgeError(message, place=place, rule=rule, hint=hint))

    def _known(self, what: str, name: str, names: Iterable[str], place: Place, rule: str) -> bool:
        names = list(names)
        if name in names:
            return True
        if name not in self.parts.refused:
            self._problem(f"unknown {what} `{name}`", place, rule, nearest(name, names))
        return False
