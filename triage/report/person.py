"""Sections of the page for the person: plain words, names without criteria, what to ask and what to write down."""

from __future__ import annotations

from triage.explain import answer_text
from triage.logic import Truth
from triage.models import AskedOf, Entry, Level
from triage.report import wording
from triage.report.document import Item, Items, Notice, Paragraph, Section, Table
from triage.report.sheet import Sheet, some

DIARY_ROWS = 6
DIARY_COLUMNS = 6
NAMED = 4
ASKED = 5


def urgent_first_section(sheet: Sheet) -> Section:
    """How soon to be seen and what to do, with the reasons in plain words."""
    urgency = sheet.assessment.urgency
    words = sheet.kb.urgency.levels[urgency.now]
    items = []
    for held in urgency.because:
        rule = sheet.kb.urgency_rules[held.rule]
        if held.level is urgency.now:
            own = sheet.kb.urgency.suicide.get(rule.id)
            items.append(Item(own or f"{rule.reason} {rule.action}"))
    number = sheet.kb.urgency.emergency_number
    if urgency.now is Level.EMERGENCY and number:
        items.append(Item(number))
    blocks: list[Notice | Items | Paragraph] = [Notice(words.label, f"{words.lay} {words.action}")]
    blocks += [Items(tuple(items))] if items else []
    if urgency.could_become.rank > urgency.now.rank:
        blocks.append(Paragraph(wording.MAY_RISE))
    return Section(
        wording.HOW_SOON, tuple(blocks), kind="urgent" if urgency.now is Level.EMERGENCY else "plain"
    )


def may_be_section(sheet: Sheet) -> Section:
    """What fits, in plain words; which nerve; and that only an examination can tell."""
    assessment = sheet.assessment
    nerves = [sheet.kb.face.nerves[one.nerve].lay for one in assessment.nerves.involved]
    blocks: list[Paragraph | Items] = []
    top = [entry for entry in assessment.differential if entry.parent is None][:NAMED]
    if top:
        blocks += [Paragraph(wording.MAY_BE), Items(tuple(_named(sheet, entry) for entry in top))]
    else:
        blocks.append(Paragraph(wording.NOTHING_NAMED))
    if nerves:
        blocks.append(Paragraph(wording.NERVES_LAY.format(nerves="; ".join(dict.fromkeys(nerves)))))
    return Section(wording.WHAT_IT_MAY_BE, tuple(blocks))


def _named(sheet: Sheet, entry: Entry) -> Item:
    disorder = sheet.kb.disorders[entry.disorder]
    met = [one.text for one in disorder.criteria if entry.criteria.get(one.id) is Truth.TRUE]
    children = (Item(f"{wording.FITS_BECAUSE} {some(met, 3)}"),) if met else ()
    return Item(f"{disorder.lay_name[:1].upper()}{disorder.lay_name[1:]} ({disorder.name})", children)


def questions_section(sheet: Sheet) -> Section:
    """Questions to take to the visit: what is open, which tests, which treatments."""
    kb, assessment = sheet.kb, sheet.assessment
    items = [Item(text) for text in wording.QUESTIONS]
    examined: dict[str, None] = {}
    for entry in assessment.differential[:2]:
        examined |= {name: None for name in entry.settle if kb.findings[name].asked_of is not AskedOf.PATIENT}
    if examined:
        items.append(
            Item(wording.ASK_TESTS.format(tests=some([kb.findings[name].label for name in examined], ASKED)))
        )
    names = dict.fromkeys(
        kb.treatments[path.treatment].lay_name for path in assessment.treatments if not path.against
    )
    if names:
        items.append(Item(wording.ASK_TREATMENTS.format(treatments=some(list(names), ASKED))))
    against = dict.fromkeys(
        kb.treatments[path.treatment].lay_name for path in assessment.treatments if path.against
    )
    if against:
        items.append(Item(wording.ASK_AGAINST.format(treatments=some(list(against), ASKED))))
    return Section(wording.TO_ASK, (Items(tuple(items)),))


def diary_section(sheet: Sheet) -> Section | None:
    """An empty diary of attacks; None if the knowledge base has no columns for it."""
    columns = sheet.kb.interview.diary
    if not columns:
        return None
    shown = columns[:DIARY_COLUMNS]
    blocks: list[Table | Paragraph] = [
        Table(wording.DIARY, shown, tuple(("",) * len(shown) for _ in range(DIARY_ROWS)))
    ]
    if len(columns) > DIARY_COLUMNS:
        blocks.append(Paragraph(wording.DIARY_ALSO.format(more="; ".join(columns[DIARY_COLUMNS:]))))
    return Section(wording.DIARY_TITLE, tuple(blocks))


def own_answers_section(sheet: Sheet) -> Section | None:
    """What was answered, positive answers first; what was denied in one line."""
    kb, case = sheet.kb, sheet.case
    given = {name: value for name, value in case.facts.items() if value is not False}
    if not case.facts:
        return None
    items = [
        Item(f"{kb.findings[name].label}: {answer_text(kb.findings[name], value)}")
        for name, value in given.items()
    ]
    denied = [kb.findings[name].label for name, value in case.facts.items() if value is False]
    if denied:
        items.append(Item(wording.DENIED.format(findings="; ".join(denied))))
    if case.not_known:
        unknown = [kb.findings[name].label for name in sorted(case.not_known)]
        items.append(Item(wording.UNKNOWN.format(findings="; ".join(unknown))))
    return Section(wording.OWN_ANSWERS, (Items(tuple(items)),))
