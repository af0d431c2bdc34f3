"""Texts that name what the program never says, rules written twice, sources nobody cites."""

import json

import pytest

from tests.checks.conftest import FINDINGS, ILLNESS
from tests.support import CITE, tiny_kb, write_kb
from triage.checks import Gravity, run_checks
from triage.knowledge import load_knowledge


def said(text):
    return {"text": text, "source": CITE}


@pytest.mark.parametrize(
    "text, code",
    [
        ("Begin with 200 mg at night.", "dose-in-text"),
        ("Up to 5 ml are injected.", "dose-in-text"),
        ("A dose of 80 Gy.", "dose-in-text"),
        ("Your risk is small.", "probability-in-text"),
        ("There is a 60% chance of this disorder.", "probability-in-text"),
        ("The probability of a stroke is 5 percent.", "probability-in-text"),
        ("One in ten is the likelihood of it.", "probability-in-text"),
        ("With these answers you carry a risk of 20 per cent.", "probability-in-text"),
        ("It is 80% likely.", "probability-in-text"),
        ("A wide pupil makes it more likely (64 against 17 percent).", None),
        ("The chance is small. Of 200 people 20% were better.", None),
        ("The likelihood ratio was 0.18 (95% interval 0.08 to 0.43).", None),
        ("Relative risk 0.63 in 17.7% against 28.1%.", None),
        ("Of 200 people 20 were better.", None),
        ("A bleed of 200 mm is large.", None),
    ],
)
def test_texts_name_no_dose_and_no_probability_for_the_person(of_illness, text, code):
    found = of_illness(workup=[said(text)])
    codes = {name for name in found if name.endswith("-in-text")}
    assert codes == ({code} if code else set())
    for remark in found.get(code, []):
        assert remark.rule == "illness" and remark.place.path.endswith("disorders/illness.yaml")


def test_doses_are_looked_for_in_treatments_and_danger_rules_too(remarks):
    found = remarks(
        urgency={"one": {"when": "ache", "action": "Take 300 mg."}},
        disorders={"illness": ILLNESS},
        treatments={"pill": {"paths": {"illness": {"says": said("Take 20 mg.")}}}},
    )
    assert {one.rule for one in found["dose-in-text"]} == {"one", "pill"}


def test_figures_of_treatments_may_speak_of_a_chance_but_not_of_yours(remarks):
    for told, expected in (("A 60% chance of relief.", False), ("Your chance of relief is 60%.", True)):
        found = remarks(
            disorders={"illness": ILLNESS}, treatments={"pill": {"paths": {"illness": {"says": said(told)}}}}
        )
        assert ("probability-in-text" in found) is expected


def test_rules_that_say_the_same_are_told_once(remarks):
    found = remarks(
        patterns={"first": "ache and numb", "second": "ache and numb", "third": "numb and ache"},
        urgency={
            "one": {"when": "first"},
            "two": {"when": "first"},
            "other": {"when": "first", "unless": "calm"},
        },
    )
    told = [(one.rule, one.message, one.gravity) for one in found["duplicate-rule"]]
    assert told == [
        ("second", "says the same as `first`", Gravity.WARNING),
        ("two", "says the same as `one`", Gravity.WARNING),
    ]


def test_patterns_that_conclude_something_may_say_the_same(remarks):
    patterns = {"first": "ache", "second": {"when": "ache", "origin": "elsewhere"}}
    assert "duplicate-rule" not in remarks(patterns=patterns)


def test_a_source_that_nobody_cites_is_told(tmp_path):
    write_kb(tmp_path, FINDINGS, {"it": "ache"})
    sources = {"handbook": {"title": "H", "kind": "textbook"}, "other": {"title": "O", "kind": "textbook"}}
    (tmp_path / "sources.yaml").write_text(json.dumps(sources))
    found = [one for one in run_checks(load_knowledge(tmp_path)) if one.code == "unused-source"]
    assert [(one.rule, one.gravity) for one in found] == [("other", Gravity.WARNING)]


def test_errors_come_before_warnings_and_name_their_place(tmp_path):
    kb = tiny_kb(tmp_path, FINDINGS, urgency={"one": {"when": "ache and not calm"}})
    found = run_checks(kb)
    gravities = [one.gravity for one in found]
    assert gravities == sorted(gravities, key=lambda one: one is Gravity.WARNING)
    first = str(found[0]).splitlines()
    assert first[0].startswith(f"{tmp_path.name}/red_flags/one.yaml:1:")
    assert ": error reassurance-required: one: `when` waits for a no to `calm`" in first[0]
    assert first[1].startswith("  hint: move it to `unless`")


def test_the_toy_rules_are_sound(toy):
    assert not [one for one in run_checks(toy) if one.gravity is Gravity.ERROR]
