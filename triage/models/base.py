"""What all parts of the knowledge base share: strict frozen models, citations, sourced statements."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

PROJECT_JUDGEMENT = "project_judgement"

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=80)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
ExprText = Annotated[
    str, StringConstraints(min_length=1), Field(description="an expression, see docs/authoring.md")
]


class Model(BaseModel):
    """A frozen model that refuses fields it does not know."""

    model_config = ConfigDict(allow_inf_nan=False, extra="forbid", frozen=True, use_attribute_docstrings=True)


class Ranked(StrEnum):
    """Words in an order: the one in which they stand in the class."""

    @cached_property
    def rank(self) -> int:
        """The place in the order, counted from 0."""
        return list(type(self)).index(self)


class Cite(Model):
    """A source and the place in it."""

    ref: Id
    """id of the source in rules/sources.yaml, or project_judgement"""
    at: Text
    """the place: section, criterion, table, claim number, page"""


def as_list(value: Any) -> Any:
    """A single entry as a list of one, so that YAML may write either."""
    return [value] if isinstance(value, dict | Cite | str) else value


Sources = Annotated[tuple[Cite, ...], BeforeValidator(as_list), Field(min_length=1)]
Names = Annotated[tuple[Text, ...], BeforeValidator(as_list)]


class Statement(Model):
    """A sentence with its source."""

    text: Text
    source: Sources
    rationale: Text | None = None
    """why, where a source is project_judgement"""


Statements = Annotated[tuple[Statement, ...], BeforeValidator(as_list)]
