"""The documented treatment paths with the caveats for this person."""

from __future__ import annotations

from triage.explain import (
    labels,
)
from triage.logic import Truth
from triage.models import (
    KnowledgeBase,
    Severity,
    Treatment,
    TreatmentPath,
)
from triage.models.rules import Caveat
from triage.models.rules import Path as DocumentedPath
from triage.report import wording
from triage.report.document import Item, Items, Paragraph, Section
from triage.report.sheet import Sheet, some, statement

OPEN_SHOWN = 4


def treatments_section(sheet: Sheet, *, full: bool = False) -> Section | None:
    """The documented paths of the leading disorders with the caveats for this person; None if there are none."""
    assessment = sheet.assessment
    if not assessment.treatments:
        if assessment.treatments_withheld:
            return Section("Documented treatment paths", (Paragraph(wording.WITHHELD),))
        return None
    sections = []
    for disorder in dict.fromkeys(path.disorder for path in assessment.treatments):
        paths = [path for path in assessment.treatments if path.disorder == disorder]
        sections.append(_disorder_paths(sheet, disorder, paths, full=full))
    blocks = [Paragraph(wording.OPTIONS)]
    if assessment.treatments_withheld:
        blocks.append(Paragraph(wording.WITHHELD))
    return Section("Documented treatment paths", tuple(blocks), tuple(sections))


def _disorder_paths(sheet: Sheet, disorder: str, paths: list[TreatmentPath], *, full: bool) -> Section:
    blocks: list[Paragraph | Items] = []
    if paths[0].if_confirmed:
        blocks.append(Paragraph(wording.IF_CONFIRMED.format(name=sheet.kb.disorders[disorder].name)))
    # What is documented for a situation nobody has confirmed is only named on the short sheet.
    shown = [path for path in paths if not path.against and (full or path.context is Truth.TRUE)]
    for line, title in wording.LINE.items():
        group = [path for path in shown if path.line is line]
        if group:
            items = tuple(_path(sheet, one, full=full) for one in group)
            blocks += [Paragraph(f"{title}:", strong=True), Items(items)]
    against = [path for path in paths if path.against]
    if against:
        items = tuple(_path(sheet, one, full=full) for one in against)
        blocks += [Paragraph(f"{wording.AGAINST}:", strong=True), Items(items)]
    left_out = [path for path in paths if path not in shown and path not in against]
    if left_out:
        situations: dict[str, list[str]] = {}
        for one in left_out:
            context = _documented_path(sheet.kb, one).context
            situations.setdefault(context.text if context else "", []).append(
                sheet.kb.treatments[one.treatment].name
            )
        lines = tuple(Item(f"{situation}: {', '.join(names)}") for situation, names in situations.items())
        blocks += [Paragraph(wording.OTHER_SITUATIONS, strong=True), Items(lines)]
    return Section(f"For {sheet.kb.disorders[disorder].name}", tuple(blocks))


def _documented_path(kb: KnowledgeBase, result: TreatmentPath) -> DocumentedPath:
    return next(one for one in kb.treatments[result.treatment].paths if one.id == result.path)


def _path(sheet: Sheet, result: TreatmentPath, *, full: bool) -> Item:
    treatment = sheet.kb.treatments[result.treatment]
    path = _documented_path(sheet.kb, result)
    situation = f", {path.context.text}" if path.context else ""
    unsure = " (if that applies to you)" if path.context and result.context is Truth.UNKNOWN else ""
    children = [statement(sheet, one, "what it is") for one in treatment.about] if full else []
    children += [statement(sheet, one) for one in path.says]
    for mark, statements in (
        ("effect", path.effect),
        ("time", path.time_course),
        ("complications", path.complications),
    ):
        children += [statement(sheet, one, mark) for one in (statements if full else statements[:1])]
    if full:
        shared = [one for used in treatment.caveat_sets for one in sheet.kb.caveat_sets[used].monitoring]
        watch = (*path.monitoring, *treatment.monitoring, *shared)
        children += [statement(sheet, one, "checks") for one in watch]
    children += _caveats(sheet, treatment, path, result, full=full)
    return Item(f"{treatment.name}{situation}{unsure}", tuple(children), strong=True)


def _caveats(
    sheet: Sheet, treatment: Treatment, path: DocumentedPath, result: TreatmentPath, *, full: bool
) -> list[Item]:
    """Caveats that apply, each with the answer; those that hang on an unknown answer by what is not known."""
    items: list[Item] = []
    open_questions: dict[Severity, dict[str, None]] = {}
    for one in result.caveats:
        caveat = caveat_by_rule(sheet.kb, treatment, path, one.id)
        if one.truth is Truth.TRUE:
            own = sheet.because(one.id)
            text = f"{caveat.text}{sheet.cite(caveat.source)}"
            items.append(
                Item(f"{text} (applies: {own})" if own else text, mark=f"{wording.SEVERITY[one.severity]}:")
            )
        elif full:
            names = some(labels(sheet.kb, one.missing), OPEN_SHOWN)
            text = f"{caveat.text}{sheet.cite(caveat.source)} (not known: {names})"
            items.append(Item(text, mark=f"possible {wording.SEVERITY[one.severity]}:"))
        else:
            open_questions.setdefault(one.severity, {}).update(dict.fromkeys(labels(sheet.kb, one.missing)))
    for severity, known in open_questions.items():
        # Checks during use are no reason to decide on; the full sheet lists them.
        if severity is not Severity.MONITOR:
            mark = wording.POSSIBLE[severity]
            items.append(Item(some(list(known), OPEN_SHOWN), mark=mark))
    return items


def caveat_by_rule(kb: KnowledgeBase, treatment: Treatment, path: DocumentedPath, rule: str) -> Caveat:
    """The caveat behind a rule id of a path."""
    owner, _, name = rule.rpartition(".")
    if owner in kb.caveat_sets:
        pool = kb.caveat_sets[owner].caveats
    else:
        pool = treatment.caveats if owner == treatment.id else path.caveats
    return next(one for one in pool if one.id == name)
