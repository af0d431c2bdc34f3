"""The vignette suite is complete: source, note, label and a row of the data card for every case."""

from pathlib import Path

import pytest

from tools.evaluation import COMPLETED, DOUBTFUL, as_first_encoded, without
from triage.cases import read_cases
from triage.knowledge.yaml_reader import parse_yaml
from triage.models import Case

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "examples" / "vignettes"
CARD = (FOLDER / "README.md").read_text("utf-8")
PARTS = {"disorder", "nerve", "urgency"}


@pytest.fixture(scope="module")
def suite(kb):
    found = list(read_cases(kb, [FOLDER]))
    assert all(isinstance(case, Case) for case in found)
    return {case.id: case for case in found}


def listed(path):
    return parse_yaml(path.read_text("utf-8"), path.name).data


def test_every_case_has_a_source_a_note_and_a_whole_label(suite):
    lacking = [
        case.id
        for case in suite.values()
        if not (case.source and case.note and case.expected)
        or not (case.expected.disorder and case.expected.nerve and case.expected.urgency)
    ]
    assert not lacking


def test_the_data_card_has_a_row_with_the_source_of_every_case(suite):
    rows = {line.split("[")[1].split("]")[0]: line for line in CARD.splitlines() if line.startswith("| [")}
    assert sorted(rows) == sorted(suite)
    for id, case in suite.items():
        cells = [cell.strip() for cell in rows[id].strip("|").split(" | ")]
        assert cells[0] == f"[{id}]({id[0]}/{id}.yaml)"
        assert cells[2] == case.source.ref.replace("|", "/")
        assert cells[4] in ("classic", "atypical", "misleading")


def test_the_numbers_of_the_data_card_are_those_of_the_folder(suite):
    assert f" {len(suite):,} cases of pain" in CARD
    groups = (
        "M (35: ",
        "P (32: ",
        "X (45)",
        "Y (51)",
        "Z (68)",
        "ZA (34)",
        "ZB (34)",
        "W (56)",
        "WA (26)",
        "WB (30)",
        "V (95)",
        "U (94)",
        "T (48)",
        "S (48)",
        "R (100)",
        "RB (20)",
        "Q (48)",
        "O (48)",
        "K (45)",
        "N (36)",
        "J (48)",
        "I (48)",
        "H (46)",
        "G (48)",
        "F (44)",
        "E (48)",
        "D (48)",
        "C (48)",
        "B (47)",
        "A (48)",
        "L (48)",
        "2 (46)",
    )
    for told in groups:
        letter = told.split()[0].lower()
        assert told in CARD
        assert sum(id.startswith(letter) for id in suite) == int(told.split("(")[1].split(":")[0].rstrip(")"))
    misleading = sum(line.endswith("| misleading |") for line in CARD.splitlines())
    assert f"{misleading} of the {len(suite):,} were chosen because they mislead" in " ".join(CARD.split())


def test_doubtful_labels_name_a_case_a_part_and_a_reason(suite):
    found = listed(DOUBTFUL)
    assert len({one["id"] for one in found}) == len(found) > 0
    for one in found:
        assert one["id"] in suite
        assert one["part"] and set(one["part"]) <= PARTS
        assert len(one["why"]) > 40


def test_leaving_a_part_of_a_label_out_leaves_the_rest(suite):
    case = suite["m059"]
    less = without(case, {"disorder", "nerve"}).expected
    assert (less.disorder, less.accept, less.nerve) == (None, (), None)
    assert (less.urgency, less.urgency_accept) == (case.expected.urgency, case.expected.urgency_accept)
    assert without(case, set()) == case


def test_completed_facts_are_facts_of_their_case_and_can_be_taken_back(suite, kb):
    for one in listed(COMPLETED):
        case = suite[one["id"]]
        known = {*case.facts, *case.not_known}
        assert set(one.get("added", ())) <= known, one["id"]
        first = as_first_encoded(kb, case, one)
        assert first != case.facts or set(one.get("added", ())) <= case.not_known, one["id"]
        assert not set(one.get("added", ())) & set(first)
