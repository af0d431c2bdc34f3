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
    blocks: list[Paragraph | Items] = [Paragraph(wording.MODALITY[nerves.modality] + ".", strong=True)]
    items: list[Item] = []
    by_pattern: dict[str, list[Involved]] = {}
    for involved in nerves.involved:
        by_pattern.setdefault(involved.pattern, []).append(involved)
    for pattern, found in by_pattern.items():
        rule = sheet.kb.patterns[pattern]
        because = sheet.because(pattern)
        text = f"{_nerve_words(sheet, found)}: {rule.label}{sheet.cite(rule.source)}"
        items.append(Item(text, (Item(f"because {because}"),) if because else ()))
    for origin in nerves.origins:
        rule = sheet.kb.patterns[origin.pattern]
        because = sheet.because(origin.pattern)
        children = (Item(f"because {because}"),) if because else ()
        items.append(
            Item(f"{sheet.kb.face.origins[origin.origin]}: {rule.label}{sheet.cite(rule.source)}", children)
        )
    if nerves.territory:
        items.append(Item(f"Where it is felt or seen: {_territory_words(sheet, nerves.territory)}"))
    if items:
        blocks.append(Items(tuple(items)))
    if nerves.modality is NerveModality.UNDETERMINED and not items:
        blocks.append(Paragraph("Where it is felt or moves, and what it is like, would show it."))
    return Section("Which nerves", tuple(blocks))


def _nerve_words(sheet: Sheet, found: list[Involved]) -> str:
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
