"""What a check says: a code, a place, the matter, and whether it must be mended."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from triage.errors import Place


class Gravity(StrEnum):
    """An error keeps the knowledge base from being released, a warning is worth a look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing a check found."""

    code: str
    place: Place
    rule: str
    message: str
    hint: str = ""
    gravity: Gravity = Gravity.ERROR

    def __str__(self) -> str:
        head = f"{self.place}: {self.gravity} {self.code}: {self.rule}: {self.message}"
        return f"{head}\n  hint: {self.hint}" if self.hint else head
