"""Many cases in one picture: running counts that any engine can feed, and the page made of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from triage.models import Grade, KnowledgeBase, Level, NerveModality
from triage.report import wording
from triage.report.document import Bars, Block, Document, Item, Items, Paragraph, Section, Table
from triage.report.sheet import capital

DISORDERS_SHOWN = 25
RULES_SHOWN = 15
MISSING_SHOWN = 25
REJECTS_SHOWN = 20
NOTHING = ""
"""stands for no leading disorder, and for a reason that names no finding"""


@dataclass
class Cohort:
    """Counts over cases, fed row by row or in groups of equal rows; two of them add up to one by ``merge``."""

    assessed: int = 0
    rejected: int = 0
    left_out: int = 0
    """files left out whole"""
    left_out_rows: int = 0
    """the rows of those whose rows were counted"""
    uncounted: int = 0
    """files left out whole whose rows nobody counted"""
    urgency: Counter[str] = field(default_factory=Counter)
    could_become: Counter[str] = field(default_factory=Counter)
    modality: Counter[str] = field(default_factory=Counter)
    borrowed: Counter[str] = field(default_factory=Counter)
    """modalities that the first disorder told, as the answers alone do not"""
    leading: Counter[str] = field(default_factory=Counter)
    grades: Counter[str] = field(default_factory=Counter)
    by_leading: Counter[tuple[str, str]] = field(default_factory=Counter)
    """leading disorder and urgency"""
    rules: Counter[str] = field(default_factory=Counter)
    pending: Counter[str] = field(default_factory=Counter)
    answered: Counter[str] = field(default_factory=Counter)
    not_known: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    """finding that a rejected case was refused for"""
    examples: list[tuple[str, str]] = field(default_factory=list)
    """the first rejected cases: id, or source and line, and reason"""

    def add(self, row: Mapping[str, Any], times: int = 1) -> None:
        """Counts a row of the table that a run writes; of equal rows one with their number."""
        self.assessed += times
        level, leading = str(row["urgency"]), _names(row["leading"])
        first = leading[0] if leading else NOTHING
        self.urgency[level] += times
        self.could_become[str(row["urgency_could_become"])] += times
        self.modality[str(row["nerve_modality"])] += times
        if row["nerve_modality_of"]:
            self.borrowed[str(row["nerve_modality"])] += times
        self.leading[first] += times
        self.by_leading[first, level] += times
        for grade in _names(row["leading_grades"])[:1]:
            self.grades[grade] += times
        for counter, column in ((self.rules, "urgency_because"), (self.pending, "pending")):
            counter.update(dict.fromkeys(_names(row[column]), times))

    def add_answers(self, answered: Iterable[str], not_known: Iterable[str] = (), times: int = 1) -> None:
        """Counts the findings that were answered, and those asked and not known, of one case or of many."""
        self.answered.update(dict.fromkeys(answered, times))
        self.not_known.update(dict.fromkeys(not_known, times))

    def add_reject(
        self, case: str, reasons: Iterable[tuple[str, str]], *, whole: bool = False, rows: int | None = None
    ) -> None:
        """Counts a rejected case; each reason is the finding it is about (or nothing) and the message.

        ``whole`` counts a file that was left out, with the number of its ``rows`` if it is known.
        """
        self.left_out += whole
        self.rejected += not whole
        self.left_out_rows += rows or 0
        self.uncounted += whole and rows is None
        for finding, message in reasons:
            self.reasons[finding] += 1
            if len(self.examples) < REJECTS_SHOWN:
                self.examples.append((case, message))

    def merge(self, other: Cohort) -> None:
        """Adds the counts of another part of the same run."""
        self.assessed += other.assessed
        self.rejected += other.rejected
        self.left_out += other.left_out
        self.left_out_rows += other.left_out_rows
        self.uncounted += other.uncounted
        for name, value in vars(other).items():
            if isinstance(value, Counter):
                getattr(self, name).update(value)
        self.examples = [*self.examples, *other.examples][:REJECTS_SHOWN]

    @property
    def rejects(self) -> str:
        """What could not be used, in words: cases, and apart from them files left out whole."""
        words = f"{self.rejected:,} rejected"
        if not self.left_out:
            return words
        words += f", {self.left_out:,} {'file' if self.left_out == 1 else 'files'} left out whole"
        rows = f"{self.left_out_rows:,} {'row' if self.left_out_rows == 1 else 'rows'}"
        more = " or more" if self.uncounted else ""
        return f"{words} ({rows}{more})" if self.left_out_rows else words


def _top(counts: Counter[str], limit: int) -> list[tuple[str, int]]:
    """The highest counts, equal ones by name, so that the order of cases changes nothing."""
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:limit]


def _names(value: Any) -> list[str]:
    if value is None or value == "":
        return []
    return value.split("; ") if isinstance(value, str) else [str(one) for one in value]


def cohort_document(kb: KnowledgeBase, cohort: Cohort) -> Document:
    """The page about many cases: distributions, what is missing, what was rejected."""
    sections = [_urgency(kb, cohort), _nerves(cohort), _disorders(kb, cohort), _missing(kb, cohort)]
    if cohort.rejected or cohort.left_out:
        sections.append(_rejects(kb, cohort))
    subtitle = wording.COHORT_SUBTITLE.format(
        assessed=f"{cohort.assessed:,}",
        rejects=cohort.rejects,
        knowledge=f"{kb.title.title} {kb.title.version}",
        fingerprint=kb.content_hash[:12],
    )
    return Document(wording.COHORT_TITLE, subtitle, tuple(sections), wording.NOT_A_DEVICE)


def _urgency(kb: KnowledgeBase, cohort: Cohort) -> Section:
    levels = sorted(Level, key=lambda level: -level.rank)
    labels = {level.value: kb.urgency.levels[level].label for level in levels}
    rules = {rule: kb.urgency_rules[rule].label for rule, _ in _top(cohort.rules, RULES_SHOWN)}
    blocks: list[Block] = [
        _bars(wording.NOW, labels, cohort.urgency, cohort.assessed),
        _bars(wording.COULD, labels, cohort.could_become, cohort.assessed),
    ]
    if rules:
        blocks.append(_bars(wording.HELD, rules, cohort.rules, cohort.assessed))
    return Section(wording.URGENCY_ROW, tuple(blocks))


def _nerves(cohort: Cohort) -> Section:
    labels = {kind.value: capital(wording.MODALITY_SHORT[kind]) for kind in NerveModality}
    if not cohort.borrowed:
        return Section(
            wording.NERVES_ROW, (_bars(wording.INVOLVED, labels, cohort.modality, cohort.assessed),)
        )
    told = cohort.modality - cohort.borrowed
    borrowed = {name: label for name, label in labels.items() if cohort.borrowed[name]}
    return Section(
        wording.NERVES_ROW,
        (
            _bars(wording.INVOLVED_TOLD, labels, told, cohort.assessed),
            _bars(wording.INVOLVED_BORROWED, borrowed, cohort.borrowed, cohort.assessed),
        ),
    )


def _disorders(kb: KnowledgeBase, cohort: Cohort) -> Section:
    shown = [name for name, _ in _top(cohort.leading, DISORDERS_SHOWN)]
    labels = {name: _disorder(kb, name) for name in shown}
    grades = {grade.value: capital(wording.GRADE[grade]) for grade in reversed(Grade)}
    grades = {name: label for name, label in grades.items() if cohort.grades[name]}
    levels = sorted(Level, key=lambda level: -level.rank)
    rows = tuple(
        (labels[name], *(str(cohort.by_leading[name, level.value]) for level in levels)) for name in shown
    )
    header = (wording.LEADING_ROW, *(kb.urgency.levels[level].label for level in levels))
    blocks: list[Block] = [_bars(wording.FIRST_LEADING, labels, cohort.leading, cohort.assessed)]
    if len(cohort.leading) > len(shown):
        blocks.append(Paragraph(wording.MORE_DISORDERS.format(count=len(cohort.leading) - len(shown))))
    if grades:
        blocks.append(_bars(wording.FIRST_GRADE, grades, cohort.grades, cohort.assessed))
    blocks.append(Table(wording.CROSSED, header, rows))
    return Section(wording.DISORDERS, tuple(blocks))


def _missing(kb: KnowledgeBase, cohort: Cohort) -> Section:
    """The findings whose answers could still change something in most cases."""
    rows = []
    tied = _tied(cohort.pending)
    ranked = Counter({name: count for name, count in cohort.pending.items() if name not in tied})
    for finding, matters in _top(ranked, MISSING_SHOWN):
        given, unknown = cohort.answered[finding], cohort.not_known[finding]
        unasked = cohort.assessed - given - unknown
        counts = (matters, given, unknown, unasked)
        rows.append((kb.findings[finding].label, *(f"{count:,}" for count in counts)))
    blocks: list[Block] = [Paragraph(wording.MISSING_MEANS)]
    if tied:
        cases = f"{max(cohort.pending.values()):,}"
        blocks.append(Paragraph(wording.MISSING_TIED.format(count=f"{len(tied):,}", cases=cases)))
    if rows:
        blocks.append(Table(wording.MISSING_TABLE, wording.MISSING_HEADER, tuple(rows)))
    elif not tied:
        blocks.append(Paragraph(wording.NOTHING_MISSING))
    return Section(wording.MISSING, tuple(blocks))


def _tied(counts: Counter[str]) -> set[str]:
    """The names that share the highest count, if they are more than a list shows: their order would tell nothing."""
    highest = max(counts.values(), default=0)
    first = {name for name, count in counts.items() if count == highest}
    return first if len(first) > MISSING_SHOWN else set()


def _rejects(kb: KnowledgeBase, cohort: Cohort) -> Section:
    ordered = [name for name, _ in _top(cohort.reasons, REJECTS_SHOWN)]
    labels = {name: _finding(kb, name) for name in ordered}
    examples = tuple(Item(message, mark=case) for case, message in cohort.examples)
    total = sum(cohort.reasons.values())
    return Section(
        wording.REJECTS,
        (
            _bars(wording.REFUSED_FOR, labels, cohort.reasons, total),
            Paragraph(wording.FIRST_REJECTS),
            Items(examples),
        ),
    )


def _bars(caption: str, labels: Mapping[str, str], counts: Counter[str], total: int) -> Bars:
    rows = tuple((label, counts[name]) for name, label in labels.items())
    return Bars(caption, rows, total)


def _disorder(kb: KnowledgeBase, name: str) -> str:
    return kb.disorders[name].name if name in kb.disorders else wording.NO_LEADING


def _finding(kb: KnowledgeBase, name: str) -> str:
    return kb.findings[name].label if name in kb.findings else name or wording.WHOLE_CASE
