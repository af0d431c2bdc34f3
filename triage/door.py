"""What the public door opens to: one case assessed, by the engine of one's choice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import metadata
from typing import Any, Literal

from triage.assessment import assemble, decide
from triage.cases import read_facts
from triage.engine import ExpertaEngine
from triage.errors import UsageError
from triage.logic import Facts
from triage.models import Assessment, Case, KnowledgeBase, Record

EngineName = Literal["experta", "reference"]
ENGINES: tuple[EngineName, ...] = ("experta", "reference")
Assess = Callable[[str, Facts], Assessment]


def assess(
    kb: KnowledgeBase, case: Case | Mapping[str, Any], *, engine: EngineName = "reference"
) -> Assessment:
    """The assessment of a case, or of answers written as in a case file.

    For many cases with experta take ``assessor`` once: building its network takes longer than a case. Raises
    ``Problems`` for answers that do not fit the vocabulary or contradict each other.
    """
    if isinstance(case, Case):
        return assessor(kb, engine)(case.id, case.facts)
    facts, _ = read_facts(kb, case)
    return assessor(kb, engine)("case", facts)


def assessor(kb: KnowledgeBase, engine: EngineName) -> Assess:
    """A function from case id and facts to the assessment; all engines give the same.

    ``reference`` evaluates every expression as it stands, ``experta`` chains forward through its network.
    """
    match engine:
        case "reference":
            return lambda case_id, facts: assemble(kb, case_id, facts, decide(kb, facts))
        case "experta":
            return ExpertaEngine(kb).assess
        case _:
            raise UsageError(f"unknown engine `{engine}`", hint=f"engines are {', '.join(ENGINES)}")


def record_of(kb: KnowledgeBase, assessment: Assessment, engine: str) -> Record:
    """The assessment with what made it."""
    return Record(
        knowledge=f"{kb.title.title} {kb.title.version}",
        knowledge_hash=kb.content_hash,
        program=f"triage {program_version()}",
        engine=engine,
        assessment=assessment,
    )


def program_version() -> str:
    """The version of the installed program; ``0`` for a copy that was never installed."""
    try:
        return metadata.version("facial-triage")
    except metadata.PackageNotFoundError:
        return "0"
