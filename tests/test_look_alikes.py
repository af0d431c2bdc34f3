"""For every look-alike, two cases that differ in what separates the two, and between which their order flips.

The pair is the textbook case of each. Where these do not tell the two apart by the findings that the entry names, a pair
written by hand in ``tests/cases/pairs`` does.
"""

from functools import cache
from pathlib import Path

import pytest

from triage.assessment import decide
from triage.assessment.grading import standing
from triage.cases import complete_facts, read_cases
from triage.knowledge import load_knowledge

HERE = Path(__file__).parent / "cases"
KB = load_knowledge()
PAIRS = [(one.id, look) for one in KB.disorders.values() for look in one.look_alikes]


@cache
def textbook():
    """By disorder: the facts of its textbook case."""
    cases = read_cases(KB, [HERE / "textbook"])
    return {KB.aliases[case.expected.disorder]: case.facts for case in cases}


@cache
def truths(disorder):
    return decide(KB, textbook()[disorder])


def place(disorder, told):
    """Sorts the better first: the best of a disorder and its members in the textbook case of ``told``."""
    names = [disorder, *KB.members.get(disorder, ())]
    return min(standing(KB, KB.disorders[name], truths(told)).key for name in names)


def told_apart(one, look):
    """Whether the two textbook cases differ in a finding that separates the two, and each has its own one first."""
    mine, other = (complete_facts(KB, textbook()[name]) for name in (one, look.disorder))
    differ = any(mine.get(name) != other.get(name) for name in look.findings)
    return (
        differ
        and place(one, one) < place(look.disorder, one)
        and place(look.disorder, look.disorder) < place(one, look.disorder)
    )


@pytest.mark.parametrize(("one", "look"), PAIRS, ids=lambda value: getattr(value, "disorder", value))
def test_the_order_of_two_look_alikes_flips(one, look):
    by_hand = [HERE / "pairs" / f"{a}_or_{b}.yaml" for a, b in ((one, look.disorder), (look.disorder, one))]
    assert told_apart(one, look) or any(file.is_file() for file in by_hand), (
        f"the textbook cases of {one} and {look.disorder} do not differ in {', '.join(look.findings)}, or their order "
        f"does not flip: write a pair of cases, {by_hand[0].name}"
    )
