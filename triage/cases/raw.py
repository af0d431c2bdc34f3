"""A case as it stands in a file, before anybody has judged it; and what becomes of one that is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from triage.cases.wording import shown
from triage.errors import CaseError, Place, TriageError

PlaceOf = Callable[[tuple[str | int, ...]], Place]
MAX_PROBLEMS = 1000
"""so many faults of a case, or of a header, are told with what may have been meant"""


@dataclass(frozen=True, slots=True)
class RawCase:
    """One case of a source: its fields as in a case file, and where each of them stands."""

    source: str
    line: int
    data: Mapping[str, Any]
    place: PlaceOf
    default_id: str = ""
    """the id of a case that has none: the name of a file that holds one case"""


@dataclass(frozen=True, slots=True)
class Reject:
    """A case, or a whole source, that cannot be used: where it stands and every reason."""

    source: str
    line: int
    id: str
    problems: tuple[TriageError, ...] = field(default=())
    whole: bool = False
    """a source was left out, not one of its cases"""
    rows: int | None = None
    """how many rows that source has, where this is soon known"""

    @property
    def reasons(self) -> tuple[str, ...]:
        """The reasons, without places and hints."""
        return tuple(problem.message for problem in self.problems)


def id_taken(id: str, here: Place, earlier: Place) -> CaseError:
    """What is wrong with a case ``here`` whose id the one at ``earlier`` has."""
    message = f"the id {shown(id)} is taken by {str(earlier) or 'an earlier case'}"
    return CaseError(message, place=here, rule=f"case {id}", hint="give every case an id of its own")


def reject(
    source: str, problem: TriageError, *, id: str = "", whole: bool = False, rows: int | None = None
) -> Reject:
    """One problem, at its line, as a reject; ``whole`` if it leaves out the source."""
    return Reject(source, problem.place.line, id, (problem,), whole, rows)
