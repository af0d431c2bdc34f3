"""Verdicts to figures: fractions at the top, details by disorder and level, intervals, misses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from triage.evaluation.statistics import cohen_kappa, exact_interval, fraction, upper_bound
from triage.evaluation.verdicts import Verdict
from triage.models import KnowledgeBase, Level

Figures = dict[str, Any]
Counted = list[bool]


def figures_of(kb: KnowledgeBase, verdicts: Sequence[Verdict]) -> Figures:
    """All figures of an evaluation, ready for JSON.

    Top: ``cases`` (a count) and fractions, None where no case tells; then ``by_disorder``, ``by_urgency``,
    ``modalities``, ``intervals`` (95 %, exact) and ``misses``.
    """
    named = [one for one in verdicts if one.place is not None]
    timed = [one for one in verdicts if one.urgency_expected is not None]
    nerved = [one for one in verdicts if one.modality_right is not None]
    top: dict[str, Counted] = {
        "first": [one.place == 1 for one in named],
        "first_three": [1 <= (one.place or 0) <= 3 for one in named],
        "first_five": [1 <= (one.place or 0) <= 5 for one in named],
        "nerve_modality": [bool(one.modality_right) for one in nerved],
        "urgency_exact": [one.urgency_exact for one in timed],
        "urgency_safe": [one.levels_below == 0 for one in timed],
        "over_triage": [one.levels_above > 0 for one in timed],
        "over_triage_by_two": [one.levels_above > 1 for one in timed],
        "emergencies_found": [
            one.urgency_got is Level.EMERGENCY for one in timed if one.urgency_expected is Level.EMERGENCY
        ],
        "abstained": [one.abstained for one in named],
        "first_from_open": [one.place == 1 and one.from_open for one in named],
        "false_naming": [one.named_wrongly for one in verdicts if one.named_wrongly is not None],
    }
    figures: Figures = {"cases": len(verdicts)}
    figures |= {name: fraction(values) for name, values in top.items()}
    pairs = [(one.modality_expected, one.modality_got) for one in nerved]
    figures["nerve_kappa"] = cohen_kappa(pairs)
    below = [one.levels_below > 0 for one in timed]
    figures["under_triage_upper"] = upper_bound(sum(below), len(below))
    figures["counts"] = {name: [sum(values), len(values)] for name, values in top.items()}
    figures["intervals"] = {
        name: exact_interval(sum(values), len(values)) for name, values in top.items() if values
    }
    figures["by_disorder"] = _by_family(kb, named)
    figures["by_urgency"] = _by_level(timed)
    figures["modalities"] = _table((str(a), str(b)) for a, b in pairs)
    figures["misses"] = [_miss(one) for one in verdicts if _missed(one)]
    return figures


def _by_family(kb: KnowledgeBase, named: list[Verdict]) -> Figures:
    """Sensitivity and specificity of each family at first place."""
    families = {
        kb.family(kb.aliases[one.expected]) for one in named if one.expected and one.expected in kb.aliases
    }
    found: Figures = {}
    for family in sorted(families):
        own = [
            one
            for one in named
            if one.expected in kb.aliases and kb.family(kb.aliases[str(one.expected)]) == family
        ]
        rest = [one for one in named if family not in {kb.family(name) for name in one.accepted}]
        hits = sum(one.place == 1 for one in own)
        spared = sum(not one.got or one.from_open or kb.family(one.got[0]) != family for one in rest)
        found[family] = {
            "cases": len(own),
            "sensitivity": hits / len(own),
            "sensitivity_interval": exact_interval(hits, len(own)),
            "specificity": spared / len(rest) if rest else None,
            "specificity_interval": exact_interval(spared, len(rest)),
        }
    return found


def _by_level(timed: list[Verdict]) -> Figures:
    found: Figures = {}
    for level in Level:
        own = [one for one in timed if one.urgency_expected is level]
        if own:
            found[level.value] = {
                "cases": len(own),
                "exact": sum(one.urgency_exact for one in own),
                "above": sum(one.levels_above > 0 for one in own),
                "below": sum(one.levels_below > 0 for one in own),
                "got": dict(sorted(Counter(one.urgency_got.value for one in own).items())),
            }
    return found


def _table(pairs: Iterable[tuple[str, str]]) -> dict[str, dict[str, int]]:
    counted: dict[str, dict[str, int]] = {}
    for (expected, got), number in sorted(Counter(pairs).items()):
        counted.setdefault(expected, {})[got] = number
    return counted


def _missed(one: Verdict) -> bool:
    wrong_disorder = one.place not in (None, 1) or one.named_wrongly is True
    wrong_urgency = one.urgency_expected is not None and not one.urgency_exact
    return wrong_disorder or wrong_urgency or one.modality_right is False


def _miss(one: Verdict) -> Figures:
    return {
        "id": one.id,
        "expected": {
            "disorder": one.expected,
            "accept": sorted(one.accepted),
            "nerve": one.modality_expected.value if one.modality_expected else None,
            "urgency": [level.value for level in one.urgency_accepted],
        },
        "got": {
            "disorders": list(one.got),
            "place": one.place,
            "from_open": one.from_open,
            "nerve": one.modality_got.value,
            "urgency": one.urgency_got.value,
        },
    }
