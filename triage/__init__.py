"""Rule-based triage of the face: pain, spasm, weakness, numbness.

The public door. Names are loaded when they are first used, so that importing the package costs next to nothing:

    kb = triage.load_knowledge()
    assessment = triage.assess(kb, {"age_years": 57, "face_pain": "present", "attack_seconds": 20})
    assessment.urgency, assessment.nerves, assessment.differential, assessment.pending

What ``__all__`` lacks is private.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from triage.bulk import assess_table
    from triage.cases import Reject, read_cases
    from triage.door import assess, program_version
    from triage.errors import Problems, TriageError
    from triage.knowledge import load_knowledge
    from triage.models import Assessment, Case, KnowledgeBase, Record

    __version__ = program_version()

_HOMES = {
    "Assessment": "triage.models",
    "Case": "triage.models",
    "KnowledgeBase": "triage.models",
    "Problems": "triage.errors",
    "Record": "triage.models",
    "Reject": "triage.cases",
    "TriageError": "triage.errors",
    "assess": "triage.door",
    "assess_table": "triage.bulk",
    "load_knowledge": "triage.knowledge",
    "read_cases": "triage.cases",
}

__all__ = [
    "Assessment",
    "Case",
    "KnowledgeBase",
    "Problems",
    "Record",
    "Reject",
    "TriageError",
    "__version__",
    "assess",
    "assess_table",
    "load_knowledge",
    "read_cases",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return import_module("triage.door").program_version()
    if name not in _HOMES:
        raise AttributeError(f"module `triage` has no `{name}`")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
