"""The sparse decider gives what the reference engine gives, and says what a changed rule would change."""

import random
from pathlib import Path

import pytest

from tests.support import facts_of, tiny_kb
from triage.assessment import decide
from triage.logic import FindingType, Not, Truth, YesNo
from triage.workbench import read_rule_cases
from triage.workbench.sparse import Decider

CASES = Path(__file__).parents[1] / "cases" / "textbook"


def any_facts(kb, chance):
    facts = {}
    for name, finding in kb.findings.items():
        if chance.random() < 0.6:
            continue
        match finding.type:
            case FindingType.YES_NO:
                facts[name] = chance.random() < 0.5
            case FindingType.NUMBER:
                facts[name] = chance.choice(kb.probes[name] or (finding.limits[0],))
            case FindingType.ONE_OF:
                facts[name] = chance.choice(sorted(finding.choices))
            case FindingType.ANY_OF:
                facts[name] = {one: chance.random() < 0.5 for one in finding.choices if chance.random() < 0.7}
    return facts


@pytest.mark.parametrize("seed", range(40))
def test_the_decider_agrees_with_the_reference_engine(toy, seed):
    facts = any_facts(toy, random.Random(seed))
    assert Decider(toy).decide(facts) == decide(toy, facts)


def test_the_decider_agrees_on_the_shipped_rules(kb):
    decider = Decider(kb)
    for path in sorted(CASES.glob("*.yaml"))[::30]:
        (rule_case,), _ = read_rule_cases(kb, path)
        assert decider.decide(rule_case.case.facts) == decide(kb, rule_case.case.facts), path


def test_nothing_answered_leaves_every_rule_unknown(toy):
    assert Decider(toy).decided({}) == ({}, {})


@pytest.fixture
def chain(tmp_path):
    return tiny_kb(
        tmp_path,
        {"a": "yes_no", "b": "yes_no", "c": "yes_no"},
        {"low": "a", "middle": "low or b", "high": "middle and c", "beside": "c"},
    )


def test_dependents_are_all_rules_above(chain):
    assert Decider(chain).dependents("low") == ("middle", "high")
    assert Decider(chain).dependents("beside") == ()


@pytest.mark.parametrize(
    "answers, changed",
    [
        ({"a": True, "c": True}, {"low": "false", "middle": "unknown", "high": "unknown"}),
        ({"a": True, "b": True, "c": True}, {"low": "false"}),
        ({"c": True}, {}),
    ],
)
def test_redecided_names_only_truths_that_become_others(chain, answers, changed):
    decider = Decider(chain)
    truths, facts = decider.decided(facts_of(**answers))
    found = decider.redecided("low", Not(YesNo("a")), facts, truths)
    assert {rule: str(truth) for rule, truth in found.items()} == changed
    assert decider.decided(facts_of(**answers))[0] == truths, "the truths given are left alone"
    assert Truth.UNKNOWN not in truths.values()
