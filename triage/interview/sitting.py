"""The cases of one person in one sitting: the one being asked, and those finished before it.

A second, different complaint of the same kind is a second case of the same person, since a case holds one of each.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from triage.interview import wording
from triage.interview.consultation import Consultation, second_case
from triage.interview.state import Answers
from triage.models import Case, KnowledgeBase

MAX_CASES: Final = 4
DEFAULT_ID: Final = "interview"


@dataclass
class Sitting:
    """One person's cases; ``given`` are those kept so far, the last of which is gone on with.

    ``on_answers`` is called with all cases after every answer; ``on_save`` keeps them in a file from now on and
    returns what to say.
    """

    kb: KnowledgeBase
    given: Sequence[Answers] = ()
    answered_by: str = "patient"
    on_answers: Callable[[Sequence[Answers]], None] = lambda cases: None
    on_save: Callable[[str], str] = lambda path: wording.CANNOT_SAVE
    earlier: tuple[Answers, ...] = field(init=False, default=())
    consultation: Consultation = field(init=False)

    def __post_init__(self) -> None:
        *earlier, present = self.given or (Answers(),)
        self.earlier = tuple(earlier)
        self._begin(present)

    def _begin(self, answers: Answers, acknowledged: frozenset[str] = frozenset()) -> None:
        self.consultation = Consultation(
            self.kb, answers, self.answered_by, self._changed, acknowledged=acknowledged
        )

    def _changed(self, answers: Answers) -> None:
        self.on_answers((*self.earlier, answers))

    @property
    def cases(self) -> tuple[Answers, ...]:
        """The answers of every case, the present one last."""
        return (*self.earlier, self.consultation.answers)

    def seconds(self) -> tuple[str, ...]:
        """The complaints of which a second, different one can be added."""
        return self.consultation.present if len(self.cases) < MAX_CASES else ()

    def add_second(self, complaint: str) -> None:
        """Go on with a second complaint of this kind; what is known about the person is kept."""
        told = self.consultation
        self.earlier = self.cases
        self._begin(second_case(self.kb, told.answers, complaint), frozenset(told.emergencies))
        self._changed(self.consultation.answers)

    def to_cases(self, id: str = DEFAULT_ID) -> list[Case]:
        """Every case of the sitting, with one person where there are several."""
        return sitting_cases(self.cases, id, self.answered_by)


def sitting_cases(cases: Sequence[Answers], id: str, answered_by: str) -> list[Case]:
    """Answers as cases; the second and later ones are numbered."""
    made = [
        answers.to_case(id if number == 1 else f"{id}-{number}", answered_by)
        for number, answers in enumerate(cases, start=1)
    ]
    return [case.model_copy(update={"person": id}) for case in made] if len(made) > 1 else made
