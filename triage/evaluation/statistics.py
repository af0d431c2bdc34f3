"""The few statistics of the evaluation, from scipy (extra ``evaluate``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import Any

from triage.errors import UsageError

CONFIDENCE = 0.95


def exact_interval(hits: int, total: int) -> tuple[float, float] | None:
    """The two-sided 95 % Clopper-Pearson interval of a fraction; None without cases.

    Raises ``UsageError`` if scipy is not installed.
    """
    if total == 0:
        return None
    interval = _binomial(hits, total).proportion_ci(confidence_level=CONFIDENCE, method="exact")
    return (float(interval.low), float(interval.high))


def upper_bound(hits: int, total: int) -> float | None:
    """The one-sided 95 % upper confidence bound of a fraction; None without cases."""
    if total == 0:
        return None
    return float(
        _binomial(hits, total, "less").proportion_ci(confidence_level=CONFIDENCE, method="exact").high
    )


def mcnemar(only_old: int, only_new: int) -> float:
    """The exact two-sided p of McNemar's test: cases only the old, or only the new, got right."""
    discordant = only_old + only_new
    return (
        1.0 if discordant == 0 else float(_stats().binomtest(min(only_old, only_new), discordant, 0.5).pvalue)
    )


def cohen_kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Agreement beyond chance of (expected, got); None without cases, 1 if chance already agrees fully."""
    total = len(pairs)
    if not total:
        return None
    agreed = sum(expected == got for expected, got in pairs) / total
    left, right = Counter(pair[0] for pair in pairs), Counter(pair[1] for pair in pairs)
    chance = sum(left[name] * right[name] for name in left) / total**2
    return 1.0 if chance == 1 else (agreed - chance) / (1 - chance)


def fraction(values: Iterable[bool]) -> float | None:
    """The share of true values; None without any."""
    listed = list(values)
    return sum(listed) / len(listed) if listed else None


def _binomial(hits: int, total: int, alternative: str = "two-sided") -> Any:
    return _stats().binomtest(hits, total, alternative=alternative)


def _stats() -> Any:
    try:
        from scipy import stats
    except ImportError:
        raise UsageError(
            "the statistics need scipy, which is not installed", hint="pip install 'facial-triage[evaluate]'"
        ) from None
    return stats
