"""Why a treatment is named for this person, and why it is not: documents about one treatment."""

from __future__ import annotations

from triage.logic import Truth
from triage.models import Severity, Treatment, TreatmentPath
from triage.report import wording
from triage.report.document import Item, Items, Paragraph, Section
from triage.report.sheet import Sheet, statement
from triage.report.treatments import caveat_by_rule, documented_path


def why_treatment(sheet: Sheet, treatment: Treatment) -> Section:
    """For which leading disorder it is documented, by whom, and which caveats apply."""
    named = [one for one in sheet.assessment.treatments if one.treatment == treatment.id]
    paths = [one for one in named if not one.against and one.context is Truth.TRUE]
    if not paths:
        text = wording.NOTHING_HOLDS.format(name=treatment.id)
        return Section(wording.RESTS_ON, (Paragraph(text),))
    return Section(wording.RESTS_ON, (Items(tuple(_path(sheet, treatment, one) for one in paths)),))


def why_not_treatment(sheet: Sheet, treatment: Treatment) -> Section:
    """Contraindications that apply; otherwise that none of its disorders leads, or that its situation is absent."""
    assessment = sheet.assessment
    named = [one for one in assessment.treatments if one.treatment == treatment.id]
    against = [one for one in named if one.against]
    if against:
        return Section(wording.IN_THE_WAY, (Items(tuple(_path(sheet, treatment, one) for one in against)),))
    if named:
        return Section(wording.IN_THE_WAY, (Paragraph(wording.NOTHING_AGAINST_PATH),))
    items = [_absent(sheet, treatment, disorder) for disorder in _disorders(treatment)]
    return Section(wording.IN_THE_WAY, (Paragraph(wording.NOT_NAMED), Items(tuple(items))))


def _disorders(treatment: Treatment) -> list[str]:
    return list(dict.fromkeys(path.disorder for path in treatment.paths))


def _absent(sheet: Sheet, treatment: Treatment, disorder: str) -> Item:
    """Why the paths of one disorder are not named: it does not lead, or they are for others than this person."""
    kb = sheet.kb
    name = kb.disorders[disorder].name
    assessment = sheet.assessment
    shown = {one.disorder for one in assessment.differential}
    if kb.family(disorder) not in assessment.leading or disorder not in shown:
        return Item(wording.NOT_LEADING.format(name=name))
    if assessment.ahead is not None and kb.family(disorder) == assessment.leading[0]:
        return Item(wording.NOT_DECIDED.format(name=name))
    if assessment.treatments_withheld:
        return Item(f"{name}: {wording.WITHHELD}")
    situations = [one.context.text for one in treatment.paths if one.disorder == disorder and one.context]
    return Item(wording.OTHER_SITUATION.format(name=name, situations="; ".join(situations)))


def _path(sheet: Sheet, treatment: Treatment, result: TreatmentPath) -> Item:
    path = documented_path(sheet.kb, result)
    name = sheet.kb.disorders[result.disorder].name
    children = [statement(sheet, one) for one in path.says]
    for one in result.caveats:
        if one.truth is Truth.TRUE and (not result.against or one.severity is Severity.CONTRAINDICATED):
            caveat = caveat_by_rule(sheet.kb, treatment, path, one.id)
            text = f"{caveat.text}{sheet.cite(caveat.source)} (applies: {sheet.because(one.id)})"
            children.insert(
                0 if result.against else len(children), Item(text, mark=wording.SEVERITY[one.severity])
            )
    situation = f", {path.context.text}" if path.context else ""
    return Item(wording.DOCUMENTED_FOR.format(name=name) + situation, tuple(children))
