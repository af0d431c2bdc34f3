"""The letter in a few lines: who, what is told, which nerves, what fits with what speaks for and against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from triage.assessment import exclusions_of
from triage.logic import Truth
from triage.models import Entry, Involved, Level, Line
from triage.report import wording
from triage.report.differential import held_back, none_named, would_settle
from triage.report.document import Item, Items, Section
from triage.report.nerves import involved_words
from triage.report.picture import told_places
from triage.report.sheet import Sheet, answers, some

NAMED = 3
"""disorders and treatments named before the rest is only counted"""
FOR_SHOWN = 5
"""what speaks for a disorder; what speaks against it is never cut short"""
SETTLE_SHOWN = 3


def in_short_section(sheet: Sheet) -> Section:
    """What the details of the letter say at length, each in a line; the leading disorders with for and against."""
    undecided = sheet.assessment.ahead is not None
    treatment = wording.SHORT_TREATMENT_FITTING if undecided else wording.SHORT_TREATMENT
    first, against = _first_choices(sheet)
    lines = [
        (wording.SHORT_PERSON, answers(sheet, sheet.kb.interview.opening)),
        (wording.SHORT_COMPLAINT, _complaint(sheet)),
        (wording.SHORT_NERVES, _nerves(sheet)),
        (wording.SHORT_FITS, _fits(sheet)),
        (treatment, first),
        (wording.SHORT_AGAINST, against),
    ]
    items = tuple(Item(text, mark=mark) for mark, text in lines if text)
    return Section(wording.IN_SHORT, (Items(items),), tuple(_balances(sheet)))


def _complaint(sheet: Sheet) -> str:
    told = told_places(sheet.kb, sheet.world)
    if told:
        return "; ".join(told)
    labels = {one.id: one.label for one in sheet.kb.interview.complaints}
    return "; ".join(
        label for one, label in labels.items() if sheet.world.truths[f"complaint.{one}"] is Truth.TRUE
    )


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
        still_open = [sheet.kb.disorders[one.disorder].name for one in sheet.assessment.open]
        more = f" {wording.SHORT_OPEN.format(names='; '.join(still_open))}" if still_open else ""
        return none_named(sheet) + more
    words = [wording.GRADE[(sheet.form(one) or one).grade] for one in lines]
    if sheet.assessment.ahead is not None:
        words[0] = wording.SHORT_AHEAD
    named = [f"{_with_form(sheet, one)} ({said})" for one, said in zip(lines, words, strict=True)]
    return some(named, NAMED)


def _with_form(sheet: Sheet, line: Entry) -> str:
    """The name of a line, and of its form that fits best."""
    form, name = sheet.form(line), sheet.kb.disorders[line.disorder].name
    return name if form is None else f"{name}, as {sheet.kb.disorders[form.disorder].name}"


def _balances(sheet: Sheet) -> Iterator[Section]:
    """What speaks for and against each leading disorder: of the member that decides its rank."""
    lines = {one.disorder: one for one in sheet.assessment.differential}
    for name in sheet.assessment.leading:
        if name in lines:
            yield _balance(sheet, sheet.best(lines[name]))


def _balance(sheet: Sheet, entry: Entry) -> Section:
    disorder = sheet.kb.disorders[entry.disorder]
    criteria = {
        truth: [one.text for one in disorder.criteria if entry.criteria.get(one.id) is truth]
        for truth in Truth
    }
    evidence = {one.id: one.text for one in disorder.evidence}
    excludes = dict(exclusions_of(sheet.kb, disorder))
    speaks_for = [*criteria[Truth.TRUE], *(evidence[one] for one in entry.evidence_for)]
    against = [evidence[one] for one in entry.evidence_against]
    against += [excludes[rule].text for rule in entry.excluded_by]
    items = [
        *_listed(wording.SPEAKS_FOR, speaks_for, FOR_SHOWN),
        *_listed(wording.CRITERIA_NOT_MET, criteria[Truth.FALSE]),
        *_listed(wording.SPEAKS_AGAINST, against),
        *_listed(wording.HELD_BACK, held_back(sheet, entry)),
    ]
    if entry.settle:
        items.append(Item(would_settle(sheet, entry, SETTLE_SHOWN), mark=wording.SHORT_SETTLE))
    return Section(
        wording.FOR_AND_AGAINST.format(name=disorder.name), (Items(tuple(items)),) if items else ()
    )


def _listed(title: str, texts: Sequence[str], limit: int | None = None) -> Iterator[Item]:
    """Sentences under what they are, a line each; a single one stands beside it."""
    if len(texts) == 1:
        yield Item(texts[0], mark=title)
    elif texts:
        more = len(texts[limit:]) if limit else 0
        counted = [Item(wording.AND_MORE.format(count=more))] if more else []
        yield Item("", (*map(Item, texts[:limit]), *counted), mark=title)


def _first_choices(sheet: Sheet) -> tuple[str, str]:
    """First choices for what leads, and those with a reason against; none at emergency: the action comes first."""
    if sheet.assessment.urgency.now is Level.EMERGENCY:
        return "", ""
    first = [
        one for one in sheet.assessment.treatments if one.line is Line.FIRST and one.context is Truth.TRUE
    ]
    suited, against = (
        dict.fromkeys(sheet.kb.treatments[one.treatment].name for one in first if one.against is given)
        for given in (False, True)
    )
    return some(list(suited), NAMED), "; ".join(against)
