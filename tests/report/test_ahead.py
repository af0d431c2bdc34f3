"""An undecided disorder that stands first: each sheet says that it is not decided, why it comes first, what settles it."""

import pytest

from tests.support import tiny_kb
from triage.assessment import assemble, decide, world_of
from triage.interview.memory import Memory
from triage.interview.overview import so_far
from triage.models import Case
from triage.report import render
from triage.report.explanation import why_document
from triage.report.sheet import Sheet
from triage.report.text import to_text
from triage.report.treatment_reasons import why_not_treatment
from triage.screen.panel import brief_text, panel_text

FACTS = {"ache": True, "spasm": True}
COMPLAINTS = {
    "complaints": [
        {"id": "pain", "label": "pain of it", "finding": "ache", "present": "ache"},
        {"id": "movement", "label": "twitching", "finding": "spasm", "present": "spasm"},
    ]
}


def kb_with(folder, **first):
    """Little is told for what fits, much for Cluster or a form of it, whose one decisive answer nobody gave."""
    met = {f"m{number}": "ache" for number in range(9)}
    grades = {"grades": {"possible": "a"}}

    def disorder(name, criteria, **fields):
        said = {"name": name.title(), "lay_name": f"plain {name}", "explains": ["pain"]}
        return {**said, "criteria": criteria, **grades, **fields}

    cite = {"source": {"ref": "handbook", "at": "page 1"}}
    disorders = {
        "cluster": disorder(
            "cluster", {"a": "eye", **met}, referral={"text": "See somebody for cluster.", **cite}, **first
        ),
        "tooth": disorder("tooth", {"a": "ache"}, referral={"text": "See a dentist.", **cite}),
        "gum": disorder("gum", {"a": "ache", "b": "eye"}),
        "twitch": disorder("twitch", {"a": "spasm"}, explains=["movement"], frequency="rare"),
    }
    if first:
        disorders["cluster"]["criteria"] = {"a": "eye"}
        disorders["form"] = disorder("form", {"a": "eye", **met}, parent="cluster")
    findings = {name: {"type": "yes_no", "label": f"the {name}"} for name in ("ache", "eye", "spasm")}
    treatments = {"gas": {"paths": {"cluster": {}}}, "drill": {"paths": {"tooth": {}}}}
    return tiny_kb(folder, findings, disorders=disorders, treatments=treatments, interview=COMPLAINTS)


def sheet_of(kb, name):
    assessment = assemble(kb, "x", FACTS, decide(kb, FACTS))
    return " ".join(render(kb, Case(id="x", facts=FACTS), assessment, sheet=name).split())


@pytest.fixture
def kb(tmp_path):
    return kb_with(tmp_path)


def test_the_first_line_is_titled_not_decided_and_says_why_it_leads(kb):
    text = sheet_of(kb, "assessment")
    assert "1. Cluster (plain cluster) - leading, not decided yet" in text
    assert (
        "Cluster leads, but it is not decided yet: more of what was told points to it than to Tooth, which "
        "fits in part." in text
    )
    assert "What would settle it: the eye." in text
    assert "2. Tooth (plain tooth) - leading " in text
    assert "Twitch leads as well: it explains what nothing that fits better does (twitching)." in text
    assert "Cluster leads as well" not in text and "Tooth leads as well" not in text


def test_the_letter_says_it_in_short(kb):
    text = sheet_of(kb, "clinician")
    assert "what fits: Cluster (leads, not decided yet); Tooth (fits in part)" in text
    assert "documented first, for what fits: drill" in text


def test_the_page_for_the_person_tells_it_apart_from_what_fits(kb):
    text = sheet_of(kb, "person")
    parts = [
        "More of what you told points to this than to anything else, but it is not decided yet:",
        "Plain cluster (Cluster)",
        "what points to it:",
        "Your answers fit these, the best first.",
        "Plain tooth (Tooth)",
        "it fits because of:",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    assert "See somebody for cluster." in text and "See a dentist." not in text
    assert "If it turns out to be plain tooth, which documented treatment suits me?" in text


def test_a_form_that_the_first_line_stands_there_for_is_named_and_shown(tmp_path):
    kb = kb_with(tmp_path, evidence={"e": "ache"})
    text = sheet_of(kb, "assessment")
    assert "more of what was told points to its form Form than to Tooth" in text
    assert "Form (plain form) -" in text and "Not enough known; not confirmed" in text
    assert text.count("What would settle it: the eye.") == 2, "of the head and of the form"


def test_an_explanation_says_that_it_leads_undecided(kb):
    case = Case(id="x", facts=FACTS)
    sheet = Sheet(
        kb, case, assemble(kb, "x", FACTS, decide(kb, FACTS)), world_of(kb, FACTS, decide(kb, FACTS))
    )
    assert "Cluster leads, but it is not decided yet" in " ".join(
        to_text(why_document(sheet, "cluster")).split()
    )
    (_, items) = why_not_treatment(sheet, kb.treatments["gas"]).blocks
    assert [item.text for item in items.items] == ["Cluster, which leads but is not decided yet"]


def test_the_panel_beside_the_questions_names_it_apart_from_what_fits(kb):
    state = so_far(Memory(kb), FACTS)
    assert (state.ahead, state.fitting, state.open) == ("Cluster", ("Tooth", "Twitch", "Gum"), ())
    text = panel_text(kb, state).plain
    assert "MOST POINTS TO, NOT DECIDED YET\n- Cluster\n\nWHAT FITS SO FAR\n- Tooth\n" in text
    assert (
        "MOST POINTS TO, NOT DECIDED YET Cluster  WHAT FITS SO FAR Tooth, Twitch"
        in brief_text(kb, state).plain
    )
