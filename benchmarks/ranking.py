"""Which ranking keeps the right leader when answers are missing: ``python -m benchmarks.ranking CASES``.

Removes 20, 40 and 60 % of the answers of labelled cases at random, decides the rest once, and ranks the same standings
by several rules: among disorders that fit, and among those that fit or are still open (what a report shows first, under
"fits" or under "not enough known"). No times are measured here; the same seed gives the same figures everywhere.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from triage.assessment import decide, world_of
from triage.assessment.grading import Standing
from triage.assessment.ranking import beneath, families
from triage.cases import Reject, read_cases
from triage.knowledge import load_knowledge
from triage.logic import Facts, Truth
from triage.models import NONE_OF_THESE, Band, Case, Grade, KnowledgeBase, RuleKind

REMOVED = (0.2, 0.4, 0.6)
GRADES = list(Grade)


@dataclass(frozen=True)
class Scored:
    """A standing with what the rankings look at."""

    standing: Standing
    met: int
    not_met: int
    counted: int
    frequency: int


Key = Callable[[Scored], tuple[float | str, ...]]
RANKINGS: Mapping[str, Key] = {
    "band, fit (while open: what is told for it) and likeness, frequency (the one used)": lambda one: (
        one.standing.key
    ),
    "band, fit without likeness (while open: what is told for it), frequency": lambda one: (
        one.standing.key[0],
        one.standing.likeness - one.standing.weight,
        *one.standing.key[2:],
    ),
    "band, fit, frequency": lambda one: (
        one.standing.key[0],
        -one.standing.fit,
        *one.standing.key[2:],
    ),
    "fit whether it fits or is open, band, frequency": lambda one: (
        -one.standing.fit,
        one.standing.key[0],
        *one.standing.key[2:],
    ),
    "grade, fit, frequency": lambda one: (
        -GRADES.index(one.standing.grade),
        -one.standing.fit,
        *one.standing.key[2:],
    ),
    "band, criteria met less not met, frequency": lambda one: (
        one.standing.key[0],
        -(one.met - one.not_met),
        *one.standing.key[2:],
    ),
    "band, share of decided criteria met, frequency": lambda one: (
        one.standing.key[0],
        -(one.met / (one.met + one.not_met) if one.met + one.not_met else 0),
        *one.standing.key[2:],
    ),
    "band, frequency, fit": lambda one: (
        one.standing.key[0],
        one.frequency,
        -one.standing.fit,
        one.standing.disorder,
    ),
}


BANDS = {"fits": (Band.FITS,), "fits or open": (Band.FITS, Band.OPEN)}
Leaders = dict[tuple[str, str], str | None]


def leaders(kb: KnowledgeBase, facts: Facts) -> Leaders:
    """By ranking and bands looked at: the family that comes first; None if there is none."""
    world = world_of(kb, facts, decide(kb, facts, RuleKind.ADULT))
    ranked = families(kb, world)
    parts = beneath(kb, ranked)
    scored = [_scored(kb, one, world.truths) for family in ranked for one in family.standings]
    found: Leaders = {}
    for bands, allowed in BANDS.items():
        lines = [
            one
            for one in scored
            if one.standing.band in allowed and kb.family(one.standing.disorder) not in parts
        ]
        for name, key in RANKINGS.items():
            best = min(lines, key=key, default=None)
            found[name, bands] = kb.family(best.standing.disorder) if best else None
    return found


def _scored(kb: KnowledgeBase, standing: Standing, truths: Mapping[str, Truth]) -> Scored:
    disorder = kb.disorders[standing.disorder]
    values = [truths[f"{disorder.id}.{one.id}"] for one in disorder.criteria if not one.judgement]
    return Scored(
        standing,
        sum(value is Truth.TRUE for value in values),
        sum(value is Truth.FALSE for value in values),
        len(values),
        disorder.frequency.rank,
    )


def labelled(kb: KnowledgeBase, sources: list[str]) -> list[tuple[Case, str]]:
    """Cases whose label names a disorder, with the family that should lead."""
    found = []
    for case in read_cases(kb, sources):
        if isinstance(case, Reject) or case.expected is None:
            continue
        wanted = case.expected.disorder
        if wanted and wanted != NONE_OF_THESE:
            found.append((case, kb.family(kb.aliases[wanted])))
    return found


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.ranking", description=__doc__)
    options.add_argument("sources", nargs="+", metavar="CASES")
    options.add_argument("--repeats", type=int, default=5)
    options.add_argument("--seed", type=int, default=0)
    chosen = options.parse_args()
    kb = load_knowledge()
    cases = labelled(kb, chosen.sources)
    shares = (0.0, *REMOVED)
    right = {(name, bands): dict.fromkeys(shares, 0) for bands in BANDS for name in RANKINGS}
    tried = dict.fromkeys(shares, 0)
    for case, family in cases:
        source = Random(f"{chosen.seed}:{case.id}")
        for share in shares:
            for _ in range(chosen.repeats if share else 1):
                kept = source.sample(sorted(case.facts), round(len(case.facts) * (1 - share)))
                tried[share] += 1
                for name, leader in leaders(kb, {one: case.facts[one] for one in kept}).items():
                    right[name][share] += leader == family
    print(f"{len(cases)} cases; share with the labelled family first, by share of answers removed\n")
    print(f"{'ranking':<76}{'among':<14}" + "".join(f"{share:>8.0%}" for share in shares))
    for (ranking, bands), counts in right.items():
        print(
            f"{ranking:<76}{bands:<14}" + "".join(f"{counts[share] / tried[share]:>8.1%}" for share in shares)
        )


if __name__ == "__main__":
    main()
