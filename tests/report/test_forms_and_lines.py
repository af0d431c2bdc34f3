"""What the sheets say of the form that fits, and of treatments that no source puts first or that none offers."""

import duckdb
import pytest

from tests.support import tiny_kb
from triage import assess_table
from triage.assessment import assemble, decide
from triage.models import Case
from triage.report import render, wording

FACTS = {"ache": True, "lingers": True}
CITE = {"source": {"ref": "handbook", "at": "page 1"}}
PAIN = {"complaints": [{"id": "pain", "label": "pain of it", "finding": "ache", "present": "ache"}]}
GRADES = {"grades": {"possible": "a"}}


def kb_with(folder, treatments):
    """A toothache and its form, each with whom to see."""
    said = {"explains": ["pain"], **GRADES}
    tooth = {"name": "Toothache", "criteria": {"a": "ache"}, "referral": {"text": "See a dentist.", **CITE}}
    pulp = {
        "name": "Pulpitis",
        "criteria": {"a": "lingers"},
        "parent": "tooth",
        "referral": {"text": "Today.", **CITE},
    }
    return tiny_kb(
        folder,
        dict.fromkeys(("ache", "lingers", "fever", "chills", "rash"), "yes_no"),
        disorders={"tooth": tooth | said, "pulp": pulp | said},
        treatments=treatments,
        interview=PAIN,
    )


def sheet_of(kb, name, facts):
    assessment = assemble(kb, "x", facts, decide(kb, facts))
    return " ".join(render(kb, Case(id="x", facts=facts), assessment, sheet=name).split())


def test_a_form_that_fits_says_first_whom_to_see(tmp_path):
    kb = kb_with(tmp_path, {})
    for name in ("assessment", "clinician"):
        text = sheet_of(kb, name, FACTS)
        assert -1 < text.index("see: Today.") < text.index("see: See a dentist.")
    assert f"{wording.USUALLY}: Today." in sheet_of(kb, "person", FACTS)
    assert "what fits: Toothache, as Pulpitis" in sheet_of(kb, "clinician", FACTS)


def test_a_form_that_does_not_fit_says_nothing(tmp_path):
    kb = kb_with(tmp_path, {})
    text = sheet_of(kb, "clinician", {"ache": True, "lingers": False})
    assert "see: See a dentist." in text
    assert "Today." not in text and "as Pulpitis" not in text


@pytest.mark.parametrize(
    ("line", "named"), [("first", wording.NAMED_FIRST), ("adjunct", wording.NAMED_AT_ALL)]
)
def test_the_persons_page_calls_first_only_what_a_source_puts_first(tmp_path, line, named):
    kb = kb_with(tmp_path, {"drill": {"paths": {"tooth": {"line": line}}}})
    text = sheet_of(kb, "person", FACTS)
    assert named.format(treatments="drill") in text
    assert ("name first" in text) == (line == "first")


def test_what_is_not_to_be_offered_is_asked_about_and_never_listed_as_a_choice(tmp_path):
    treatments = {"drill": {"paths": {"tooth": {}}}, "pulling": {"paths": {"tooth": {"line": "avoid"}}}}
    kb = kb_with(tmp_path, treatments)
    assert wording.ASK_AVOID.format(treatments="pulling") in sheet_of(kb, "person", FACTS)
    table = duckdb.sql("SELECT 'x' AS case_id, true AS ache, true AS lingers")
    assert assess_table(kb, table).select("treatments").fetchall() == [(["drill"],)]


def test_a_form_with_a_part_of_its_own_in_the_letter_is_not_listed_as_well(tmp_path):
    letter, whole = (sheet_of(kb_with(tmp_path, {}), name, FACTS) for name in ("clinician", "assessment"))
    assert wording.BENEATH in whole and "Pulpitis (pulp): fits in part" in whole
    assert wording.BENEATH not in letter and "Pulpitis (pulp) ------" in letter


def test_what_could_speak_against_a_treatment_is_told_once(tmp_path):
    always = {
        "grave": {"severity": "contraindicated", "when": "fever"},
        "mild": {"severity": "caution", "when": "fever or chills"},
    }
    own = {"own": {"severity": "caution", "when": "rash"}}
    treatments = {
        "drill": {"caveats": always, "paths": {"tooth": {}, "pulp": {"caveats": own}}},
        "pulling": {"caveats": always, "paths": {"tooth": {"line": "avoid"}}},
    }
    text = sheet_of(kb_with(tmp_path, treatments), "clinician", FACTS)
    drill, _, pulling = text.partition("For Toothache")[2].partition("- pulling")
    first, _, again = (drill + pulling).partition("For Pulpitis")
    assert "possible reasons against, not known: fever" in first
    assert "possible cautions, not known: chills" in first and first.count("fever") == 1
    assert f"possible cautions, not known: rash - {wording.CAVEATS_ABOVE}" in again and "fever" not in again


def test_what_is_not_to_be_offered_in_a_situation_nobody_told_says_so(tmp_path):
    pills = {"line": "avoid", "context": {"text": "without fever", "when": "not fever"}}
    kb = kb_with(tmp_path, {"pills": {"paths": {"tooth": pills}}})
    assert f"without fever: {wording.NOT_OFFERED}pills" in sheet_of(kb, "clinician", FACTS)
