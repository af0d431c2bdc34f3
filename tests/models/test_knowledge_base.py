"""What the knowledge base works out of its rules: guards, implied values, danger signs, thresholds, families."""

import pytest

from tests.support import tiny_kb
from triage.logic import HasChoice, YesNo


def test_implied_values_are_those_of_the_guarded_findings(toy):
    assert toy.implied["rim_cracked"] is False
    assert toy.implied["noise_sites"] == dict.fromkeys(toy.findings["noise_sites"].choices, False)
    assert "noise_days" not in toy.implied, "a number does not apply then"
    assert "rider_age_years" not in toy.implied
    assert set(toy.implied) <= set(toy.guards)


@pytest.mark.parametrize("implied, value", [("yes", True), ("no", False)])
def test_a_yes_or_no_may_be_implied_either_way(tmp_path, implied, value):
    finding = {"type": "yes_no", "asked_when": "ache", "implied": implied}
    kb = tiny_kb(tmp_path, {"ache": "yes_no", "more": finding})
    assert kb.implied["more"] is value


def test_danger_signs_stand_positively_in_a_when_patterns_looked_through(tmp_path):
    kb = tiny_kb(
        tmp_path,
        {
            "ache": "yes_no",
            "calm": "yes_no",
            "numb": "yes_no",
            "spots": "any_of left right",
            "days": "number 0 9",
        },
        {"picture": "numb or left in spots"},
        urgency={"one": {"when": "ache and days > 3 and picture", "unless": "calm"}},
    )
    assert kb.danger_signs == {YesNo("ache"), YesNo("numb"), HasChoice("spots", "left")}


def test_thresholds_and_probes_of_a_number(tmp_path):
    kb = tiny_kb(
        tmp_path,
        {"days": "number 0 10", "years": "number 0 99"},
        {"one": "2 <= days <= 10", "two": "days > 5"},
    )
    assert kb.thresholds["days"] == {2, 5, 10}
    assert kb.probes["days"] == (1, 2, 3, 4, 5, 6, 9, 10), "none outside the range"
    assert kb.thresholds["years"] == set() and kb.probes["years"] == ()


def test_families(toy):
    assert toy.members == {"chain_trouble": ("dry_chain",)}
    assert toy.family("dry_chain") == toy.family("chain_trouble") == "chain_trouble"
    assert toy.family("crash_damage") == "crash_damage"


def test_other_names_lead_to_the_present_ones(toy):
    assert toy.aliases["chain_problem"] == toy.aliases["chain_trouble"] == "chain_trouble"
    assert toy.former["crashed"] == "fell_off"
    assert "fell_off" not in toy.former


def test_the_shipped_rules_keep_their_promises(kb):
    assert set(kb.aliases.values()) == set(kb.disorders)
    assert not set(kb.former) & set(kb.findings)
    for head, members in kb.members.items():
        assert kb.disorders[head].parent is None
        assert all(kb.disorders[name].parent == head for name in members)
    for name, values in kb.probes.items():
        low, high = kb.findings[name].limits
        assert all(low <= value <= high for value in values)
    assert {atom.finding for atom in kb.danger_signs} <= set(kb.findings)
