"""Which question comes next: from the answers alone, never twice, in lists, until nothing that matters is open."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.support import tiny_kb
from triage.interview import (
    COMPLAINTS,
    MAX_QUESTIONS,
    NOT_KNOWN,
    Answer,
    Answers,
    Ending,
    Finished,
    Memory,
    Question,
    TickStep,
    applicable,
    next_step,
    replayed,
)
from triage.interview.consultation import complaint_answer
from triage.interview.selection import VISIT_DETAILS, visit_step
from triage.interview.steps import asked_in
from triage.logic import FindingType, Truth
from triage.models import AskedOf, KnowledgeBase


def random_answer(kb: KnowledgeBase, random: Random, name: str) -> Answer:
    finding = kb.findings[name]
    if random.random() < 0.2:
        return NOT_KNOWN
    match finding.type:
        case FindingType.YES_NO:
            return random.random() < 0.3
        case FindingType.ONE_OF:
            return random.choice(list(finding.choices))
        case FindingType.ANY_OF:
            return {choice: random.random() < 0.3 for choice in finding.choices}
        case FindingType.NUMBER:
            low, high = finding.limits
            return round(random.uniform(low, min(high, low + 100)))


def interviews(kb: KnowledgeBase, count: int):
    """Interviews with people who answer at random: each step, with the answers and the memory before it."""
    memory = Memory(kb)
    for seed in range(count):
        random = Random(seed)
        answers = Answers()
        while True:
            step = next_step(kb, answers, memory=memory)
            yield answers, step, memory
            if isinstance(step, Finished):
                break
            answers = answers.add({name: random_answer(kb, random, name) for name in asked_in(step)})


@pytest.fixture(scope="module", params=["toy", "shipped"])
def taken(request: pytest.FixtureRequest, toy: KnowledgeBase, kb: KnowledgeBase):
    chosen, count = (toy, 25) if request.param == "toy" else (kb, 3)
    return chosen, [
        (answers, step, memory.at(answers.facts)) for answers, step, memory in interviews(chosen, count)
    ]


def test_nothing_is_asked_twice_and_only_what_applies(taken) -> None:
    kb, steps = taken
    for answers, step, world in steps:
        if not isinstance(step, Finished):
            assert asked_in(step)
            assert not set(asked_in(step)) & set(answers.given)
            assert all(applicable(kb, world, name) for name in asked_in(step))


def test_a_patient_is_not_asked_for_examination_or_tests(taken) -> None:
    kb, steps = taken
    asked = {name for _, step, _ in steps if not isinstance(step, Finished) for name in asked_in(step)}
    assert not [name for name in asked if kb.findings[name].asked_of is not AskedOf.PATIENT]


def test_lists_hold_at_most_eight_yes_no_questions(taken) -> None:
    kb, steps = taken
    for _, step, _ in steps:
        if isinstance(step, TickStep) and step.id != COMPLAINTS:
            assert len(step.findings) <= 8
            assert all(kb.findings[name].type is FindingType.YES_NO for name in step.findings)


def test_complaints_and_opening_are_the_first_page(taken) -> None:
    kb, steps = taken
    first = [step for answers, step, _ in steps if not answers.given]
    assert first
    for step in first:
        assert isinstance(step, TickStep) and step.id == COMPLAINTS
        assert step.also == kb.interview.opening


def test_an_opening_that_was_left_is_gone_on_with(toy: KnowledgeBase) -> None:
    answers = Answers().add({"noise_present": "present", "wobble_present": False, "brakes_weak": False})
    step = next_step(toy, answers)
    assert asked_in(step) == toy.interview.opening


@pytest.mark.parametrize("complaint", ["pain", "movement", "weakness", "numbness"])
def test_danger_screens_come_before_any_other_question(kb: KnowledgeBase, complaint: str) -> None:
    memory = Memory(kb)
    answers = Answers()
    kinds = []
    while len(kinds) < 12 and not isinstance(step := next_step(kb, answers, memory=memory), Finished):
        kinds.append(isinstance(step, TickStep) and (step.danger or not answers.given))
        page: dict[str, Answer] = {
            name: False if kb.findings[name].type is FindingType.YES_NO else NOT_KNOWN
            for name in asked_in(step)
        }
        for entry in kb.interview.complaints:
            if entry.finding in page:
                page[entry.finding] = complaint_answer(kb, entry.id, entry.id == complaint)
        answers = answers.add(page)
    assert kinds.count(True) >= 4
    assert kinds == sorted(kinds, reverse=True)


def test_it_ends_within_the_limit_and_says_why(taken) -> None:
    _, steps = taken
    endings = [(answers, step.ending) for answers, step, _ in steps if isinstance(step, Finished)]
    assert endings
    for answers, ending in endings:
        assert len(answers.steps) <= MAX_QUESTIONS
        assert ending in set(Ending)


def test_the_same_answers_lead_to_the_same_question(taken) -> None:
    """Without a memory, with one that saw other cases before, and after the answers were read from a file."""
    kb, steps = taken
    for answers, step, _ in steps[::7]:
        assert next_step(kb, answers) == step
        assert next_step(kb, replayed(kb, answers.given)) == step


def test_a_page_that_was_left_in_its_middle_is_gone_on_with(toy: KnowledgeBase) -> None:
    answers = Answers().add({"noise_present": "absent", "wobble_present": True, "brakes_weak": False})
    answers = answers.add({"rider_age_years": 30, "motor_fitted": False})
    step = next_step(toy, answers)
    assert isinstance(step, TickStep) and step.also == ("wobble_speed_kph",)
    left = next_step(toy, answers.add(dict.fromkeys(step.findings, False)))
    assert isinstance(left, TickStep) and left.findings == () and left.also == ("wobble_speed_kph",)


def test_an_answer_brings_its_follow_up_at_once(toy: KnowledgeBase) -> None:
    answers = Answers().add({"noise_present": "present", "wobble_present": False, "brakes_weak": False})
    answers = answers.add({"rider_age_years": 30, "motor_fitted": False}).add({"fell_off": True})
    step = next_step(toy, answers)
    assert isinstance(step, TickStep) and step.also == ("fall_days",)


def test_a_decided_case_asks_only_what_could_still_matter(tmp_path: Path) -> None:
    """One disorder fits and nothing can overtake it; a finding of the disorder that is ruled out is not asked."""
    kb = tiny_kb(
        tmp_path,
        {"hurts": "yes_no", "red": "yes_no", "blue": "yes_no", "green": "yes_no"},
        {"nerve_hurts": {"when": "red", "origin": "elsewhere"}},
        disorders={
            "red_one": {
                "criteria": {"a": "hurts", "b": "red"},
                "grades": {"possible": "a and b"},
                "explains": ["ache"],
            },
            "blue_one": {
                "criteria": {"a": "hurts and not red", "b": "blue or green"},
                "grades": {"possible": "a and b"},
                "explains": ["ache"],
            },
        },
        interview={"complaints": [{"id": "ache", "label": "ache", "finding": "hurts", "present": "hurts"}]},
    )
    answers = Answers().add({"hurts": True})
    step = next_step(kb, answers)
    assert not isinstance(step, Finished) and "red" in asked_in(step)
    after = next_step(kb, answers.add({"red": True}))
    assert after == Finished(Ending.DECIDED)
    assert kb.exprs["blue_one.a"] and next_step(kb, answers.add({"red": False})) != after


def test_a_question_names_its_topic(taken) -> None:
    kb, steps = taken
    for _, step, _ in steps:
        if isinstance(step, Question) and step.topic:
            [topic] = [one for one in kb.interview.topics if one.id == step.topic]
            assert step.finding in topic.findings


def test_without_a_complaint_it_is_outside(toy: KnowledgeBase) -> None:
    answers = Answers().add({"noise_present": "absent", "wobble_present": False, "brakes_weak": False})
    answers = answers.add({"rider_age_years": 30, "motor_fitted": False})
    step = next_step(toy, answers)
    while not isinstance(step, Finished):
        answers = answers.add(dict.fromkeys(asked_in(step), False))
        step = next_step(toy, answers)
    assert step.ending is Ending.OUTSIDE
    assert len(answers.steps) <= 4


def without_complaint(
    kb: KnowledgeBase, told: dict[str, Answer], answered_by: str = "patient"
) -> tuple[list[str], Answers, Finished]:
    """What somebody with none of the complaints is asked, who denies every sign and knows nothing else but ``told``."""
    answers, memory, seen = Answers(), Memory(kb), list[str]()
    while not isinstance(step := next_step(kb, answers, answered_by, memory), Finished):
        seen += asked_in(step)
        page: dict[str, Answer] = {
            name: told.get(name, False if kb.findings[name].type is FindingType.YES_NO else NOT_KNOWN)
            for name in asked_in(step)
        }
        for entry in kb.interview.complaints:
            if entry.finding in page:
                page[entry.finding] = complaint_answer(kb, entry.id, False)
        answers = answers.add(page)
    return seen, answers, step


def test_no_complaint_screen_of_the_shipped_rules_asks_who_has_none(kb: KnowledgeBase) -> None:
    seen, answers, end = without_complaint(kb, {})
    assert end.ending is Ending.OUTSIDE
    own = {name for screen in kb.interview.screens if not screen.complaints for name in screen.findings}
    assert own <= set(seen)
    truths = Memory(kb).at(answers.facts).truths
    assert truths[f"complaint.{kb.interview.complaints[0].id}"] is Truth.FALSE


@pytest.mark.parametrize(
    "answered_by, sign, asked",
    [("clinician", True, True), ("clinician", False, False), ("patient", True, False)],
)
def test_without_a_complaint_a_clinician_is_asked_what_was_examined_of_a_sign(
    kb: KnowledgeBase, answered_by: str, sign: bool, asked: bool
) -> None:
    """A droopy lid and a wide pupil alone are no complaint of the face, and an emergency."""
    told: dict[str, Answer] = {
        "eyelid_droop": sign,
        "double_vision": sign,
        "pupils_on_examination": "fixed_wide",
        "examined_so_far": {name: name == "eye" for name in kb.findings["examined_so_far"].choices},
    }
    seen, _, _ = without_complaint(kb, told, answered_by)
    assert ("examined_so_far" in seen) == asked
    assert ("pupils_on_examination" in seen[:60]) == asked


def test_before_a_visit_lists_come_first_and_then_what_no_list_can_ask(kb: KnowledgeBase) -> None:
    told = {"face_pain": "present", "pain_side": "right", "pain_sites": {"cheek": True}, "attack_seconds": 5}
    told |= {"pain_pattern": "attacks_only", "shock_pain": True, "pain_triggers": {"light_touch": True}}
    answers, pages = Answers().add({**told, "sex": "female", "age_years": 34}), []
    while (step := visit_step(kb, answers)) is not None:
        pages.append(step)
        answers = answers.add(dict.fromkeys(asked_in(step), NOT_KNOWN))
    lists = [one.id for one in kb.interview.before_visit]
    assert [page.id for page in pages] == [
        *(name for name in lists if name in {one.id for one in pages}),
        VISIT_DETAILS,
    ]
    last = pages[-1]
    assert not last.findings
    assert {"earlier_antiseizure_rash", "kidney_impairment", "liver_disease", "hormonal_contraception"} <= {
        *last.also
    }
    assert any("breastfeeding" in page.findings for page in pages)
