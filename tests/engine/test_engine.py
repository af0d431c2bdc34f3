"""What the engine concludes: three-valued truths, implied values, and the same again in any order."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import answer, facts_of, table, tiny_kb
from triage.assessment import assemble, decide
from triage.engine import ExpertaEngine
from triage.logic import Truth, Value
from triage.models import KnowledgeBase

TRUE, FALSE, UNKNOWN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN

AND = """
    and     | true    unknown false
    true    | true    unknown false
    unknown | unknown unknown false
    false   | false   false   false
"""
OR = """
    or      | true    unknown false
    true    | true    true    true
    unknown | true    unknown unknown
    false   | true    unknown false
"""


@pytest.fixture(scope="module")
def bells(tmp_path_factory: pytest.TempPathFactory) -> ExpertaEngine:
    findings = {"rings": "yes_no", "rusty": "yes_no", "loud_db": "number 0 150"}
    findings |= {"kind": "one_of dome horn wire", "spots": "any_of lid base strap"}
    patterns = {
        "both": "rings and rusty",
        "either": "rings or rusty",
        "neither": "not either",
        "loud": "loud_db >= 80",
        "middling": "40 <= loud_db < 80",
        "exact": "loud_db == 50",
        "other_than": "loud_db != 50",
        "dome_bell": "kind == dome",
        "no_dome": "kind != dome",
        "metal": "kind in (dome, wire)",
        "on_lid": "lid in spots",
        "clean": "none in spots",
        "two_spots": "at_least(2, lid in spots, base in spots, strap in spots)",
        "chained": "neither and clean and not loud",
    }
    return ExpertaEngine(tiny_kb(tmp_path_factory.mktemp("bells"), findings, patterns))


@pytest.mark.parametrize(("left", "right", "expected"), list(table(AND)))
def test_and(bells: ExpertaEngine, left: Truth, right: Truth, expected: Truth) -> None:
    assert bells.run(facts_of(rings=answer(left), rusty=answer(right)))["both"] is expected


@pytest.mark.parametrize(("left", "right", "expected"), list(table(OR)))
def test_or(bells: ExpertaEngine, left: Truth, right: Truth, expected: Truth) -> None:
    assert bells.run(facts_of(rings=answer(left), rusty=answer(right)))["either"] is expected


@pytest.mark.parametrize(("value", "expected"), [(None, UNKNOWN), (True, FALSE)])
def test_not_unknown_is_unknown(bells: ExpertaEngine, value: bool | None, expected: Truth) -> None:
    assert bells.run(facts_of(rings=value))["neither"] is expected


@pytest.mark.parametrize(
    ("value", "loud", "middling", "exact"),
    [
        (None, UNKNOWN, UNKNOWN, UNKNOWN),
        (39.9, FALSE, FALSE, FALSE),
        (40, FALSE, TRUE, FALSE),
        (50.0, FALSE, TRUE, TRUE),
        (79, FALSE, TRUE, FALSE),
        (80, TRUE, FALSE, FALSE),
    ],
)
def test_numbers_on_both_sides_of_each_limit(
    bells: ExpertaEngine, value: float | None, loud: Truth, middling: Truth, exact: Truth
) -> None:
    truths = bells.run(facts_of(loud_db=value))
    assert (truths["loud"], truths["middling"], truths["exact"]) == (loud, middling, exact)


@pytest.mark.parametrize(
    ("value", "dome", "no_dome", "metal"),
    [
        (None, UNKNOWN, UNKNOWN, UNKNOWN),
        ("dome", TRUE, FALSE, TRUE),
        ("wire", FALSE, TRUE, TRUE),
        ("horn", FALSE, TRUE, FALSE),
    ],
)
def test_choices(bells: ExpertaEngine, value: str | None, dome: Truth, no_dome: Truth, metal: Truth) -> None:
    truths = bells.run(facts_of(kind=value))
    assert (truths["dome_bell"], truths["no_dome"], truths["metal"]) == (dome, no_dome, metal)


@pytest.mark.parametrize(
    ("spots", "on_lid", "clean", "two"),
    [
        (None, UNKNOWN, UNKNOWN, UNKNOWN),
        ({"lid": True}, TRUE, FALSE, UNKNOWN),
        ({"base": True}, UNKNOWN, FALSE, UNKNOWN),
        ({"lid": False}, FALSE, UNKNOWN, UNKNOWN),
        ({"lid": False, "base": False}, FALSE, UNKNOWN, FALSE),
        ({"lid": True, "strap": True}, TRUE, FALSE, TRUE),
        ({"lid": False, "base": False, "strap": False}, FALSE, TRUE, FALSE),
    ],
)
def test_each_choice_of_a_list_is_an_answer_of_its_own(
    bells: ExpertaEngine, spots: dict[str, bool] | None, on_lid: Truth, clean: Truth, two: Truth
) -> None:
    truths = bells.run(facts_of(spots=spots))
    assert (truths["on_lid"], truths["clean"], truths["two_spots"]) == (on_lid, clean, two)


def test_rules_rest_on_rules(bells: ExpertaEngine) -> None:
    facts: dict[str, Value] = {"rings": False, "rusty": False, "loud_db": 3}
    facts["spots"] = {"lid": False, "base": False, "strap": False}
    assert bells.run(facts)["chained"] is TRUE


def test_nothing_answered_leaves_every_rule_unknown(bells: ExpertaEngine) -> None:
    assert set(bells.run({}).values()) == {UNKNOWN}


def test_one_case_leaves_nothing_behind_for_the_next(bells: ExpertaEngine) -> None:
    first = bells.run({"rings": True})
    bells.run({"rings": False, "loud_db": 90, "kind": "horn"})
    assert bells.run({"rings": True}) == first


def test_the_truths_come_in_the_order_of_the_rules(bells: ExpertaEngine) -> None:
    assert list(bells.run({"rings": True})) == list(bells.kb.rules)


def test_an_answer_of_the_wrong_kind_counts_as_unknown(bells: ExpertaEngine) -> None:
    facts: dict[str, Value] = {
        "rings": "dome",
        "loud_db": True,
        "kind": 5,
        "spots": "lid",
        "never_heard_of": 1,
    }
    assert bells.run(facts) == decide(bells.kb, facts)


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> ExpertaEngine:
    findings = {
        "owns_cat": "yes_no",
        "cat_age_years": {"type": "number 0 40", "asked_when": "owns_cat"},
        "cat_scratches": {"type": "yes_no", "asked_when": "owns_cat", "implied": "no"},
        "scratched_spots": {"type": "any_of sofa door", "asked_when": "cat_scratches", "implied": "none"},
        "coat": {"type": "one_of long short", "asked_when": "owns_cat", "implied": "short"},
    }
    patterns = {
        "torn_sofa": "sofa in scratched_spots",
        "old_cat": "cat_age_years > 12",
        "hairy": "coat == long",
    }
    return ExpertaEngine(tiny_kb(tmp_path_factory.mktemp("cats"), findings, patterns))


@pytest.mark.parametrize(
    ("facts", "torn", "old", "hairy"),
    [
        ({}, UNKNOWN, UNKNOWN, UNKNOWN),
        ({"owns_cat": False}, FALSE, UNKNOWN, FALSE),
        ({"owns_cat": True}, UNKNOWN, UNKNOWN, UNKNOWN),
        ({"owns_cat": True, "cat_scratches": False}, FALSE, UNKNOWN, UNKNOWN),
        ({"owns_cat": False, "scratched_spots": {"sofa": True}}, TRUE, UNKNOWN, FALSE),
        ({"owns_cat": False, "scratched_spots": {"door": True}}, UNKNOWN, UNKNOWN, FALSE),
    ],
)
def test_a_false_guard_implies_a_value_and_a_given_answer_is_kept(
    guarded: ExpertaEngine, facts: dict[str, Value], torn: Truth, old: Truth, hairy: Truth
) -> None:
    truths = guarded.run(facts)
    assert (truths["torn_sofa"], truths["old_cat"], truths["hairy"]) == (torn, old, hairy)
    assert truths == decide(guarded.kb, facts)


TOY_CASES: list[dict[str, Value]] = [
    {},
    {
        "noise_present": "present",
        "noise_sites": {"at_chain": True},
        "noise_quality": "squeak",
        "noise_days": 3,
    },
    {"wobble_present": True, "rim_cracked": True},
    {
        "fell_off": True,
        "fall_days": 2,
        "noise_present": "present",
        "wobble_present": True,
        "wobble_speed_kph": 31,
    },
    {
        "rider_age_years": 9,
        "noise_present": "present",
        "noise_sites": {"at_chain": True},
        "noise_quality": "squeak",
    },
]


@pytest.mark.parametrize("facts", TOY_CASES, ids=range(len(TOY_CASES)))
def test_the_assessment_is_that_of_the_definition(toy: KnowledgeBase, facts: dict[str, Value]) -> None:
    engine = ExpertaEngine(toy)
    assert engine.assess("toy", facts) == assemble(toy, "toy", facts, decide(toy, facts))


def test_caveats_are_decided_for_shown_treatments_only(toy: KnowledgeBase) -> None:
    engine = ExpertaEngine(toy)
    engine.assess("wheel", {"wobble_present": True, "wobble_speed_kph": 20, "spoke_tension": "slack"})
    assert set(engine._by_treatment) == {"spoke_truing"}


def test_many_alternatives_do_not_multiply(tmp_path: Path) -> None:
    findings = {f"f{row}{column}": "yes_no" for row in range(6) for column in range(6)}
    text = " and ".join(f"({' or '.join(f'f{row}{column}' for column in range(6))})" for row in range(6))
    engine = ExpertaEngine(tiny_kb(tmp_path, findings, {"all_rows": text}))
    facts = {f"f{row}{row}": True for row in range(6)}
    assert engine.run(facts)["all_rows"] is TRUE
    assert len(engine.trace(facts).firings) == 7
