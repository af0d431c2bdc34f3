"""Two knowledge bases or engines on the same cases: which is better, and which cases changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from triage.evaluation.statistics import fraction, mcnemar
from triage.evaluation.verdicts import Verdict

Measure = Callable[[Verdict], bool | None]
MEASURES: Mapping[str, Measure] = {
    "first": lambda one: None if one.place is None else one.place == 1,
    "first_fits": lambda one: None if one.place is None else one.place == 1 and not one.from_open,
    "first_three": lambda one: None if one.place is None else 1 <= one.place <= 3,
    "first_five": lambda one: None if one.place is None else 1 <= one.place <= 5,
    "nerve_modality": lambda one: one.modality_right,
    "urgency_exact": lambda one: None if one.urgency_expected is None else one.urgency_exact,
    "urgency_safe": lambda one: None if one.urgency_expected is None else one.levels_below == 0,
    "none_of_these": lambda one: None if one.named_wrongly is None else not one.named_wrongly,
}


def compare(old: Sequence[Verdict], new: Sequence[Verdict]) -> dict[str, Any]:
    """By measure: both fractions, cases only one got right, p of McNemar's exact test, and the verdict in a word.

    ``verdict`` sums up: ``better`` or ``worse`` if every measure that moved moved that way, ``mixed`` or ``same``
    otherwise. ``changed`` lists every case whose outcome differs, right or wrong. Cases that only one of the two
    could read are left out and named in ``unmatched``.
    """
    after = {one.id: one for one in new}
    pairs = [(one, after[one.id]) for one in old if one.id in after]
    measures = {name: _measure(measure, pairs) for name, measure in MEASURES.items()}
    moved = {row["verdict"] for row in measures.values()} - {"same"}
    return {
        "cases": len(pairs),
        "unmatched": sorted({one.id for one in old} ^ set(after)),
        "verdict": "mixed" if len(moved) > 1 else next(iter(moved), "same"),
        "measures": measures,
        "changed": [_change(before, now) for before, now in pairs if _outcome(before) != _outcome(now)],
    }


def _measure(measure: Measure, pairs: list[tuple[Verdict, Verdict]]) -> dict[str, Any]:
    judged = [(measure(before), measure(now)) for before, now in pairs]
    both = [(before, now) for before, now in judged if before is not None and now is not None]
    only_old = sum(before and not now for before, now in both)
    only_new = sum(now and not before for before, now in both)
    return {
        "cases": len(both),
        "old": fraction(before for before, _ in both),
        "new": fraction(now for _, now in both),
        "only_old": only_old,
        "only_new": only_new,
        "p": mcnemar(only_old, only_new),
        "verdict": "same" if only_old == only_new else "better" if only_new > only_old else "worse",
    }


def _outcome(one: Verdict) -> dict[str, Any]:
    return {
        "disorders": list(one.got),
        "place": one.place,
        "from_open": one.from_open,
        "nerve": one.modality_got.value,
        "urgency": one.urgency_got.value,
    }


def _change(before: Verdict, now: Verdict) -> dict[str, Any]:
    return {"id": before.id, "expected": before.expected, "old": _outcome(before), "new": _outcome(now)}
