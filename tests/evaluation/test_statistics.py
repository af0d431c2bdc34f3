"""Each statistic against a calculation by hand, and against a library that has it."""

from math import comb

import pytest

from triage.evaluation.statistics import cohen_kappa, exact_interval, fraction, mcnemar, upper_bound

COUNTS = [(0, 1), (1, 1), (0, 20), (20, 20), (1, 20), (7, 20), (19, 20), (96, 112), (29, 32)]
AGREEMENT = [
    *[("sensory", "sensory")] * 4,
    ("sensory", "motor"),
    *[("motor", "motor")] * 3,
    *[("motor", "sensory")] * 2,
]
THREE_WAYS = (
    [("a", "a")] * 5 + [("a", "b")] * 2 + [("b", "b")] * 4 + [("b", "c")] + [("c", "c")] * 3 + [("c", "a")]
)


@pytest.mark.parametrize("hits, total", COUNTS)
def test_the_exact_interval_is_that_of_clopper_and_pearson(hits, total):
    beta = pytest.importorskip("scipy.stats").beta
    low, high = exact_interval(hits, total)
    assert low == pytest.approx(beta.ppf(0.025, hits, total - hits + 1) if hits else 0)
    assert high == pytest.approx(beta.ppf(0.975, hits + 1, total - hits) if hits < total else 1)


@pytest.mark.parametrize("hits, total", [(1, 20), (7, 20), (19, 20)])
def test_at_the_ends_of_the_exact_interval_the_tails_are_two_and_a_half_percent(hits, total):
    def tail(share, counts):
        return sum(comb(total, k) * share**k * (1 - share) ** (total - k) for k in counts)

    low, high = exact_interval(hits, total)
    assert tail(low, range(hits, total + 1)) == pytest.approx(0.025)
    assert tail(high, range(hits + 1)) == pytest.approx(0.025)


def test_with_no_case_missed_the_upper_bound_is_the_rule_of_three_made_exact():
    assert upper_bound(0, 20) == pytest.approx(1 - 0.05 ** (1 / 20))
    assert upper_bound(0, 20) == pytest.approx(0.139, abs=0.0005)
    assert upper_bound(20, 20) == 1


@pytest.mark.parametrize("hits, total", [(1, 20), (4, 112), (7, 20)])
def test_the_upper_bound_leaves_five_percent_below(hits, total):
    bound = upper_bound(hits, total)
    below = sum(comb(total, k) * bound**k * (1 - bound) ** (total - k) for k in range(hits + 1))
    assert below == pytest.approx(0.05)
    assert hits / total < bound < exact_interval(hits, total)[1]


@pytest.mark.parametrize(
    "only_old, only_new, p",
    [(0, 0, 1), (1, 0, 1), (5, 0, 0.0625), (0, 6, 0.03125), (1, 9, 0.021484375), (4, 4, 1), (2, 8, 0.109375)],
)
def test_mcnemar_is_twice_the_smaller_tail_of_fair_coins(only_old, only_new, p):
    discordant = only_old + only_new
    tail = sum(comb(discordant, k) for k in range(min(only_old, only_new) + 1)) / 2**discordant
    assert min(1, 2 * tail) == p, "the table is worked out by hand"
    assert mcnemar(only_old, only_new) == pytest.approx(p)


def test_kappa_by_hand():
    """7 of 10 agree; by chance 5/10 * 6/10 + 5/10 * 4/10 = 0.5 would; (0.7 - 0.5) / (1 - 0.5) = 0.4."""
    assert cohen_kappa(AGREEMENT) == pytest.approx(0.4)


@pytest.mark.parametrize("pairs", [AGREEMENT, THREE_WAYS], ids=["two kinds", "three kinds"])
def test_kappa_is_that_of_scikit_learn(pairs):
    metrics = pytest.importorskip("sklearn.metrics")
    assert cohen_kappa(pairs) == pytest.approx(metrics.cohen_kappa_score(*zip(*pairs, strict=True)))


def test_kappa_of_three_kinds_by_hand():
    """16 cases, 12 agree. Expected 7, 5, 4; got 6, 6, 4: chance (42 + 30 + 16) / 256 = 0.34375."""
    assert cohen_kappa(THREE_WAYS) == pytest.approx((0.75 - 0.34375) / (1 - 0.34375))


def test_without_cases_there_is_no_figure():
    assert fraction([]) is exact_interval(0, 0) is upper_bound(0, 0) is cohen_kappa([]) is None


def test_agreement_that_chance_explains_fully_counts_as_full():
    assert cohen_kappa([("none", "none")] * 3) == 1


def test_agreement_no_better_than_chance_is_zero_and_worse_is_negative():
    assert cohen_kappa([("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")]) == 0
    assert cohen_kappa([("a", "b"), ("b", "a")]) == -1
