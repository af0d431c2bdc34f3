"""The smallest changes of answers as a document: grouped by who could answer, then by what they would lead to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from triage.cases import conflicts
from triage.explain import (
    Change,
    Outcome,
    answer_text,
    number_text,
    numbers_tried,
    outcome,
    smallest_changes,
)
from triage.logic import FindingType, Value
from triage.models import AskedOf, Case, Finding, KnowledgeBase, Level
from triage.report import wording
from triage.report.document import Block, Document, Item, Items, Paragraph, Section
from triage.report.sheet import Sheet


def smallest(kb: KnowledgeBase, case: Case) -> list[Change]:
    """The smallest changes of a case whose answers stay free of contradictions."""
    return smallest_changes(kb, case.facts, allowed=lambda facts: not conflicts(kb, facts))


def changes_document(sheet: Sheet, changes: Iterable[Change]) -> Document:
    """The smallest changes of answers that would change urgency or the leading disorder."""
    kb, facts = sheet.kb, sheet.case.facts
    found = list(changes)
    blocks: list[Block] = [Paragraph(f"Now: {_outcome_words(kb, outcome(sheet.assessment))}.", strong=True)]
    if not found:
        blocks.append(Paragraph(wording.NO_CHANGE))
    elif len(found[0].answers) > 1:
        blocks.append(Paragraph(wording.PAIRS))
    groups: dict[str, list[Change]] = {title: [] for title in wording.CHANGES}
    for change in found:
        groups[_group(kb, facts, change)].append(change)
    sections = tuple(
        Section(title, (Items(tuple(_items(sheet, members))),))
        for title, members in groups.items()
        if members
    )
    whole = Section("What would change it", tuple(blocks), sections)
    return Document("What would change the outcome", f"Case {sheet.case.id}.", (whole,), wording.NOT_A_DEVICE)


def _group(kb: KnowledgeBase, facts: Mapping[str, Value], change: Change) -> str:
    given, open_, examined = wording.CHANGES
    names = [name for name, _ in change.answers]
    if all(name in facts for name in names):
        return given
    return open_ if all(kb.findings[name].asked_of is AskedOf.PATIENT for name in names) else examined


def _items(sheet: Sheet, changes: list[Change]) -> list[Item]:
    """One item for each outcome, most urgent first, with the answers that lead there beneath it."""
    by_outcome: dict[Outcome, list[Change]] = {}
    for change in changes:
        by_outcome.setdefault(change.outcome, []).append(change)
    ordered = sorted(by_outcome, key=lambda one: (-Level(one[0]).rank, one[1] or ""))
    return [
        Item(
            f"{_outcome_words(sheet.kb, reached)}:",
            tuple(Item(text) for text in _answers(sheet, by_outcome[reached])),
            strong=True,
        )
        for reached in ordered
    ]


def _answers(sheet: Sheet, changes: list[Change]) -> list[str]:
    """What the changed answers are, those to one finding together."""
    texts = [
        "; and ".join(_one(sheet, name, [value]) for name, value in change.answers)
        for change in changes
        if len(change.answers) > 1
    ]
    by_finding: dict[str, list[Value]] = {}
    for change in changes:
        if len(change.answers) == 1:
            name, value = change.answers[0]
            by_finding.setdefault(name, []).append(value)
    return [*texts, *(_one(sheet, name, values) for name, values in by_finding.items())]


def _one(sheet: Sheet, name: str, values: list[Value]) -> str:
    finding = sheet.kb.findings[name]
    present = sheet.case.facts.get(name)
    match finding.type:
        case FindingType.NUMBER:
            words = _ranges(sheet.kb, finding, values)
        case FindingType.ANY_OF:
            words = [_turned(finding, present, value) for value in values]
        case _:
            words = [answer_text(finding, value) for value in values]
    text = f"{finding.label}: {_either(words)}"
    if present is None or finding.type is FindingType.ANY_OF:
        return text
    return f"{text} (answered: {answer_text(finding, present)})"


def _either(words: list[str]) -> str:
    return " or ".join(words) if len(words) < 3 else f"any of {'; '.join(words)}"


def _turned(finding: Finding, present: Value | None, value: Value) -> str:
    """What differs in the answer to a list."""
    before = present if isinstance(present, Mapping) else {}
    after = value if isinstance(value, Mapping) else {}
    turned = [name for name in after if after[name] is not before.get(name)]
    if len(turned) > 1 or not turned:
        return "none of the list"
    with_or_without = "with" if after[turned[0]] else "without"
    return f"{with_or_without} {finding.choices[turned[0]].label}"


def _ranges(kb: KnowledgeBase, finding: Finding, values: list[Value]) -> list[str]:
    """Numbers that follow each other among those tried, told as one range."""
    tried = numbers_tried(kb, finding)
    places = sorted(tried.index(value) for value in values if isinstance(value, int | float))
    runs: list[list[int]] = []
    for place in places:
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])

    bounds = kb.thresholds[finding.id]
    last = len(tried) - 1
    words = []
    for run in runs:
        first, end = run[0], run[-1]
        low, high = _from(finding, bounds, tried[first]), _to(finding, bounds, tried[end])
        if first == 0 and end < last:
            words.append(high)
        elif end == last and first > 0:
            words.append(low)
        else:
            exact = [number_text(tried[place], finding.unit) for place in dict.fromkeys((first, end))]
            words.append(" to ".join(exact))
    return words


def _from(finding: Finding, bounds: frozenset[float], value: float) -> str:
    """The lower end of a range, by the threshold it begins at."""
    if value not in bounds and value - 1 in bounds:
        return f"more than {number_text(value - 1, finding.unit)}"
    return f"{number_text(value, finding.unit)} or more"


def _to(finding: Finding, bounds: frozenset[float], value: float) -> str:
    """The upper end of a range, by the threshold it ends at."""
    if value not in bounds and value + 1 in bounds:
        return f"less than {number_text(value + 1, finding.unit)}"
    return f"{number_text(value, finding.unit)} or less"


def _outcome_words(kb: KnowledgeBase, reached: Outcome) -> str:
    level, leader = reached
    named = f"{kb.disorders[leader].name} leads" if leader else "no disorder fits"
    return f"{kb.urgency.levels[Level(level)].label}; {named}"
