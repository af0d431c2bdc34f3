"""Small knowledge bases built in a test, and tables of truths read from text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from triage.knowledge import load_knowledge
from triage.logic import Truth, Value
from triage.models import KnowledgeBase

TOY = Path(__file__).parent / "toy" / "bicycle"
CITE = {"ref": "handbook", "at": "page 1"}
WORDS = {"true": Truth.TRUE, "false": Truth.FALSE, "unknown": Truth.UNKNOWN}


def table(text: str) -> Iterator[tuple[Truth, Truth, Truth]]:
    """``left, right, result`` of every cell of a truth table; its first line names the columns."""
    head, *lines = [line for line in text.strip().splitlines() if line.strip()]
    columns = head.split("|")[1].split()
    for line in lines:
        left, cells = line.split("|")
        for column, cell in zip(columns, cells.split(), strict=True):
            yield WORDS[left.strip()], WORDS[column], WORDS[cell]


def answer(truth: Truth) -> bool | None:
    """The yes_no answer with this truth; None for unknown."""
    return {Truth.TRUE: True, Truth.FALSE: False, Truth.UNKNOWN: None}[truth]


def facts_of(**answers: Value | None) -> dict[str, Value]:
    """The answers that are not None."""
    return {name: value for name, value in answers.items() if value is not None}


def tiny_kb(
    folder: Path,
    findings: Mapping[str, str | Mapping[str, Any]],
    patterns: Mapping[str, str | Mapping[str, Any]] | None = None,
    *,
    urgency: Mapping[str, Mapping[str, Any]] | None = None,
    disorders: Mapping[str, Mapping[str, Any]] | None = None,
    caveat_sets: Mapping[str, Mapping[str, str]] | None = None,
    treatments: Mapping[str, Mapping[str, Any]] | None = None,
    interview: Mapping[str, Any] | None = None,
) -> KnowledgeBase:
    """A knowledge base written to ``folder`` and loaded from there.

    A finding is its type with what belongs to it (``yes_no``, ``one_of a b``, ``any_of a b``, ``number 0 100``) or a
    mapping with ``type:`` so written and further fields; a pattern is its expression. What people read is filled in.
    """
    write_kb(
        folder,
        findings,
        patterns,
        urgency=urgency,
        disorders=disorders,
        caveat_sets=caveat_sets,
        treatments=treatments,
        interview=interview,
    )
    return load_knowledge(folder)


def write_kb(
    folder: Path,
    findings: Mapping[str, str | Mapping[str, Any]],
    patterns: Mapping[str, str | Mapping[str, Any]] | None = None,
    *,
    urgency: Mapping[str, Mapping[str, Any]] | None = None,
    disorders: Mapping[str, Mapping[str, Any]] | None = None,
    caveat_sets: Mapping[str, Mapping[str, str]] | None = None,
    treatments: Mapping[str, Mapping[str, Any]] | None = None,
    interview: Mapping[str, Any] | None = None,
) -> None:
    """Write the files of ``tiny_kb``."""
    files: dict[str, Any] = {
        "knowledge.yaml": {"title": "Tiny", "version": "1", "about": "Made in a test."},
        "sources.yaml": {"handbook": {"title": "Handbook", "kind": "textbook"}},
        "face.yaml": {
            "nerves": {"feeler": {"label": "feeler", "lay": "feeler"}},
            "areas": {},
            "sides": {},
            "origins": {"elsewhere": "elsewhere"},
            "sites": [],
        },
        "urgency.yaml": {
            "levels": {
                level: {"label": level, "lay": level, "action": level, "clinician": level}
                for level in ("self_care", "routine", "within_two_weeks", "same_day", "emergency")
            },
            "go_at_once": ["It burns."],
        },
        "interview.yaml": {
            "covers": "This covers nothing.",
            "outside": "This is outside.",
            "complaints": [],
            "topics": [{"id": "all", "title": "All", "findings": list(findings)}],
            **(interview or {}),
        },
        "findings/all.yaml": [_finding(name, spec) for name, spec in findings.items()],
        "patterns/all.yaml": [_pattern(name, spec) for name, spec in (patterns or {}).items()],
    }
    for name, rule in (urgency or {}).items():
        files[f"red_flags/{name}.yaml"] = _urgency(name, rule)
    for name, disorder in (disorders or {}).items():
        files[f"disorders/{name}.yaml"] = _disorder(name, disorder)
    for name, caveats in (caveat_sets or {}).items():
        files[f"caveats/{name}.yaml"] = {"id": name, "label": name, "caveats": _caveats(caveats)}
    for name, treatment in (treatments or {}).items():
        files[f"treatments/{name}.yaml"] = _treatment(name, treatment)
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        # JSON is YAML, and has no anchors and no folded lines.
        (folder / path).write_text(json.dumps(data), encoding="utf-8")


def _finding(name: str, spec: str | Mapping[str, Any]) -> dict[str, Any]:
    fields = {"type": spec} if isinstance(spec, str) else dict(spec)
    kind, *rest = fields.pop("type").split()
    made: dict[str, Any] = {"id": name, "type": kind, "of": "person", "label": name, "question": f"{name}?"}
    if kind == "number":
        made["range"] = [float(word) for word in rest] or [0.0, 100.0]
    elif kind in ("one_of", "any_of"):
        made["choices"] = {choice: choice for choice in rest}
    return made | fields


def _pattern(name: str, spec: str | Mapping[str, Any]) -> dict[str, Any]:
    fields = {"when": spec} if isinstance(spec, str) else dict(spec)
    return {"id": name, "label": name, "source": CITE, **fields}


def _urgency(name: str, rule: Mapping[str, Any]) -> dict[str, Any]:
    words = {"label": name, "reason": name, "action": name, "source": CITE}
    return {"id": name, "level": "same_day", "about": "person", **words, **rule}


def _disorder(name: str, disorder: Mapping[str, Any]) -> dict[str, Any]:
    """``criteria``, ``excludes`` and ``evidence`` may map ids to expressions or to fields."""
    fields = dict(disorder)
    said = {"text": name, "source": CITE}
    made: dict[str, Any] = {
        "id": name,
        "name": name,
        "lay_name": name,
        "explains": ["other"],
        "frequency": "common",
        "frequency_source": said,
        "about": said,
        "best_by_answers": "established",
        "usual_urgency": "routine",
        "confirmed_by": said,
    }
    extra = {
        "criteria": {},
        "excludes": {"effect": "unlikely"},
        "evidence": {"direction": "for", "weight": "weak"},
    }
    for part, defaults in extra.items():
        if part in fields:
            made[part] = [
                {
                    "id": one,
                    "text": one,
                    "source": CITE,
                    **defaults,
                    **({"when": spec} if isinstance(spec, str) else spec),
                }
                for one, spec in fields.pop(part).items()
            ]
    return made | fields


def _caveats(caveats: Mapping[str, str | Mapping[str, Any]]) -> list[dict[str, Any]]:
    """``caveats`` maps ids to expressions or to fields."""
    return [
        {
            "id": name,
            "severity": "caution",
            "text": name,
            "source": CITE,
            **({"when": spec} if isinstance(spec, str) else spec),
        }
        for name, spec in caveats.items()
    ]


def _treatment(name: str, treatment: Mapping[str, Any]) -> dict[str, Any]:
    """``caveats`` maps ids to expressions, ``paths`` disorders to fields."""
    fields = dict(treatment)
    said = {"text": name, "source": CITE}
    paths = [
        {
            "id": disorder,
            "disorder": disorder,
            "line": "first",
            "says": said,
            **{key: value for key, value in spec.items() if key != "caveats"},
            "caveats": _caveats(spec.get("caveats", {})),
        }
        for disorder, spec in fields.pop("paths").items()
    ]
    caveats = _caveats(fields.pop("caveats", {}))
    made = {"id": name, "name": name, "lay_name": name, "kind": "drug", "about": said, "caveats": caveats}
    return {**made, "paths": paths, **fields}
