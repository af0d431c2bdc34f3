"""The documented treatment paths with the caveats for this person, in three depths."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from triage.explain import labels
from triage.logic import Truth
from triage.models import (
    PROJECT_JUDGEMENT,
    CaveatResult,
    Cite,
    KnowledgeBase,
    Line,
    Severity,
    SourceKind,
    Statement,
    Treatment,
    TreatmentPath,
)
from triage.models.rules import Caveat
from triage.models.rules import Path as DocumentedPath
from triage.report import wording
from triage.report.document import Block, Item, Items, Paragraph, Section
from triage.report.sheet import Sheet, some, statement

OPEN_SHOWN = 4
LETTER_SHOWN = 12
DECISIVE = (Severity.CONTRAINDICATED, Severity.CAUTION)


class Detail(IntEnum):
    """How much is told of a path: the gist, what a colleague needs, or everything documented."""

    BRIEF = 0
    LETTER = 1
    FULL = 2


def treatments_section(sheet: Sheet, detail: Detail = Detail.BRIEF) -> Section | None:
    """The documented paths of the leading disorders with the caveats for this person; None if there are none."""
    assessment = sheet.assessment
    withheld = (Paragraph(wording.WITHHELD),) if assessment.treatments_withheld else ()
    if not assessment.treatments:
        return Section(wording.PATHS, withheld) if withheld else None
    told: set[str] = set()
    sections = []
    for disorder in dict.fromkeys(path.disorder for path in assessment.treatments):
        paths = [path for path in assessment.treatments if path.disorder == disorder]
        sections.append(_Paths(sheet, detail, told).section(disorder, paths))
    return Section(wording.PATHS, (Paragraph(wording.OPTIONS), *withheld), tuple(sections))


def caveat_by_rule(kb: KnowledgeBase, treatment: Treatment, path: DocumentedPath, rule: str) -> Caveat:
    """The caveat behind a rule id of a path."""
    owner, _, name = rule.rpartition(".")
    if owner in kb.caveat_sets:
        pool = kb.caveat_sets[owner].caveats
    else:
        pool = treatment.caveats if owner == treatment.id else path.caveats
    return next(one for one in pool if one.id == name)


def documented_path(kb: KnowledgeBase, result: TreatmentPath) -> DocumentedPath:
    """What the knowledge base says of a path."""
    return next(one for one in kb.treatments[result.treatment].paths if one.id == result.path)


class _Paths:
    """The paths of one disorder; ``told`` names treatments whose caveats stand further up on the sheet."""

    def __init__(self, sheet: Sheet, detail: Detail, told: set[str]) -> None:
        self.sheet = sheet
        self.detail = detail
        self.told = told

    def section(self, disorder: str, paths: list[TreatmentPath]) -> Section:
        """The paths by line, then those with reasons against, then those for situations nobody confirmed."""
        name = self.sheet.kb.disorders[disorder].name
        blocks: list[Block] = []
        if paths[0].if_confirmed:
            blocks.append(Paragraph(wording.IF_CONFIRMED.format(name=name)))
        # What is documented for a situation nobody has confirmed is only named unless everything is asked for.
        everything = self.detail is Detail.FULL
        shown = [path for path in paths if not path.against and (everything or path.context is Truth.TRUE)]
        for line, title in wording.LINE.items():
            blocks += self._list(title, [path for path in shown if path.line is line])
        against = [path for path in paths if path.against]
        blocks += self._list(wording.AGAINST, against)
        left = [path for path in paths if path not in shown and path not in against]
        if left:
            blocks.append(Items(self._situations(left), title=wording.OTHER_SITUATIONS))
        return Section(f"For {name}", tuple(blocks))

    def _list(self, title: str, paths: list[TreatmentPath]) -> list[Block]:
        if not paths:
            return []
        return [Items(tuple(self._path(path) for path in paths), title=title)]

    def _situations(self, paths: list[TreatmentPath]) -> tuple[Item, ...]:
        kb = self.sheet.kb
        found: dict[tuple[str, bool], list[str]] = {}
        for one in paths:
            context = documented_path(kb, one).context
            situation = context.text if context else ""
            found.setdefault((situation, one.line is Line.AVOID), []).append(
                kb.treatments[one.treatment].name
            )
        return tuple(
            Item(f"{situation}: {wording.NOT_OFFERED if avoid else ''}{', '.join(names)}")
            for (situation, avoid), names in found.items()
        )

    def _path(self, result: TreatmentPath) -> Item:
        sheet, full = self.sheet, self.detail is Detail.FULL
        treatment = sheet.kb.treatments[result.treatment]
        path = documented_path(sheet.kb, result)
        situation = f", {path.context.text}" if path.context else ""
        unsure = wording.IF_IT_APPLIES if path.context and result.context is Truth.UNKNOWN else ""
        children = [statement(sheet, one, "what it is") for one in treatment.about] if full else []
        children += [statement(sheet, one) for one in self._says(path)]
        for mark, statements in self._figures(path):
            children += [statement(sheet, one, mark) for one in (statements if full else statements[:1])]
        if full:
            shared = [one for used in treatment.caveat_sets for one in sheet.kb.caveat_sets[used].monitoring]
            watch = (*path.monitoring, *treatment.monitoring, *shared)
            children += [statement(sheet, one, "checks") for one in watch]
        children += self._caveats(treatment, path, result)
        return Item(f"{treatment.name}{situation}{unsure}", tuple(children), strong=True)

    def _says(self, path: DocumentedPath) -> Iterable[Statement]:
        """All that the sources say; in brief, the first and what the article claims beside it."""
        if self.detail is not Detail.BRIEF:
            return path.says
        claims = [one for one in path.says if any(self._is_article(cite) for cite in one.source)]
        first = next((one for one in path.says if one not in claims), None)
        return [*([first] if first else []), *claims]

    def _is_article(self, cite: Cite) -> bool:
        return cite.ref != PROJECT_JUDGEMENT and self.sheet.kb.sources[cite.ref].kind is SourceKind.PROJECT

    def _figures(self, path: DocumentedPath) -> list[tuple[str, tuple[Statement, ...]]]:
        found = [("effect", path.effect), ("time", path.time_course), ("complications", path.complications)]
        brief = self.detail is Detail.BRIEF
        # Beyond the first choices the gist is enough in brief; the claims of the article name the time themselves.
        if brief and path.line is not Line.FIRST:
            return [one for one in found if one[0] == "effect"]
        return [one for one in found if one[0] != "time"] if brief else found

    def _caveats(self, treatment: Treatment, path: DocumentedPath, result: TreatmentPath) -> list[Item]:
        """Caveats that apply, each with the answer; then those that hang on what is not known."""
        applying = [one for one in result.caveats if one.truth is Truth.TRUE]
        possible = [one for one in result.caveats if one.truth is not Truth.TRUE]
        items = [self._applying(treatment, path, one) for one in applying]
        if self.detail is not Detail.FULL and path.line is Line.AVOID:
            # What could speak against a path that is not to be offered anyway decides nothing.
            return items
        above: list[Item] = []
        if treatment.id in self.told and possible:
            above = [Item(wording.CAVEATS_ABOVE)]
            possible = [one for one in possible if one.id.startswith(f"{treatment.id}.{path.id}.")]
        self.told.add(treatment.id)
        if self.detail is Detail.FULL:
            return [*items, *(self._possible(treatment, path, one) for one in possible), *above]
        return [*items, *self._open(possible), *above]

    def _applying(self, treatment: Treatment, path: DocumentedPath, one: CaveatResult) -> Item:
        caveat = caveat_by_rule(self.sheet.kb, treatment, path, one.id)
        own = self.sheet.because(one.id)
        text = f"{caveat.text}{self.sheet.cite(caveat.source)}"
        return Item(f"{text} (applies: {own})" if own else text, mark=wording.SEVERITY[one.severity])

    def _possible(self, treatment: Treatment, path: DocumentedPath, one: CaveatResult) -> Item:
        caveat = caveat_by_rule(self.sheet.kb, treatment, path, one.id)
        names = some(labels(self.sheet.kb, one.missing), OPEN_SHOWN)
        text = f"{caveat.text}{self.sheet.cite(caveat.source)} (not known: {names})"
        return Item(text, mark=wording.POSSIBLE_ONE[one.severity])

    def _open(self, possible: list[CaveatResult]) -> list[Item]:
        """What is not known and could bring a caveat, the gravest first; checks during use decide nothing."""
        found: dict[Severity, dict[str, None]] = {severity: {} for severity in DECISIVE}
        for one in possible:
            if one.severity in found:
                found[one.severity].update(dict.fromkeys(labels(self.sheet.kb, one.missing)))
        graver = found[Severity.CONTRAINDICATED]
        found[Severity.CAUTION] = {name: None for name in found[Severity.CAUTION] if name not in graver}
        if self.detail is Detail.BRIEF:
            names = list(dict.fromkeys(name for group in found.values() for name in group))
            return [Item(some(names, OPEN_SHOWN), mark=wording.TO_CLEAR_UP)] if names else []
        return [
            Item(some(list(names), LETTER_SHOWN), mark=wording.POSSIBLE[severity])
            for severity, names in found.items()
            if names
        ]
