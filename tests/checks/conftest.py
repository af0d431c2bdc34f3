"""Small knowledge bases that load and are wrong in one thing."""

import pytest

from tests.support import tiny_kb
from triage.checks import run_checks

FINDINGS = {"ache": "yes_no", "numb": "yes_no", "calm": "yes_no", "spots": "any_of left right"}
ILLNESS = {"criteria": {"a": "ache"}, "grades": {"possible": "a"}}


@pytest.fixture
def remarks(tmp_path):
    """What the checks find in a small knowledge base, by code; further findings may be given."""

    def remarking(findings=None, patterns=None, **parts):
        kb = tiny_kb(tmp_path, {**FINDINGS, **(findings or {})}, patterns, **parts)
        found = {}
        for remark in run_checks(kb):
            found.setdefault(remark.code, []).append(remark)
        return found

    return remarking


@pytest.fixture
def of_illness(remarks):
    """What the checks find in a small knowledge base with one disorder, whose fields may be replaced."""

    def remarking(findings=None, patterns=None, **fields):
        return remarks(findings, patterns, disorders={"illness": {**ILLNESS, **fields}})

    return remarking
