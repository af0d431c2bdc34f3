"""Two sides on the same cases: the test, the word, the list of changes."""

from dataclasses import replace

import pytest

from tests.evaluation.support import named, nerved, timed
from triage.evaluation import compare, mcnemar

RIGHT = [named(f"v{number}", "chain", "chain") for number in range(8)]
WRONG = [named(f"v{number}", "chain", "spokes") for number in range(8)]


def test_cases_that_only_one_side_got_right_are_counted_and_tested():
    """Old right in v0 to v5, new in v4 to v7: four only old, two only new."""
    old = [*RIGHT[:6], *WRONG[6:]]
    new = [*WRONG[:4], *RIGHT[4:]]
    first = compare(old, new)["measures"]["first"]
    assert first == {
        "cases": 8,
        "old": 6 / 8,
        "new": 4 / 8,
        "only_old": 4,
        "only_new": 2,
        "p": mcnemar(4, 2),
        "verdict": "worse",
    }
    assert first["p"] == pytest.approx(2 * (1 + 6 + 15) / 64)


@pytest.mark.parametrize(
    "old, new, verdict",
    [
        (RIGHT, WRONG, "worse"),
        (WRONG, RIGHT, "better"),
        (RIGHT, RIGHT, "same"),
        ([RIGHT[0], WRONG[1]], [WRONG[0], RIGHT[1]], "same"),
        ([named("v", "none", "chain")], [named("v", "none", "")], "better"),
        ([timed("emergency", "emergency")], [timed("emergency", "routine")], "worse"),
        ([nerved("motor", "none")], [nerved("motor", "motor")], "better"),
        (
            [RIGHT[0], timed("routine", "same_day", id="u")],
            [WRONG[0], timed("routine", "routine", id="u")],
            "mixed",
        ),
    ],
)
def test_the_word_for_the_whole(old, new, verdict):
    assert compare(old, new)["verdict"] == verdict


def test_every_case_whose_outcome_differs_is_listed_with_both_sides():
    undecided = replace(RIGHT[1], from_open=True, abstained=True)
    result = compare(RIGHT[:3], [RIGHT[0], undecided, named("v2", "chain", "chain bell")])
    assert [one["id"] for one in result["changed"]] == ["v1", "v2"]
    assert result["changed"][0]["old"]["from_open"] is False
    assert result["changed"][0]["new"]["from_open"] is True
    assert result["changed"][1]["new"]["disorders"] == ["chain", "bell"]
    measures = {name: row["verdict"] for name, row in result["measures"].items()}
    assert (measures["first"], measures["first_fits"]) == ("same", "worse"), (
        "it still comes first, but undecided"
    )


def test_what_only_one_side_read_is_left_out_and_named():
    result = compare(RIGHT[:3], RIGHT[1:5])
    assert (result["cases"], result["unmatched"]) == (2, ["v0", "v3", "v4"])


def test_a_measure_that_no_label_tells_has_no_fraction():
    row = compare(RIGHT, RIGHT)["measures"]["urgency_exact"]
    assert (row["cases"], row["old"], row["new"], row["p"], row["verdict"]) == (0, None, None, 1, "same")
