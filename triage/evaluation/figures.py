"""Verdicts to figures: fractions at the top, details by disorder and level, intervals, misses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from triage.evaluation.statistics import cohen_kappa, exact_interval, fraction, upper_bound
from triage.evaluation.verdicts import Verdict
from triage.models import NONE_OF_THESE, Level

Figures = dict[str, Any]
Counted = list[bool]
TOP = (
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
)
"""the fractions at the top, in their order"""
NOTHING_FITS = "nothing fits"


def figures_of(verdicts: Sequence[Verdict]) -> Figures:
    """All figures of an evaluation, ready for JSON.

    Top: ``cases`` (a count) and the fractions of ``TOP``, None where no case tells. Then ``by_disorder`` (a family
    each), ``by_urgency`` (a level each), ``intervals`` (exact, 95 %), ``misses`` and ``details``: counts, further
    fractions, kappa, and the tables of what was expected and got.
    """
    counted = _counted(verdicts)
    pairs = [_modalities(one) for one in verdicts if one.modality_right is not None]
    figures: Figures = {"cases": len(verdicts)}
    figures |= {name: fraction(counted[name]) for name in TOP}
    figures["by_disorder"] = _by_family(verdicts)
    figures["by_urgency"] = _by_level(verdicts)
    figures["intervals"] = {
        name: exact_interval(sum(values), len(values)) for name, values in counted.items() if values
    }
    figures["misses"] = [_miss(one) for one in verdicts if one.missed]
    below = counted["under_triage"]
    figures["details"] = {
        "counts": {name: [sum(values), len(values)] for name, values in counted.items()},
        "nerve_kappa": cohen_kappa(pairs),
        "under_triage_upper": upper_bound(sum(below), len(below)),
        "families": _table(_families(verdicts)),
        "modalities": _table((expected.value, got.value) for expected, got in pairs),
        "urgency": _table(
            (one.urgency_expected.value, one.urgency_got.value) for one in verdicts if one.urgency_expected
        ),
    }
    return figures


def _counted(verdicts: Sequence[Verdict]) -> dict[str, Counted]:
    """What each fraction counts: one value a case that tells."""
    named = [one for one in verdicts if one.place is not None]
    timed = [one for one in verdicts if one.urgency_expected is not None]
    return {
        "first": [one.place == 1 for one in named],
        "first_fits": [one.place == 1 and not one.from_open for one in named],
        "first_open": [one.place == 1 and one.from_open for one in named],
        "first_three": [1 <= (one.place or 0) <= 3 for one in named],
        "first_five": [1 <= (one.place or 0) <= 5 for one in named],
        "nerve_modality": [one.modality_right for one in verdicts if one.modality_right is not None],
        "urgency_exact": [one.urgency_exact for one in timed],
        "urgency_safe": [one.levels_below == 0 for one in timed],
        "under_triage": [one.levels_below > 0 for one in timed],
        "over_triage": [one.levels_above > 0 for one in timed],
        "over_triage_by_two": [one.levels_above > 1 for one in timed],
        "emergencies_found": [
            one.urgency_got is Level.EMERGENCY for one in timed if one.urgency_expected is Level.EMERGENCY
        ],
        "abstained": [one.abstained for one in named],
        "false_naming": [one.named_wrongly for one in verdicts if one.named_wrongly is not None],
    }


def _modalities(one: Verdict) -> tuple[Any, Any]:
    """Expected and got; one that the label accepts counts as the expected one."""
    return one.modality_expected, one.modality_expected if one.modality_right else one.modality_got


def _families(verdicts: Iterable[Verdict]) -> Iterable[tuple[str, str]]:
    return ((one.family, one.named or NOTHING_FITS) for one in verdicts if one.family is not None)


def _by_family(verdicts: Sequence[Verdict]) -> Figures:
    """Sensitivity and specificity of each expected family.

    For sensitivity the disorder of the label, or one that it accepts, must come first while something fits; for
    specificity no member of the family may. Where nothing fits, nothing is named. Cases that also accept the family do
    not count against its specificity.
    """
    labelled = [one for one in verdicts if one.family is not None]
    found: Figures = {}
    for family in sorted({str(one.family) for one in labelled} - {NONE_OF_THESE}):
        own = [one for one in labelled if one.family == family]
        rest = [one for one in labelled if one.family != family and family not in one.accepted_families]
        hits = sum(one.place == 1 and not one.from_open for one in own)
        spared = sum(one.named != family for one in rest)
        found[family] = {
            "cases": len(own),
            "first": sum(one.place == 1 for one in own),
            "sensitivity": fraction(one.place == 1 and not one.from_open for one in own),
            "sensitivity_interval": exact_interval(hits, len(own)),
            "others": len(rest),
            "specificity": fraction(one.named != family for one in rest),
            "specificity_interval": exact_interval(spared, len(rest)),
        }
    return found


def _by_level(verdicts: Iterable[Verdict]) -> Figures:
    """By expected level: how many cases, and how many came out at an accepted level, above and below."""
    timed = [one for one in verdicts if one.urgency_expected is not None]
    found: Figures = {}
    for level in Level:
        own = [one for one in timed if one.urgency_expected is level]
        if own:
            below = sum(one.levels_below > 0 for one in own)
            found[level.value] = {
                "cases": len(own),
                "exact": sum(one.urgency_exact for one in own),
                "above": sum(one.levels_above > 0 for one in own),
                "below": below,
                "below_upper": upper_bound(below, len(own)),
                "got": dict(sorted(Counter(one.urgency_got.value for one in own).items())),
            }
    return found


def _table(pairs: Iterable[tuple[str, str]]) -> dict[str, dict[str, int]]:
    counted: dict[str, dict[str, int]] = {}
    for (expected, got), number in sorted(Counter(pairs).items()):
        counted.setdefault(expected, {})[got] = number
    return counted


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
            "differs": _differs(one),
        },
    }


def _differs(one: Verdict) -> list[str]:
    found = {
        "disorder": one.place not in (None, 1) or one.named_wrongly is True,
        "nerve": one.modality_right is False,
        "urgency": one.urgency_expected is not None and not one.urgency_exact,
    }
    return [name for name, wrong in found.items() if wrong]
