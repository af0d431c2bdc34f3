"""The outcome that expectations look at is the one that ``assemble`` gives, also after a change."""

import random

import pytest

from tests.bulk.support import some_facts
from tests.bulk.test_assessments import tangled
from tests.properties.strategies import toy_base
from tests.workbench.support import any_facts
from triage.assessment import assemble, decide, decided
from triage.logic import Not
from triage.models import Band, RuleKind
from triage.workbench.expectations import Expect
from triage.workbench.mutate import redecided
from triage.workbench.outcome import Outcome


def told(outcome):
    grades = {name: outcome.grade(name) for name in outcome.kb.disorders}
    return outcome.urgency, outcome.leading, outcome.modality, grades


@pytest.mark.parametrize("seed", range(60))
def test_the_outcome_is_that_of_the_assessment(toy, seed):
    facts = any_facts(toy, random.Random(seed))
    case = decided(toy, facts)
    outcome = Outcome(toy, case.completed, case.truths)
    assessment = assemble(toy, "", facts, decide(toy, facts))
    assert outcome.urgency is assessment.urgency.now
    assert outcome.leading == assessment.leading
    assert outcome.modality is assessment.nerves.modality
    for entry in assessment.differential:
        assert outcome.grade(entry.disorder) is entry.grade
    leading = {name for name in toy.disorders if toy.family(name) in assessment.leading}
    fits = {one.disorder for one in assessment.differential if one.band is Band.FITS} & leading
    for name in toy.disorders:
        assert bool(outcome.broken(Expect(fits=(name,)))) is (name not in fits)


@pytest.mark.parametrize("seed", range(12))
def test_a_changed_outcome_is_the_one_worked_out_anew(toy, seed):
    case = decided(toy, any_facts(toy, random.Random(seed)))
    outcome = Outcome(toy, case.completed, case.truths)
    for rule in toy.rules.values():
        if rule.kind is RuleKind.GUARD:
            continue
        changed = redecided(toy, rule.id, Not(rule.expr), case.completed, case.truths)
        anew = Outcome(toy, case.completed, {**case.truths, **changed})
        assert told(outcome.changed(changed)) == told(anew), rule.id


def test_the_outcome_is_that_of_the_assessment_where_an_undecided_line_is_ahead():
    """Of generated rules with such lines, also after a change that brings one or takes it away."""
    seed = 30
    kb, ahead, moved = tangled(random.Random(seed)), 0, 0
    for facts in some_facts(toy_base(), seed, 25, (0.3, 0.6, 0.9)):
        case = decided(kb, facts)
        outcome, assessment = (
            Outcome(kb, case.completed, case.truths),
            assemble(kb, "", facts, decide(kb, facts)),
        )
        found = (outcome.leading, outcome.modality, outcome.urgency)
        assert found == (assessment.leading, assessment.nerves.modality, assessment.urgency.now)
        ahead += assessment.ahead is not None
        for rule in kb.rules.values():
            if rule.kind in (RuleKind.CRITERION, RuleKind.GRADE):
                changed = redecided(kb, rule.id, Not(rule.expr), case.completed, case.truths)
                anew = Outcome(kb, case.completed, {**case.truths, **changed})
                assert told(outcome.changed(changed)) == told(anew), rule.id
                moved += (anew.lines.ahead is None) is not (outcome.lines.ahead is None)
    assert ahead >= 3 and moved >= 3


@pytest.mark.parametrize(
    "expect",
    [
        {"holds": ["chain_trouble.b"]},
        {"fails": ["chain_trouble.a"]},
        {"unknown": ["chain_trouble.a"]},
        {"urgency": "emergency"},
        {"leading": "none"},
        {"leading": "dry_chain"},
        {"not_leading": ["chain_trouble"]},
        {"grade": {"chain_trouble": "probable"}},
        {"modality": "motor"},
        {"fits": ["crash_damage"]},
    ],
)
def test_each_expectation_can_be_broken(toy, expect):
    noise = {"noise_present": "present", "noise_sites": {"at_chain": True}, "noise_quality": "click"}
    case = decided(toy, noise)
    assert len(Outcome(toy, case.completed, case.truths).broken(Expect.model_validate(expect))) == 1
