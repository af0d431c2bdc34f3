"""One labelled case held against its outcome."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from triage.evaluation.outcomes import Line, Outcome, outcomes
from triage.models import NONE_OF_THESE, Case, Expected, KnowledgeBase, Level, NerveModality

SHOWN = 5
"""lines of the differential that a verdict keeps"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was expected of a case and what it got; a part is None where the label says nothing of it.

    ``place`` is the 1-based line in which an accepted disorder stands, 0 if in none; ``from_open`` tells that no
    disorder fits and the lines are those not decided. A label that also accepts none of these is met in first place
    when nothing fits.
    """

    id: str
    expected: str | None
    family: str | None
    """the family of the expected disorder, ``none`` if none is right"""
    accepted: frozenset[str]
    accepted_families: frozenset[str]
    got: tuple[str, ...]
    got_families: tuple[str, ...]
    place: int | None
    from_open: bool
    abstained: bool
    """no disorder fits"""
    named_wrongly: bool | None
    """for a case that is none of these: whether some disorder fits"""
    modality_expected: NerveModality | None
    modality_got: NerveModality
    modality_right: bool | None
    urgency_expected: Level | None
    urgency_accepted: tuple[Level, ...]
    urgency_got: Level

    @property
    def urgency_exact(self) -> bool:
        """Whether the level is one the label accepts."""
        return self.urgency_got in self.urgency_accepted

    @property
    def levels_above(self) -> int:
        """How many levels above the highest accepted; 0 if not above."""
        return max(0, self.urgency_got.rank - max(level.rank for level in self.urgency_accepted))

    @property
    def levels_below(self) -> int:
        """How many levels below the lowest accepted; 0 if not below."""
        return max(0, min(level.rank for level in self.urgency_accepted) - self.urgency_got.rank)

    @property
    def named(self) -> str | None:
        """The family that leads first; the expected one if what leads is accepted; None if nothing fits."""
        if self.place == 1 and not self.from_open:
            return self.family
        return None if self.abstained or not self.got_families else self.got_families[0]

    @property
    def missed(self) -> bool:
        """Whether anything the label says differs."""
        wrong_disorder = self.place not in (None, 1) or self.named_wrongly is True
        wrong_urgency = self.urgency_expected is not None and not self.urgency_exact
        return wrong_disorder or wrong_urgency or self.modality_right is False


def place_of(accepted: Iterable[str], lines: Sequence[Line]) -> int:
    """The 1-based line that meets the label, 0 if none does.

    A label that names the head of a family is met by any member, one that names a member only by that member.
    In the first line the member must be the best one; further down any fitting member counts.
    """
    wanted = set(accepted)
    for number, line in enumerate(lines, start=1):
        names = {line.head, line.best} if number == 1 else {line.head, *line.members}
        if wanted & names:
            return number
        if number == 1 and wanted & line.members:
            return 2
    return 0


def verdicts(kb: KnowledgeBase, cases: Iterable[Case]) -> list[Verdict]:
    """Labelled cases, decided by the reference engine and held against their labels."""
    outcome = outcomes(kb)
    return [judge(kb, case, outcome(case.facts)) for case in cases]


def judge(kb: KnowledgeBase, case: Case, found: Outcome) -> Verdict:
    """The verdict on one case; what its label leaves open is not judged."""
    label = case.expected or Expected()
    names = {name for name in (label.disorder, *label.accept) if name}
    accepted = frozenset(kb.aliases[name] for name in names - {NONE_OF_THESE})
    abstained = found.from_open
    place = place_of(accepted, found.lines) if accepted else None
    rightly_nothing = bool(accepted) and NONE_OF_THESE in names and abstained
    expected = label.disorder
    modality = NerveModality(label.nerve) if label.nerve else None
    modalities = {modality, *(NerveModality(name) for name in label.nerve_accept)}
    levels = {label.urgency, *label.urgency_accept} if label.urgency else set()
    shown = found.lines[:SHOWN]
    return Verdict(
        id=case.id,
        expected=expected,
        family=expected if expected in (None, NONE_OF_THESE) else kb.family(kb.aliases[expected]),
        accepted=accepted,
        accepted_families=frozenset(kb.family(name) for name in accepted),
        got=tuple(line.best for line in shown),
        got_families=tuple(line.head for line in shown),
        place=1 if rightly_nothing else place,
        from_open=found.from_open and not rightly_nothing,
        abstained=abstained,
        named_wrongly=not abstained if expected == NONE_OF_THESE else None,
        modality_expected=modality,
        modality_got=found.modality,
        modality_right=found.modality in modalities if modality else None,
        urgency_expected=label.urgency,
        urgency_accepted=tuple(sorted((level for level in levels if level), key=lambda one: one.rank)),
        urgency_got=found.urgency,
    )
