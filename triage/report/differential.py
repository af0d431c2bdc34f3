"""Which disorders fit: the criterion ledger, what would settle it, why the leading one leads, what to do next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from triage.assessment import exclusions_of
from triage.assessment.likeness import LISTED, told_of
from triage.explain import (
    CriterionAccount,
    criteria_account,
    fact_text,
    labels,
    separating_findings,
)
from triage.logic import Truth
from triage.models import (
    Assessment,
    Band,
    Disorder,
    Entry,
    Grade,
)
from triage.report import wording
from triage.report.document import Block, Item, Items, Ledger, Paragraph, Section
from triage.report.sheet import FINDINGS_SHOWN, Sheet, answers, capital, some, statement


def differential_section(sheet: Sheet, *, detailed: int = 3, members: bool = False) -> Section:
    """Which disorders fit and why; criteria in full for the leading ones and the first ``detailed`` lines.

    Members of a family that fit better than its head have their criteria shown as well, with ``members`` all that fit;
    so has the one that an undecided line stands first for.
    """
    assessment = sheet.assessment
    if not assessment.differential:
        return _nothing_fits(sheet)
    sections = []
    others: list[Item] = []
    top = [entry for entry in assessment.differential if entry.parent is None]
    for rank, entry in enumerate(top, start=1):
        beneath = _beneath(assessment, entry)
        if rank <= detailed or entry.disorder in assessment.leading:
            forms = [
                other
                for other in beneath
                if members or _order(other) > _order(entry) or other is assessment.ahead
            ]
            title = f"{rank}. {sheet.name(entry.disorder)}{_leading(sheet, entry)}"
            sections.append(_disorder_section(sheet, entry, title, beneath, forms))
        else:
            grade = wording.GRADE[sheet.best(entry).grade]
            others.append(Item(f"{sheet.name(entry.disorder)}: {grade}", mark=f"{rank}."))
    if others:
        sections.append(Section("Also fitting, less well", (Items(tuple(others)),)))
    if assessment.open:
        open_items = [
            Item(f"{sheet.name(entry.disorder)}: {would_settle(sheet, entry, 3)}")
            for entry in assessment.open
        ]
        sections.append(Section("Not enough known to tell", (Items(tuple(open_items)),)))
    return Section("What fits", (Paragraph(_why_leading(sheet, top)), *_further(sheet)), tuple(sections))


def _leading(sheet: Sheet, entry: Entry) -> str:
    """What a line's title says of it beside its name."""
    assessment = sheet.assessment
    if entry.disorder not in assessment.leading:
        return ""
    undecided = assessment.ahead is not None and entry is assessment.differential[0]
    return wording.LEADING_AHEAD if undecided else wording.LEADING


def _beneath(assessment: Assessment, entry: Entry) -> list[Entry]:
    names = {entry.disorder}
    found = []
    for other in assessment.differential:
        if other.parent in names and other is not entry:
            names.add(other.disorder)
            found.append(other)
    return found


def _order(entry: Entry) -> int:
    return list(Grade).index(entry.grade)


def why_ahead(sheet: Sheet, best: Entry) -> str:
    """Why an undecided disorder, decided by ``best``, stands before what fits."""
    kb = sheet.kb
    first, second = [entry for entry in sheet.assessment.differential if entry.parent is None][:2]
    return wording.AHEAD.format(
        name=kb.disorders[first.disorder].name,
        subject=_subject(sheet, first, best),
        rival=kb.disorders[second.disorder].name,
        grade=wording.GRADE[sheet.best(second).grade],
    )


def _why_leading(sheet: Sheet, top: list[Entry]) -> str:
    kb = sheet.kb
    if sheet.assessment.ahead is not None:
        return why_ahead(sheet, sheet.assessment.ahead)
    first = sheet.best(top[0])
    name = kb.disorders[top[0].disorder].name
    text = f"{name} leads: {_subject(sheet, top[0], first)} {wording.GRADE[first.grade]}"
    if len(top) == 1:
        return text + wording.ALONE
    second = sheet.best(top[1])
    rival = kb.disorders[top[1].disorder].name
    separating = [
        finding
        for finding in separating_findings(kb, top[0].disorder, top[1].disorder)
        if finding in sheet.world.facts
    ]
    if separating:
        return text + wording.APART.format(rival=rival, answers=answers(sheet, separating))
    if first.fit > second.fit:
        return text + wording.MORE_MET.format(rival=rival)
    if first.likeness > second.likeness:
        return text + wording.MORE_LIKE.format(rival=rival)
    rarer = kb.disorders[second.disorder].frequency.rank > kb.disorders[first.disorder].frequency.rank
    return text + (wording.AS_WELL_RARER if rarer else wording.AS_WELL).format(rival=rival)


def _further(sheet: Sheet) -> Iterator[Paragraph]:
    """What each further leading disorder explains that those before it do not; what is undecided explains nothing."""
    kb, ahead = sheet.kb, sheet.assessment.ahead
    leading = sheet.assessment.leading[1:] if ahead is not None else sheet.assessment.leading
    text = wording.LEADS_TOO_FITTING if ahead is not None else wording.LEADS_TOO
    labels_of = {one.id: one.label for one in kb.interview.complaints}
    present = [one for one in labels_of if sheet.world.truths[f"complaint.{one}"] is Truth.TRUE]
    covered: set[str] = set()
    for place, head in enumerate(leading):
        fitting = {one.disorder for one in sheet.assessment.differential if one.band is Band.FITS}
        members = {head, *(fitting & set(kb.members.get(head, ())))}
        explains = {complaint for name in members for complaint in kb.disorders[name].explains}
        new = [labels_of[one] for one in present if one in explains - covered]
        covered |= explains
        if place:
            yield Paragraph(text.format(name=kb.disorders[head].name, complaints="; ".join(new)))


def _disorder_section(
    sheet: Sheet, entry: Entry, title: str, beneath: Sequence[Entry] = (), forms: Sequence[Entry] = ()
) -> Section:
    """One disorder; of those ``beneath`` it the ``forms`` have sections of their own, the others are named."""
    disorder = sheet.kb.disorders[entry.disorder]
    grade = f"{capital(wording.GRADE[entry.grade])}; {wording.CONFIRMED[entry.confirmed]}."
    accounts = criteria_account(sheet.kb, sheet.world, sheet.case.facts, disorder.id)
    rows = tuple(_criterion(sheet, disorder, account) for account in accounts)
    blocks: list[Block] = [Paragraph(grade), Ledger(wording.LEDGER, wording.LEDGER_HEADER, rows)]
    weighed = _weighed(sheet, disorder, entry)
    # What is usual is told once: of the form that decides the rank, where that has a section.
    if sheet.best(entry) not in forms:
        weighed += [*_usual(sheet, disorder.id), *_in_cases(sheet, entry)]
    if weighed:
        blocks.append(Items(tuple(weighed)))
    if entry.settle:
        blocks.append(Paragraph(wording.SETTLE.format(findings=would_settle(sheet, entry))))
    if entry.confirmed is not Truth.TRUE:
        confirm = disorder.confirmed_by
        blocks.append(Paragraph(f"{wording.CONFIRMS} {confirm.text}{sheet.cite(confirm.source)}"))
    named = [one for one in beneath if one not in forms]
    if named:
        blocks += [Paragraph(wording.BENEATH), Items(tuple(_members(sheet, named)))]
    sections = tuple(_disorder_section(sheet, one, sheet.name(one.disorder)) for one in forms)
    return Section(title, tuple(blocks), sections)


def _weighed(sheet: Sheet, disorder: Disorder, entry: Entry) -> list[Item]:
    """What speaks for and against it beside the criteria, and what excludes it."""
    items: list[Item] = []
    evidence = {one.id: one for one in disorder.evidence}
    for mark, ids in (
        (wording.SPEAKS_FOR, entry.evidence_for),
        (wording.SPEAKS_AGAINST, entry.evidence_against),
    ):
        items += [Item(evidence[id].text + sheet.cite(evidence[id].source), mark=mark) for id in ids]
    excludes = dict(exclusions_of(sheet.kb, disorder))
    for rule in entry.excluded_by:
        text = excludes[rule].text + sheet.cite(excludes[rule].source)
        items.append(Item(text, mark=wording.SPEAKS_ELSEWHERE))
    against = held_back(sheet, entry)
    if against:
        items.append(Item(some(against, 3), mark=wording.HELD_BACK))
    return items


def held_back(sheet: Sheet, entry: Entry) -> list[str]:
    """What would exclude a disorder and is not known, where this alone keeps it from fitting well."""
    kb, truths = sheet.kb, sheet.world.truths
    firm = (f"{entry.disorder}.{grade}" for grade in (Grade.PROBABLE, Grade.ESTABLISHED))
    if entry.grade is not Grade.POSSIBLE or all(truths.get(rule) is not Truth.TRUE for rule in firm):
        return []
    excludes = exclusions_of(kb, kb.disorders[entry.disorder])
    return [one.text for rule, one in excludes if truths[rule] is Truth.UNKNOWN]


def _usual(sheet: Sheet, disorder: str) -> Iterator[Item]:
    """Which answers are more usual in a disorder than in others, and which are unusual in it."""
    told = told_of(sheet.kb, sheet.world.facts, disorder)
    more = [one for one in told if one.judged > LISTED]
    less = [one for one in reversed(told) if one.judged < 0]
    for mark, listed in ((wording.MORE_USUAL, more), (wording.LESS_USUAL, less)):
        if listed:
            texts = [fact_text(sheet.kb, one.finding, one.value) for one in listed]
            yield Item(some(texts, FINDINGS_SHOWN), mark=mark)


def _in_cases(sheet: Sheet, entry: Entry) -> Iterator[Item]:
    """Which answers published cases of a line told more often than others: of the member that decides its rank."""
    best = sheet.best(entry)
    told = [one for one in told_of(sheet.kb, sheet.world.facts, best.disorder) if one.in_cases]
    if told:
        cases = sheet.kb.case_counts[best.disorder].cases
        texts = [
            wording.OF_CASES.format(
                answer=fact_text(sheet.kb, one.finding, one.value), told=one.in_cases, cases=cases
            )
            for one in sorted(told, key=lambda one: -one.in_cases)
        ]
        mark = wording.IN_CASES.format(subject=_subject(sheet, entry, best))
        yield Item(some(texts, FINDINGS_SHOWN), mark=mark)


def _subject(sheet: Sheet, line: Entry, best: Entry) -> str:
    """How the member that decides a line is called beside the line itself."""
    return "it" if best is line else wording.ITS_FORM.format(name=sheet.kb.disorders[best.disorder].name)


def _members(sheet: Sheet, named: Sequence[Entry], head: str | None = None) -> Iterator[Item]:
    """What stands beneath ``head``, or beneath nothing else that is named, each with what stands beneath it in turn."""
    heads = {entry.disorder for entry in named}
    for entry in named:
        if entry.parent == head or (head is None and entry.parent not in heads):
            confirm = sheet.kb.disorders[entry.disorder].confirmed_by
            told = Item(f"{wording.CONFIRMS} {confirm.text}{sheet.cite(confirm.source)}")
            text = f"{sheet.name(entry.disorder)}: {wording.GRADE[entry.grade]}"
            yield Item(text, (told, *_members(sheet, named, entry.disorder)))


def _criterion(sheet: Sheet, disorder: Disorder, account: CriterionAccount) -> tuple[str, str, str]:
    """State, text and answer of one criterion; for an open one what would settle it."""
    criterion = next(one for one in disorder.criteria if one.id == account.id)
    text = f"{criterion.id.upper()}. {criterion.text}{sheet.cite(criterion.source)}"
    if account.derivation is None:
        return wording.FOR_A_CLINICIAN, text, ""
    if account.truth is not Truth.UNKNOWN:
        return wording.CRITERION[account.truth], text, answers(sheet, sorted(account.derivation.all_used()))
    state = wording.NEEDS_EXAMINATION if account.needs_examination else wording.CRITERION[account.truth]
    missing = some(labels(sheet.kb, account.derivation.missing), 3)
    return state, text, wording.OPEN.format(findings=missing) if missing else wording.NOT_APPLICABLE


def would_settle(sheet: Sheet, entry: Entry, limit: int = FINDINGS_SHOWN) -> str:
    """The findings that would decide whether a disorder fits, those a person can tell first, in one line."""
    patient_first = sorted(
        entry.settle, key=lambda name: (sheet.kb.findings[name].asked_of.value != "patient", name)
    )
    return some(labels(sheet.kb, patient_first), limit) or "an examination"


def none_named(sheet: Sheet) -> str:
    """Why no disorder fits: too little is known, or none of the program does."""
    complaints = [sheet.world.truths[f"complaint.{one.id}"] for one in sheet.kb.interview.complaints]
    denied = all(truth is Truth.FALSE for truth in complaints)
    if denied or (Truth.TRUE in complaints and not sheet.assessment.open):
        return wording.NO_DISORDER
    return wording.NONE_KNOWN


def _nothing_fits(sheet: Sheet) -> Section:
    interview = sheet.kb.interview
    blocks: list[Paragraph | Items] = [Paragraph(none_named(sheet), strong=True)]
    if all(sheet.world.truths[f"complaint.{one.id}"] is Truth.FALSE for one in interview.complaints):
        blocks += [Paragraph(interview.outside), Paragraph(interview.covers)]
        return Section("What fits", tuple(blocks))
    if sheet.assessment.open:
        items = [
            Item(f"{sheet.name(one.disorder)}: {would_settle(sheet, one, 3)}")
            for one in sheet.assessment.open
        ]
        blocks.append(Items(tuple(items), title=wording.STILL_OPEN))
    else:
        ask = [name for name in interview.ask_first_when_nothing_known if name not in sheet.world.facts]
        if ask:
            items = [Item(sheet.kb.findings[name].question) for name in ask]
            blocks.append(Items(tuple(items), title="What to ask first"))
    blocks.append(Paragraph(interview.covers))
    return Section("What fits", tuple(blocks))


def next_section(sheet: Sheet) -> Section | None:
    """The work-up a clinician would consider and whom to see, that of a form first; None without a leading disorder."""
    items: list[Item] = []
    for name in sheet.leading_with_forms():
        disorder = sheet.kb.disorders[name]
        children = [statement(sheet, one) for one in disorder.workup]
        children += [statement(sheet, one, "see") for one in disorder.referral]
        if children:
            items.append(Item(disorder.name, tuple(children), strong=True))
    return Section("What a clinician would consider next", (Items(tuple(items)),)) if items else None
