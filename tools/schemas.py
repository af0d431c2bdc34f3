"""JSON Schemas of everything that is written by hand or read by other programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import TypeAdapter

from triage.models import (
    Assessment,
    Case,
    CaseCount,
    Contradiction,
    Disorder,
    Finding,
    Pattern,
    Profile,
    Record,
    Treatment,
    UrgencyRule,
)
from triage.models.knowledge_base import Title
from triage.models.rules import CaveatSet
from triage.models.settings import Face, GlossaryEntry, Interview, SourceEntry, UrgencySettings

FILES: dict[str, Any] = {
    "findings": list[Finding],
    "patterns": list[Pattern],
    "red_flag": UrgencyRule,
    "disorder": Disorder,
    "caveats": CaveatSet,
    "treatment": Treatment,
    "profile": Profile,
    "case_counts": dict[str, CaseCount],
    "contradictions": list[Contradiction],
    "glossary": dict[str, GlossaryEntry],
    "sources": dict[str, SourceEntry],
    "interview": Interview,
    "face": Face,
    "urgency": UrgencySettings,
    "knowledge": Title,
    "assessment": Assessment,
    "record": Record,
}


def schemas() -> Iterator[tuple[str, dict[str, Any]]]:
    """The name and the schema of each kind of file; what the readers take in short forms is allowed in them."""
    for name, kind in FILES.items():
        mode: Any = "serialization" if name in ("assessment", "record") else "validation"
        yield name, _published(TypeAdapter(kind).json_schema(mode=mode))
    yield "case", _published(_case_file())


def _published(schema: dict[str, Any]) -> dict[str, Any]:
    # The root stays what it is: its definitions are referred to from there, and a file that holds a list is one.
    root = {key: _or_single(value) for key, value in schema.items()}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **root}


def _case_file() -> dict[str, Any]:
    """A case as it is written: the answers as people give them, not the values they become."""
    schema = TypeAdapter(Case).json_schema()
    fields = {name: field for name, field in schema["properties"].items() if name != "not_known"}
    answer = {"type": ["string", "number", "boolean"]}
    fields["facts"] = {
        "description": "finding: answer; a list of choices, closed by no_others, or a mapping of choices to yes and no;"
        " a number may be an interval, as text (2 to 3 weeks, under 5) or with least and most",
        "type": "object",
        "propertyNames": {"pattern": "^[a-z][a-z0-9_]*$"},
        "additionalProperties": {
            "anyOf": [
                answer,
                {"type": "array", "items": {"type": "string"}},
                {"type": "object", "additionalProperties": answer},
                {"type": "null"},
            ]
        },
    }
    return {**schema, "properties": {"format": {"const": 1}, **fields}, "required": ["facts"]}


def _or_single(node: Any) -> Any:
    """The schema with ``source``-like lists also allowed as one entry, as the reader takes them."""
    if isinstance(node, list):
        return [_or_single(item) for item in node]
    if not isinstance(node, dict):
        return node
    if node.get("$ref") == "#/$defs/Choice":
        return {"anyOf": [node, {"type": "string", "description": "its label"}]}
    changed = {key: _or_single(value) for key, value in node.items()}
    items = changed.get("items")
    if (
        changed.get("type") == "array"
        and isinstance(items, dict)
        and ("$ref" in items or items.get("type") == "string")
    ):
        kept = {key: changed.pop(key) for key in ("title", "description", "default") if key in changed}
        return {**kept, "anyOf": [changed, items]}
    return changed
