"""Which nerves are involved and how, where it is felt or moves, and what else it comes from."""

from __future__ import annotations

from collections.abc import Iterable

from triage.models import (
    Involved,
    NerveModality,
    Territory,
)
from triage.report import wording
from triage.report.document import Item, Items, Paragraph, Section
from triage.report.sheet import Sheet


def nerves_section(sheet: Sheet) -> Section:
    """Which nerves are involved and how, where it is felt or moves, and what else it comes from."""
    nerves = sheet.assessment.nerves
    blocks: list[Paragraph | Items] = [Paragraph(_modality(sheet), strong=True)]
    items: list[Item] = []
    by_nerve: dict[str, list[str]] = {}
    for pattern in dict.fromkeys(one.pattern for one in nerves.involved):
        words = involved_words(sheet, [one for one in nerves.involved if one.pattern == pattern])
        by_nerve.setdefault(words, []).append(pattern)
    for words, patterns in by_nerve.items():
        if len(patterns) == 1:
            items.append(_pattern(sheet, patterns[0], f"{words}: "))
        else:
            items.append(Item(words, tuple(_pattern(sheet, pattern) for pattern in patterns)))
    for origin in nerves.origins:
        items.append(_pattern(sheet, origin.pattern, f"{sheet.kb.face.origins[origin.origin]}: "))
    if nerves.territory:
        items.append(Item(f"{wording.TERRITORY}: {_territory_words(sheet, nerves.territory)}"))
    if items:
        blocks.append(Items(tuple(items)))
    if nerves.modality is NerveModality.UNDETERMINED and not items:
        blocks.append(Paragraph("Where it is felt or moves, and what it is like, would show it."))
    return Section("Which nerves", tuple(blocks))


def _modality(sheet: Sheet) -> str:
    nerves = sheet.assessment.nerves
    if nerves.modality_of is None:
        return f"{wording.MODALITY[nerves.modality]}."
    name, modality = sheet.kb.disorders[nerves.modality_of].name, wording.IN_IT[nerves.modality]
    words = wording.MODALITY_OF_UNDECIDED if sheet.modality_undecided else wording.MODALITY_OF
    if nerves.involved:
        none = nerves.modality is NerveModality.NONE
        words = wording.NONE_BY_DEFINITION if none else wording.MIXED_BY_DEFINITION
    return words.format(name=name, modality=modality)


def _pattern(sheet: Sheet, pattern: str, before: str = "") -> Item:
    """A pattern that holds, with the answers behind it."""
    rule = sheet.kb.patterns[pattern]
    because = sheet.because(pattern)
    below = (Item(f"because {because}"),) if because else ()
    return Item(f"{before}{rule.label}{sheet.cite(rule.source)}", below)


def involved_words(sheet: Sheet, found: list[Involved]) -> str:
    """The nerve that all of ``found`` name, how it is involved, its branches and the side."""
    face = sheet.kb.face
    nerve = face.nerves[found[0].nerve].label
    branches = [face.areas[one.branch].label for one in found if one.branch is not None]
    side = face.sides.get(found[0].side or "", "")
    kinds = " and ".join(sorted({one.modality.value for one in found}))
    return ", ".join(
        part for part in (f"{nerve} ({kinds})", " and ".join(dict.fromkeys(branches)), side) if part
    )


def _territory_words(sheet: Sheet, territory: Iterable[Territory]) -> str:
    face = sheet.kb.face
    grouped: dict[tuple[str, str | None], list[str]] = {}
    for one in territory:
        area = face.areas[one.area].lay if one.area else face.nerves[one.nerve].lay
        grouped.setdefault((one.complaint, one.side), []).append(area)
    names = {entry.id: entry.label for entry in sheet.kb.interview.complaints}
    return "; ".join(
        f"{names.get(complaint, complaint)}: {', '.join(dict.fromkeys(areas))}"
        + (f" ({face.sides.get(side, side)})" if side else "")
        for (complaint, side), areas in grouped.items()
    )
