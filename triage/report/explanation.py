"""Explanations as documents: why something holds, why a disorder does not fit, what other answers would change."""

from __future__ import annotations

from collections.abc import Iterable

from triage.cases import conflicts
from triage.errors import UsageError, nearest
from triage.explain import Change, Derivation, answer_text, derive, labels, smallest_changes, what_if, why_not
from triage.logic import Truth, Value
from triage.models import Assessment, Case, Cite, KnowledgeBase, Level
from triage.report import wording
from triage.report.document import Document, Item, Items, Paragraph, Section
from triage.report.sheet import Sheet, answers, some

GRADES = ("established", "probable", "possible")


def why_document(sheet: Sheet, name: str) -> Document:
    """Why a rule has its truth: the facts it rests on, the rules between, the sources.

    ``name`` is the id of a pattern, an urgency rule, a disorder or one of its criteria, or a caveat. Raises
    ``UsageError`` for an id that nothing has.
    """
    kb = sheet.kb
    rules = [rule for rule in _rules_of(kb, name) if rule in kb.exprs]
    if not rules:
        hint = nearest(name, [*kb.patterns, *kb.urgency_rules, *kb.disorders, *kb.exprs])
        raise UsageError(f"no rule is called `{name}`", hint=hint)
    items = tuple(_item(sheet, derive(sheet.world, rule)) for rule in rules)
    return _document(sheet, f"Why: {_label(kb, name)}", [Section("What it rests on", (Items(items),))])


def why_not_document(sheet: Sheet, name: str) -> Document:
    """What keeps a disorder from fitting better: what excludes it, what fails, what is open.

    Raises ``UsageError`` for an id that no disorder has.
    """
    kb = sheet.kb
    disorder = kb.aliases.get(name)
    if disorder is None:
        raise UsageError(f"no disorder is called `{name}`", hint=nearest(name, kb.aliases))
    found = why_not(kb, sheet.world, disorder)
    items = tuple(_item(sheet, one) for one in found)
    lines = (
        [Items(items)]
        if items
        else [Paragraph("Nothing: every criterion is met and nothing speaks against it.")]
    )
    return _document(
        sheet, f"Why not: {kb.disorders[disorder].name}", [Section("What stands in its way", tuple(lines))]
    )


def what_if_document(sheet: Sheet, changed: dict[str, Value]) -> Document:
    """What would follow if some answers were different, beside what follows now."""
    kb = sheet.kb
    after = what_if(kb, sheet.case.id, sheet.case.facts, changed)
    given = [
        Item(f"{kb.findings[name].label}: {answer_text(kb.findings[name], value)}")
        for name, value in changed.items()
    ]
    rows = (Item(_outcome(kb, sheet.assessment), mark="now:"), Item(_outcome(kb, after), mark="then:"))
    sections = [Section("If", (Items(tuple(given)),)), Section("Then", (Items(rows),))]
    return _document(sheet, "What if", sections)


def changes_document(sheet: Sheet, changes: Iterable[Change]) -> Document:
    """The smallest changes of answers that would change urgency or the leading disorder."""
    kb = sheet.kb
    items = []
    for change in changes:
        given = "; ".join(
            f"{kb.findings[name].label}: {answer_text(kb.findings[name], value)}"
            for name, value in change.answers
        )
        level, leader = change.outcome
        named = kb.disorders[leader].name if leader else "no disorder"
        items.append(Item(f"{given} -> {kb.urgency.levels[Level(level)].label}, {named}"))
    lines = (
        [Items(tuple(items))]
        if items
        else [Paragraph("No single answer, and no pair of given ones, would change it.")]
    )
    now = Paragraph(f"Now: {_outcome(kb, sheet.assessment)}.")
    return _document(sheet, "What would change the outcome", [Section("Smallest changes", (now, *lines))])


def smallest(kb: KnowledgeBase, case: Case) -> list[Change]:
    """The smallest changes of a case whose answers stay free of contradictions."""
    return smallest_changes(kb, case.facts, allowed=lambda facts: not conflicts(kb, facts))


def _outcome(kb: KnowledgeBase, assessment: Assessment) -> str:
    leader = kb.disorders[assessment.leading[0]].name if assessment.leading else "no disorder fits"
    return f"{kb.urgency.levels[assessment.urgency.now].label}; {leader}"


def _rules_of(kb: KnowledgeBase, name: str) -> list[str]:
    if name in kb.urgency_rules:
        return [f"{name}.when", f"{name}.unless"]
    if name in kb.aliases:
        disorder = kb.disorders[kb.aliases[name]]
        own = [one.id for one in disorder.criteria]
        own += [one.id for one in disorder.excludes]
        own += [one.id for one in disorder.evidence]
        return [f"{disorder.id}.{one}" for one in (*GRADES, *own)]
    return [name]


def _label(kb: KnowledgeBase, name: str) -> str:
    if name in kb.urgency_rules:
        return kb.urgency_rules[name].label
    if name in kb.patterns:
        return kb.patterns[name].label
    if name in kb.aliases:
        return kb.disorders[kb.aliases[name]].name
    return _rule_text(kb, name)[0]


def _rule_text(kb: KnowledgeBase, rule: str) -> tuple[str, tuple[Cite, ...]]:
    """What a rule says, and its sources."""
    if rule in kb.patterns:
        return kb.patterns[rule].label, kb.patterns[rule].source
    owner, _, part = rule.rpartition(".")
    if owner in kb.urgency_rules:
        entry = kb.urgency_rules[owner]
        return (entry.label if part == "when" else f"what would reassure: {entry.label}"), entry.source
    if owner in kb.disorders:
        disorder = kb.disorders[owner]
        texts = {one.id: (one.text, one.source) for one in disorder.criteria}
        texts |= {one.id: (one.text, one.source) for one in disorder.excludes}
        texts |= {one.id: (one.text, one.source) for one in disorder.evidence}
        if part in texts:
            return texts[part]
        return f"{disorder.name}: {part.replace('_', ' ')}", ()
    caveats = {f"{name}.{one.id}": one for name, holder in kb.caveat_sets.items() for one in holder.caveats}
    caveats |= {f"{name}.{one.id}": one for name, holder in kb.treatments.items() for one in holder.caveats}
    if rule in caveats:
        return caveats[rule].text, caveats[rule].source
    return rule.replace("_", " ").replace(".", ": "), ()


def _item(sheet: Sheet, derivation: Derivation) -> Item:
    text, cites = _rule_text(sheet.kb, derivation.rule)
    children = [_item(sheet, part) for part in derivation.rests_on]
    if derivation.truth is Truth.UNKNOWN:
        missing = some(labels(sheet.kb, derivation.missing))
        children.append(Item(f"open: {missing}" if missing else "does not apply"))
    elif derivation.used:
        children.insert(0, Item(f"because {answers(sheet, derivation.used)}"))
    return Item(text + sheet.cite(cites), tuple(children), mark=f"{wording.CRITERION[derivation.truth]}:")


def _document(sheet: Sheet, title: str, sections: list[Section]) -> Document:
    listed = [*sections, *([sheet.refs.section()] if sheet.refs.numbers else [])]
    return Document(title, f"Case {sheet.case.id}.", tuple(listed), wording.NOT_A_DEVICE)
