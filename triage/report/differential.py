"""Which disorders fit: the criterion ledger, what would settle it, why the leading one leads, what to do next."""

from __future__ import annotations

from triage.assessment import exclusions_of
from triage.explain import (
    CriterionAccount,
    criteria_account,
    labels,
    separating_findings,
)
from triage.logic import Truth
from triage.models import (
    Assessment,
    Disorder,
    Entry,
)
from triage.report import wording
from triage.report.document import Item, Items, Paragraph, Section
from triage.report.sheet import FINDINGS_SHOWN, Sheet, answers, capital, some, statement


def differential_section(sheet: Sheet, *, detailed: int = 3) -> Section:
    """Which disorders fit and why; criteria in full for the leading ones and the first ``detailed`` lines."""
    assessment = sheet.assessment
    if not assessment.differential:
        return _nothing_fits(sheet)
    sections = []
    others: list[Item] = []
    top = [entry for entry in assessment.differential if entry.parent is None]
    for rank, entry in enumerate(top, start=1):
        beneath = _beneath(assessment, entry)
        if rank <= detailed or entry.disorder in assessment.leading:
            sections.append(_disorder_section(sheet, rank, entry, beneath))
        else:
            others.append(
                Item(f"{sheet.name(entry.disorder)}: {wording.GRADE[entry.grade]}", mark=f"{rank}.")
            )
    if others:
        sections.append(Section("Also fitting, less well", (Items(tuple(others)),)))
    if assessment.open:
        open_items = [
            Item(f"{sheet.name(entry.disorder)}: {_would_settle(sheet, entry, 3)}")
            for entry in assessment.open
        ]
        sections.append(Section("Not enough known to tell", (Items(tuple(open_items)),)))
    return Section("What fits", (Paragraph(_why_leading(sheet, top)),), tuple(sections))


def _beneath(assessment: Assessment, entry: Entry) -> list[Entry]:
    names = {entry.disorder}
    found = []
    for other in assessment.differential:
        if other.parent in names and other is not entry:
            names.add(other.disorder)
            found.append(other)
    return found


def _why_leading(sheet: Sheet, top: list[Entry]) -> str:
    first = top[0]
    text = f"{sheet.kb.disorders[first.disorder].name} leads: it {wording.GRADE[first.grade]}"
    if len(top) == 1:
        return text + ", and no other disorder of this program fits."
    second = top[1]
    rival = sheet.kb.disorders[second.disorder].name
    separating = [
        name
        for name in separating_findings(sheet.kb, first.disorder, second.disorder)
        if name in sheet.world.facts
    ]
    if separating:
        return f"{text}. What sets it apart from {rival}: {answers(sheet, separating)}."
    if first.fit > second.fit:
        return f"{text}, and more of its picture is met than of the next, {rival}."
    return f"{text}; {rival} fits as well so far."


def _disorder_section(sheet: Sheet, rank: int, entry: Entry, beneath: list[Entry]) -> Section:
    disorder = sheet.kb.disorders[entry.disorder]
    leading = " - leading" if entry.disorder in sheet.assessment.leading else ""
    items = [
        _criterion(sheet, disorder, account)
        for account in criteria_account(sheet.kb, sheet.world, sheet.case.facts, disorder.id)
    ]
    for effect, ids in (("speaks for it", entry.evidence_for), ("speaks against it", entry.evidence_against)):
        for name in ids:
            item = next(one for one in disorder.evidence if one.id == name)
            items.append(Item(item.text + sheet.cite(item.source), mark=effect))
    excludes = dict(exclusions_of(sheet.kb, disorder))
    for name in entry.excluded_by:
        exclusion = excludes[name]
        items.append(Item(exclusion.text + sheet.cite(exclusion.source), mark="speaks for something else"))
    blocks: list[Paragraph | Items] = [
        Paragraph(f"{capital(wording.GRADE[entry.grade])}; {wording.CONFIRMED[entry.confirmed]}."),
        Items(tuple(items)),
    ]
    if entry.settle:
        blocks.append(Paragraph(f"What would settle it: {_would_settle(sheet, entry)}."))
    if entry.confirmed is not Truth.TRUE:
        confirm = disorder.confirmed_by
        blocks.append(Paragraph(f"What confirms it: {confirm.text}{sheet.cite(confirm.source)}"))
    if beneath:
        lines = [
            Item(
                f"{sheet.name(other.disorder)}: {wording.GRADE[other.grade]}; what confirms it: "
                f"{sheet.kb.disorders[other.disorder].confirmed_by.text}"
            )
            for other in beneath
        ]
        blocks += [Paragraph("Beneath it:"), Items(tuple(lines))]
    return Section(f"{rank}. {sheet.name(disorder.id)}{leading}", tuple(blocks))


def _criterion(sheet: Sheet, disorder: Disorder, account: CriterionAccount) -> Item:
    criterion = next(one for one in disorder.criteria if one.id == account.id)
    text = f"{criterion.id.upper()}. {criterion.text}{sheet.cite(criterion.source)}"
    if account.derivation is None:
        return Item(text, mark=wording.FOR_A_CLINICIAN)
    if account.truth is Truth.UNKNOWN:
        mark = wording.NEEDS_EXAMINATION if account.needs_examination else wording.CRITERION[account.truth]
        missing = some(labels(sheet.kb, account.derivation.missing), 3)
        return Item(f"{text} (open: {missing})" if missing else text, mark=mark)
    own = answers(sheet, sorted(account.derivation.all_used()))
    return Item(f"{text} ({own})" if own else text, mark=wording.CRITERION[account.truth])


def _would_settle(sheet: Sheet, entry: Entry, limit: int = FINDINGS_SHOWN) -> str:
    patient_first = sorted(
        entry.settle, key=lambda name: (sheet.kb.findings[name].asked_of.value != "patient", name)
    )
    return some(labels(sheet.kb, patient_first), limit) or "an examination"


def _nothing_fits(sheet: Sheet) -> Section:
    interview = sheet.kb.interview
    present = [c.label for c in interview.complaints if sheet.world.truths[f"complaint.{c.id}"] is Truth.TRUE]
    denied = all(sheet.world.truths[f"complaint.{c.id}"] is Truth.FALSE for c in interview.complaints)
    blocks: list[Paragraph | Items] = []
    if denied:
        blocks += [
            Paragraph(wording.NO_DISORDER, strong=True),
            Paragraph(interview.outside),
            Paragraph(interview.covers),
        ]
        return Section("What fits", tuple(blocks))
    if sheet.assessment.open:
        blocks.append(Paragraph(wording.NONE_KNOWN, strong=True))
        items = [
            Item(f"{sheet.name(one.disorder)}: {_would_settle(sheet, one, 3)}")
            for one in sheet.assessment.open
        ]
        blocks += [Paragraph("Not enough known to tell, and what would settle it:"), Items(tuple(items))]
    else:
        blocks.append(Paragraph(wording.NO_DISORDER if present else wording.NONE_KNOWN, strong=True))
        ask = [name for name in interview.ask_first_when_nothing_known if name not in sheet.world.facts]
        if ask:
            blocks += [
                Paragraph("What to ask first:"),
                Items(tuple(Item(sheet.kb.findings[name].question) for name in ask)),
            ]
    blocks.append(Paragraph(interview.covers))
    return Section("What fits", tuple(blocks))


def next_section(sheet: Sheet) -> Section | None:
    """The work-up a clinician would consider and whom to see; None without a leading disorder."""
    items: list[Item] = []
    for name in sheet.assessment.leading:
        disorder = sheet.kb.disorders[name]
        children = [statement(sheet, one) for one in disorder.workup]
        children += [statement(sheet, one, "see") for one in disorder.referral]
        if children:
            items.append(Item(disorder.name, tuple(children), strong=True))
    return Section("What a clinician would consider next", (Items(tuple(items)),)) if items else None
