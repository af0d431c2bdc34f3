"""JSON Schemas of everything that is written by hand or read by other programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import TypeAdapter

from triage.models import (
    Assessment,
    Case,
    Contradiction,
    Disorder,
    Finding,
    Pattern,
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
    "contradictions": list[Contradiction],
    "glossary": dict[str, GlossaryEntry],
    "sources": dict[str, SourceEntry],
    "interview": Interview,
    "face": Face,
    "urgency": UrgencySettings,
    "knowledge": Title,
    "case": Case,
    "assessment": Assessment,
    "record": Record,
}


def schemas() -> Iterator[tuple[str, dict[str, Any]]]:
    """The name and the schema of each kind of file; single entries may stand where a list is meant."""
    for name, kind in FILES.items():
        mode = "serialization" if name in ("assessment", "record") else "validation"
        schema = TypeAdapter(kind).json_schema(mode=mode)
        yield name, {"$schema": "https://json-schema.org/draft/2020-12/schema", **_or_single(schema)}


def _or_single(node: Any) -> Any:
    """The schema with ``source``-like lists also allowed as one entry, as the reader takes them."""
    if isinstance(node, list):
        return [_or_single(item) for item in node]
    if not isinstance(node, dict):
        return node
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
