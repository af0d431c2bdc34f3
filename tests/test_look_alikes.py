"""For every look-alike, two cases that differ in what separates the two, and between which their order flips.

The pair is the textbook case of each. Where these do not tell the two apart by the findings that the entry names, a pair
written by hand in ``tests/cases/pairs`` does.
"""

from pathlib import Path

import pytest

from triage.assessment import decide
from triage.assessment.grading import standing
from triage.assessment.likeness import likeness_of
from triage.cases import complete_facts, read_cases

CASES = Path(__file__).parent / "cases"


@pytest.fixture(scope="module")
def told(kb):
    """By disorder: the answers of its textbook case, implied ones included, and the truths of all rules in it."""
    cases = {kb.aliases[case.expected.disorder]: case.facts for case in read_cases(kb, [CASES / "textbook"])}
    return {name: (complete_facts(kb, facts), decide(kb, facts)) for name, facts in cases.items()}


def place(kb, disorder, facts, truths):
    """Sorts the better first: the best of a disorder and its members."""
    names = [disorder, *kb.members.get(disorder, ())]
    likeness = likeness_of(kb, facts)
    return min(standing(kb, kb.disorders[name], truths, likeness).key for name in names)


def told_apart(kb, told, one, look):
    """Whether the two textbook cases differ in a finding that separates the two, and each has its own one first."""
    other = look.disorder
    (mine, my_truths), (theirs, their_truths) = told[one], told[other]
    return (
        any(mine.get(name) != theirs.get(name) for name in look.findings)
        and place(kb, one, mine, my_truths) < place(kb, other, mine, my_truths)
        and place(kb, other, theirs, their_truths) < place(kb, one, theirs, their_truths)
    )


def by_hand(one, other):
    return any((CASES / "pairs" / f"{a}_or_{b}.yaml").is_file() for a, b in ((one, other), (other, one)))


def test_the_order_of_every_two_look_alikes_flips(kb, told):
    pairs = [(one.id, look) for one in kb.disorders.values() for look in one.look_alikes]
    assert len(pairs) > 500
    unwritten = {name for one, look in pairs for name in (one, look.disorder)} - set(told)
    assert not unwritten, "\n".join(
        f"{name} has no textbook case: write tests/cases/textbook/{name}.yaml" for name in sorted(unwritten)
    )
    missing = [
        f"{one} and {look.disorder} are not told apart by {', '.join(look.findings)}: write {one}_or_{look.disorder}.yaml"
        for one, look in pairs
        if not told_apart(kb, told, one, look) and not by_hand(one, look.disorder)
    ]
    assert not missing, "\n".join(missing)
