"""The shipped examples come out as the project promises, with the paths of the original article among them."""

import json
from pathlib import Path

from triage.assessment import assemble, decide
from triage.cases import Reject, read_cases
from triage.evaluation import verdicts
from triage.models import Case, Level, NerveModality
from triage.report import render

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"
TEXTBOOK = sorted((ROOT / "tests" / "cases" / "textbook").glob("*.yaml"))


def case_of(kb, path) -> Case:
    (case,) = read_cases(kb, [str(path)])
    assert not isinstance(case, Reject), [str(problem) for problem in case.problems]
    return case


def assessed(kb, name):
    case = case_of(kb, EXAMPLES / f"{name}.yaml")
    return case, assemble(kb, case.id, case.facts, decide(kb, case.facts))


def paths_of(assessment, disorder):
    return {path.treatment for path in assessment.treatments if path.disorder == disorder}


def test_trigeminal_neuralgia(kb):
    case, assessment = assessed(kb, "trigeminal_neuralgia")
    assert assessment.nerves.modality is NerveModality.SENSORY
    involved = {(one.nerve, one.branch, one.side) for one in assessment.nerves.involved}
    assert {("trigeminal", "v2", "right"), ("trigeminal", "v3", "right")} <= involved
    assert assessment.leading == ("trigeminal_neuralgia",)
    paths = paths_of(assessment, "trigeminal_neuralgia")
    for word in (
        "carbamazepine",
        "methylcobalamin",
        "radiosurgery",
        "block",
        "balloon",
        "microvascular_decompression",
    ):
        found = [name for name in paths if word in name]
        assert found, f"no path named like {word} among {sorted(paths)}"
        for name in found:
            treatment = kb.treatments[name]
            own = [path for path in treatment.paths if path.disorder == "trigeminal_neuralgia"]
            caveats = [*treatment.caveats, *(one for path in own for one in path.caveats)]
            caveats += [one for used in treatment.caveat_sets for one in kb.caveat_sets[used].caveats]
            assert caveats, f"{name} has no caveat"
            assert all(statement.source for path in own for statement in path.says)
    text = render(kb, case, assessment)
    for words in ("Carbamazepine", "Methylcobalamin", "Microvascular decompression", "Sources".upper()):
        assert words in text


def test_hemifacial_spasm(kb):
    case, assessment = assessed(kb, "hemifacial_spasm")
    assert assessment.nerves.modality is NerveModality.MOTOR
    assert {one.nerve for one in assessment.nerves.involved} == {"facial"}
    assert assessment.leading == ("hemifacial_spasm",)
    shown = {path.treatment for path in assessment.treatments}
    for word in ("carbamazepine", "botulinum", "microvascular_decompression"):
        assert any(word in name for name in shown), word
    for treatment in kb.treatments.values():
        disorders = {path.disorder for path in treatment.paths}
        if disorders <= {"trigeminal_neuralgia", *kb.members["trigeminal_neuralgia"]}:
            assert treatment.id not in shown, f"{treatment.id} is only for trigeminal neuralgia"
    text = render(kb, case, assessment, full=True)
    assert "3 to 6 months" in text
    assert "repeated" in text


def test_painful_tic_convulsif_has_its_parts_beneath_it(kb):
    _, assessment = assessed(kb, "painful_tic_convulsif")
    assert assessment.nerves.modality is NerveModality.MIXED
    assert assessment.leading[0] == "painful_tic_convulsif"
    parents = {entry.disorder: entry.parent for entry in assessment.differential}
    assert parents["trigeminal_neuralgia"] == parents["hemifacial_spasm"] == "painful_tic_convulsif"


def test_nothing_known_names_no_disorder_and_says_what_to_ask(kb):
    case, assessment = assessed(kb, "nothing_known")
    assert not assessment.differential and not assessment.leading
    text = render(kb, case, assessment)
    assert "What to ask first" in text
    assert not [one.name for one in kb.disorders.values() if one.name in text]


def test_wrist_pain_names_no_disorder_and_says_what_is_covered(kb):
    case, assessment = assessed(kb, "wrist_pain")
    assert not assessment.differential and not assessment.leading
    text = " ".join(render(kb, case, assessment).split())
    assert kb.interview.covers in text
    assert not [one.name for one in kb.disorders.values() if one.name in text]


def test_sudden_weakness_with_all_else_unknown_is_an_emergency(kb):
    assessment = assemble(kb, "", {"sudden_face_droop": True}, decide(kb, {"sudden_face_droop": True}))
    assert assessment.urgency.now is Level.EMERGENCY


def test_every_disorder_has_a_textbook_case(kb):
    assert {path.stem for path in TEXTBOOK} == set(kb.disorders)


def without(case, names):
    return {name: value for name, value in case.facts.items() if name not in names}


def test_hemifacial_spasm_leads_with_sleep_ear_click_and_tests_unknown(kb):
    case = case_of(kb, EXAMPLES / "hemifacial_spasm.yaml")
    tests = {name for name, finding in kb.findings.items() if finding.asked_of != "patient"}
    facts = without(case, {"movement_in_sleep", "ear_click_with_movement", *tests})
    assert assemble(kb, "", facts, decide(kb, facts)).leading[0] == "hemifacial_spasm"


def test_trigeminal_neuralgia_ranks_first_with_the_trigger_unknown(kb):
    case = case_of(kb, EXAMPLES / "trigeminal_neuralgia.yaml")
    facts = without(case, {"pain_triggers"})
    assert assemble(kb, "", facts, decide(kb, facts)).differential[0].disorder == "trigeminal_neuralgia"


def test_the_published_schema_accepts_an_assessment(kb):
    import jsonschema

    schema = json.loads((ROOT / "docs" / "schema" / "assessment.schema.json").read_text("utf-8"))
    _, assessment = assessed(kb, "trigeminal_neuralgia")
    jsonschema.validate(assessment.model_dump(mode="json"), schema)


def test_all_examples_can_be_read_in_one_run(kb):
    """So no id stands twice."""
    assert [case.reasons for case in read_cases(kb, EXAMPLES) if isinstance(case, Reject)] == []


def test_pictures_that_are_none_of_these_are_hardly_ever_named(kb):
    cases = [case_of(kb, path) for path in sorted((EXAMPLES / "none_of_these").glob("*.yaml"))]
    assert len(cases) >= 15
    assert all(case.expected.disorder == "none" for case in cases)
    named = [case.id for case in cases if assemble(kb, case.id, case.facts, decide(kb, case.facts)).leading]
    assert len(named) * 15 <= 2 * len(cases), named


def test_made_up_reports_come_out_as_their_authors_meant(kb):
    """Every fourth of them, with room for a few; ``docs/evaluation.md`` tells all and how they came out at first sight."""
    cases = list(read_cases(kb, EXAMPLES / "made_up_reports.jsonl"))
    assert len(cases) == 549
    assert [case.reasons for case in cases if isinstance(case, Reject)] == []
    found = verdicts(kb, cases[::4])
    assert sum(one.place == 1 for one in found) >= 0.95 * len(found)
    assert sum(one.levels_below > 0 for one in found) <= 0.03 * len(found)


def test_danger_is_seen_in_published_cases_of_disorders_that_the_program_does_not_know(kb):
    cases = [case_of(kb, path) for path in sorted((EXAMPLES / "other_disorders").glob("*.yaml"))]
    assert len(cases) == 21
    assert all(case.expected.disorder == "none" and case.source and case.note for case in cases)
    below = []
    for case in cases:
        accepted = [case.expected.urgency, *case.expected.urgency_accept]
        now = assemble(kb, case.id, case.facts, decide(kb, case.facts)).urgency.now
        if now.rank < min(level.rank for level in accepted):
            below.append(case.id)
    assert not below
