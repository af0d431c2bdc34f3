"""The plain dialogue: every command, contradictions, the emergency, the lists before a visit, a second case."""

from __future__ import annotations

import pytest

from tests.interview.scripts import Person
from triage.errors import CaseError
from triage.interview import NOT_KNOWN, Answers, wording
from triage.interview.consultation import Showing, danger_of
from triage.interview.dialogue import Dialogue
from triage.interview.replies import UNSURE, letters, read_reply, read_ticks
from triage.interview.sitting import Sitting
from triage.models import KnowledgeBase


def begun(toy: KnowledgeBase, *replies: str, given: tuple[Answers, ...] = ()) -> tuple[Dialogue, list[str]]:
    """A dialogue after some replies, and what was shown last."""
    dialogue = Dialogue(Sitting(toy, given))
    lines = dialogue.opening()
    for reply in replies:
        assert not dialogue.finished, f"it ended before `{reply}`"
        lines = dialogue.reply(reply)
    return dialogue, lines


def test_it_begins_with_the_complaints(toy: KnowledgeBase) -> None:
    _, lines = begun(toy)
    assert lines == [
        "",
        "Question 1",
        wording.COMPLAINTS,
        "  1  noise",
        "  2  wobble",
        "  3  weak brakes",
        "Type the numbers of all that apply, such as 1 or 1,3.",
    ]


def test_a_tick_on_the_complaints_denies_the_others(toy: KnowledgeBase) -> None:
    dialogue, lines = begun(toy, "1")
    assert dialogue.consultation.so_told.given == {
        "noise_present": "present",
        "wobble_present": False,
        "brakes_weak": False,
    }
    assert "How old is the rider?" in lines


def test_unsure_keeps_what_was_asked_and_not_known(toy: KnowledgeBase) -> None:
    dialogue, _ = begun(toy, "1", "unsure", "no")
    assert dialogue.consultation.answers.given["rider_age_years"] is NOT_KNOWN


@pytest.mark.parametrize(
    "reply, words",
    [
        ("?", wording.NO_HELP),
        ("help", wording.COMMANDS),
        ("why", wording.WHY_NOTHING),
        ("answers", "  1  noise: yes"),
        ("change", wording.CHANGE_WHICH),
        ("change 99", "There is no answer 99; they are numbered from 1 to 3:"),
        ("save", wording.SAVE_WHERE),
        ("save a.yaml", wording.CANNOT_SAVE),
        ("1000", "is outside 0 to 120 years"),
        ("forty", "is not a number"),
    ],
)
def test_every_reply_is_answered_in_words(toy: KnowledgeBase, reply: str, words: str) -> None:
    _, lines = begun(toy, "1", reply)
    assert any(words in line for line in lines), lines


def test_a_refused_answer_names_no_finding_by_its_id(toy: KnowledgeBase) -> None:
    _, lines = begun(toy, "1", "1000")
    assert "rider_age_years" not in "\n".join(lines)


@pytest.mark.parametrize("reply", ["no", "n", "none", "No"])
def test_no_is_understood_in_its_forms(toy: KnowledgeBase, reply: str) -> None:
    dialogue, _ = begun(toy, "1", "40", reply)
    assert dialogue.consultation.answers.given["motor_fitted"] is False


def test_a_choice_can_be_typed_as_it_is_shown(toy: KnowledgeBase) -> None:
    given = Answers().add({"noise_present": "present", "wobble_present": False, "brakes_weak": False})
    dialogue, _ = begun(toy, "change 1", "no", given=(given,))
    assert dialogue.consultation.answers.given["noise_present"] == "absent"


def test_back_goes_to_the_question_before(toy: KnowledgeBase) -> None:
    dialogue, lines = begun(toy, "1", "40", "back")
    assert "How old is the rider?" in lines
    dialogue, lines = begun(toy, "1", "40", "back", "back")
    assert wording.COMPLAINTS in lines
    assert not dialogue.consultation.answers.given
    assert wording.BACK_AT_START in dialogue.reply("back")


@pytest.mark.parametrize(
    ("replies", "said"),
    [
        (("1", "back"), "1"),
        (("1 unsure", "back"), "1 unsure"),
        (("1,3?", "back"), "1,3?"),
        (("unsure", "back"), "unsure"),
        (("none", "change 1"), "no"),
        (("1", "40", "back"), "40 years"),
        (("1", "unsure", "back"), wording.NOT_KNOWN),
    ],
)
def test_what_was_said_before_is_shown_where_it_is_asked_again(
    toy: KnowledgeBase, replies: tuple[str, ...], said: str
) -> None:
    _, lines = begun(toy, *replies)
    assert wording.SAID.format(answer=said) in lines


@pytest.mark.parametrize(
    ("typed", "ticks"),
    [
        ("1,3", (True, False, True)),
        ("1,3?", (True, False, NOT_KNOWN)),
        ("3?", (False, False, NOT_KNOWN)),
        ("none, 3?", (False, False, NOT_KNOWN)),
        ("1 3?", (True, False, NOT_KNOWN)),
        ("1?, 1", (True, False, False)),
        ("1 unsure", (True, NOT_KNOWN, NOT_KNOWN)),
        ("1 ?", (True, NOT_KNOWN, NOT_KNOWN)),
        ("2, 3? not sure", (NOT_KNOWN, True, NOT_KNOWN)),
        ("none", (False, False, False)),
        ("unsure", (NOT_KNOWN, NOT_KNOWN, NOT_KNOWN)),
    ],
)
def test_a_tick_list_takes_one_sign_as_not_sure(typed: str, ticks: tuple[object, ...]) -> None:
    assert tuple(read_ticks(("a", "b", "c"), typed).values()) == ticks


@pytest.mark.parametrize("typed", ["", "4", "0?", "none 1 2 4", "?1", "1??", "1 - 2"])
def test_a_tick_list_says_what_can_be_typed(typed: str) -> None:
    with pytest.raises(CaseError, match="please type numbers from 1 to 3"):
        read_ticks(("a", "b", "c"), typed)


def test_a_place_that_may_hurt_stays_open_while_the_others_are_denied(toy: KnowledgeBase) -> None:
    told = read_reply(toy, toy.findings["noise_sites"], "2, 3?")
    assert told == {"at_chain": False, "at_front": True, "at_handlebar": False}


def test_an_amount_is_said_back(toy: KnowledgeBase) -> None:
    _, lines = begun(toy, "1", "40")
    assert lines[0] == wording.TAKEN_AS.format(answer="40 years")


def test_nothing_is_said_before_a_first_answer(toy: KnowledgeBase) -> None:
    _, lines = begun(toy, "1")
    assert not any(line.startswith("You said") for line in lines)


def test_a_changed_answer_changes_what_is_asked_next(toy: KnowledgeBase) -> None:
    dialogue, lines = begun(toy, "1", "40", "no", "change 2")
    assert lines[1] == wording.CHANGING
    dialogue.reply("yes")
    assert dialogue.consultation.answers.given["wobble_present"] is True


def test_back_leaves_a_change(toy: KnowledgeBase) -> None:
    dialogue, before = begun(toy, "1", "40", "no")
    assert dialogue.reply("change 2") != before
    assert dialogue.reply("back") == before


def contradicted(toy: KnowledgeBase, *replies: str) -> tuple[Dialogue, list[str]]:
    """Somebody who owns the bicycle for longer than it exists."""
    given = Answers().add({"noise_present": "present", "wobble_present": False, "brakes_weak": False})
    given = given.add(
        {"rider_age_years": 40, "motor_fitted": False, "owned_years": 5, "bicycle_age_years": 9}
    )
    return begun(toy, "change 7", "3", *replies, given=(given,))


def test_a_contradiction_shows_both_answers(toy: KnowledgeBase) -> None:
    dialogue, lines = contradicted(toy)
    text = "\n".join(lines)
    assert wording.CONTRADICTION in lines
    assert "years owned: 5" in text and "age of the bicycle: 3" in text
    assert dialogue.consultation.answers.given["bicycle_age_years"] == 9
    assert dialogue.reply("hm") == [wording.AGAIN_OR_KEEP]


def test_a_contradiction_can_be_answered_again(toy: KnowledgeBase) -> None:
    dialogue, _ = contradicted(toy, "again", "7")
    assert dialogue.consultation.answers.given["bicycle_age_years"] == 7
    assert dialogue.consultation.answers.given["owned_years"] == 5


def test_the_new_answer_can_be_kept(toy: KnowledgeBase) -> None:
    dialogue, _ = contradicted(toy, "keep")
    assert dialogue.consultation.answers.given["bicycle_age_years"] == 3
    assert "owned_years" not in dialogue.consultation.answers.given


def test_an_emergency_is_shown_first_and_stays(toy: KnowledgeBase) -> None:
    dialogue, lines = begun(toy, "2", "40", "no", "1", "unsure")
    assert lines[1] == f"*** {wording.EMERGENCY} ***"
    assert "Stop riding now." in lines
    assert dialogue.reply("perhaps") == [wording.EMERGENCY_ASK]
    lines = dialogue.reply("2")
    assert lines[1].startswith("! Urgent: A rim that may break")


def test_what_a_warning_names_begins_like_a_sentence(kb: KnowledgeBase) -> None:
    for rule in kb.urgency_rules:
        assert danger_of(kb, rule)[0] == danger_of(kb, rule)[0].upper()


def test_an_emergency_can_end_it(toy: KnowledgeBase) -> None:
    dialogue, _ = begun(toy, "2", "40", "no", "1", "unsure")
    assert wording.ENDINGS["stopped"] in dialogue.reply("1")
    assert dialogue.finished


def test_an_emergency_that_comes_back_is_shown_again(toy: KnowledgeBase) -> None:
    dialogue, _ = begun(toy, "2", "40", "no", "1", "unsure", "2")
    number = list(dialogue.consultation.answers.given).index("rim_cracked") + 1
    dialogue.reply(f"change {number}")
    assert "***" not in "\n".join(dialogue.reply("no"))
    dialogue.reply(f"change {number}")
    assert f"*** {wording.EMERGENCY} ***" in dialogue.reply("yes")


def test_an_emergency_that_ends_by_a_later_answer_says_so_with_the_reason(toy: KnowledgeBase) -> None:
    dialogue, _ = begun(toy, "2", "40", "no", "1", "unsure", "2")
    number = list(dialogue.consultation.answers.given).index("rim_cracked") + 1
    dialogue.reply(f"change {number}")
    told = (
        "You answered: cracked rim: no. Because of this it is no emergency any more: A rim that may break. "
        "Now: Routine."
    )
    assert dialogue.reply("no")[1] == told
    assert told not in dialogue.reply("none")


def test_an_emergency_that_is_open_again_is_not_called_none(toy: KnowledgeBase) -> None:
    dialogue, _ = begun(toy, "2", "40", "no", "1", "unsure", "2")
    number = list(dialogue.consultation.answers.given).index("rim_cracked") + 1
    dialogue.reply(f"change {number}")
    assert "Whether this is an emergency is open again: A rim that may break." in dialogue.reply("unsure")[1]


def test_any_level_that_falls_by_a_later_answer_says_so(toy: KnowledgeBase) -> None:
    brakes = {"noise_present": "absent", "wobble_present": False, "brakes_weak": True}
    known = {"rider_age_years": 40, "motor_fitted": False, "lever_touches_bar": True, "pads_worn": "thin"}
    dialogue, _ = begun(toy, given=(Answers().add(brakes).add(known),))
    number = list(dialogue.consultation.answers.given).index("pads_worn") + 1
    told = (
        'You answered: brake pads: thick. Because of this "Same day" no longer holds: Brakes that may fail. '
        "Now: Routine."
    )
    for choice, falls in (("1", True), ("2", False)):
        dialogue.reply(f"change {number}")
        assert (told in dialogue.reply(choice)) is falls


def test_taking_an_answer_back_is_no_later_answer(toy: KnowledgeBase) -> None:
    dialogue, _ = begun(toy, "2", "40", "no", "1", "unsure", "2", "back")
    assert dialogue.consultation.relief is None


@pytest.mark.parametrize(
    ("count", "example"), [(1, "Type 1 if it applies"), (2, "such as 1,2 (the"), (8, "such as 1,3 (the")]
)
def test_the_example_names_lines_that_are_there(count: int, example: str) -> None:
    assert example in wording.ticks_help(count)


def test_stopping_within_a_page_keeps_what_was_ticked(toy: KnowledgeBase) -> None:
    dialogue, _ = begun(toy, "2", "40", "no", "1")
    assert dialogue.consultation.within_page
    dialogue.reply("stop")
    assert dialogue.consultation.answers.given["rim_cracked"] is True


def test_none_of_the_complaints_is_outside(toy: KnowledgeBase) -> None:
    person = Person(toy, {})
    person.go_on_until(Showing.END)
    assert person.dialogue.ending == "outside"


def to_the_end(toy: KnowledgeBase) -> Person:
    """Somebody with a dry chain, up to the lists before a visit."""
    facts = {
        "noise_present": "present",
        "rider_age_years": 40,
        "noise_quality": "squeak",
        "noise_sites": {"at_chain": True},
        "noise_days": 10,
        "noise_side": "right",
    }
    person = Person(toy, facts)
    for _ in range(40):
        if person.showing is not Showing.QUESTION:
            break
        person.answer()
    return person


def test_the_lists_before_a_visit_are_offered_and_can_be_skipped(toy: KnowledgeBase) -> None:
    person = to_the_end(toy)
    assert person.showing is Showing.OFFER
    assert wording.VISIT_OFFER in person.lines
    assert person.say("perhaps") == [wording.YES_OR_NO]
    lines = person.say("no")
    assert wording.SECOND_OFFER in lines
    assert not person.dialogue.finished


def test_the_lists_before_a_visit_ask_what_decides_caveats(toy: KnowledgeBase) -> None:
    person = to_the_end(toy)
    assert "Do solvents give you a rash?" in person.say("yes")


def test_a_second_complaint_is_a_second_case_that_keeps_what_is_known(toy: KnowledgeBase) -> None:
    person = to_the_end(toy)
    person.say("no")
    person.say("1")
    sitting = person.dialogue.sitting
    assert len(sitting.cases) == 2
    first, second = sitting.cases
    assert second.given["rider_age_years"] == 40
    assert not [name for name in second.given if toy.findings[name].of == "noise"]
    assert "noise_quality" in first.given
    assert [case.person for case in sitting.to_cases("anna")] == ["anna", "anna"]
    assert [case.id for case in sitting.to_cases("anna")] == ["anna", "anna-2"]


def test_no_second_complaint_ends_it(toy: KnowledgeBase) -> None:
    person = to_the_end(toy)
    person.say("no")
    assert person.say("5") == [wording.SECOND_ASK.format(count=1)]
    person.say("none")
    assert person.dialogue.finished


def test_the_end_of_input_ends_it(toy: KnowledgeBase) -> None:
    dialogue, _ = begun(toy, "1")
    assert wording.ENDINGS["input_ended"] in dialogue.close()
    assert dialogue.close() == []


def test_a_number_at_offered_amounts_is_an_amount_and_a_letter_a_line(kb):
    points = kb.findings["pain_worst_points"]
    assert read_reply(kb, points, "3") == 3
    assert read_reply(kb, points, "10") == 10
    assert read_reply(kb, points, "d") == points.picks[3].stored
    with pytest.raises(CaseError, match="letter of a line"):
        read_reply(kb, points, "z")


@pytest.mark.parametrize("word", ["none", "never", "No"])
def test_none_and_never_are_0_where_the_finding_says_so(kb, word):
    for name in ("attacks_per_day", "pain_days_per_month", "longest_pain_free_days", "face_palsies_count"):
        assert read_reply(kb, kb.findings[name], word) == 0, name


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("weakness_days", "none"),
        ("glucose_mmol_per_litre", "none"),
        ("movement_hours_without_pause", "never"),
        ("pain_hours_per_day", "never"),  # it may never stop
    ],
)
def test_elsewhere_they_are_no_amount(kb, name, word):
    with pytest.raises(CaseError, match="type unsure"):
        read_reply(kb, kb.findings[name], word)


@pytest.mark.parametrize("word", ["never", "none", "no"])
def test_a_denial_takes_the_line_of_amounts_that_denies(kb, word):
    weeks = kb.findings["weeks_since_botulinum"]
    assert read_reply(kb, weeks, word) == weeks.picks[-1].stored
    assert read_reply(kb, kb.findings["attacks_count"], word) == 0


@pytest.mark.parametrize("word", ["today", "yesterday", "today or yesterday"])
def test_a_line_of_amounts_may_be_typed_as_it_is_shown(kb, word):
    days = kb.findings["weakness_days"]
    assert read_reply(kb, days, word) == days.picks[0].stored


@pytest.mark.parametrize(
    ("name", "word", "choice"),
    [
        ("stomach_ulcer_or_bleed", "no", "never"),
        ("stomach_ulcer_or_bleed", "now", "now"),
        ("bone_loss_drug", "n", "never"),
        ("earlier_antiseizure_rash", "never", "no such rash, or never taken"),
        ("thyroid_disease", "none", "no thyroid trouble"),
        ("mouth_lining_examined", "no", None),
    ],
)
def test_a_denial_is_never_the_beginning_of_another_word(kb, name, word, choice):
    finding = kb.findings[name]
    if choice is None:
        with pytest.raises(CaseError, match="one number from 1"):
            read_reply(kb, finding, word)
    else:
        assert finding.choices[read_reply(kb, finding, word)].label == choice


def test_a_choice_may_be_named_by_its_label(kb):
    assert read_reply(kb, kb.findings["sex"], "female") == "female"
    assert read_reply(kb, kb.findings["sex"], "2") == "male"
    with pytest.raises(CaseError, match="from 1 to 3"):
        read_reply(kb, kb.findings["sex"], "4")


def test_no_letter_of_an_offered_amount_means_not_sure(kb):
    for finding in kb.findings.values():
        assert not set(letters(len(finding.picks))) & set(UNSURE)
        assert len(letters(len(finding.picks))) == len(finding.picks)
