"""The files of the knowledge folder as parts: which file holds what is decided by its place in the folder."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from triage.errors import InputError, KnowledgeError, Place, Problems, TriageError, nearest
from triage.knowledge.parts import Part, build
from triage.knowledge.yaml_reader import Document, read_yaml
from triage.models.case_count import CaseCount
from triage.models.finding import Finding
from triage.models.knowledge_base import Title
from triage.models.profile import Profile
from triage.models.rules import CaveatSet, Contradiction, Disorder, Pattern, Treatment, UrgencyRule
from triage.models.settings import Face, GlossaryEntry, Interview, SourceEntry, UrgencySettings

M = TypeVar("M", bound=BaseModel)

# Folder or file below the knowledge folder -> what it holds. "list": a list of entries a file; "one": one entry a
# file, named like its id; "map": names to entries; "single": the one file of its kind.
LAYOUT: dict[str, tuple[type[BaseModel], str]] = {
    "findings/": (Finding, "list"),
    "patterns/": (Pattern, "list"),
    "red_flags/": (UrgencyRule, "one"),
    "disorders/": (Disorder, "one"),
    "caveats/": (CaveatSet, "one"),
    "treatments/": (Treatment, "one"),
    "profiles/": (Profile, "one"),
    "case_counts.yaml": (CaseCount, "map"),
    "contradictions.yaml": (Contradiction, "list"),
    "glossary.yaml": (GlossaryEntry, "map"),
    "sources.yaml": (SourceEntry, "map"),
    "interview.yaml": (Interview, "single"),
    "face.yaml": (Face, "single"),
    "urgency.yaml": (UrgencySettings, "single"),
    "knowledge.yaml": (Title, "single"),
}
REQUIRED = ("interview.yaml", "face.yaml", "urgency.yaml", "knowledge.yaml", "sources.yaml")
OPTIONAL_CODES = "codes/snomed.yaml"


@dataclass
class Parts:
    """All entries of a knowledge folder by kind, and the problems met while reading them."""

    problems: list[TriageError] = field(default_factory=list)
    entries: dict[type[BaseModel], dict[str, Part[Any]]] = field(default_factory=dict)
    codes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unreadable: bool = False
    """some file is no YAML, or ambiguous, so that nothing is known of what stands in it"""

    def of(self, kind: type[M]) -> dict[str, Part[M]]:
        """The entries of one kind, by id."""
        return self.entries.get(kind, {})

    def single(self, kind: type[M]) -> Part[M] | None:
        """The one entry of a kind that has a file of its own."""
        return self.of(kind).get("")

    def models(self, kind: type[M]) -> dict[str, M]:
        """The models of one kind, by id."""
        return {name: part.model for name, part in self.of(kind).items()}

    def add(self, name: str, part: Part[Any]) -> None:
        """Keep an entry; a second one of the same kind and name is a problem that names both places."""
        kept = self.entries.setdefault(type(part.model), {})
        if name in kept:
            message = f"`{name}` is declared twice: {kept[name].place} and {part.place}"
            self.problems.append(KnowledgeError(message, place=part.place, rule=name, hint="ids are unique"))
            return
        kept[name] = part


def read_parts(folder: Path, paths: list[Path]) -> Parts:
    """The entries of all files, with the problems of every one of them."""
    parts = Parts()
    seen: set[str] = set()
    for path in paths:
        relative = path.relative_to(folder).as_posix()
        seen.add(relative)
        shown = f"{folder.name}/{relative}"
        try:
            document = read_yaml(path, shown)
        except Problems as found:
            parts.problems.extend(found.problems)
            parts.unreadable = True
            continue
        except InputError as error:
            parts.problems.append(error)
            parts.unreadable = True
            continue
        if relative == OPTIONAL_CODES:
            _read_codes(document, parts)
        else:
            _read(relative, document, parts)
    for name in REQUIRED:
        if name not in seen:
            parts.problems.append(
                KnowledgeError(f"the file `{name}` is missing", place=Place(f"{folder.name}/{name}"))
            )
    return parts


def _read(relative: str, document: Document, parts: Parts) -> None:
    home = relative.split("/")[0] + "/" if "/" in relative else relative
    if home not in LAYOUT:
        hint = nearest(home, LAYOUT) or f"files belong to {', '.join(LAYOUT)}"
        parts.problems.append(KnowledgeError("no place for this file", place=Place(document.path), hint=hint))
        return
    kind, shape = LAYOUT[home]
    report = parts.problems.append
    if shape in ("one", "single"):
        part = build(kind, document, (), document.data, report)
        if part is None:
            return
        name = "" if shape == "single" else str(getattr(part.model, "id", ""))
        if shape == "one" and name != relative.rsplit("/", 1)[-1].removesuffix(".yaml"):
            hint = f"name the file {name}.yaml"
            report(KnowledgeError(f"the file is not named like its id `{name}`", place=part.place, hint=hint))
        parts.add(name, part)
    elif shape == "list":
        if not isinstance(document.data, list):
            report(
                KnowledgeError(
                    "expected a list of entries",
                    place=Place(document.path, 1),
                    hint="begin each with `- id:`",
                )
            )
            return
        for index, data in enumerate(document.data):
            if (part := build(kind, document, (index,), data, report)) is not None:
                parts.add(str(getattr(part.model, "id", "")), part)
    else:
        if not isinstance(document.data, dict):
            report(KnowledgeError("expected names with entries", place=Place(document.path, 1)))
            return
        for name, data in document.data.items():
            if (part := build(kind, document, (name,), data, report)) is not None:
                parts.add(name, part)


def _read_codes(document: Document, parts: Parts) -> None:
    if not isinstance(document.data, dict):
        parts.problems.append(
            KnowledgeError("expected disorder ids with lists of codes", place=Place(document.path, 1))
        )
        return
    for name, codes in document.data.items():
        parts.codes[name] = tuple(str(code) for code in (codes if isinstance(codes, list) else [codes]))
