"""The files of the knowledge folder as parts: which file holds what is decided by its place in the folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeVar, assert_never

from pydantic import BaseModel

from triage.errors import InputError, KnowledgeError, Place, Problems, TriageError, nearest
from triage.knowledge.folder import shown
from triage.knowledge.parts import Part, build
from triage.knowledge.yaml_reader import Document, Key, read_yaml
from triage.models.case_count import CaseCount
from triage.models.finding import Finding
from triage.models.knowledge_base import Title
from triage.models.profile import Profile
from triage.models.rules import CaveatSet, Contradiction, Disorder, Pattern, Treatment, UrgencyRule
from triage.models.settings import Face, GlossaryEntry, Interview, SourceEntry, UrgencySettings

M = TypeVar("M", bound=BaseModel)
Shape = Literal["list", "one", "map", "single"]

# Folder or file below the knowledge folder -> what it holds. "list": a list of entries a file; "one": one entry a
# file, named like its id; "map": names to entries; "single": the one file of its kind.
LAYOUT: dict[str, tuple[type[BaseModel], Shape]] = {
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
    refused: set[str] = field(default_factory=set)
    """names of entries that have faults of their own: who names one of them is not told that nothing has that name"""

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
        try:
            document = read_yaml(path, shown(folder, path))
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
    folder, inside, _ = relative.partition("/")
    home = folder + inside
    if home not in LAYOUT:
        hint = nearest(home, LAYOUT) or f"files belong to {', '.join(LAYOUT)}"
        parts.problems.append(KnowledgeError("no place for this file", place=Place(document.path), hint=hint))
        return
    kind, shape = LAYOUT[home]
    report = parts.problems.append
    for key, data in _entries(document, shape, report):
        part = build(kind, document, key, data, report)
        # An entry is called by its key in a map, by nothing where it is the one of its kind, else by its id.
        name = str(key[0]) if shape == "map" else str(data.get("id", "")) if isinstance(data, dict) else ""
        if part is None:
            parts.refused |= {name} - {""}
            continue
        if shape == "one" and name != relative.rsplit("/", 1)[-1].removesuffix(".yaml"):
            hint = f"name the file {name}.yaml"
            report(KnowledgeError(f"the file is not named like its id `{name}`", place=part.place, hint=hint))
        parts.add(name, part)


def _entries(
    document: Document, shape: Shape, report: Callable[[TriageError], None]
) -> Iterable[tuple[Key, Any]]:
    """The entries of a file with their keys; none, with the fault reported, if it has another shape."""
    data, start = document.data, Place(document.path, 1)
    match shape:
        case "one" | "single":
            return [((), data)]
        case "list":
            if isinstance(data, list):
                return [((index,), entry) for index, entry in enumerate(data)]
            hint = "begin each with `- id:`"
            report(KnowledgeError("expected a list of entries", place=start, hint=hint))
        case "map":
            if isinstance(data, dict):
                return [((name,), entry) for name, entry in data.items()]
            report(KnowledgeError("expected names with entries", place=start))
        case _:
            assert_never(shape)
    return []


def _read_codes(document: Document, parts: Parts) -> None:
    if not isinstance(document.data, dict):
        parts.problems.append(
            KnowledgeError("expected disorder ids with lists of codes", place=Place(document.path, 1))
        )
        return
    for name, codes in document.data.items():
        parts.codes[name] = tuple(str(code) for code in (codes if isinstance(codes, list) else [codes]))
