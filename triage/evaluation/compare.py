"""Two knowledge bases on the same cases: which is better, and which cases changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from triage.evaluation.statistics import fraction, mcnemar
from triage.evaluation.verdicts import Verdict

MEASURES: dict[str, Callable[[Verdict], bool | None]] = {
    "first": lambda one: None if one.place is None else one.place == 1,
    "first_three": lambda one: None if one.place is None else 1 <= one.place <= 3,
    "nerve_modality": lambda one: one.modality_right,
    "urgency_exact": lambda one: None if one.urgency_expected is None else one.urgency_exact,
    "urgency_safe": lambda one: None if one.urgency_expected is None else one.levels_below == 0,
    "none_of_these": lambda one: None if one.named_wrongly is None else not one.named_wrongly,
}


def compare(old: Sequence[Verdict], new: Sequence[Verdict]) -> dict[str, Any]:
    """By measure: both fractions, cases only one got right, p of McNemar's exact test, and the verdict in a word.

    ``changed`` lists every case whose outcome differs, right or wrong. Cases that only one of the two could read are
    left out and named in ``unmatched``.
    """
    after = {one.id: one for one in new}
    pairs = [(one, after[one.id]) for one in old if one.id in after]
    unmatched = sorted({one.id for one in old} ^ set(after))
    return {
        "cases": len(pairs),
        "unmatched": unmatched,
        "measures": {name: _measure(measure, pairs) for name, measure in MEASURES.items()},
        "changed": [_change(before, now) for before, now in pairs if _outcome(before) != _outcome(now)],
    }


def _measure(
    measure: Callable[[Verdict], bool | None], pairs: list[tuple[Verdict, Verdict]]
) -> dict[str, Any]:
    judged = [(measure(before), measure(now)) for before, now in pairs]
    both = [(before, now) for before, now in judged if before is not None and now is not None]
    only_old = sum(bool(before) and not now for before, now in both)
    only_new = sum(bool(now) and not before for before, now in both)
    word = "same" if only_old == only_new else "better" if only_new > only_old else "worse"
    return {
        "old": fraction(bool(before) for before, _ in both),
        "new": fraction(bool(now) for _, now in both),
        "only_old": only_old,
        "only_new": only_new,
        "p": mcnemar(only_old, only_new),
        "verdict": word,
    }


def _outcome(one: Verdict) -> tuple[Any, ...]:
    return (one.got, one.from_open, one.modality_got, one.urgency_got)


def _change(before: Verdict, now: Verdict) -> dict[str, Any]:
    def side(one: Verdict) -> dict[str, Any]:
        return {
            "disorders": list(one.got),
            "place": one.place,
            "nerve": one.modality_got.value,
            "urgency": one.urgency_got.value,
        }

    return {"id": before.id, "expected": before.expected, "old": side(before), "new": side(now)}
