"""The letter in a few lines: how urgent it is, what is told, which nerves, what fits, what is documented first."""

from __future__ import annotations

from collections.abc import Iterator

from triage.logic import Truth
from triage.models import Entry, Involved, Level, Line
from triage.report import wording
from triage.report.document import Item, Items, Section
from triage.report.nerves import involved_words
from triage.report.picture import told_places
from triage.report.sheet import Sheet, some

NAMED = 3
"""disorders, danger rules and treatments named before the rest is only counted"""


def in_short_section(sheet: Sheet) -> Section:
    """What the rest of the letter says at length, each in one line."""
    undecided = sheet.assessment.ahead is not None
    treatment = wording.SHORT_TREATMENT_FITTING if undecided else wording.SHORT_TREATMENT
    lines = [
        (wording.SHORT_URGENCY, _urgency(sheet)),
        (wording.SHORT_COMPLAINT, _complaint(sheet)),
        (wording.SHORT_NERVES, _nerves(sheet)),
        (wording.SHORT_FITS, _fits(sheet)),
        (treatment, _treatment(sheet)),
    ]
    return Section(wording.IN_SHORT, (Items(tuple(Item(text, mark=mark) for mark, text in lines if text)),))


def _complaint(sheet: Sheet) -> str:
    told = told_places(sheet.kb, sheet.world)
    if told:
        return "; ".join(told)
    labels = {one.id: one.label for one in sheet.kb.interview.complaints}
    return "; ".join(
        label for one, label in labels.items() if sheet.world.truths[f"complaint.{one}"] is Truth.TRUE
    )


def _urgency(sheet: Sheet) -> str:
    urgency, kb = sheet.assessment.urgency, sheet.kb
    held = [kb.urgency_rules[one.rule].label for one in urgency.because if one.level is urgency.now]
    text = kb.urgency.levels[urgency.now].label
    if held:
        text += f", because of {some(held, NAMED)}"
    if urgency.could_become.rank > urgency.now.rank:
        text += wording.SHORT_COULD_RISE.format(level=kb.urgency.levels[urgency.could_become].label)
    return text


def _nerves(sheet: Sheet) -> str:
    nerves = sheet.assessment.nerves
    grouped: dict[tuple[str, str | None], list[Involved]] = {}
    for one in nerves.involved:
        grouped.setdefault((one.nerve, one.side), []).append(one)
    named = [involved_words(sheet, found) for found in grouped.values()]
    modality = wording.MODALITY_SHORT[nerves.modality]
    if nerves.modality_of is not None:
        name = sheet.kb.disorders[nerves.modality_of].name
        words = wording.SHORT_MODALITY_OF_UNDECIDED if sheet.modality_undecided else wording.SHORT_MODALITY_OF
        return words.format(modality=modality, name=name)
    return f"{modality}: {'; '.join(named)}" if named else modality


def _fits(sheet: Sheet) -> str:
    lines = [entry for entry in sheet.assessment.differential if entry.parent is None]
    if not lines:
        return wording.NO_DISORDER
    words = [wording.GRADE[(sheet.form(one) or one).grade] for one in lines]
    if sheet.assessment.ahead is not None:
        words[0] = wording.SHORT_AHEAD
    named = [f"{_with_form(sheet, one)} ({said})" for one, said in zip(lines, words, strict=True)]
    return some(named, NAMED)


def _with_form(sheet: Sheet, line: Entry) -> str:
    """The name of a line, and of its form that fits best."""
    form, name = sheet.form(line), sheet.kb.disorders[line.disorder].name
    return name if form is None else f"{name}, as {sheet.kb.disorders[form.disorder].name}"


def _treatment(sheet: Sheet) -> str:
    """First choices for what leads; below emergency only, as there the action comes first."""
    if sheet.assessment.urgency.now is Level.EMERGENCY:
        return ""
    return "; ".join(_first_choices(sheet))


def _first_choices(sheet: Sheet) -> Iterator[str]:
    kb = sheet.kb
    first = [
        one for one in sheet.assessment.treatments if one.line is Line.FIRST and one.context is Truth.TRUE
    ]
    for against, text in ((False, "{names}"), (True, wording.SHORT_AGAINST)):
        names = dict.fromkeys(kb.treatments[one.treatment].name for one in first if one.against is against)
        if names:
            yield text.format(names=some(list(names), NAMED))
