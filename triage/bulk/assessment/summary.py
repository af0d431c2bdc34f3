"""One row per case: the conclusions in flat columns, for spreadsheets, data frames and cohorts."""

from __future__ import annotations

from functools import cached_property

from triage.assessment import exclusions_of
from triage.bulk.assessment.lines import Lines
from triage.bulk.assessment.nerves import NerveColumns, chosen
from triage.bulk.assessment.paths import Paths
from triage.bulk.assessment.pending import Pending
from triage.bulk.assessment.standings import LADDER, Standings
from triage.bulk.assessment.truths import Truths
from triage.bulk.assessment.urgency import Urgencies
from triage.bulk.sql import digits
from triage.models import KnowledgeBase, NerveModality


class Conclusions:
    """Everything that is concluded of a case, as columns of one program."""

    def __init__(self, truths: Truths) -> None:
        self.kb: KnowledgeBase = truths.kb
        self.truths = truths
        self.program = truths.program
        self.pending = Pending(truths)
        self.standings = Standings(truths)
        self.lines = Lines(self.standings)
        self.nerves = NerveColumns(truths)
        self.urgency = Urgencies(self.lines, self.pending)
        self.paths = Paths(self.lines)

    @cached_property
    def _by_answers(self) -> str:
        return self.program.define(
            "modality by answers", self.nerves.modality, "how nerves are involved, by answers"
        )

    @cached_property
    def modality_from_first(self) -> str:
        """Whether the first disorder tells the modality: the answers do not, or it is defined by another."""
        undetermined = f"{self._by_answers} = '{NerveModality.UNDETERMINED}'"
        read = f"{undetermined} AND {self.lines.nerve_of_first} <> {self._by_answers}"
        word = self.lines.nerve_by_definition
        # One that is left open takes back only that no nerve is ill.
        counts = f"({word} <> '{NerveModality.UNDETERMINED}' OR {self._by_answers} = '{NerveModality.NONE}')"
        defined = f"{word} <> {self._by_answers} AND {counts}"
        return f"coalesce({read} OR {defined}, false)"

    @cached_property
    def modality(self) -> str:
        """How nerves are involved, as text: by the answers, or else by the disorder that comes first."""
        return f"CASE WHEN {self.modality_from_first} THEN {self.lines.nerve_of_first} ELSE {self._by_answers} END"

    @cached_property
    def modality_of(self) -> str:
        """The disorder that told the modality; NULL where the answers did."""
        return f"CASE WHEN {self.modality_from_first} THEN {self.lines.name_of(self.lines.first)} END"

    @cached_property
    def union(self) -> dict[str, str]:
        """By finding: the flag that it could still change urgency or the differential."""
        return self.pending.union(self.wanted())

    def wanted(self) -> dict[str, str]:
        """By rule: the flag that what could still change it is of interest."""
        wanted: dict[str, list[str]] = {}
        for rule in self.urgency.rules:
            wanted.setdefault(f"{rule.id}.when", []).append(self.urgency.open(rule))
        for disorder in sorted(self.kb.disorders):
            for name in settling(self.kb, disorder):
                wanted.setdefault(name, []).append(self.lines.shown(disorder))
        return {rule: digits.any_flag(flags) for rule, flags in wanted.items()}


def settling(kb: KnowledgeBase, disorder: str) -> list[str]:
    """The rules whose answers could still change the grade of a disorder: its criteria and what excludes it."""
    entry = kb.disorders[disorder]
    rules = [f"{disorder}.{one.id}" for one in entry.criteria if not one.judgement]
    return [*rules, *(rule for rule, _ in exclusions_of(kb, entry))]


SUMMARY = (
    "urgency",
    "urgency_could_become",
    "urgency_because",
    "nerve_modality",
    "nerve_modality_of",
    "nerves",
    "origins",
    "leading",
    "leading_grades",
    "leading_fits",
    "differential",
    "open",
    "treatments",
    "treatments_withheld",
    "pending_count",
    "pending",
    "knowledge_hash",
)
LISTS = (
    "urgency_because",
    "nerves",
    "origins",
    "leading",
    "leading_grades",
    "leading_fits",
    "differential",
    "open",
    "treatments",
    "pending",
)
"""the columns that hold several names"""


def summary(found: Conclusions) -> dict[str, str]:
    """The columns of a summary, as SQL."""
    lines, urgency = found.lines, found.urgency
    grades = ", ".join(f"'{grade}'" for grade in LADDER)
    union = found.union
    return {
        "urgency": urgency.now,
        "urgency_could_become": urgency.could_become,
        "urgency_because": chosen((urgency.held(rule), f"'{rule.id}'") for rule in urgency.rules),
        "nerve_modality": found.modality,
        "nerve_modality_of": found.modality_of,
        "nerves": _nerves(found.nerves),
        "origins": found.nerves.origin_names,
        "leading": f"list_transform({lines.leading}, lambda x: {lines.name_of(lines.line_key('x'), of_heads=True)})",
        "leading_grades": f"list_transform({lines.leading}, lambda x: [{grades}][{lines.item_grade('x')} + 1])",
        "leading_fits": f"list_transform({lines.leading}, lambda x: {lines.item_fit('x')})",
        "differential": f"list_transform({lines.differential}, lambda x: {lines.name_of('x')})",
        "open": f"list_transform({lines.open}, lambda x: {lines.name_of(lines.line_key('x'))})",
        "treatments": found.paths.treatments_shown,
        "treatments_withheld": digits.holds(found.paths.withheld),
        "pending_count": f"CAST({digits.total(union.values())} AS INTEGER)",
        "pending": chosen((union[name], f"'{name}'") for name in sorted(union)),
        "knowledge_hash": f"'{found.kb.content_hash}'",
    }


def _nerves(nerves: NerveColumns) -> str:
    """``side nerve branch modality`` of every nerve held ill, each once, in words."""
    parts = "split_part(x, ' ', 3), split_part(x, ' ', 1), split_part(x, ' ', 2), split_part(x, ' ', 4)"
    words = f"list_transform({nerves.involved}, lambda x: concat_ws(' ', {parts}))"
    tidy = f"list_transform({words}, lambda x: trim(replace(x, '  ', ' ')))"
    each = nerves.program.define("nerves in words", tidy, "nerves held ill, in words")
    return f"list_filter({each}, lambda x, i: list_position({each}, x) = i)"
