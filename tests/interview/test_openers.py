"""Overviews open topics: what there is something to tell of is asked in detail, what was not examined never."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random

import pytest

from tests.interview.test_selection import random_answer
from tests.support import tiny_kb
from triage.assessment import assemble, decide
from triage.interview import NOT_KNOWN, Answer, Answers, Finished, Memory, Step, TickStep, next_step, replayed
from triage.interview.consultation import complaint_answer
from triage.interview.dialogue import Dialogue
from triage.interview.openers import openings, ticked
from triage.interview.pages import DETAILS, DETAILS_LENGTH, LIST_LENGTH
from triage.interview.sitting import Sitting
from triage.interview.steps import asked_in
from triage.interview.why import why_lines
from triage.interview.wording import WHY_OVERVIEW
from triage.logic import FindingType, Truth, Value
from triage.models import AskedOf, KnowledgeBase

OVERVIEWS: dict[str, str | dict[str, str]] = {
    "other": "any_of ear eye",
    "tested": {"type": "any_of blood", "asked_of": "clinician"},
}
FINDINGS: dict[str, str | dict[str, str]] = {
    "hurts": "yes_no",
    "ear_hot": "yes_no",
    "eye_hot": "yes_no",
    "blood_hot": {"type": "yes_no", "asked_of": "test"},
}
INTERVIEW = {
    "complaints": [{"id": "ache", "label": "ache", "finding": "hurts", "present": "hurts"}],
    "overviews": [
        {"id": "what_else", "title": "What else", "findings": ["other"]},
        {"id": "what_known", "title": "What is known", "findings": ["tested"]},
    ],
    "topics": [
        {"id": "ears", "title": "Ears", "opened_by": "ear in other", "findings": ["ear_hot"]},
        {"id": "eyes", "title": "Eyes", "opened_by": "eye in other", "findings": ["eye_hot"]},
        {"id": "blood", "title": "Blood", "opened_by": "blood in tested", "findings": ["blood_hot"]},
    ],
}


def one_of_each(criterion: str) -> dict[str, object]:
    return {
        "criteria": {"a": "hurts", "b": criterion},
        "grades": {"possible": "a and b"},
        "explains": ["ache"],
    }


@pytest.fixture
def small(tmp_path: Path) -> KnowledgeBase:
    """Three disorders, each told by one sign of a topic that an overview opens."""
    disorders = {f"{name}_trouble": one_of_each(f"{name}_hot") for name in ("ear", "eye", "blood")}
    return tiny_kb(tmp_path, FINDINGS | OVERVIEWS, disorders=disorders, interview=INTERVIEW)


def complaining(kb: KnowledgeBase, complaint: str) -> dict[str, Answer]:
    """The complaints' page of somebody with this complaint alone."""
    return {
        entry.finding: complaint_answer(kb, entry.id, entry.id == complaint)
        for entry in kb.interview.complaints
    }


def talk(
    kb: KnowledgeBase, told: Mapping[str, Answer], answered_by: str = "patient", *, denies: bool = True
) -> Iterator[tuple[Answers, Step]]:
    """The steps of somebody who says this, and to everything else no, or that it is not known."""
    memory, answers = Memory(kb), Answers()
    while True:
        step = next_step(kb, answers, answered_by, memory)
        yield answers, step
        if isinstance(step, Finished):
            return
        page: dict[str, Answer] = {}
        for name in asked_in(step):
            kind = kb.findings[name].type
            otherwise = False if denies and kind is FindingType.YES_NO else NOT_KNOWN
            page[name] = told.get(name, otherwise)
        answers = answers.add(page)


def asked_after(kb: KnowledgeBase, told: Mapping[str, Answer], answered_by: str = "patient") -> list[str]:
    return [
        name
        for _, step in talk(kb, told, answered_by)
        if not isinstance(step, Finished)
        for name in asked_in(step)
    ]


def test_an_overview_is_asked_after_the_complaint_and_its_details_next(small: KnowledgeBase) -> None:
    told: dict[str, Answer] = {"hurts": True, "other": {"ear": False, "eye": True}}
    assert asked_after(small, told)[:3] == ["hurts", "other", "eye_hot"]


def test_a_clinician_is_asked_what_was_tested_and_only_that(small: KnowledgeBase) -> None:
    done: dict[str, Answer] = {"hurts": True, "tested": {"blood": True}}
    assert asked_after(small, done, "clinician")[:4] == ["hurts", "other", "tested", "blood_hot"]
    for answer in ({"blood": False}, NOT_KNOWN):
        assert "blood_hot" not in asked_after(small, {"hurts": True, "tested": answer}, "clinician")


def test_a_result_is_asked_for_although_something_leads_already(small: KnowledgeBase) -> None:
    told: dict[str, Answer] = {
        "hurts": True,
        "other": {"ear": True, "eye": False},
        "ear_hot": True,
        "tested": {"blood": True},
    }
    assert "blood_hot" in asked_after(small, told, "clinician")


def test_what_is_said_of_topics(small: KnowledgeBase) -> None:
    memory = Memory(small)
    facts: dict[str, Value] = {"hurts": True, "other": {"ear": True, "eye": False}}
    found = openings(small, memory.at(facts), facts)
    assert found.opened == {"ear_hot"} and found.closed == {"eye_hot"}
    assert not found.unsaid and found.barred == {"blood_hot"}
    found = openings(small, memory.at({"other": {"ear": True}}), {"other", "tested"})
    assert found.opened == {"ear_hot"} and found.unsaid == {"eye_hot", "blood_hot"}
    assert not found.closed and found.barred == {"blood_hot"}


def test_nobody_without_a_complaint_gets_an_overview(small: KnowledgeBase) -> None:
    assert asked_after(small, {"hurts": False}) == ["hurts"]


@pytest.mark.parametrize(
    "facts, finding, expected",
    [
        ({"ear_hot": True}, "other", {"ear": True}),
        ({"ear_hot": False, "eye_hot": True}, "other", {"ear": False, "eye": True}),
        ({"blood_hot": False}, "tested", {"blood": True}),
        ({"hurts": True}, "other", {}),
        ({"ear_hot": True}, "ear_hot", {}),
    ],
)
def test_what_somebody_ticks(
    small: KnowledgeBase, facts: dict[str, Value], finding: str, expected: dict[str, bool]
) -> None:
    """A topic with a sign that is there, and an examination or test whatever it showed."""
    assert ticked(small, facts, finding) == expected


def test_an_overview_is_no_answer_to_its_questions(kb: KnowledgeBase) -> None:
    """Nothing follows from what was not ticked: the same assessment with and without it."""
    facts: dict[str, Value] = {"age_years": 50, "face_pain": "present", "pain_sites": {"cheek": True}}
    lists: dict[str, Value] = {
        name: dict.fromkeys(kb.findings[name].choices, False)
        for page in kb.interview.overviews
        for name in page.findings
    }
    told = facts | lists
    assert assemble(kb, "", told, decide(kb, told)) == assemble(kb, "", facts, decide(kb, facts))


@pytest.fixture(scope="module")
def clinicians(kb: KnowledgeBase) -> list[tuple[Answers, Step]]:
    """Interviews of clinicians with one complaint each, who examined everything and found nothing."""
    everything: dict[str, Answer] = {
        name: dict.fromkeys(kb.findings[name].choices, True) for name in kb.interview.overviews[-1].findings
    }
    return [
        step
        for entry in kb.interview.complaints
        for step in talk(kb, complaining(kb, entry.id) | everything | {"age_years": 50}, "clinician")
    ]


def test_what_everybody_is_asked_comes_after_the_danger_screens(
    kb: KnowledgeBase, clinicians: list[tuple[Answers, Step]]
) -> None:
    """And before anything else, with the pages of the complaints that are present and no others."""
    pages = [page.id for page in kb.interview.basics] + [page.id for page in kb.interview.overviews]
    seen: set[str] = set()
    for answers, step in clinicians:
        if not isinstance(step, TickStep) or step.id not in pages:
            continue
        seen.add(step.id)
        world = Memory(kb).at(answers.facts)
        for page in kb.interview.basics:
            if page.id == step.id:
                assert world.truths[f"complaint.{page.complaint}"] is Truth.TRUE
        last = answers.steps[-1]
        assert any(
            set(last) & set(names)
            for names in (
                *(screen.findings for screen in kb.interview.screens),
                *(follow.findings for follow in kb.interview.follow_ups),
                *(page.findings for page in kb.interview.basics),
                *(page.findings for page in kb.interview.overviews),
            )
        )
    assert seen == set(pages)


def test_pages_of_details_are_short(kb: KnowledgeBase, clinicians: list[tuple[Answers, Step]]) -> None:
    pages = [step for _, step in clinicians if isinstance(step, TickStep) and step.id == DETAILS]
    assert pages
    for step in pages:
        assert len(step.findings) <= LIST_LENGTH and len(step.also) <= DETAILS_LENGTH
        assert all(kb.findings[name].type is FindingType.YES_NO for name in step.findings)
        assert not any(kb.findings[name].type is FindingType.YES_NO for name in step.also)


def test_an_emergency_that_a_test_has_shown_is_found(kb: KnowledgeBase) -> None:
    told = complaining(kb, "pain") | {"age_years": 50, "tested_so_far": {"head_scan": True}}
    assert "ct_brain_bleed" in asked_after(kb, told, "clinician")
    assert "ct_brain_bleed" not in asked_after(kb, complaining(kb, "pain") | {"age_years": 50}, "clinician")


def test_a_patient_is_not_asked_what_was_examined(kb: KnowledgeBase) -> None:
    asked = asked_after(kb, complaining(kb, "numbness") | {"age_years": 50})
    assert "other_trouble" in asked
    assert not [name for name in asked if kb.findings[name].asked_of is not AskedOf.PATIENT]


@pytest.mark.parametrize("answered_by", ["patient", "clinician"])
def test_somebody_who_knows_nothing_is_let_go(kb: KnowledgeBase, answered_by: str) -> None:
    told = complaining(kb, "pain") | {"age_years": 50}
    [*_, (answers, step)] = talk(kb, told, answered_by, denies=False)
    assert isinstance(step, Finished)
    assert len(answers.steps) <= 26


def test_every_clinicians_finding_of_a_rule_stands_in_a_topic(kb: KnowledgeBase) -> None:
    """Otherwise it is asked only when nothing else is left."""
    placed = {name for topic in kb.interview.topics for name in topic.findings}
    overviews = {name for page in kb.interview.overviews for name in page.findings}
    examined = {name for name, one in kb.findings.items() if one.asked_of is not AskedOf.PATIENT}
    assert examined - placed - overviews == set()


def test_every_line_of_an_overview_opens_something(kb: KnowledgeBase) -> None:
    opened = {
        (name, choice)
        for page in kb.interview.overviews
        for name in page.findings
        for choice in kb.findings[name].choices
        if any(ticked(kb, {one: True}, name).get(choice) for one in kb.findings)
    }
    assert opened == {
        (name, choice)
        for page in kb.interview.overviews
        for name in page.findings
        for choice in kb.findings[name].choices
    }


def test_answers_read_from_a_file_lead_to_the_same_step_with_overviews(kb: KnowledgeBase) -> None:
    random, memory, answers = Random(5), Memory(kb), Answers()
    for _ in range(14):
        step = next_step(kb, answers, "clinician", memory)
        if isinstance(step, Finished):
            break
        answers = answers.add({name: random_answer(kb, random, name) for name in asked_in(step)})
    assert next_step(kb, replayed(kb, answers.given, "clinician"), "clinician") == next_step(
        kb, answers, "clinician"
    )


def test_an_overview_says_why_it_is_asked_and_under_which_title(small: KnowledgeBase) -> None:
    assert why_lines(small, Memory(small).at({"hurts": True}), ("other",)) == [WHY_OVERVIEW]
    dialogue = Dialogue(Sitting(small))
    dialogue.opening()
    shown = dialogue.reply("1")
    assert any(line.endswith("What else") for line in shown)
    assert "  1  ear" in shown
