"""Whatever a file holds, reading it ends in cases and rejects, never in an exception."""

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triage.cases import Reject, read_cases
from triage.models import Case

NAMES = "id facts case_id fell_off noise_when rider_age_years expected disorder yes unknown none 3days -1 &a *a !!x"
MARKS = [":", ",", ";", "[", "]", "{", "}", '"', "'", "\n", "- ", "|", ">", "#", " ", "\t", "\x00", "\ufeff"]
WORDS = st.sampled_from([*NAMES.split(), *MARKS])
TEXTS = st.one_of(st.lists(WORDS, max_size=40).map("".join), st.text(max_size=80))
ANSWERS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8) | WORDS, inner, max_size=3)
    ),
    max_leaves=6,
)
FIELDS = st.sampled_from(
    ["id", "facts", "format", "person", "answered_by", "expected", "source", "note", "other"]
)
FACTS = st.dictionaries(
    st.sampled_from(
        ["fell_off", "noise_when", "noise_side", "rider_age_years", "owned_years", "crashed", "battery_hot"]
    ),
    ANSWERS,
)


def check(toy, content, form):
    for row in read_cases(toy, ["-"], form=form, stdin=io.BytesIO(content)):
        assert isinstance(row, Case) or (isinstance(row, Reject) and row.problems)
        if isinstance(row, Reject):
            assert all(problem.message and str(problem) for problem in row.problems)


@pytest.mark.parametrize("form", ["yaml", "json", "jsonl", "csv", None])
@settings(max_examples=60, deadline=None)
@given(
    content=st.one_of(st.binary(max_size=60), TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass")))
)
def test_any_bytes_end_in_rejects(toy, form, content):
    check(toy, content, form)


@settings(max_examples=150, deadline=None)
@given(
    data=st.dictionaries(FIELDS, ANSWERS) | st.fixed_dictionaries({"id": st.text(max_size=5), "facts": FACTS})
)
def test_any_answers_end_in_a_case_or_a_reject(toy, data):
    check(toy, json.dumps(data).encode("utf-8", "surrogatepass"), "jsonl")


@settings(max_examples=100, deadline=None)
@given(rows=st.lists(st.lists(TEXTS, max_size=4), max_size=5))
def test_any_table_ends_in_cases_and_rejects(toy, rows):
    body = "\n".join(",".join(row) for row in rows)
    check(toy, f"case_id,fell_off,noise_when,note\n{body}".encode("utf-8", "surrogatepass"), "csv")
