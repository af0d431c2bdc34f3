"""What must hold of every expression."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tests.properties.profile import SHORT
from tests.properties.strategies import SEEDS, expressions, facts, random_value, vocabularies
from triage.logic import Scope, Truth, World, evaluate, parse, pending_findings, to_text


@SHORT
@given(st.data())
def test_printing_and_parsing_gives_an_expression_back(data: st.DataObject) -> None:
    vocabulary = data.draw(vocabularies())
    expr = data.draw(expressions(vocabulary, ("some_pattern", "other_pattern")))
    scope = Scope(vocabulary, {"some_pattern": "some_pattern", "other_pattern": "other_pattern"})
    assert parse(to_text(expr), scope) == expr


@SHORT
@given(st.data())
def test_more_facts_never_overturn_a_decided_expression(data: st.DataObject) -> None:
    vocabulary = data.draw(vocabularies())
    expr = data.draw(expressions(vocabulary))
    few = data.draw(facts(vocabulary, 0.3))
    more = data.draw(facts(vocabulary, 0.5)) | few
    before = evaluate(expr, few)
    if before is not Truth.UNKNOWN:
        assert evaluate(expr, more) is before


@SHORT
@given(st.data())
def test_answering_what_is_not_pending_changes_nothing(data: st.DataObject) -> None:
    vocabulary = data.draw(vocabularies())
    expr = data.draw(expressions(vocabulary))
    answers = data.draw(facts(vocabulary))
    random = Random(data.draw(SEEDS))
    pending = pending_findings(expr, World(answers, {}, {}))
    for name in sorted(vocabulary):
        if name not in pending and name not in answers:
            told = answers | {name: random_value(random, vocabulary[name])}
            assert evaluate(expr, told) is evaluate(expr, answers)
