"""The knowledge base from its folder: read, linked and compiled, or refused with everything that has no meaning."""

from __future__ import annotations

from pathlib import Path

from triage.errors import Place, Problems
from triage.knowledge.collection import no_collection
from triage.knowledge.compiler import Compiler
from triage.knowledge.folder import content_hash, default_folder, knowledge_files
from triage.knowledge.links import LinkCheck
from triage.knowledge.reader import Parts, read_parts
from triage.models.case_count import CaseCount
from triage.models.finding import Finding
from triage.models.knowledge_base import KnowledgeBase, Title
from triage.models.profile import Profile
from triage.models.rules import CaveatSet, Contradiction, Disorder, Pattern, Treatment
from triage.models.settings import Face, GlossaryEntry, Interview, SourceEntry, UrgencySettings


def load_knowledge(folder: Path | str | None = None) -> KnowledgeBase:
    """The knowledge base in ``folder``; the one that comes with the program if None.

    Raises ``InputError`` if the folder cannot be used, ``Problems`` with everything in it that has no meaning.
    """
    folder = Path(folder) if folder is not None else default_folder()
    with no_collection():
        return _load(folder)


def _load(folder: Path) -> KnowledgeBase:
    paths = knowledge_files(folder)
    parts = read_parts(folder, paths)
    if parts.unreadable:
        # What stands in that file would be missed all over the others, and hide the one cause.
        raise Problems(parts.problems)
    compiler = Compiler(parts)
    rules = compiler.rules()
    musts = compiler.musts()
    follow_ups = compiler.follow_ups()
    openers = compiler.openers()
    LinkCheck(parts).run()
    title, interview = parts.single(Title), parts.single(Interview)
    face, urgency = parts.single(Face), parts.single(UrgencySettings)
    if parts.problems or not (title and interview and face and urgency):
        raise Problems(parts.problems)
    return KnowledgeBase(
        title=title.model,
        content_hash=content_hash(folder, paths),
        findings=parts.models(Finding),
        patterns=parts.models(Pattern),
        urgency_rules={name: part.model for name, part in compiler.urgency_parts.items()},
        disorders=parts.models(Disorder),
        caveat_sets=parts.models(CaveatSet),
        treatments=parts.models(Treatment),
        contradictions=parts.models(Contradiction),
        interview=interview.model,
        face=face.model,
        urgency=urgency.model,
        glossary=parts.models(GlossaryEntry),
        sources=parts.models(SourceEntry),
        rules=rules,
        musts=musts,
        follow_ups=follow_ups,
        openers=openers,
        places=_places(parts, compiler),
        snomed=parts.codes,
        profiles=parts.models(Profile),
        case_counts=parts.models(CaseCount),
    )


def _places(parts: Parts, compiler: Compiler) -> dict[str, Place]:
    places: dict[str, Place] = {}
    for kind in (Finding, Pattern, Disorder, CaveatSet, Treatment, Contradiction):
        places |= {name: part.place for name, part in parts.of(kind).items()}
    return places | {name: part.place for name, part in compiler.urgency_parts.items()}
