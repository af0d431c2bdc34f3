"""The outcome that expectations look at is the one that ``assemble`` gives, also after a change."""

import random

import pytest

from tests.workbench.test_sparse import any_facts
from triage.assessment import assemble, decide
from triage.logic import Not
from triage.models import Band, RuleKind
from triage.workbench.outcome import Outcome
from triage.workbench.rule_cases import Expect
from triage.workbench.sparse import Decider


def told(outcome):
    grades = {name: outcome.grade(name) for name in outcome.kb.disorders}
    return outcome.urgency, outcome.leading, outcome.modality, grades


@pytest.mark.parametrize("seed", range(60))
def test_the_outcome_is_that_of_the_assessment(toy, seed):
    facts = any_facts(toy, random.Random(seed))
    decided, completed = Decider(toy).decided(facts)
    outcome = Outcome(toy, completed, decided)
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
    decider = Decider(toy)
    truths, facts = decider.decided(any_facts(toy, random.Random(seed)))
    outcome = Outcome(toy, facts, truths)
    for rule in toy.rules.values():
        if rule.kind is RuleKind.GUARD:
            continue
        changed = decider.redecided(rule.id, Not(rule.expr), facts, truths)
        assert told(outcome.changed(changed)) == told(Outcome(toy, facts, {**truths, **changed})), rule.id


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
    truths, facts = Decider(toy).decided(noise)
    assert len(Outcome(toy, facts, truths).broken(Expect.model_validate(expect))) == 1
