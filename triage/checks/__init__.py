"""What is meaningful but wrong in a knowledge base, one file a group of checks."""

from __future__ import annotations

from triage.checks import danger, disorders, findings, texts
from triage.checks.report import Gravity, Remark
from triage.models import KnowledgeBase

CHECKS = (danger.check, disorders.check, findings.check, texts.check)


def run_checks(kb: KnowledgeBase) -> list[Remark]:
    """Everything the checks find, errors first, then by place."""
    found = [remark for check in CHECKS for remark in check(kb)]
    return sorted(
        found, key=lambda one: (one.gravity is Gravity.WARNING, one.code, one.place, one.rule, one.message)
    )


__all__ = ["CHECKS", "Gravity", "Remark", "run_checks"]
