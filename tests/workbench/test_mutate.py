"""Small changes of rules: which there are, and which of them the cases notice."""

import pytest

from tests.support import tiny_kb
from triage.assessment import decided
from triage.logic import Not, YesNo, to_text
from triage.workbench.coverage import KINDS
from triage.workbench.mutate import Watch, all_mutations, dependents, mutations_of, redecided, sample_of
from triage.workbench.worked_cases import worked_cases

FINDINGS = {
    "a": "yes_no",
    "b": "yes_no",
    "c": "yes_no",
    "days": {"type": "number 0 9", "whole": True},
    "hue": "one_of red green blue",
    "spots": "any_of left right",
}


@pytest.fixture
def variants(tmp_path):
    """The texts of all small changes of an expression."""

    def varying(text):
        kb = tiny_kb(tmp_path, FINDINGS, {"it": text})
        return [to_text(one.expr) for one in mutations_of(kb, kb.rules["it"])]

    return varying


@pytest.mark.parametrize(
    "text, expected",
    [
        ("a", ["not a"]),
        ("not a", ["a", "not not a"]),
        ("days >= 3", ["days >= 2", "days >= 4"]),
        ("days > 9", ["days > 8"]),
        ("a and b", ["a or b", "b", "a", "not a and b", "a and not b"]),
        ("a or b", ["a and b", "b", "a", "not a or b", "a or not b"]),
        ("hue == red", ["hue == green", "not hue == red"]),
        ("left in spots", ["right in spots", "not left in spots"]),
        ("none in spots", ["not none in spots"]),
    ],
)
def test_each_kind_of_node_has_its_slips(variants, text, expected):
    assert variants(text) == expected


def test_choices_are_replaced_and_left_out(variants):
    found = variants("hue in (red, green)")
    assert "hue == red" in found and "hue == green" in found
    assert any("blue" in text for text in found)


def test_a_count_moves_by_one_and_loses_a_part(variants):
    found = variants("at_least(2, a, b, c)")
    assert found[:2] == ["at_least(1, a, b, c)", "at_least(3, a, b, c)"]
    assert {"at_least(2, b, c)", "at_least(2, a, c)", "at_least(2, a, b)"} <= set(found)


def test_no_change_gives_the_rule_itself_or_the_same_rule_twice(kb):
    for mutation in sample_of(all_mutations(kb), 300, 3):
        assert mutation.expr != kb.exprs[mutation.rule]
    for rule in [one for one in kb.rules.values() if one.kind in KINDS][300:400]:
        found = [one.expr for one in mutations_of(kb, rule)]
        assert len(found) == len(set(found))


CASES = """
- {name: three days, facts: {a: yes, days: 3}, expect: {holds: long_a}}
- {name: two days, facts: {a: yes, days: 2}, expect: {grade: {illness: unlikely}}}
- {name: other, facts: {c: yes}, expect: {urgency: emergency}}
"""


@pytest.fixture
def noticed(tmp_path):
    """A function from a rule to the changes of it that the cases notice and those they don't."""
    (tmp_path / "cases.yaml").write_text(CASES)
    kb = tiny_kb(
        tmp_path / "rules",
        FINDINGS,
        {"long_a": "a and days >= 3"},
        urgency={"danger": {"when": "c or b", "level": "emergency"}},
        disorders={
            "illness": {"criteria": {"x": "long_a"}, "evidence": {"e": "b"}, "grades": {"possible": "x"}}
        },
    )
    cases, problems = worked_cases(kb, [tmp_path / "cases.yaml"])
    assert not problems
    watch = Watch(kb, cases)

    def noticing(name):
        found = {to_text(one.expr, "illness"): watch.notices(one) for one in all_mutations(kb, [name])}
        return {text for text, seen in found.items() if seen}, {
            text for text, seen in found.items() if not seen
        }

    return noticing


def test_a_moved_threshold_is_noticed_on_both_sides(noticed):
    seen, unseen = noticed("long_a")
    assert {"a and days >= 4", "a and days >= 2", "a or days >= 3", "not a and days >= 3", "a"} <= seen
    assert unseen == {"days >= 3"}, "no case has three days without a"


def test_a_change_is_noticed_through_the_rules_above_it(noticed):
    seen, _ = noticed("illness.x")
    assert seen == {"not long_a"}


def test_urgency_notices_and_what_no_case_answers_goes_unnoticed(noticed):
    seen, unseen = noticed("danger")
    assert seen == {"c and b", "b", "not c or b"}
    assert unseen == {"c", "c or not b"}
    assert noticed("illness.e") == (set(), {"not b"})


def test_ids_mean_a_rule_or_all_rules_of_an_entry(kb):
    rules = {one.rule for one in all_mutations(kb, ["trigeminal_neuralgia"])}
    assert {"trigeminal_neuralgia.a", "trigeminal_neuralgia.possible"} <= rules
    assert all(rule.startswith("trigeminal_neuralgia.") for rule in rules)
    assert {one.rule for one in all_mutations(kb, ["trigeminal_neuralgia.a"])} == {"trigeminal_neuralgia.a"}


def test_the_same_seed_draws_the_same_sample(kb):
    mutations = all_mutations(kb)
    assert sample_of(mutations, 50, 1) == sample_of(mutations, 50, 1) != sample_of(mutations, 50, 2)
    assert sample_of(mutations[:10], 50, 1) == mutations[:10]


@pytest.fixture
def chain(tmp_path):
    patterns = {"low": "a", "middle": "low or b", "high": "middle and c", "beside": "c"}
    return tiny_kb(tmp_path, {"a": "yes_no", "b": "yes_no", "c": "yes_no"}, patterns)


def test_dependents_are_all_rules_above(chain):
    assert dependents(chain, "low") == ["middle", "high"]
    assert dependents(chain, "beside") == []


@pytest.mark.parametrize(
    "answers, changed",
    [
        ({"a": True, "c": True}, {"low": "false", "middle": "unknown", "high": "unknown"}),
        ({"a": True, "b": True, "c": True}, {"low": "false"}),
        ({"c": True}, {}),
    ],
)
def test_only_truths_that_become_others_are_named(chain, answers, changed):
    case = decided(chain, answers)
    found = redecided(chain, "low", Not(YesNo("a")), case.completed, case.truths)
    assert {rule: str(truth) for rule, truth in found.items()} == changed
    assert case.truths == decided(chain, answers).truths, "the truths given are left alone"
