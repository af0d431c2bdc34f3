"""Coverage: which truths of a rule and which sides of a threshold some case shows."""

import pytest

from tests.support import tiny_kb
from triage.logic import Compare, Truth
from triage.workbench.coverage import coverage_of, sides_of
from triage.workbench.worked_cases import worked_cases

DISORDER = {
    "criteria": {"a": "ache", "b": "days >= 3"},
    "evidence": {"e_old": "age > 50"},
    "grades": {"possible": "a", "probable": "a and b"},
}


@pytest.fixture
def kb(tmp_path):
    return tiny_kb(
        tmp_path / "rules",
        {
            "ache": "yes_no",
            "calm": "yes_no",
            "days": {"type": "number 0 99", "whole": True},
            "age": "number 0 100",
            "level": "number 0 9",
        },
        {"long_ache": "ache and days >= 3"},
        urgency={"danger": {"when": "long_ache and level > 2.5", "unless": "calm"}},
        disorders={"illness": DISORDER},
    )


@pytest.fixture
def covered(kb, tmp_path):
    """The coverage of cases given as text, by rule and by `rule: condition`."""

    def covering(*cases):
        path = tmp_path / "cases.yaml"
        path.write_text("\n".join(f"- {{name: n, {case}}}" for case in cases))
        worked, problems = worked_cases(kb, [path])
        assert not problems
        coverage = coverage_of(kb, worked)
        assert coverage.cases == len(cases)
        rules = {one.id: one for one in coverage.rules}
        return rules, {(one.rule, one.node.finding): one for one in coverage.thresholds}

    return covering


def words(truths):
    return [str(truth) for truth in truths]


def test_a_rule_that_only_holds_is_never_false(covered):
    rules, _ = covered("facts: {ache: yes, days: 5}, expect: {holds: long_ache}")
    assert words(rules["long_ache"].never) == ["false"]
    assert words(rules["long_ache"].unsaid) == ["false", "unknown"]
    assert words(rules["danger"].never) == ["true", "false"]


def test_evaluation_alone_decides_but_asserts_nothing(covered):
    rules, _ = covered(
        "facts: {ache: yes, days: 5}, expect: {urgency: routine}",
        "facts: {ache: no}, expect: {urgency: routine}",
        "facts: {days: 5}, expect: {urgency: routine}",
    )
    found = rules["long_ache"]
    assert [found.evaluated[truth] for truth in (Truth.TRUE, Truth.FALSE, Truth.UNKNOWN)] == [1, 1, 1]
    assert not found.never
    assert words(found.unsaid) == ["true", "false", "unknown"]


def test_only_patterns_urgency_rules_and_grades_deserve_cases_that_name_them(covered):
    rules, _ = covered("facts: {ache: no}, expect: {urgency: routine}")
    deserving = {name for name, rule in rules.items() if rule.unsaid}
    assert deserving == {"long_ache", "danger", "illness.possible", "illness.probable"}


def test_an_urgency_rule_counts_with_its_reassurance(covered):
    rules, _ = covered("facts: {ache: yes, days: 5, level: 3, calm: yes}, expect: {fails: danger}")
    assert rules["danger"].evaluated[Truth.FALSE] == rules["danger"].asserted[Truth.FALSE] == 1
    assert rules["danger.unless"].evaluated[Truth.TRUE] == 1
    assert "danger.when" not in rules


@pytest.mark.parametrize(
    "facts, grade, asserted",
    [
        ("ache: yes, days: 5", "probable", {("possible", "true"), ("probable", "true")}),
        ("ache: yes, days: 1", "possible", {("possible", "true"), ("probable", "false")}),
        ("ache: no", "unlikely", {("possible", "false"), ("probable", "false")}),
        ("days: 5", "undetermined", {("possible", "unknown"), ("probable", "unknown")}),
    ],
)
def test_an_expected_grade_asserts_the_grades_that_make_it(covered, facts, grade, asserted):
    rules, _ = covered(f"facts: {{{facts}}}, expect: {{grade: {{illness: {grade}}}}}")
    found = {
        (name, str(truth))
        for name in ("possible", "probable")
        for truth, count in rules[f"illness.{name}"].asserted.items()
        if count
    }
    assert found == asserted


@pytest.mark.parametrize(
    "finding, op, value, sides",
    [
        ("days", ">=", 3, [3, 2]),
        ("days", "<", 3, [3, 2]),
        ("days", "<=", 3, [3, 4]),
        ("days", ">", 3, [3, 4]),
        ("days", "==", 3, [3, 2, 4]),
        ("days", ">=", 0, [0]),
        ("level", ">", 2.5, [2.5, 2.6]),
        ("level", "<", 0.45, [0.45, 0.44]),
        ("age", ">", 50, [50, 51]),
    ],
)
def test_a_threshold_has_the_bound_and_one_smallest_step_beyond(kb, finding, op, value, sides):
    assert [at for at, _, _ in sides_of(kb, Compare(finding, op, value))] == sides


def test_standing_beside_a_threshold_means_within_one_step(covered):
    _, thresholds = covered(
        "facts: {age: 50}, expect: {urgency: routine}",
        "facts: {age: 50.5}, expect: {urgency: routine}",
        "facts: {age: 52}, expect: {urgency: routine}",
    )
    assert [(one.at, one.evaluated) for one in thresholds["illness.e_old", "age"].sides] == [(50, 1), (51, 1)]


def test_a_threshold_is_asserted_through_rules_that_rest_on_it(covered):
    _, thresholds = covered(
        "facts: {ache: yes, days: 3, level: 2.5}, expect: {fails: danger}",
        "facts: {days: 2}, expect: {urgency: routine}",
        "facts: {ache: yes, days: 2}, expect: {grade: {illness: possible}}",
    )
    sides = {key: [(one.at, one.asserted) for one in found.sides] for key, found in thresholds.items()}
    assert sides["long_ache", "days"] == [(3, 1), (2, 0)]
    assert sides["danger.when", "level"] == [(2.5, 1), (2.6, 0)]
    assert sides["illness.b", "days"] == [(3, 0), (2, 1)]
    assert thresholds["long_ache", "days"].never == ()
    assert thresholds["long_ache", "days"].unsaid == (2,)
    assert thresholds["illness.b", "days"].unsaid == (), "a criterion needs no case that names it"


def test_labelled_cases_and_cases_without_a_label_are_decided_too(kb, tmp_path):
    (tmp_path / "a.yaml").write_text("format: 1\nid: a\nfacts: {ache: yes}\nexpected: {disorder: illness}")
    (tmp_path / "b.yaml").write_text("format: 1\nid: b\nfacts: {ache: no}")
    (tmp_path / "c.yaml").write_text("- {name: c, facts: {ake: no}, expect: {urgency: routine}}")
    paths = [tmp_path / f"{name}.yaml" for name in "abc"]
    worked, problems = worked_cases(kb, paths)
    assert [str(case.truth("illness.a")) for case in worked] == ["true", "false"]
    assert [problem.place.path for problem in problems] == [str(paths[2])]
