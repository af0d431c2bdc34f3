"""The figures of groups of published cases at first sight, taken together."""

from tools.evaluation import GROUPS
from tools.figures import MAIN
from tools.first_sight import counts_of, groups, share


def test_groups_are_pooled_case_by_case():
    one = {**dict.fromkeys(MAIN, 3), "cases": 4, "emergencies_found": [1, 2]}
    other = {**dict.fromkeys(MAIN, 1), "cases": 6, "emergencies_found": [0, 3]}
    counts = counts_of([one, other])
    assert counts.pop("emergencies_found") == (1, 5)
    assert set(counts.values()) == {(4, 10)}


def test_a_share_is_told_with_its_exact_interval():
    assert share(3, 4) == "75.0 % (3/4)"
    assert share(3, 4, interval=True) == "75.0 % (3/4; 19.4 to 99.4 %)"


def test_every_group_that_is_shipped_was_measured_at_first_sight():
    assert [one["group"] for one in groups()] == list(dict.fromkeys(GROUPS.values()))


def test_no_group_has_more_hits_than_cases():
    assert all(hits <= total for one in groups() for hits, total in counts_of([one]).values())
