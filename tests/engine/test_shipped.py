"""The shipped knowledge base in the engine: the same conclusions as the definition, and no rule that multiplies."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.properties.test_engines_agree import engine_of
from triage.assessment import assemble, decide
from triage.cases import read_cases
from triage.engine import ExpertaEngine
from triage.models import Case

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))
MOST_CLAUSES = 150


@pytest.fixture(scope="module")
def engine() -> ExpertaEngine:
    return engine_of("shipped")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_come_out_as_defined(engine: ExpertaEngine, path: Path) -> None:
    for case in read_cases(engine.kb, [str(path)]):
        assert isinstance(case, Case)
        expected = decide(engine.kb, case.facts)
        assert engine.run(case.facts) == expected
        assert engine.assess(case.id, case.facts) == assemble(engine.kb, case.id, case.facts, expected)


def test_no_rule_needs_many_clauses(engine: ExpertaEngine) -> None:
    """A rule beyond this is slow to build and hard to read in a trace; make a part of it a pattern."""
    counted = Counter(production.clause.rule for production in engine._main.engine.rules)
    assert not {rule: count for rule, count in counted.items() if count > MOST_CLAUSES}


def test_every_rule_can_be_decided(engine: ExpertaEngine) -> None:
    assert list(engine.run({})) == list(engine.kb.rules)
