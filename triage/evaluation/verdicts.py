"""One labelled case held against its assessment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from triage.models import NONE_OF_THESE, Assessment, Band, Case, Entry, KnowledgeBase, Level, NerveModality

SHOWN = 5
"""lines of the differential that a verdict keeps"""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the differential: the disorder that decides it, its family's head, and the members that fit."""

    head: str
    best: str
    members: frozenset[str]


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
        """The family named first as fitting; the expected one if what was named is accepted; None if nothing fits."""
        if self.place == 1 and not self.from_open:
            return self.family
        return None if self.abstained or not self.got_families else self.got_families[0]

    @property
    def missed(self) -> bool:
        """Whether anything the label says differs."""
        wrong_disorder = self.place not in (None, 1) or self.named_wrongly is True
        wrong_urgency = self.urgency_expected is not None and not self.urgency_exact
        return wrong_disorder or wrong_urgency or self.modality_right is False


def lines_of(kb: KnowledgeBase, assessment: Assessment) -> tuple[list[Line], bool]:
    """The lines that fit, best first; those still open, with True, if none fits."""
    if assessment.differential:
        lines: list[Line] = []
        for entry in assessment.differential:
            if entry.parent is None:
                beneath = [
                    one
                    for one in assessment.differential
                    if one.parent == entry.disorder and _member(kb, one)
                ]
                fitting = [one.disorder for one in beneath if one.band is Band.FITS]
                lines.append(
                    Line(entry.disorder, fitting[0] if fitting else entry.disorder, frozenset(fitting))
                )
        return lines, False
    return [
        Line(kb.family(entry.disorder), entry.disorder, frozenset({entry.disorder}))
        for entry in assessment.open
    ], True


def _member(kb: KnowledgeBase, entry: Entry) -> bool:
    return kb.disorders[entry.disorder].parent == entry.parent


def place_of(accepted: Iterable[str], lines: list[Line]) -> int:
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


def judge(kb: KnowledgeBase, case: Case, assessment: Assessment) -> Verdict:
    """The verdict on one case; what its label leaves open is not judged."""
    label = case.expected
    lines, from_open = lines_of(kb, assessment)
    expected = label.disorder if label else None
    names = {name for name in (expected, *(label.accept if label else ())) if name}
    accepted = frozenset(kb.aliases[name] for name in names - {NONE_OF_THESE})
    place = place_of(accepted, lines) if accepted else None
    if accepted and NONE_OF_THESE in names and not assessment.differential:
        place, from_open = 1, False
    modality = NerveModality(label.nerve) if label and label.nerve else None
    modalities = {modality, *(NerveModality(name) for name in label.nerve_accept)} if label else set()
    levels = {label.urgency, *label.urgency_accept} if label and label.urgency else set()
    return Verdict(
        id=case.id,
        expected=expected,
        family=expected if expected in (None, NONE_OF_THESE) else kb.family(kb.aliases[expected]),
        accepted=accepted,
        accepted_families=frozenset(kb.family(name) for name in accepted),
        got=tuple(line.best for line in lines[:SHOWN]),
        got_families=tuple(line.head for line in lines[:SHOWN]),
        place=place,
        from_open=from_open,
        abstained=not assessment.differential,
        named_wrongly=bool(assessment.differential) if expected == NONE_OF_THESE else None,
        modality_expected=modality,
        modality_got=assessment.nerves.modality,
        modality_right=assessment.nerves.modality in modalities if modality else None,
        urgency_expected=label.urgency if label else None,
        urgency_accepted=tuple(sorted((level for level in levels if level), key=lambda one: one.rank)),
        urgency_got=assessment.urgency.now,
    )
