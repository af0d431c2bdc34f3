"""Every figure against an example worked out by hand."""

import pytest

from tests.evaluation.support import BLANK, named, nerved, timed
from triage.evaluation import exact_interval, figures_of, upper_bound
from triage.evaluation.figures import TOP

KEYS = [
    "cases",
    "first",
    "first_three",
    "first_five",
    "nerve_modality",
    "urgency_exact",
    "urgency_safe",
    "over_triage",
    "emergencies_found",
    "abstained",
    "false_naming",
]
DISORDERS = [
    named("v1", "chain", "chain"),
    named("v2", "chain", "spokes chain"),
    named("v3", "spokes", "spokes", undecided=True),
    named("v4", "spokes", "frame saddle bell spokes"),
    named("v5", "none", ""),
    named("v6", "none", "chain"),
    named("v7", "chain", "spokes", accept="spokes"),
    named("v8", "none", "chain", undecided=True),
]
LEVELS = [
    timed("emergency", "emergency", id="u1"),
    timed("emergency", "same_day", id="u2"),
    timed("emergency", "same_day", accept="same_day", id="u3"),
    timed("routine", "routine", id="u4"),
    timed("routine", "within_two_weeks", id="u5"),
    timed("routine", "same_day", id="u6"),
    timed("within_two_weeks", "routine", id="u7"),
    timed("self_care", "routine", accept="routine", id="u8"),
]
NERVES = [
    *[nerved("sensory", "sensory")] * 4,
    nerved("sensory", "motor"),
    *[nerved("motor", "motor")] * 3,
    *[nerved("motor", "sensory")] * 2,
]


def test_the_keys_at_the_top_are_those_that_are_promised():
    figures = figures_of([*DISORDERS, *LEVELS, *NERVES])
    assert list(figures) == [*KEYS, "by_disorder", "by_urgency", "intervals", "misses", "details"]
    assert list(TOP) == KEYS[1:]
    assert figures["cases"] == 26
    assert all(0 <= figures[name] <= 1 for name in TOP)


def test_places_are_counted_over_cases_with_a_disorder():
    """Five such cases: v1, v3, v7 come first (v3 only among the undecided), v2 second, v4 fourth."""
    figures = figures_of(DISORDERS)
    assert (figures["first"], figures["first_three"], figures["first_five"]) == (3 / 5, 4 / 5, 1)
    counts = figures["details"]["counts"]
    assert (counts["first"], counts["first_fits"], counts["first_open"]) == ([3, 5], [2, 5], [1, 5])
    assert figures["abstained"] == 1 / 5
    assert figures["intervals"]["first"] == exact_interval(3, 5)


def test_a_name_is_false_only_where_none_is_right_and_something_fits():
    figures = figures_of(DISORDERS)
    assert figures["false_naming"] == 1 / 3
    assert figures["details"]["counts"]["false_naming"] == [1, 3]


def test_sensitivity_and_specificity_of_each_family():
    """chain: v1 and v7 of v1, v2, v7; of v3, v4, v5, v6, v8 only v6 is named so. spokes: neither of v3 (undecided),
    v4; of v1, v2, v5, v6, v8 only v2 is named so, and v7 is left out, since it accepts both."""
    found = figures_of(DISORDERS)["by_disorder"]
    chain, spokes = found["chain"], found["spokes"]
    assert list(found) == ["chain", "spokes"]
    assert (chain["cases"], chain["sensitivity"], chain["others"], chain["specificity"]) == (
        3,
        2 / 3,
        5,
        4 / 5,
    )
    assert (spokes["cases"], spokes["sensitivity"], spokes["others"], spokes["specificity"]) == (
        2,
        0,
        5,
        4 / 5,
    )
    assert chain["sensitivity_interval"] == exact_interval(2, 3)
    assert chain["specificity_interval"] == exact_interval(4, 5)
    assert (chain["first"], spokes["first"]) == (2, 1)


def test_the_confusion_of_families_has_the_cells_that_are_not_empty():
    assert figures_of(DISORDERS)["details"]["families"] == {
        "chain": {"chain": 2, "spokes": 1},
        "spokes": {"frame": 1, "nothing fits": 1},
        "none": {"nothing fits": 2, "chain": 1},
    }


def test_the_confusion_of_families_is_that_of_scikit_learn():
    metrics = pytest.importorskip("sklearn.metrics")
    names = ["chain", "spokes", "frame", "none", "nothing fits"]
    got = [one.named or "nothing fits" for one in DISORDERS]
    matrix = metrics.confusion_matrix([one.family for one in DISORDERS], got, labels=names)
    table = figures_of(DISORDERS)["details"]["families"]
    assert [[table.get(row, {}).get(column, 0) for column in names] for row in names] == matrix.tolist()


def test_urgency_is_counted_from_what_the_label_accepts():
    """Accepted: u1, u3, u4, u8. Below: u2, u7. Above: u5, u6, the last by two levels."""
    figures = figures_of(LEVELS)
    assert (figures["urgency_exact"], figures["urgency_safe"], figures["over_triage"]) == (
        4 / 8,
        6 / 8,
        2 / 8,
    )
    counts = figures["details"]["counts"]
    assert (counts["under_triage"], counts["over_triage_by_two"]) == ([2, 8], [1, 8])
    assert figures["details"]["under_triage_upper"] == upper_bound(2, 8)


def test_an_emergency_is_found_only_as_an_emergency():
    assert figures_of(LEVELS)["emergencies_found"] == 1 / 3


def test_each_level_tells_what_became_of_its_cases():
    found = figures_of(LEVELS)["by_urgency"]
    assert list(found) == ["self_care", "routine", "within_two_weeks", "emergency"]
    assert found["routine"] == {
        "cases": 3,
        "exact": 1,
        "above": 2,
        "below": 0,
        "below_upper": upper_bound(0, 3),
        "got": {"routine": 1, "same_day": 1, "within_two_weeks": 1},
    }
    assert (found["emergency"]["exact"], found["emergency"]["below"]) == (2, 1)


def test_nerve_modality_and_its_agreement_beyond_chance():
    figures = figures_of(NERVES)
    assert figures["nerve_modality"] == 7 / 10
    assert figures["details"]["nerve_kappa"] == pytest.approx(0.4)
    assert figures["details"]["modalities"] == {
        "motor": {"motor": 3, "sensory": 2},
        "sensory": {"motor": 1, "sensory": 4},
    }


def test_a_modality_that_the_label_also_accepts_agrees():
    accepted = nerved("motor", "mixed").__class__
    one = nerved("motor", "mixed")
    assert figures_of([one])["details"]["modalities"] == {"motor": {"mixed": 1}}
    right = accepted(**{name: getattr(one, name) for name in one.__slots__} | {"modality_right": True})
    assert figures_of([right])["details"]["modalities"] == {"motor": {"motor": 1}}


def test_misses_name_what_was_expected_and_got():
    figures = figures_of([*DISORDERS, *LEVELS])
    assert [one["id"] for one in figures["misses"]] == ["v2", "v4", "v6", "u2", "u5", "u6", "u7"]
    first = figures["misses"][0]
    assert set(first) == {"id", "expected", "got"}
    assert first["expected"] == {"disorder": "chain", "accept": ["chain"], "nerve": None, "urgency": []}
    assert first["got"] == {
        "disorders": ["spokes", "chain"],
        "place": 2,
        "from_open": False,
        "nerve": "undetermined",
        "urgency": "routine",
        "differs": ["disorder"],
    }


def test_what_no_case_tells_has_no_figure():
    figures = figures_of([BLANK])
    assert figures["cases"] == 1
    assert all(figures[name] is None for name in TOP)
    assert figures["intervals"] == figures["by_disorder"] == figures["by_urgency"] == {}
    assert figures["misses"] == []
