"""Readers and validation of cases."""

from triage.cases.implied import complete_facts

__all__ = ["complete_facts"]
