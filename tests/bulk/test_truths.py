"""Rules decided in SQL: what ``decide`` says, on every rule of any knowledge base."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bulk.support import some_facts, truths_of
from tests.properties.profile import EQUALITY_CASES, taking
from tests.properties.strategies import SEEDS, knowledge_bases
from triage.assessment import decide
from triage.models import KnowledgeBase


def agree(kb: KnowledgeBase, cases) -> None:
    for facts, found in zip(cases, truths_of(kb, cases), strict=True):
        assert found == decide(kb, facts), facts


@taking(40)
@given(knowledge_bases(), SEEDS)
def test_sql_agrees_with_the_definition_on_generated_rules(kb, seed):
    agree(kb, some_facts(kb, seed, 20))


@pytest.mark.equality
@taking(EQUALITY_CASES // 20)
@given(st.data(), SEEDS)
def test_sql_agrees_with_the_definition_on_many_generated_rules(data, seed):
    kb = data.draw(knowledge_bases())
    agree(kb, some_facts(kb, seed, 20))


def test_sql_agrees_with_the_definition_on_the_toy_rules(toy):
    agree(toy, some_facts(toy, 1, 200))


def test_sql_agrees_with_the_definition_on_the_shipped_rules(kb):
    agree(kb, some_facts(kb, 2, 40))
