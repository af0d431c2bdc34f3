"""What every section of a sheet needs: the case with its assessment, the sources cited so far, and short lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from triage.assessment.grading import standing
from triage.assessment.likeness import Likeness, likeness_of
from triage.explain import Derivation, derive, fact_text
from triage.logic import World
from triage.models import (
    Assessment,
    Band,
    Case,
    Cite,
    Entry,
    KnowledgeBase,
    Statement,
)
from triage.report.document import Item, References

FINDINGS_SHOWN = 6


@dataclass
class Sheet:
    """What every section needs: the knowledge base, the case, its assessment and the sources cited so far."""

    kb: KnowledgeBase
    case: Case
    assessment: Assessment
    world: World
    refs: References = field(init=False)
    likeness: Likeness = field(init=False)

    def __post_init__(self) -> None:
        self.refs = References(self.kb)
        self.likeness = likeness_of(self.kb, self.world.facts)

    def cite(self, cites: Iterable[Cite]) -> str:
        """The numbers of sources, with a space before them."""
        return self.refs.mark(cites)

    def derive(self, rule: str) -> Derivation:
        """Why a rule has its truth in this case."""
        return derive(self.world, self.case.facts, rule)

    def because(self, rule: str) -> str:
        """The person's own answers that decide a rule, in one line."""
        return answers(self, sorted(self.derive(rule).all_used()))

    @property
    def modality_undecided(self) -> bool:
        """Whether the modality is read from a disorder that is not decided."""
        named = self.assessment.nerves.modality_of
        fitting = (one.disorder for one in self.assessment.differential if one.band is Band.FITS)
        return named is not None and named not in fitting

    def best(self, line: Entry) -> Entry:
        """The member that decides the rank of a line, in the order of ``assessment.ranking``."""
        if self.assessment.ahead is not None and line is self.assessment.differential[0]:
            return self.assessment.ahead
        return min([line, *self._members(line)], key=self._rank)

    def form(self, line: Entry) -> Entry | None:
        """The form of a line that fits best; None if none of its forms fits."""
        fitting = [one for one in self._members(line) if one.band is Band.FITS]
        return min(fitting, key=self._rank, default=None)

    def leading_with_forms(self) -> Iterator[str]:
        """The leading disorders, each behind its form that fits best."""
        lines = {one.disorder: one for one in self.assessment.differential}
        for name in self.assessment.leading:
            if (form := self.form(lines[name])) is not None:
                yield form.disorder
            yield name

    def _members(self, line: Entry) -> list[Entry]:
        below = [one for one in self.assessment.differential if one.parent == line.disorder]
        return [one for one in below if self.kb.family(one.disorder) == line.disorder]

    def _rank(self, one: Entry) -> tuple[int, int, int, str]:
        return standing(self.kb, self.kb.disorders[one.disorder], self.world.truths, self.likeness).key

    def name(self, disorder: str) -> str:
        """The medical name with the plain one."""
        entry = self.kb.disorders[disorder]
        return entry.name if entry.lay_name == entry.name else f"{entry.name} ({entry.lay_name})"


def capital(text: str) -> str:
    """The text with its first letter large."""
    return text[:1].upper() + text[1:]


def sentences(*texts: str) -> str:
    """The texts one after the other, each ended as a sentence."""
    return " ".join(text if text.endswith((".", "!", "?")) else f"{text}." for text in texts)


def some(words: list[str], limit: int = FINDINGS_SHOWN) -> str:
    """The first words of a list, and how many more there are."""
    shown = "; ".join(words[:limit])
    return f"{shown}; and {len(words) - limit} more" if len(words) > limit else shown


def answers(sheet: Sheet, findings: Iterable[str]) -> str:
    """The person's own answers to these findings, in one line."""
    known = [name for name in findings if name in sheet.world.facts]
    return "; ".join(fact_text(sheet.kb, name, sheet.world.facts[name]) for name in known)


def statement(sheet: Sheet, statement: Statement, mark: str = "") -> Item:
    """A sentence of the knowledge base with its sources, ``mark`` before it."""
    return Item(statement.text + sheet.cite(statement.source), mark=mark)
