"""Two knowledge bases side by side: entries, rules and cases."""

import pytest

from tests.support import tiny_kb
from triage.workbench.diff import case_changes, entry_changes, rule_changes

FINDINGS = {"ache": "yes_no", "numb": "yes_no", "days": "number 0 99"}
ILLNESS = {"criteria": {"a": "ache", "b": "numb"}, "grades": {"possible": "a"}, "explains": ["other"]}
DANGER = {"when": "numb and days < 3"}
CASES = """
- {name: aching, facts: {ache: yes}, expect: {leading: illness}}
- {name: numb for long, facts: {numb: yes, days: 5}, expect: {urgency: routine}}
- {name: neither, facts: {ache: no, numb: no}, expect: {leading: none}}
"""


@pytest.fixture
def made(tmp_path):
    counter = iter(range(9))

    def making(findings=FINDINGS, patterns=None, danger=DANGER, illness=ILLNESS):
        return tiny_kb(
            tmp_path / f"kb{next(counter)}",
            findings,
            patterns,
            urgency={"danger": danger},
            disorders={"illness": illness},
        )

    return making


@pytest.fixture
def cases(tmp_path):
    path = tmp_path / "cases.yaml"
    path.write_text(CASES)
    return path


def told(changes):
    return [(one.change, one.kind, one.id, *one.parts) for one in changes if one.kind != "file"]


def test_the_same_rules_differ_in_nothing(made, cases):
    old, new = made(), made()
    assert entry_changes(old, new) == rule_changes(old, new) == []
    assert case_changes(old, new, [cases]) == ([], 3, [])


def test_added_and_removed_entries_are_named(made):
    old, new = made(), made(patterns={"long_ache": "ache and days > 9"})
    assert told(entry_changes(old, new)) == [("added", "pattern", "long_ache")]
    assert told(entry_changes(new, old)) == [("removed", "pattern", "long_ache")]
    (rule,) = rule_changes(old, new)
    assert (rule.id, rule.before, rule.after) == ("long_ache", None, "ache and days > 9")


def test_a_changed_entry_says_which_parts(made):
    changed = {**ILLNESS, "criteria": {"a": "ache and numb", "c": "numb"}, "frequency": "rare"}
    old, new = made(), made(illness=changed)
    assert told(entry_changes(old, new)) == [
        ("changed", "disorder", "illness", "frequency", "criteria: a changed, c added, b removed")
    ]
    rules = {one.id: (one.before, one.after) for one in rule_changes(old, new)}
    assert rules == {
        "illness.a": ("ache", "ache and numb"),
        "illness.b": ("numb", None),
        "illness.c": (None, "numb"),
    }


def test_cases_that_come_out_differently_are_named_with_before_and_after(made, cases):
    old = made()
    new = made(danger={"when": "numb and days < 6"}, illness={**ILLNESS, "grades": {"possible": "a and b"}})
    changes, compared, problems = case_changes(old, new, [cases])
    assert (compared, problems) == (3, [])
    assert {one.case: one.changes for one in changes} == {
        "aching": (("leading", "illness", "none"),),
        "numb for long": (("urgency", "routine", "same_day"),),
    }
    assert [one.place.line for one in changes] == [2, 3]


def test_a_case_that_only_one_can_read_is_a_difference(made, cases):
    old = made(findings={**FINDINGS, "age": "number 0 99"})
    cases.write_text("- {name: old, facts: {age: 50}, expect: {urgency: routine}}")
    ((change,), compared, problems) = case_changes(old, made(), [cases])
    assert change.changes == (("reading", "possible", "unknown finding `age`"),)
    assert (compared, problems) == (1, [])


def test_a_case_that_neither_can_read_is_a_problem(made, cases):
    cases.write_text("- {name: old, facts: {agee: 50}, expect: {urgency: routine}}")
    changes, compared, problems = case_changes(made(), made(), [cases])
    assert (changes, compared, len(problems)) == ([], 0, 1)
