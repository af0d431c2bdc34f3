"""Explanations as documents: why something holds, why a disorder does not fit, what other answers would lead to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from triage.explain import Derivation, answer_text, fits, labels, what_if, why, why_not
from triage.logic import Truth, Value
from triage.models import Assessment, KnowledgeBase
from triage.report import wording
from triage.report.differential import held_back, why_ahead
from triage.report.document import Block, Document, Item, Items, Paragraph, Section, Table
from triage.report.naming import resolved, rule_said, title_of
from triage.report.sheet import Sheet, answers, capital, some
from triage.report.treatment_reasons import why_not_treatment, why_treatment


def why_document(sheet: Sheet, name: str) -> Document:
    """Why something holds: the given answers it rests on, the rules between, the sources.

    ``name`` is the id of a disorder, a treatment, a danger rule, or any rule within. Raises ``UsageError`` for an id
    that nothing has.
    """
    kb = sheet.kb
    if name in kb.treatments:
        section = why_treatment(sheet, kb.treatments[name])
        return _document(sheet, f"Why: {kb.treatments[name].name}", section)
    id = resolved(kb, name)
    found = why(kb, sheet.world, sheet.case.facts, id)
    nothing = wording.NOTHING_HOLDS.format(name=name)
    return _document(sheet, f"Why: {title_of(kb, id)}", _grounds(sheet, wording.RESTS_ON, id, found, nothing))


def why_not_document(sheet: Sheet, name: str) -> Document:
    """What stands in the way of a disorder, a danger rule or another rule: what excludes it, what fails, what is open.

    Raises ``UsageError`` for an id that nothing has.
    """
    kb = sheet.kb
    if name in kb.treatments:
        section = why_not_treatment(sheet, kb.treatments[name])
        return _document(sheet, f"Why not: {kb.treatments[name].name}", section)
    id = resolved(kb, name)
    found = why_not(kb, sheet.world, sheet.case.facts, id)
    section = _grounds(sheet, wording.IN_THE_WAY, id, found, wording.NOTHING_AGAINST)
    return _document(sheet, f"Why not: {title_of(kb, id)}", section)


def _grounds(sheet: Sheet, title: str, id: str, found: Sequence[Derivation], nothing: str) -> Section:
    """What was found for a rule or a disorder, or that there is nothing; a disorder's standing first."""
    standing = [Paragraph(_standing(sheet, id))] if id in sheet.kb.disorders else []
    items = tuple(_item(sheet, one) for one in found)
    return Section(title, (*standing, Items(items) if items else Paragraph(nothing)))


def _standing(sheet: Sheet, disorder: str) -> str:
    """How a disorder stands now, in one sentence."""
    kb, leading = sheet.kb, sheet.assessment.leading
    name = kb.disorders[disorder].name
    ahead = sheet.assessment.ahead
    if ahead is not None and disorder in (ahead.disorder, leading[0]):
        return why_ahead(sheet, ahead)
    entry = next((one for one in sheet.assessment.differential if one.disorder == disorder), None)
    if entry is None or not fits(sheet.assessment, disorder):
        return wording.DOES_NOT_FIT.format(name=name)
    text = f"{name} {wording.GRADE[entry.grade]}"
    if disorder in leading:
        against = held_back(sheet, entry)
        more = f" {wording.HELD_BACK_BY.format(texts=some(against, 3))}" if against else ""
        return f"{text}, and leads.{more}"
    head = kb.family(disorder)
    if head != disorder and head in leading:
        return f"{text}; it stands beneath {kb.disorders[head].name}, which leads."
    return (
        f"{text}; {wording.LEADS_BEFORE.format(name=' and '.join(kb.disorders[one].name for one in leading))}"
    )


def what_if_document(sheet: Sheet, changed: Mapping[str, Value | None]) -> Document:
    """What would follow if some answers were different, beside what follows now."""
    kb, now = sheet.kb, sheet.assessment
    after = what_if(kb, sheet.case.id, sheet.case.facts, changed)
    given = [Item(_changed(sheet, name, value)) for name, value in changed.items()]
    rows = [
        (wording.URGENCY_ROW, _level(kb, now), _level(kb, after)),
        (
            wording.NERVES_ROW,
            wording.MODALITY_SHORT[now.nerves.modality],
            wording.MODALITY_SHORT[after.nerves.modality],
        ),
        (wording.LEADING_ROW, _leading(kb, now), _leading(kb, after)),
    ]
    blocks: list[Block] = [Table(wording.NOW_AND_THEN, ("", "Now", "Then"), tuple(rows))]
    moved = _moved(kb, now, after)
    if moved:
        blocks.append(Items(tuple(moved)))
    elif all(one == other for _, one, other in rows):
        blocks.append(Paragraph(wording.SAME))
    return _document(sheet, "What if", Section("If", (Items(tuple(given)),)), Section("Then", tuple(blocks)))


def _changed(sheet: Sheet, name: str, value: Value | None) -> str:
    finding = sheet.kb.findings[name]
    text = f"{finding.label}: {answer_text(finding, value) if value is not None else wording.NOT_KNOWN}"
    present = sheet.case.facts.get(name)
    return text if present is None else f"{text} (answered: {answer_text(finding, present)})"


def _level(kb: KnowledgeBase, assessment: Assessment) -> str:
    return kb.urgency.levels[assessment.urgency.now].label


def _leading(kb: KnowledgeBase, assessment: Assessment) -> str:
    return " and ".join(kb.disorders[name].name for name in assessment.leading) or "no disorder"


def _moved(kb: KnowledgeBase, now: Assessment, after: Assessment) -> list[Item]:
    """Danger rules that come or go, and disorders whose grade differs."""
    held, then = ({one.rule for one in found.urgency.because} for found in (now, after))
    items = [Item(kb.urgency_rules[rule].label, mark=wording.RULE_COMES) for rule in sorted(then - held)]
    items += [Item(kb.urgency_rules[rule].label, mark=wording.RULE_GOES) for rule in sorted(held - then)]
    grades, later = ({one.disorder: one.grade for one in found.differential} for found in (now, after))
    for name in dict.fromkeys([*grades, *later]):
        before, moved = grades.get(name), later.get(name)
        if before is not moved:
            words = [wording.GRADE[one] if one else wording.FITS_NOT for one in (before, moved)]
            items.append(Item(f"{kb.disorders[name].name}: {words[1]} (now: {words[0]})"))
    return items


def _item(sheet: Sheet, derivation: Derivation) -> Item:
    text, cites = rule_said(sheet.kb, derivation.rule)
    children = [_item(sheet, part) for part in derivation.rests_on]
    if derivation.truth is Truth.UNKNOWN:
        missing = some(labels(sheet.kb, derivation.missing))
        children.append(Item(f"open: {missing}" if missing else wording.NOT_APPLICABLE))
    elif derivation.used:
        children.insert(0, Item(f"because {answers(sheet, derivation.used)}"))
    return Item(capital(text) + sheet.cite(cites), tuple(children), mark=wording.CRITERION[derivation.truth])


def _document(sheet: Sheet, title: str, *sections: Section) -> Document:
    listed = [*sections, *([sheet.refs.section()] if sheet.refs.numbers else [])]
    return Document(title, f"Case {sheet.case.id}.", tuple(listed), wording.NOT_A_DEVICE)
