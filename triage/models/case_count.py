"""Case counts: how many published cases of a disorder told each answer, beside how many cases of all told it.

They are counted from labelled cases (``triage rules count``) and, like profiles, order disorders and decide nothing.
"""

from __future__ import annotations

from pydantic import PositiveInt, model_validator

from triage.models.base import Model
from triage.models.profile import Answer

EVERY_CASE = "every_case"
"""id of the count of all cases together, with which the others are compared"""


class CaseCount(Model):
    """How often answers were told in the cases of one disorder, or in all of them."""

    cases: PositiveInt
    told: dict[Answer, PositiveInt] = {}
    """by answer: how many of these cases told it"""

    @model_validator(mode="after")
    def _within(self) -> CaseCount:
        for answer, count in self.told.items():
            if count > self.cases:
                raise ValueError(f"`{answer}` is told by {count} of {self.cases} cases")
        return self
