"""Which nerves are concerned, as ``assessment.nerves`` defines it.

An item of a list is one text: its fields with a space between them, empty where there is none. Ids have no spaces and a
space sorts before every letter, so sorting the texts sorts by the fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from triage.bulk.assessment.truths import Truths
from triage.bulk.sql import digits
from triage.bulk.sql.program import quoted
from triage.logic import FindingType
from triage.models import Involvement, Modality, NerveModality
from triage.models.settings import PlaceEntry, SiteFinding

INVOLVED = ("nerve", "branch", "side", "modality", "pattern")
TERRITORY = ("complaint", "nerve", "area", "side")
ORIGIN = ("origin", "pattern")


class NerveColumns:
    """The columns of involvement, origins, territory and modality."""

    def __init__(self, truths: Truths) -> None:
        self.kb = truths.kb
        self.truths = truths
        self.program = truths.program

    @cached_property
    def modality(self) -> str:
        """The modality of the case, as text."""
        kinds = {
            kind: self._involved_by(self._patterns_of(kind)) for kind in (Modality.SENSORY, Modality.MOTOR)
        }
        origin = self._any(pattern.id for pattern in self.kb.patterns.values() if pattern.origin is not None)
        both = digits.all_flags(kinds.values())
        cases = [
            (both, NerveModality.MIXED),
            (kinds[Modality.SENSORY], NerveModality.SENSORY),
            (kinds[Modality.MOTOR], NerveModality.MOTOR),
            (origin, NerveModality.NONE),
        ]
        whens = " ".join(f"WHEN {digits.holds(flag)} THEN '{word}'" for flag, word in cases if flag != "0")
        last = f"'{NerveModality.UNDETERMINED}'"
        return f"CASE {whens} ELSE {last} END" if whens else last

    def _patterns_of(self, kind: Modality) -> Iterator[str]:
        for pattern in self.kb.patterns.values():
            if any(entry.modality is kind for entry in pattern.involvement):
                yield pattern.id

    def _any(self, patterns: Iterable[str]) -> str:
        return digits.sure(digits.any_of(self.truths.rule(pattern) for pattern in patterns))

    def _involved_by(self, patterns: Iterable[str]) -> str:
        """The flag that one of these patterns holds and counts."""
        listed = list(patterns)
        replaced = {name for pattern in self.kb.patterns.values() for name in pattern.instead_of}
        plain = self._any(name for name in listed if name not in replaced)
        return digits.any_flag([plain, *(self._counted(name) for name in listed if name in replaced)])

    def _counted(self, pattern: str) -> str:
        """The flag that a pattern holds and nothing stands in its place."""
        holds = digits.sure(self.truths.rule(pattern))
        instead = self._any(one.id for one in self.kb.patterns.values() if pattern in one.instead_of)
        return holds if instead == "0" else digits.all_flags([holds, digits.not_flag(instead)])

    @cached_property
    def origins(self) -> str:
        """``origin pattern`` of every pattern that holds, sorted."""
        pairs = sorted(
            (pattern.origin, pattern.id)
            for pattern in self.kb.patterns.values()
            if pattern.origin is not None
        )
        items = [
            (digits.sure(self.truths.rule(pattern)), f"'{origin} {pattern}'") for origin, pattern in pairs
        ]
        return self.program.define("origins", chosen(items), "what else the complaints come from")

    @cached_property
    def origin_names(self) -> str:
        """The origins alone, each once."""
        names = sorted(
            {pattern.origin for pattern in self.kb.patterns.values() if pattern.origin is not None}
        )
        items = [
            (self._any(one.id for one in self.kb.patterns.values() if one.origin == name), f"'{name}'")
            for name in names
        ]
        return chosen(items)

    @cached_property
    def involved(self) -> str:
        """What ``INVOLVED`` names, of every nerve held ill, sorted and each once."""
        items: list[tuple[str, str]] = []
        for pattern in self.kb.patterns.values():
            holds = self._counted(pattern.id)
            for entry in pattern.involvement:
                side = self._side(entry)
                for flag, branch in self._branches(entry):
                    text = f"'{entry.nerve} {branch} ' || {side} || ' {entry.modality} {pattern.id}'"
                    items.append((digits.all_flags([holds, flag]), text))
        return self.program.define("involved", _distinct(chosen(items)), "nerves held ill")

    def _side(self, entry: Involvement) -> str:
        if entry.side is not None:
            return f"'{entry.side}'"
        return self.word(entry.side_from) if entry.side_from is not None else "''"

    def _branches(self, entry: Involvement) -> Iterator[tuple[str, str]]:
        """Each branch with the flag that it is concerned; an empty one where none is."""
        if entry.branch_from is None:
            yield "1", entry.branch or ""
            return
        site = next(site for site in self.kb.face.sites if site.finding == entry.branch_from)
        flags: dict[str, list[str]] = {}
        for flag, place in self._places(site):
            if place.area is not None and self.kb.face.areas[place.area].nerve == entry.nerve:
                flags.setdefault(place.area, []).append(flag)
        for area in sorted(flags):
            yield digits.any_flag(flags[area]), area
        yield digits.not_flag(digits.any_flag(flag for listed in flags.values() for flag in listed)), ""

    @cached_property
    def territory(self) -> str:
        """What ``TERRITORY`` names, of every place where something is felt or seen, sorted and each once."""
        items: list[tuple[str, str]] = []
        for site in self.kb.face.sites:
            side = self.word(site.side) if site.side is not None else "''"
            for flag, place in self._places(site):
                nerve = place.nerve or (self.kb.face.areas[place.area].nerve if place.area else None)
                if nerve is not None:
                    items.append((flag, f"'{site.complaint} {nerve} {place.area or ''} ' || {side}"))
        return self.program.define("territory", _distinct(chosen(items)), "where it is felt or moves")

    def _places(self, site: SiteFinding) -> Iterator[tuple[str, PlaceEntry]]:
        """Each place with the flag that it was chosen."""
        finding = self.kb.findings[site.finding]
        for name, place in site.places.items():
            if name not in finding.choices:
                continue
            flag = digits.sure(self.truths.told(site.finding, name))
            if flag != "0":
                yield self.program.define(f"place {site.finding} {name}", flag), place

    def word(self, finding: str) -> str:
        """The choice of a one_of finding, given or implied, as text; empty while it is unknown."""
        found = self.kb.findings[finding]
        if found.type is not FindingType.ONE_OF:
            return "''"
        implied = self.kb.implied.get(finding)
        last = "''"
        if isinstance(implied, str):
            guard = self.truths.guard(finding)
            last = f"CASE WHEN {guard} = 0 THEN '{implied}' ELSE '' END"
        if finding not in self.truths.given:
            return self.program.define(f"word {finding}", last) if last != "''" else last
        return self.program.define(
            f"word {finding}", f"coalesce({quoted(finding)}, {last})", f"{finding}, or nothing"
        )


def chosen(items: Iterable[tuple[str, str]]) -> str:
    """The texts whose flag is set, in this order, as a list."""
    kept = [(flag, text) for flag, text in items if flag != "0"]
    if not kept:
        return NO_TEXTS
    if all(_LITERAL.fullmatch(text) for _, text in kept):
        texts, flags = ", ".join(text for _, text in kept), ", ".join(digits.holds(flag) for flag, _ in kept)
        return f"list_where([{texts}], [{flags}])"
    cases = ", ".join(f"CASE WHEN {digits.holds(flag)} THEN {text} END" for flag, text in kept)
    return f"list_filter([{cases}], lambda x: x IS NOT NULL)"


NO_TEXTS = "CAST([] AS VARCHAR[])"
_LITERAL = re.compile("'[^']*'")


def _distinct(texts: str) -> str:
    return texts if texts == NO_TEXTS else f"list_sort(list_distinct({texts}))"
