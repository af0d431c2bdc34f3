"""experta concludes exactly what ``decide`` defines, on every rule of any knowledge base."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.properties.profile import LONG, SHIPPED, SHIPPED_LONG, SHORT
from tests.properties.strategies import cases, facts, knowledge_bases, toy_base
from triage.assessment import assemble, decide
from triage.engine import ExpertaEngine, Session
from triage.knowledge import load_knowledge
from triage.logic import Value
from triage.models import KnowledgeBase


@cache
def engine_of(name: str) -> ExpertaEngine:
    return ExpertaEngine(toy_base() if name == "toy" else load_knowledge())


def agree(engine: ExpertaEngine, answers: dict[str, Value]) -> None:
    expected = decide(engine.kb, answers)
    assert engine.run(answers) == expected
    assert engine.assess("case", answers) == assemble(engine.kb, "case", answers, expected)


@SHORT
@given(cases())
def test_experta_agrees_with_the_definition_on_generated_rules(
    case: tuple[KnowledgeBase, dict[str, Value]],
) -> None:
    kb, answers = case
    assert ExpertaEngine(kb).run(answers) == decide(kb, answers)


@pytest.mark.equality
@LONG
@given(cases())
def test_experta_agrees_with_the_definition_on_many_generated_rules(
    case: tuple[KnowledgeBase, dict[str, Value]],
) -> None:
    kb, answers = case
    assert ExpertaEngine(kb).run(answers) == decide(kb, answers)


@SHORT
@given(st.data())
def test_experta_agrees_with_the_definition_on_the_toy_rules(data: st.DataObject) -> None:
    engine = engine_of("toy")
    agree(engine, data.draw(facts(engine.kb.vocabulary, 0.1, 0.5, 0.8)))


@SHIPPED
@given(st.data())
def test_experta_agrees_with_the_definition_on_the_shipped_rules(data: st.DataObject) -> None:
    engine = engine_of("shipped")
    agree(engine, data.draw(facts(engine.kb.vocabulary, 0.02, 0.1, 0.3, 0.6)))


@pytest.mark.equality
@SHIPPED_LONG
@given(st.data())
def test_experta_agrees_with_the_definition_on_many_cases_of_the_shipped_rules(data: st.DataObject) -> None:
    engine = engine_of("shipped")
    agree(engine, data.draw(facts(engine.kb.vocabulary, 0.02, 0.1, 0.3, 0.6)))


@SHORT
@given(st.data())
def test_answers_told_one_by_one_lead_to_the_same_truths(data: st.DataObject) -> None:
    kb = data.draw(knowledge_bases())
    engine = ExpertaEngine(kb)
    session = Session(engine)
    told: dict[str, Value] = {}
    for answers in data.draw(st.lists(facts(kb.vocabulary), min_size=1, max_size=3)):
        for finding, value in answers.items():
            session.tell(finding, value)
            told[finding] = value
            assert session.truths() == decide(kb, told)
    for finding in sorted(told)[:2]:
        session.forget(finding)
        del told[finding]
        assert session.truths() == decide(kb, told)
