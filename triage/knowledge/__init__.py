"""Reads ``rules/`` and refuses what has no meaning, keeping file and line of every rule."""

from triage.knowledge.folder import default_folder
from triage.knowledge.kept import load_kept
from triage.knowledge.loader import load_knowledge

__all__ = ["default_folder", "load_kept", "load_knowledge"]
