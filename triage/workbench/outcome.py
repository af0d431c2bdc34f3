"""What the expectations of a case look at, worked out only when asked for and only where something changed.

``assemble`` says everything about one case; here thousands of slightly different rule bases are compared on one answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from triage.assessment import Standing, grade_of, held_rules, level_now, rule_truth, standing
from triage.assessment.likeness import Likeness, likeness_of
from triage.assessment.nerves import nerves_of, with_disorder
from triage.assessment.ranking import Family, Lines, families, families_of, leading_families, lines_of
from triage.logic import Facts, Truth, World
from triage.models import (
    NONE_OF_THESE,
    REACHED,
    Band,
    Disorder,
    Grade,
    KnowledgeBase,
    Level,
    NerveModality,
    Nerves,
    RuleKind,
)
from triage.workbench.expectations import TRUTHS, Expect

_URGENT = {RuleKind.URGENCY_WHEN, RuleKind.URGENCY_UNLESS, RuleKind.SELF_CARE}


class Truths(dict[str, Truth]):
    """Truths in which what is missing is unknown."""

    def __missing__(self, rule: str) -> Truth:
        return Truth.UNKNOWN


class Outcome:
    """Urgency, leading disorders, grades and nerve modality of one case.

    ``truths`` may lack those that are unknown, ``facts`` hold the implied ones.
    """

    def __init__(self, kb: KnowledgeBase, facts: Facts, truths: Mapping[str, Truth]) -> None:
        self.kb = kb
        self.world = World(facts, Truths(truths), kb.exprs, kb.guards)

    def changed(self, truths: Mapping[str, Truth]) -> Outcome:
        """The outcome if some rules had other truths; what those rules do not touch is taken over."""
        return _Changed(self, truths)

    @cached_property
    def standings(self) -> Mapping[str, Standing]:
        """Where each disorder that fits stands; without one nothing leads."""
        return self._fitting(self.kb.disorders.values())

    @cached_property
    def undecided(self) -> Mapping[str, Standing]:
        """Where each undecided disorder stands; one of them may stand before what fits."""
        return self._open(self.kb.disorders.values())

    @cached_property
    def likeness(self) -> Likeness:
        """How like its usual picture each disorder is."""
        return likeness_of(self.kb, self.world.facts)

    def _fitting(self, disorders: Iterable[Disorder]) -> dict[str, Standing]:
        truths = self.world.truths
        some = [
            one for one in disorders if any(truths[f"{one.id}.{grade}"] is Truth.TRUE for grade in REACHED)
        ]
        found = (standing(self.kb, one, truths, self.likeness) for one in some)
        return {one.disorder: one for one in found if one.band is Band.FITS}

    def _open(self, disorders: Iterable[Disorder]) -> dict[str, Standing]:
        truths = self.world.truths
        some = [one for one in disorders if truths[f"{one.id}.possible"] is not Truth.FALSE]
        found = (standing(self.kb, one, truths, self.likeness) for one in some)
        return {one.disorder: one for one in found if one.band is Band.OPEN}

    @cached_property
    def lines(self) -> Lines:
        """The lines of what fits and of what is undecided; none while nothing fits.

        They lack what is unlikely or ruled out, which is neither the best of a line shown nor a part of one.
        """
        shown = {**self.standings, **self.undecided} if self.standings else {}
        return lines_of(self.kb, families_of(self.kb, shown.values()))

    @cached_property
    def families(self) -> tuple[Family, ...]:
        """The leading families, the first one first."""
        return tuple(leading_families(self.kb, self.lines, self.world.truths))

    @property
    def leading(self) -> tuple[str, ...]:
        """The leading disorders by the heads of their families."""
        return tuple(family.head for family in self.families)

    @cached_property
    def urgency(self) -> Level:
        """How soon care is needed."""
        held = [rule.level for rule in held_rules(self.kb, self.world)]
        return level_now(self.kb, self.world, held, self.leading)

    @cached_property
    def by_answers(self) -> Nerves:
        """Which nerves are concerned, as the answers tell it."""
        return nerves_of(self.kb, self.world)

    @cached_property
    def modality(self) -> NerveModality:
        """How nerves are involved."""
        lines: Sequence[Family] = self.families
        if not lines and self.by_answers.modality is NerveModality.UNDETERMINED:
            lines = lines_of(self.kb, families(self.kb, self.world)).shown
        return with_disorder(self.kb, self.by_answers, lines, self.families).modality

    def truth(self, rule: str) -> Truth:
        """The truth of a rule, or of an urgency rule as a whole."""
        if rule in self.kb.urgency_rules:
            return rule_truth(self.kb.urgency_rules[rule], self.world)
        return self.world.truths[rule]

    def grade(self, name: str) -> Grade | None:
        """The grade of a disorder, by its id or an alias."""
        disorder = self.kb.disorders.get(self.kb.aliases.get(name, name))
        return grade_of(self.kb, disorder, self.world.truths) if disorder else None

    def broken(self, expect: Expect) -> frozenset[tuple[str, str]]:
        """The expectations that this outcome does not meet, each as ``Expect.parts`` names it."""
        return frozenset(part for part in expect.parts() if not self._meets(expect, *part))

    def _meets(self, expect: Expect, field: str, name: str) -> bool:
        match field:
            case "grade":
                return self.grade(name) is expect.grade[name]
            case "urgency":
                return self.urgency in (expect.urgency, *expect.urgency_accept)
            case "modality":
                return self.modality is expect.modality
            case "leading":
                return self._first(name)
            case "fits":
                return self._fits(name)
            case "not_leading":
                return not self._leads(name, self.families)
            case _:
                return self.truth(name) is TRUTHS[field]

    def _first(self, name: str) -> bool:
        if name == NONE_OF_THESE:
            return not self.families
        return self._leads(name, self.families[:1])

    def _leads(self, name: str, families: Iterable[Family]) -> bool:
        """Whether the disorder's family is one of these and, for a member, no other member shown is above it."""
        name = self.kb.aliases.get(name, name)
        return any(
            name in (family.head, *(one.disorder for one in family.members()[:1])) for family in families
        )

    def _fits(self, name: str) -> bool:
        name = self.kb.aliases.get(name, name)
        return any(one.disorder == name for family in self.families for one in family.fitting())


class _Changed(Outcome):
    """An outcome with some truths replaced; it leans on the one it comes from."""

    def __init__(self, base: Outcome, truths: Mapping[str, Truth]) -> None:
        super().__init__(base.kb, base.world.facts, {**base.world.truths, **truths})
        self.base = base
        rules = [base.kb.rules[rule] for rule in truths]
        self.owners = {rule.owner for rule in rules}
        self.kinds = {rule.kind for rule in rules}

    @cached_property
    def likeness(self) -> Likeness:
        return self.base.likeness

    @cached_property
    def standings(self) -> Mapping[str, Standing]:
        return self._moved(self.base.standings, self._fitting)

    @cached_property
    def undecided(self) -> Mapping[str, Standing]:
        return self._moved(self.base.undecided, self._open)

    @cached_property
    def concerned(self) -> Mapping[str, Disorder]:
        """The disorders that may stand elsewhere; what excludes a family excludes its members."""
        disorders = self.kb.disorders.values()
        return {one.id: one for one in disorders if one.id in self.owners or one.parent in self.owners}

    def _moved(
        self,
        before: Mapping[str, Standing],
        found: Callable[[Iterable[Disorder]], Mapping[str, Standing]],
    ) -> Mapping[str, Standing]:
        if not self.concerned:
            return before
        kept = {name: one for name, one in before.items() if name not in self.concerned}
        return {**kept, **found(self.concerned.values())}

    @cached_property
    def lines(self) -> Lines:
        base = self.base
        same = self.standings == base.standings and (not self.standings or self.undecided == base.undecided)
        return base.lines if same else super().lines

    @cached_property
    def families(self) -> tuple[Family, ...]:
        same = RuleKind.COMPLAINT not in self.kinds and self.lines is self.base.lines
        return self.base.families if same else super().families

    @cached_property
    def urgency(self) -> Level:
        same = not self.kinds & _URGENT and self.families == self.base.families
        return self.base.urgency if same else super().urgency

    @cached_property
    def by_answers(self) -> Nerves:
        return super().by_answers if RuleKind.PATTERN in self.kinds else self.base.by_answers
