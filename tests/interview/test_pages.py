"""Which findings share a page, by what each could tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import tiny_kb
from triage.interview import Question, TickStep
from triage.interview.pages import DETAILS, SIGNS, TOGETHER, best_page, detail_page, heading_of
from triage.models import KnowledgeBase

WHERE: dict[str, str | dict[str, str]] = {
    "side": "one_of left right",
    "place": "any_of cheek jaw",
    "weeks": "number",
    "degree": "number",
}
SKIN: dict[str, str | dict[str, str]] = {f"spot_{number}": "yes_no" for number in range(10)}
BLOOD: dict[str, str | dict[str, str]] = {
    name: {"type": "number", "asked_of": "test"} for name in ("iron", "salt")
}


@pytest.fixture(scope="module")
def paged(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    folder: Path = tmp_path_factory.mktemp("paged")
    topics = [
        {"id": "where", "title": "Where", "findings": ["side", "place", "weeks"]},
        {"id": "how", "title": "How", "findings": ["degree"]},
        {"id": "skin", "title": "Skin", "findings": list(SKIN)},
        {"id": "blood", "title": "Blood", "findings": list(BLOOD)},
    ]
    return tiny_kb(folder, WHERE | SKIN | BLOOD, interview={"topics": topics})


def test_questions_that_tell_nearly_as_much_share_a_page_those_of_one_topic_first(
    paged: KnowledgeBase,
) -> None:
    scores = {"side": 5.0, "degree": 4.9, "place": 4.0, "weeks": 3.0}
    step = best_page(paged, scores, "")
    assert step == TickStep(TOGETHER, "Where", (), ("side", "place", "weeks"))
    step = best_page(paged, {"side": 5.0, "degree": 4.9, "place": 4.0, "weeks": 0.1}, "")
    assert step == TickStep(TOGETHER, "Where; How", (), ("side", "place", "degree"))


def test_a_question_that_tells_far_more_stands_alone(paged: KnowledgeBase) -> None:
    assert best_page(paged, {"side": 5.0, "degree": 0.5, "spot_1": 1.0}, "") == Question("side", "where")


def test_signs_that_tell_more_together_than_one_question_are_a_list(paged: KnowledgeBase) -> None:
    scores = {"side": 3.0} | dict.fromkeys(SKIN, 1.0)
    step = best_page(paged, scores, "")
    assert step == TickStep(SIGNS, "Skin", tuple(list(SKIN)[:8]))


def test_details_are_a_page_only_where_one_tells_enough(paged: KnowledgeBase) -> None:
    """A person's own sign must tell more than what a test has shown already."""
    assert detail_page(paged, {"spot_1": 0.9}) is None
    assert detail_page(paged, {"spot_1": 1.1}) == Question("spot_1", "skin")
    assert detail_page(paged, {"iron": 0.6, "salt": 0.1}) == TickStep(DETAILS, "Blood", (), ("iron", "salt"))


def test_topics_with_details_share_a_page_where_there_is_room(paged: KnowledgeBase) -> None:
    both = {"iron": 1.0, "spot_1": 2.0, "spot_2": 1.5}
    assert detail_page(paged, both) == TickStep(DETAILS, "Skin; Blood", ("spot_1", "spot_2"), ("iron",))
    crowded = {"degree": 1.0, "side": 3.0, "place": 3.0, "weeks": 3.0} | dict.fromkeys(BLOOD, 1.0)
    step = detail_page(paged, crowded)
    assert isinstance(step, TickStep) and set(step.also) == {"side", "place", "weeks", "degree"}


def test_what_is_left_at_the_end_shares_a_page(paged: KnowledgeBase) -> None:
    """Once only dangers are left, eight signs and three questions at most are asked together, whatever each tells."""
    scores = {"side": 1.0, "degree": 9.0, "place": 0.1, "weeks": 0.2} | dict.fromkeys(SKIN, 0.5)
    step = best_page(paged, scores, "", only_dangers=True)
    assert step == TickStep(SIGNS, "Skin; Where; How", tuple(list(SKIN)[:8]), ("side", "weeks", "degree"))
    assert best_page(paged, {"degree": 1.0}, "", only_dangers=True) == Question("degree", "how")


@pytest.mark.parametrize(
    ("titles", "heading"),
    [
        (["How it moves"], "How it moves"),
        (["How it moves", "Where it moves"], "How it moves; Where it moves"),
        (
            ["How it moves", "What brings the movement on and what stops it", "What else happens"],
            "How it moves; and more",
        ),
        (
            ["How it moves", "Where it moves", "What brings the movement on and what stops it"],
            "How it moves; Where it moves; and more",
        ),
    ],
)
def test_the_heading_of_a_page_of_several_topics_fits_on_a_line(titles: list[str], heading: str) -> None:
    assert heading_of(titles) == heading
