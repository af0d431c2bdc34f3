"""What each sheet must say, and what it must not."""

import re

import pytest

from tests.report.conftest import CASES, FORMATS, SHEETS
from triage.assessment import assemble, decide
from triage.models import Case, Level
from triage.report import render, wording

EVERY = [(name, sheet) for name in CASES for sheet in SHEETS]


@pytest.fixture(scope="module")
def sheet_of(toy, assessed):
    def sheet(name, sheet="assessment", format="text", *, full=False):
        case, assessment = assessed(name)
        return render(toy, case, assessment, format, sheet=sheet, full=full)

    return sheet


def named_like_ids(text):
    """Words with an underscore, and dotted ones, as ids have them."""
    return set(re.findall(r"[a-z][a-z0-9]*(?:[_.][a-z0-9]+)+", text.replace("\\_", "_")))


def words(text):
    """The words without the layout."""
    return re.findall(
        r"[a-z0-9]+", re.sub(r"<style>.*?</style>|<title>.*?</title>|<[^>]*>", " ", text, flags=re.S).lower()
    )


@pytest.mark.parametrize("name, sheet", EVERY)
@pytest.mark.parametrize("format", FORMATS)
def test_every_output_says_that_it_is_no_medical_device(sheet_of, name, sheet, format):
    text = " ".join(sheet_of(name, sheet, format).split())
    assert "Not a medical device" in text
    assert wording.NOT_A_DEVICE in text


@pytest.mark.parametrize("name, sheet", EVERY)
@pytest.mark.parametrize("format", FORMATS)
def test_no_id_is_shown(toy, sheet_of, name, sheet, format):
    ids = {*toy.findings, *toy.disorders, *toy.urgency_rules, *toy.patterns, *toy.treatments, *toy.rules}
    choices = {choice for finding in toy.findings.values() for choice in finding.choices}
    text = sheet_of(name, sheet, format).replace(f"case {name}", "")
    assert not (ids | choices) & named_like_ids(text)


@pytest.mark.parametrize("name, sheet", EVERY)
def test_the_layouts_say_the_same(sheet_of, name, sheet):
    text, markdown, html = (set(words(sheet_of(name, sheet, format))) for format in FORMATS)
    # Only tables have headers that text leaves out, and a picture its sides.
    extra = {
        "right",
        "left",
        "state",
        "criterion",
        "answer",
        "criteria",
        "and",
        "the",
        "answers",
        "that",
        "decide",
        "them",
    }
    extra |= {"amp", "x27", "quot", "gt", "lt"}
    assert (text ^ markdown) | (markdown ^ html) <= extra | {word for word in html if len(word) == 1}


@pytest.mark.parametrize("name, sheet", EVERY)
@pytest.mark.parametrize("full", [False, True])
def test_text_has_at_most_80_columns_and_no_loose_ends(sheet_of, name, sheet, full):
    lines = sheet_of(name, sheet, full=full).splitlines()
    assert max(map(len, lines)) <= 80
    assert not [line for line in lines if line != line.rstrip()]
    assert not [line for line in lines if line.endswith((": .", ":  "))]


def test_urgency_comes_first(sheet_of):
    for name in CASES:
        for sheet, title in (
            ("assessment", "HOW URGENT"),
            ("clinician", "HOW URGENT"),
            ("person", "HOW SOON TO BE SEEN"),
        ):
            lines = sheet_of(name, sheet).splitlines()
            first = next(place for place, line in enumerate(lines) if line.isupper())
            assert lines[first] == title


def test_the_letter_begins_with_what_it_says_at_length(sheet_of):
    text = sheet_of("chain", "clinician")
    short = " ".join(text[text.index("IN SHORT") : text.index("IN FULL")].split())
    assert "- person: age of the rider: 41 years" in short
    assert "- complaint: noise: the chain (right)" in short
    assert "- nerves: sensory: drivetrain (sensory), chain, right" in short
    assert "- what fits: Chain trouble (fits every criterion" in short
    assert "speaks for it: - The noise comes from the chain." in short
    assert "- documented first" not in sheet_of("emergency", "clinician")


PAGE = 75
"""lines of text that fill a printed page"""


@pytest.mark.parametrize(
    "name", ["dental_pulpitis", "hemifacial_spasm", "sudden_face_weakness", "nothing_known"]
)
def test_what_matters_is_on_the_first_page_of_the_letter(kb, shipped, name):
    letter = render(kb, *shipped(name), sheet="clinician")
    order = ["HOW URGENT", "IN SHORT", "WHAT A CLINICIAN WOULD CONSIDER NEXT", "IN FULL", "WHICH NERVES"]
    places = [letter.index(title) for title in order if title in letter]
    assert places == sorted(places)
    assert len(letter[: letter.index("IN FULL")].splitlines()) <= PAGE


def test_the_letter_names_all_that_speaks_against_what_leads(kb, shipped):
    letter = " ".join(render(kb, *shipped("giant_cell_arteritis"), sheet="clinician").split())
    first = letter[: letter.index("IN FULL")]
    assert "Giant cell arteritis: for and against" in first
    assert "criteria not met: Sight lost, dimmed or double" in first


def test_what_to_do_is_said_once(kb, shipped):
    case, assessment = shipped("giant_cell_arteritis")
    held = [kb.urgency_rules[one.rule] for one in assessment.urgency.because]
    for sheet, actions in (
        ("clinician", {rule.action_clinician or rule.action for rule in held}),
        ("person", {rule.action for rule in held}),
    ):
        text = " ".join(render(kb, case, assessment, sheet=sheet).split())
        assert all(text.count(action) <= 1 for action in actions)


def test_the_letter_names_every_danger_rule_that_holds(kb, shipped):
    case, assessment = shipped("giant_cell_arteritis")
    letter = " ".join(render(kb, case, assessment, sheet="clinician").split())
    first = letter[: letter.index("IN SHORT")]
    for held in assessment.urgency.because:
        assert f"{kb.urgency_rules[held.rule].label} ({kb.urgency.levels[held.level].label})" in first


def test_the_letter_never_calls_too_little_known_a_misfit(kb, shipped):
    letter = " ".join(render(kb, *shipped("sudden_face_weakness"), sheet="clinician").split())
    assert wording.NO_DISORDER not in letter
    assert f"what fits: {wording.NONE_KNOWN} Still open: Stroke or TIA" in letter


def test_the_letter_says_whether_somebody_was_examined(kb, shipped):
    for name, examined in (("giant_cell_arteritis", True), ("dental_pulpitis", False)):
        text = " ".join(render(kb, *shipped(name), sheet="clinician").split())
        assert ("unexamined" in text, "an examination or a test among them" in text) == (
            not examined,
            examined,
        )


def test_one_disorder_is_not_called_the_best_of_several(kb, shipped):
    for name, alone in (("dental_pulpitis", True), ("giant_cell_arteritis", False)):
        page = render(kb, *shipped(name), sheet="person")
        assert (wording.MAY_BE_ONE in page, wording.MAY_BE in page) == (alone, not alone)


def test_a_first_choice_with_a_reason_against_it_is_named_so_in_short(sheet_of):
    text = " ".join(sheet_of("dry", "clinician").split())
    assert f"- {wording.SHORT_AGAINST}: Chain oil" in text
    assert "- documented first: " not in text


def test_at_emergency_the_action_leads_and_treatments_stay_out_of_peoples_sheets(sheet_of, assessed):
    _, assessment = assessed("emergency")
    assert assessment.urgency.now is Level.EMERGENCY
    for sheet in ("assessment", "person"):
        text = sheet_of("emergency", sheet)
        assert text.index("*** EMERGENCY ***") < 220
        assert "DOCUMENTED TREATMENT" not in text
        assert "GO AT ONCE IF" not in text
    assert sheet_of("emergency").index("Stop riding now.") < sheet_of("emergency").index("A rim that breaks")


def test_below_emergency_every_peoples_sheet_says_when_to_go_at_once(sheet_of):
    for name in CASES:
        if name != "emergency":
            for sheet in ("assessment", "person"):
                assert "GO AT ONCE IF" in sheet_of(name, sheet)


def test_what_was_not_known_stands_apart_from_what_was_not_asked(sheet_of):
    text = sheet_of("fall")
    known, asked = text.index("You did not know (Emergency)"), text.index("Not asked (Emergency)")
    assert known < text.index("- electric motor: A battery that may catch fire") < asked
    assert known < text.index("- cracked rim: A rim that may break") < asked
    assert asked < text.index("- hot battery")
    letter = sheet_of("fall", "clinician")
    assert "The person did not know (Emergency)" in letter and "You did not know" not in letter
    assert "- Not asked (Emergency): hot battery" in letter


def test_the_ledger_shows_each_criterion_with_the_persons_answer(sheet_of):
    text = sheet_of("chain", "clinician")
    assert "- met: A. The noise comes from the chain. [1]\n      places of the noise: the chain" in text
    assert "- for a clinician to judge: D. Not better explained otherwise." in text
    assert "speaks for it: The bicycle is old." in text


def test_a_further_leading_disorder_says_what_it_explains(toy):
    wobbles = {"wobble_present": True, "wobble_sites": {"front": True, "rear": True}, "wobble_speed_kph": 20}
    case = Case(id="x", facts={**CASES["chain"].facts, **wobbles})
    assessment = assemble(toy, "x", case.facts, decide(toy, case.facts))
    assert assessment.leading == ("chain_trouble", "loose_spokes")
    text = " ".join(render(toy, case, assessment).split())
    assert "Loose spokes leads as well: it explains what those before it do not (wobble)." in text


def test_an_open_criterion_says_what_would_settle_it_and_who_can(toy):
    case = Case(id="x", facts={"wobble_present": True, "wobble_sites": {"front": True, "rear": True}})
    text = render(toy, case, assemble(toy, "x", case.facts, decide(toy, case.facts)), sheet="clinician")
    assert "needs an examination: D. Spokes are slack on the gauge." in text
    assert "open: spoke tension" in text
    assert "not known: B. The wobble grows with speed." in text


def test_paths_with_a_reason_against_stand_apart_with_the_answer_behind_it(sheet_of):
    text = sheet_of("dry", "clinician")
    against = text.index("Documented reasons against, for this person:")
    assert against < text.index("reason against: Solvents bring the rash back. [1] (applies: allergy to")
    assert "First choices in the sources:" not in text


def test_full_says_more_than_the_letter_and_the_letter_more_than_the_overview(kb, shipped):
    case, assessment = shipped("trigeminal_neuralgia")
    brief, full = (render(kb, case, assessment, full=full) for full in (False, True))
    letter = render(kb, case, assessment, sheet="clinician")
    paths = [text.partition("DOCUMENTED TREATMENT PATHS")[2] for text in (brief, letter, full)]
    assert len(paths[0]) < len(paths[1]) < len(paths[2])


@pytest.fixture(scope="module")
def shipped(kb):
    from tests.test_examples import assessed as example

    return lambda name: example(kb, name)


def test_the_article_stands_beside_the_guidelines(kb, shipped):
    for name in ("trigeminal_neuralgia", "hemifacial_spasm"):
        for sheet in ("assessment", "clinician"):
            text = " ".join(render(kb, *shipped(name), sheet=sheet).split())
            assert "The article the project starts from" in text
            assert "guideline" in text or "review" in text


@pytest.mark.parametrize(
    "name", ["trigeminal_neuralgia", "nothing_known", "wrist_pain", "sudden_face_weakness"]
)
def test_no_id_of_the_shipped_rules_is_shown(kb, shipped, name):
    ids = {
        *kb.findings,
        *kb.disorders,
        *kb.urgency_rules,
        *kb.patterns,
        *kb.treatments,
        *kb.rules,
        *kb.sources,
    }
    ids |= {choice for finding in kb.findings.values() for choice in finding.choices}
    for sheet in SHEETS:
        text = render(kb, *shipped(name), sheet=sheet).replace(shipped(name)[0].id, "")
        text = re.sub(r"https?://\S+", "", text)
        assert not ids & named_like_ids(text)


@pytest.mark.parametrize("sheet", ["assessment", "person"])
@pytest.mark.parametrize("more", [{}, {"sudden_face_droop": True}])
def test_thoughts_of_ending_life_are_met_with_words_of_their_own_whatever_else_holds(kb, sheet, more):
    (rule,) = [name for name in kb.urgency.suicide if kb.urgency_rules[name].level is not Level.EMERGENCY]
    sign = kb.rules[f"{rule}.when"].expr.finding
    case = Case(id="x", facts={sign: True, **more})
    text = render(kb, case, assemble(kb, "x", case.facts, decide(kb, case.facts)), sheet=sheet)
    assert " ".join(kb.urgency.suicide[rule].split()) in " ".join(text.split())


def test_the_persons_page_is_short(kb, shipped):
    for name in ("trigeminal_neuralgia", "hemifacial_spasm", "cluster_headache", "giant_cell_arteritis"):
        lines = render(kb, *shipped(name), sheet="person").splitlines()
        assert len(lines) <= 85, name


TOLD_BRIEFLY = {
    "age_years": 32,
    "sex": "female",
    "face_pain": "present",
    "pain_side": "right",
    "pain_sites": {"cheek": True, "lower_jaw": True},
    "pain_in_attacks": True,
    "carbamazepine_response": "good",
}


@pytest.mark.parametrize(
    "complaint, given", [({"face_pain": "present"}, True), ({"face_weakness": True}, False), ({}, False)]
)
def test_a_diary_is_given_where_there_are_attacks_to_write_down(kb, complaint, given):
    facts = {"age_years": 50, **complaint}
    case = Case(id="x", facts=facts)
    page = render(kb, case, assemble(kb, "x", facts, decide(kb, facts)), sheet="person")
    assert (wording.DIARY in page) == given


def test_a_modality_that_the_answers_do_not_tell_names_the_disorder_it_is_read_from(kb):
    facts = {name: value for name, value in TOLD_BRIEFLY.items() if name in kb.findings}
    case, found = Case(id="x", facts=facts), assemble(kb, "x", facts, decide(kb, facts))
    assert (found.nerves.modality, found.nerves.modality_of) == ("sensory", "trigeminal_neuralgia")
    whole, short = (
        " ".join(render(kb, case, found, sheet=sheet).split()) for sheet in ("assessment", "clinician")
    )
    assert "Not told by the answers alone. In Trigeminal neuralgia, which comes first below" in whole
    assert "nerves: sensory, as in Trigeminal neuralgia" in short


def test_the_sheet_says_which_answers_are_usual_in_a_disorder_and_whose_judgement_it_is(kb, shipped):
    text = " ".join(render(kb, *shipped("trigeminal_neuralgia"), full=True).split())
    assert "more usual in it than in most disorders of the face (the project's judgement): " in text


@pytest.mark.parametrize("sheet", ["assessment", "person"])
def test_a_danger_sign_nobody_is_sure_of_qualifies_a_low_level(kb, sheet):
    def written(**answers):
        case = Case(id="a", not_known=frozenset({"chest_pressure"} - answers.keys()), facts=answers)
        assessment = assemble(kb, case.id, case.facts, decide(kb, case.facts))
        return " ".join(render(kb, case, assessment, "text", sheet=sheet).split())

    qualified = "only if you have none of what you were not sure of: pressure or tightness in the chest."
    assert qualified in written(face_pain="present")
    assert "not sure of:" not in written(face_pain="present", chest_pressure=False)
    assert "not sure of:" not in written(face_pain="present", effort_jaw_pain=True)


WEAK_SINCE_TWO_DAYS = {
    "face_weakness": True,
    "weakness_side": "left",
    "forehead_strength": "weak",
    "weakness_onset": "one_to_three_days",
    "weakness_days": 2,
    "eye_not_closing": True,
}


def test_what_alone_keeps_a_disorder_from_fitting_well_is_named(kb):
    case = Case(id="a", facts=WEAK_SINCE_TWO_DAYS)
    found = assemble(kb, "a", case.facts, decide(kb, case.facts))
    text = " ".join(render(kb, case, found).split())
    assert found.differential[0].grade == "possible"
    assert f"{wording.HELD_BACK}: The forehead moves" in text
