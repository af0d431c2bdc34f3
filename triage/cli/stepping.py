"""The full-screen view of the firings of one case."""

from __future__ import annotations

from triage.cli.terminal import on_terminal
from triage.cli.traces import decided_words, item_words
from triage.engine import ExpertaEngine
from triage.errors import UsageError
from triage.models import Case, KnowledgeBase


def step_through(kb: KnowledgeBase, case: Case) -> None:
    """Run the view until it is left.

    Raises ``UsageError`` where there is no terminal.
    """
    if not on_terminal():
        raise UsageError(
            "there is no terminal to step in", hint="`triage assess CASE --trace` writes it as text"
        )
    from triage.screen import Stepper

    Stepper(case.id, ExpertaEngine(kb).trace(case.facts), item_words, decided_words).run()
