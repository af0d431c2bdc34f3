"""Sections of the page for the person: plain words, names without criteria, what to ask and what to write down."""

from __future__ import annotations

from collections.abc import Mapping

from triage.explain import answer_text
from triage.logic import Truth, Value, YesNo, signed_atoms
from triage.models import (
    AskedOf,
    CaveatResult,
    Entry,
    KnowledgeBase,
    Level,
    Line,
    Severity,
    TreatmentPath,
    UrgencyRule,
)
from triage.report import wording
from triage.report.document import FacePicture, Form, Item, Items, Notice, Paragraph, Section
from triage.report.picture import face_picture
from triage.report.sheet import Sheet, capital, sentences, some
from triage.report.urgency import is_said, unsure_of

DIARY_ROWS = 3
DIARY_COLUMNS = 6
NAMED = 3
REASONS = 3
ASKED = 5


def urgent_first_section(sheet: Sheet) -> Section:
    """How soon to be seen and what to do, with the reasons in plain words."""
    urgency = sheet.assessment.urgency
    words = sheet.kb.urgency.levels[urgency.now]
    # What has words of its own is said in full whatever else holds.
    own = sheet.kb.urgency.suicide
    held = [
        sheet.kb.urgency_rules[one.rule]
        for one in sorted(urgency.because, key=lambda one: one.rule not in own)
        if one.level is urgency.now or one.rule in own
    ]
    notice = Notice(words.label, sentences(words.lay, words.action))
    said = [notice.text]
    items = [Item(_plainly(sheet, rule, said)) for rule in held[:REASONS]]
    if held[REASONS:]:
        items.append(Item("; ".join(rule.label for rule in held[REASONS:]), mark=wording.OTHER_REASONS))
    number = sheet.kb.urgency.emergency_number
    if urgency.now is Level.EMERGENCY and number:
        items.append(Item(number))
    blocks: list[Notice | Items | Paragraph] = [notice]
    blocks += unsure_of(sheet)
    blocks += [Items(tuple(items))] if items else []
    if urgency.could_become.rank > urgency.now.rank:
        blocks.append(Paragraph(wording.MAY_RISE))
    return Section(
        wording.HOW_SOON, tuple(blocks), kind="urgent" if urgency.now is Level.EMERGENCY else "plain"
    )


def _plainly(sheet: Sheet, rule: UrgencyRule, said: list[str]) -> str:
    """What to do, unless it is among ``said``, and why; for thoughts of ending life the words written for that."""
    own = sheet.kb.urgency.suicide.get(rule.id)
    if own:
        return own
    if is_said(rule.action, said):
        return sentences(rule.reason)
    said.append(rule.action)
    return sentences(rule.action, rule.reason)


def may_be_section(sheet: Sheet) -> Section:
    """What fits, in plain words; which nerve; and that only an examination can tell."""
    assessment = sheet.assessment
    nerves = dict.fromkeys(sheet.kb.face.nerves[one.nerve].lay for one in assessment.nerves.involved)
    blocks: list[Paragraph | Items | FacePicture] = []
    top = [entry for entry in assessment.differential if entry.parent is None][:NAMED]
    if assessment.ahead is not None:
        first = _named(sheet, top.pop(0), assessment.ahead, wording.POINTS_TO_IT)
        blocks += [Paragraph(wording.MAY_BE_AHEAD), Items((first,))]
    if top:
        fit = wording.MAY_BE if len(top) > 1 else wording.MAY_BE_ONE
        blocks += [Paragraph(fit), Items(tuple(_named(sheet, one, one) for one in top))]
    else:
        blocks.append(Paragraph(wording.NOTHING_NAMED))
    if nerves:
        words = wording.NERVES_LAY if len(nerves) > 1 else wording.NERVE_LAY
        blocks.append(Paragraph(words.format(nerves="; ".join(nerves))))
    picture = face_picture(sheet.kb, sheet.world)
    if picture is not None:
        blocks.append(picture)
    return Section(wording.WHAT_IT_MAY_BE, tuple(blocks))


def _named(sheet: Sheet, entry: Entry, told: Entry, mark: str = wording.FITS_BECAUSE) -> Item:
    """A line by its name, with the criteria of ``told`` that are met."""
    disorder = sheet.kb.disorders[entry.disorder]
    criteria = sheet.kb.disorders[told.disorder].criteria
    met = [one.text for one in criteria if told.criteria.get(one.id) is Truth.TRUE]
    children = (Item(some([one.rstrip(".") for one in met], 3), mark=mark),) if met else ()
    name = "" if disorder.lay_name == disorder.name else f" ({disorder.name})"
    return Item(f"{capital(disorder.lay_name)}{name}", children)


def questions_section(sheet: Sheet) -> Section:
    """Questions to take to the visit, which tests and treatments to ask about, and what to tell."""
    kb, assessment = sheet.kb, sheet.assessment
    items = [Item(text) for text in wording.QUESTIONS]
    referral = [one.text for name in sheet.leading_with_forms() for one in kb.disorders[name].referral][:1]
    items.append(Item(wording.ASK_TESTS, tuple(Item(text, mark=wording.USUALLY) for text in referral)))
    fitting = [
        one for one in assessment.treatments if one.context is Truth.TRUE and one.line is not Line.AVOID
    ]
    suited = [one for one in fitting if not one.against]
    first = [one for one in suited if one.line is Line.FIRST]
    against = [one for one in fitting if one.against]
    avoid = [one for one in assessment.treatments if one.context is Truth.TRUE and one.line is Line.AVOID]
    named = wording.NAMED_FIRST if first else wording.NAMED_AT_ALL
    # Of an undecided disorder that stands first none of them is.
    ask = (wording.ASK_TREATMENTS if assessment.ahead is None else wording.ASK_TREATMENTS_IF) + named
    for text, paths in ((ask, first or suited), (wording.ASK_AGAINST, against), (wording.ASK_AVOID, avoid)):
        names = dict.fromkeys(kb.treatments[one.treatment].lay_name for one in paths)
        if names:
            meant = dict.fromkeys(kb.disorders[one.disorder].lay_name for one in paths)
            items.append(Item(text.format(treatments=some(list(names), ASKED), name=" / ".join(meant))))
    tell = _to_tell(sheet, fitting)
    if tell:
        items.append(Item(some(tell, ASKED), mark=wording.TELL))
    return Section(wording.TO_ASK, (Items(tuple(items)),))


def _to_tell(sheet: Sheet, paths: list[TreatmentPath]) -> list[str]:
    """What a person knows and was not asked, and what, being true, rules out a treatment named first."""
    kb = sheet.kb
    missing = [
        name
        for path in paths
        if path.line is Line.FIRST
        for caveat in path.caveats
        if caveat.severity is Severity.CONTRAINDICATED and caveat.truth is Truth.UNKNOWN
        for name in _decided_by_yes(kb, caveat)
        if kb.findings[name].asked_of is AskedOf.PATIENT
    ]
    return list(dict.fromkeys(kb.findings[name].label for name in missing))


def _decided_by_yes(kb: KnowledgeBase, caveat: CaveatResult) -> list[str]:
    """What is missing of a caveat and can make it hold by a yes; the yes of what stands negated reassures."""
    atoms = signed_atoms(kb.exprs[caveat.id], kb.exprs)
    raising = {atom.finding for atom, positive in atoms if positive and isinstance(atom, YesNo)}
    return [name for name in caveat.missing if name in raising]


def diary_section(sheet: Sheet) -> Section | None:
    """An empty diary of attacks; None where no complaint is present that comes and goes, or rises and falls."""
    diary, truths = sheet.kb.interview.diary, sheet.world.truths
    if diary is None or not any(truths[f"complaint.{one}"] is Truth.TRUE for one in diary.complaints):
        return None
    columns = diary.columns
    blocks: list[Form | Paragraph] = [Form(wording.DIARY, columns[:DIARY_COLUMNS], DIARY_ROWS)]
    if len(columns) > DIARY_COLUMNS:
        blocks.append(Paragraph(wording.DIARY_ALSO.format(more="; ".join(columns[DIARY_COLUMNS:]))))
    return Section(wording.DIARY_TITLE, tuple(blocks))


def own_answers_section(sheet: Sheet) -> Section | None:
    """What was answered, positive answers first; what was denied in one line."""
    kb, case = sheet.kb, sheet.case
    if not case.facts and not case.not_known:
        return None
    # Denials stand in one line, so that the page shows what is there.
    present = [(kb.findings[name], value) for name, value in case.facts.items() if not _denied(value)]
    items = [Item(f"{finding.label}: {answer_text(finding, value)}") for finding, value in present]
    denied = [kb.findings[name].label for name, value in case.facts.items() if _denied(value)]
    if denied:
        items.append(Item(wording.DENIED.format(findings="; ".join(denied))))
    if case.not_known:
        unknown = [kb.findings[name].label for name in sorted(case.not_known)]
        items.append(Item(wording.UNKNOWN.format(findings="; ".join(unknown))))
    return Section(wording.OWN_ANSWERS, (Items(tuple(items)),))


def _denied(value: Value) -> bool:
    return value is False or (isinstance(value, Mapping) and not any(value.values()))
