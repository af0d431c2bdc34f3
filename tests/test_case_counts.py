"""The shipped case counts are those of the shipped published cases."""

from pathlib import Path

from triage.cases import read_cases
from triage.workbench.case_counts import case_counts, case_counts_text

ROOT = Path(__file__).resolve().parents[1]


def test_the_counts_are_those_of_the_published_cases(kb):
    text = case_counts_text(case_counts(kb, read_cases(kb, [ROOT / "examples" / "vignettes"])))
    same = text == (ROOT / "rules" / "case_counts.yaml").read_text("utf-8")
    assert same, "count anew: triage rules count examples/vignettes --out rules/case_counts.yaml"
