"""Every claim of the article that the project starts from is in the knowledge base, and in the output where it matters."""

from collections import defaultdict
from pathlib import Path

import pytest
from pydantic import BaseModel

from triage.assessment import assemble, decide
from triage.cases import read_cases
from triage.models import Cite
from triage.report import render

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
CLAIMS = [f"S{number}" for number in range(1, 17)]
# Where each claim has to be seen: the example whose sheet shows it.
SHOWN_IN = {
    **dict.fromkeys(
        ["S3", "S4", "S5", "S6", "S11", "S12", "S13", "S14", "S15", "S16"], "trigeminal_neuralgia"
    ),
    **dict.fromkeys(["S9", "S10"], "hemifacial_spasm"),
}
# Claims about what the disorders are stand on their reference pages and decide the nerve.
ON_PAGES = {"S1", "S2", "S7", "S8"}


def cited(model, found, owner):
    """All places of `model` that cite the article, by claim: the owner and the text beside the citation."""
    for field in type(model).model_fields:
        value = getattr(model, field)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Cite) and item.ref == "seed_article":
                for claim in item.at.replace(",", " ").split():
                    text = getattr(model, "text", None) or getattr(model, "label", "")
                    found[claim.rstrip("abcdef")].append((owner, text))
            elif isinstance(item, BaseModel):
                cited(item, found, owner)


@pytest.fixture(scope="module")
def claims(kb):
    found = defaultdict(list)
    for group in (kb.patterns, kb.disorders, kb.treatments, kb.caveat_sets):
        for name, model in group.items():
            cited(model, found, name)
    return found


@pytest.mark.parametrize("claim", CLAIMS)
def test_every_claim_is_cited_by_its_number(claims, claim):
    assert claims[claim], f"{claim} is cited nowhere"


@pytest.fixture(scope="module")
def sheets(kb):
    texts = {}
    for name in set(SHOWN_IN.values()):
        (case,) = read_cases(kb, [str(EXAMPLES / f"{name}.yaml")])
        assessment = assemble(kb, case.id, case.facts, decide(kb, case.facts))
        texts[name] = " ".join(render(kb, case, assessment, full=True).split())
    return texts


@pytest.mark.parametrize("claim", sorted(SHOWN_IN))
def test_every_claim_is_read_in_the_sheet_of_a_case_where_it_matters(claims, sheets, claim):
    texts = [" ".join(text.split()) for _, text in claims[claim]]
    assert [text for text in texts if text in sheets[SHOWN_IN[claim]]], (
        f"{claim} is not on the sheet: {texts}"
    )


@pytest.mark.parametrize("claim", sorted(ON_PAGES))
def test_claims_about_the_disorders_stand_with_them(claims, claim):
    assert {owner for owner, _ in claims[claim]} & {
        "trigeminal_neuralgia",
        "hemifacial_spasm",
        "nerve_v_shocks",
        "nerve_vii_overactive",
    }


def test_no_place_cites_a_claim_that_does_not_exist(claims):
    assert set(claims) <= set(CLAIMS)
