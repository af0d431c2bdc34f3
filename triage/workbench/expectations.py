"""What a rule case expects, part by part."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import ConfigDict

from triage.logic import Truth
from triage.models import Grade, Level, Model, NerveModality

TRUTHS = {"holds": Truth.TRUE, "fails": Truth.FALSE, "unknown": Truth.UNKNOWN}


class Expect(Model):
    """What must follow from a rule case."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    holds: tuple[str, ...] = ()
    fails: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    urgency: Level | None = None
    urgency_accept: tuple[Level, ...] = ()
    """further levels that are right too"""
    leading: str | None = None
    """the first leading disorder, or none; a member leads if its family leads and no other member is above it"""
    not_leading: tuple[str, ...] = ()
    fits: tuple[str, ...] = ()
    """disorders of band fits whose families lead"""
    grade: dict[str, Grade] = {}
    modality: NerveModality | None = None

    def parts(self) -> Iterator[tuple[str, str]]:
        """Every single expectation: its field, and the rule, disorder or value that stands in it."""
        for field in (*TRUTHS, "grade"):
            for name in getattr(self, field):
                yield field, name
        for field in ("urgency", "modality", "leading"):
            value = getattr(self, field)
            if value is not None:
                yield field, value
        for field in ("fits", "not_leading"):
            for name in getattr(self, field):
                yield field, name
