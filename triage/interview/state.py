"""What has been answered so far; everything else in an interview follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from triage.logic import Value
from triage.models import Case, KnowledgeBase


class NotKnown(Enum):
    """The answer of somebody who was asked and does not know."""

    NOT_KNOWN = "not known"


NOT_KNOWN = NotKnown.NOT_KNOWN
Answer = Value | NotKnown
# How much a step to which nothing was known counts beyond the step itself.
NOTHING_KNOWN = 0.5


@dataclass(frozen=True)
class Answers:
    """Answers by finding, in the order given; changing one keeps the others."""

    given: Mapping[str, Answer] = field(default_factory=dict)
    steps: tuple[tuple[str, ...], ...] = ()
    """the findings answered in each step, oldest first"""

    @property
    def facts(self) -> dict[str, Value]:
        """The answers that say something."""
        return {name: value for name, value in self.given.items() if not isinstance(value, NotKnown)}

    @property
    def not_known(self) -> frozenset[str]:
        """Findings asked and not known."""
        return frozenset(name for name, value in self.given.items() if isinstance(value, NotKnown))

    @property
    def effort(self) -> float:
        """The steps taken, those to which nothing was known counted for more: asking on brings less."""
        return len(self.steps) + NOTHING_KNOWN * sum(
            all(isinstance(self.given[name], NotKnown) for name in step) for step in self.steps
        )

    def add(self, answers: Mapping[str, Answer]) -> Answers:
        """With one more step answered; a finding answered before takes the new value."""
        return Answers({**self.given, **answers}, (*self.steps, tuple(answers)))

    def change(self, answers: Mapping[str, Answer]) -> Answers:
        """With some answers replaced, the steps as they were."""
        return replace(self, given={**self.given, **answers})

    def back(self) -> Answers:
        """Without the last step."""
        if not self.steps:
            return self
        dropped = set(self.steps[-1]) - {name for step in self.steps[:-1] for name in step}
        return Answers(
            {name: value for name, value in self.given.items() if name not in dropped}, self.steps[:-1]
        )

    def without(self, findings: Iterable[str]) -> Answers:
        """Without the answers to ``findings``, which will be asked again."""
        gone = set(findings)
        steps = tuple(
            kept for step in self.steps if (kept := tuple(name for name in step if name not in gone))
        )
        return Answers({name: value for name, value in self.given.items() if name not in gone}, steps)

    def to_case(self, id: str, answered_by: str = "patient") -> Case:
        """The answers as a case."""
        facts = {
            name: dict(value) if isinstance(value, Mapping) else value for name, value in self.facts.items()
        }
        return Case.model_validate(
            {"id": id, "answered_by": answered_by, "facts": facts, "not_known": self.not_known}
        )


def told_list(kb: KnowledgeBase, finding: str, present: Iterable[str], unsure: Iterable[str]) -> Answer:
    """An any_of answer that says nothing about what is ``unsure`` and not present; not known if it says nothing."""
    chosen, left = set(present), set(unsure)
    names = [name for name in kb.findings[finding].choices if name in chosen or name not in left]
    return {name: name in chosen for name in names} or NOT_KNOWN
