"""Whole sheets of the toy knowledge base, word for word; ``pytest --update-golden`` writes them anew."""

import pytest

from tests.report.conftest import CASES, FORMATS, SHEETS
from triage.explain import world_for
from triage.report import render, written
from triage.report.changes import changes_document, smallest
from triage.report.explanation import what_if_document, why_document, why_not_document
from triage.report.sheet import Sheet
from triage.report.style import STYLE


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("name", CASES)
def test_sheet(toy, assessed, golden, name, sheet, format):
    case, assessment = assessed(name)
    # Fingerprint and style sheet change with a word or a colour; the sheets do not.
    text = render(toy, case, assessment, format, sheet=sheet)
    text = text.replace(toy.content_hash[:12], "fingerprint").replace(STYLE, "the style sheet")
    golden(f"report/{name}.{sheet}.{FORMATS[format]}", text)


@pytest.mark.parametrize("name", ["chain", "dry"])
def test_everything_documented(toy, assessed, golden, name):
    case, assessment = assessed(name)
    text = render(toy, case, assessment, full=True).replace(toy.content_hash[:12], "fingerprint")
    golden(f"report/{name}.full.txt", text)


EXPLAINED = {
    "why": lambda sheet: why_document(sheet, "chain_trouble"),
    "why_danger": lambda sheet: why_document(sheet, "brakes_failing"),
    "why_not": lambda sheet: why_not_document(sheet, "loose_spokes"),
    "what_if": lambda sheet: what_if_document(sheet, {"noise_side": "left", "brakes_weak": None}),
    "changes": lambda sheet: changes_document(sheet, smallest(sheet.kb, sheet.case)),
}


@pytest.mark.parametrize("question", EXPLAINED)
def test_explanation(toy, assessed, golden, question):
    case, assessment = assessed("chain")
    sheet = Sheet(toy, case, assessment, world_for(toy, case.facts))
    golden(f"report/chain.{question}.txt", written(EXPLAINED[question](sheet), "text"))
