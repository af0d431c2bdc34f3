"""Tools for those who write rules: running their cases and, above them, coverage, mutation and comparison."""

from triage.workbench.rule_cases import (
    CaseFailure,
    Decide,
    FileResult,
    RuleCase,
    deciding,
    read_rule_cases,
    rule_case_files,
    run_file,
)

__all__ = [
    "CaseFailure",
    "Decide",
    "FileResult",
    "RuleCase",
    "deciding",
    "read_rule_cases",
    "rule_case_files",
    "run_file",
]
