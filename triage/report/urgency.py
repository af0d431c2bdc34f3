"""How urgent it is, what could still raise it, and the signs to go at once for."""

from __future__ import annotations

from triage.explain import (
    asked_but_unknown,
    labels,
)
from triage.models import (
    Level,
)
from triage.report.document import Item, Items, Notice, Paragraph, Section
from triage.report.sheet import Sheet, some

OPEN_RULES_SHOWN = 5


def urgency_section(sheet: Sheet) -> Section:
    """How urgent it is, which rules decided that, and what could still raise it."""
    urgency = sheet.assessment.urgency
    words = sheet.kb.urgency.levels[urgency.now]
    blocks: list[Notice | Paragraph | Items] = [Notice(words.label, f"{words.lay} {words.action}")]
    items = []
    for held in urgency.because:
        rule = sheet.kb.urgency_rules[held.rule]
        because = sheet.because(f"{rule.id}.when")
        level = sheet.kb.urgency.levels[held.level].label
        children = [Item(f"because {because}")] if because else []
        if held.level is urgency.now:
            children += [Item(rule.reason + sheet.cite(rule.source)), Item(f"What to do: {rule.action}")]
        items.append(Item(f"{rule.label} ({level})", tuple(children)))
    if items:
        blocks.append(Items(tuple(items)))
    elif urgency.now is Level.ROUTINE:
        blocks.append(Paragraph("No danger rule holds with the answers given."))
    blocks += open_danger(sheet)
    return Section("How urgent", tuple(blocks), kind="urgent" if urgency.now is Level.EMERGENCY else "plain")


def open_danger(sheet: Sheet) -> list[Paragraph | Items]:
    """The danger rules that could still hold, grouped by the questions that would decide them, highest first."""
    urgency = sheet.assessment.urgency
    higher = [rule for rule in urgency.open if rule.level.rank > urgency.now.rank]
    if not higher:
        return []
    level = sheet.kb.urgency.levels[urgency.could_become].label
    groups: dict[tuple[str, ...], list[str]] = {}
    for rule in higher:
        groups.setdefault(rule.findings, []).append(rule.rule)
    lines: list[Item] = []
    for findings, rules in list(groups.items())[:OPEN_RULES_SHOWN]:
        unknown, unasked = asked_but_unknown(sheet.case, findings)
        parts = []
        if unknown:
            parts.append(f"you did not know: {some(labels(sheet.kb, unknown), 3)}")
        if unasked:
            parts.append(f"not asked: {some(labels(sheet.kb, unasked), 3)}")
        first = sheet.kb.urgency_rules[rules[0]]
        lines.append(
            Item(f"{first.label} ({sheet.kb.urgency.levels[first.level].label}): {'; '.join(parts)}")
        )
    more = len(groups) - len(lines)
    if more > 0:
        lines.append(Item(f"{more} more danger {'question' if more == 1 else 'questions'} open"))
    return [Paragraph(f"With further answers it could still become: {level}."), Items(tuple(lines))]


def go_at_once_section(sheet: Sheet) -> Section | None:
    """The short list of signs to go at once for; below emergency only."""
    if sheet.assessment.urgency.now is Level.EMERGENCY:
        return None
    return Section("Go at once if", (Items(tuple(Item(text) for text in sheet.kb.urgency.go_at_once)),))
