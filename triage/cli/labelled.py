"""Labelled cases for commands that hold them against something or count them."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from io import BytesIO

from triage.cases import Form, Reject, read_cases
from triage.cli.common import DONE, FAILED, print_problems, say
from triage.errors import InputError, LabelError, Place, Problems, TriageError
from triage.models import Case, KnowledgeBase

STDIN = "-"
MAX_STDIN = 500_000_000
"""as much is kept in memory"""


@dataclass
class Labelled:
    """The labelled cases, and what is wrong with the others; unlabelled ones are only counted."""

    cases: list[Case] = field(default_factory=list)
    labels: list[TriageError] = field(default_factory=list)
    """labels that name nothing"""
    others: list[TriageError] = field(default_factory=list)
    unlabelled: int = 0

    def refuse_labels(self, labels: list[TriageError]) -> None:
        """Tells what else was left out.

        Raises ``Problems`` with all ``labels`` that name nothing, ``InputError`` if no labelled case is left.
        """
        print_problems(self.others)
        if labels:
            raise Problems(labels)
        if self.unlabelled:
            say(f"note: {self.unlabelled} cases have no label and are left out")
        if not self.cases:
            raise InputError("there is no labelled case", hint="a label stands below `expected:` in the case")

    @property
    def exit_code(self) -> int:
        """1 if a case could not be used."""
        return FAILED if self.others or self.labels else DONE


class LabelledReader:
    """The sources, readable once for each knowledge base; standard input is kept."""

    def __init__(self, sources: tuple[str, ...], form: Form | None) -> None:
        self.sources = sources
        self.form = form
        self.stdin = sys.stdin.buffer.read(MAX_STDIN + 1) if STDIN in sources else b""
        if len(self.stdin) > MAX_STDIN:
            hint = "write it into a file, and name that"
            message = f"is larger than {MAX_STDIN // 1_000_000} MB"
            raise InputError(message, place=Place("standard input"), hint=hint)

    def read(self, kb: KnowledgeBase) -> Labelled:
        """What the sources hold, read with the vocabulary of ``kb``."""
        found = Labelled()
        for case in read_cases(kb, self.sources, form=self.form, stdin=BytesIO(self.stdin)):
            if isinstance(case, Reject):
                for problem in case.problems:
                    (found.labels if isinstance(problem, LabelError) else found.others).append(problem)
            elif case.expected is None:
                found.unlabelled += 1
            else:
                found.cases.append(case)
        return found
