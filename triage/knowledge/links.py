"""What names point at: sources, findings, disorders, nerves and places exist, and no two things share a name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from triage.errors import Place, nearest
from triage.knowledge.interview_links import InterviewCheck
from triage.knowledge.names import NameCheck
from triage.knowledge.parts import Part
from triage.logic import FindingType
from triage.models.base import PROJECT_JUDGEMENT, Cite
from triage.models.case_count import EVERY_CASE, CaseCount
from triage.models.finding import Finding
from triage.models.profile import AVERAGE, Profile, Spread, Usualness, finding_of
from triage.models.rules import EVERYBODY, CaveatSet, Disorder, Pattern, Treatment, UrgencyRule
from triage.models.settings import Interview, SourceEntry, UrgencySettings

NEW_SOURCE = "A new one belongs into sources.yaml first."
OTHER = "other"
"""what a disorder explains beside the complaints that the interview asks for"""
COUNT_ANEW = "count anew: triage rules count CASES --out rules/case_counts.yaml"
# Words of the expression language and of case files; a finding or choice of that name would be ambiguous.
RESERVED = {
    "none",
    "no_others",
    "unknown",
    "yes",
    "no",
    "true",
    "false",
    "null",
    "at_least",
    "and",
    "or",
    "not",
    "in",
    "if",
}


class LinkCheck(NameCheck):
    """Reports every name that points nowhere or at two things."""

    def run(self) -> None:
        """Report all problems to ``parts.problems``."""
        self._names()
        self._findings()
        self._complaints()
        self._sources()
        self._disorders()
        self._profiles()
        self._case_counts()
        self._treatments()
        InterviewCheck(self.parts).run()

    def _complaint(self, name: str, place: Place, rule: str, beside: str = EVERYBODY) -> None:
        interview = self.parts.single(Interview)
        if interview is not None:
            known = [beside, *(one.id for one in interview.model.complaints)]
            self._known("complaint", name, known, place, rule)

    def _complaints(self) -> None:
        for name, part in self.parts.of(UrgencyRule).items():
            for index, complaint in enumerate(part.model.about):
                self._complaint(complaint, part.at("about", index), name)
        for name, disorder in self.parts.of(Disorder).items():
            for index, complaint in enumerate(disorder.model.explains):
                self._complaint(complaint, disorder.at("explains", index), name, beside=OTHER)
            for number, rule in enumerate(disorder.model.urgency):
                for index, complaint in enumerate(rule.about):
                    self._complaint(complaint, disorder.at("urgency", number, "about", index), rule.id)

    def _names(self) -> None:
        taken: dict[str, str] = {}
        groups: list[tuple[str, dict[str, Part[Any]]]] = [
            ("finding", dict(self.parts.of(Finding))),
            ("pattern", dict(self.parts.of(Pattern))),
            ("urgency rule", dict(self.parts.of(UrgencyRule))),
            ("disorder", dict(self.parts.of(Disorder))),
        ]
        for what, group in groups:
            for name, part in group.items():
                if name in RESERVED:
                    self._problem(f"`{name}` is a reserved word", part.place, name)
                if name in taken:
                    self._problem(
                        f"`{name}` is already the name of a {taken[name]}",
                        part.place,
                        name,
                        "rename one of them",
                    )
                taken[name] = what
        aliases: dict[str, str] = {}
        for disorder, part in self.parts.of(Disorder).items():
            for alias in part.model.aliases:
                if alias in self.disorders or alias in aliases:
                    self._problem(f"the alias `{alias}` is already taken", part.at("aliases"), disorder)
                aliases[alias] = disorder
        for name, part in self.parts.of(Finding).items():
            for choice in part.model.choices:
                if choice in RESERVED:
                    self._problem(
                        f"the choice `{choice}` is a reserved word", part.at("choices", choice), name
                    )
                if choice in taken:
                    message = f"the choice `{choice}` is also the name of a {taken[choice]}"
                    self._problem(message, part.at("choices", choice), name, "rename the choice")

    def _findings(self) -> None:
        for name, part in self.parts.of(Finding).items():
            finding = part.model
            self._complaint(finding.of, part.at("of"), name)
            chooses = finding.type in (FindingType.ONE_OF, FindingType.ANY_OF)
            if chooses and not finding.choices:
                self._problem("`choices` is missing", part.place, name)
            if not chooses and finding.choices:
                self._problem(f"a {finding.type} finding has no choices", part.at("choices"), name)
            if finding.type is FindingType.NUMBER and finding.range is None:
                self._problem(
                    "`range` is missing", part.place, name, "state the lowest and highest answer allowed"
                )
            if finding.type is not FindingType.NUMBER and (finding.range or finding.unit or finding.picks):
                self._problem("only a number has a unit, a range or picks", part.place, name)
            low, high = finding.limits
            if finding.zero and not (finding.type is FindingType.NUMBER and low <= 0 <= high):
                self._problem("only a number that can be 0 has words for it", part.at("zero"), name)
            allowed = {
                FindingType.YES_NO: ("yes", "no"),
                FindingType.ANY_OF: ("none",),
                FindingType.ONE_OF: tuple(finding.choices),
                FindingType.NUMBER: (),
            }[finding.type]
            if finding.implied is not None and finding.implied not in allowed:
                self._problem(
                    f"`implied: {finding.implied}` does not fit its type {finding.type}",
                    part.at("implied"),
                    name,
                )

    def _source(self, ref: str, names: set[str], place: Place, rule: str) -> None:
        if ref in names or ref in self.parts.refused:
            return
        kept = next(
            (name for name, part in self.parts.of(SourceEntry).items() if ref in part.model.also), None
        )
        hint = f"it is kept as `{kept}`" if kept else f"{nearest(ref, names)} {NEW_SOURCE}".strip()
        self._problem(f"unknown source `{ref}`", place, rule, hint)

    def _sources(self) -> None:
        known = self.parts.of(SourceEntry)
        names = {*known, PROJECT_JUDGEMENT}
        kinds: tuple[type[BaseModel], ...] = (
            Pattern,
            UrgencyRule,
            Disorder,
            CaveatSet,
            Treatment,
            UrgencySettings,
        )
        for kind in kinds:
            for name, part in self.parts.of(kind).items():
                for key, holder, cites in _citations(part.model, ()):
                    for cite in cites:
                        self._source(cite.ref, names, part.at(*key), name)
                    if any(cite.ref == PROJECT_JUDGEMENT for cite in cites) and not getattr(
                        holder, "rationale", None
                    ):
                        hint = "say why in `rationale:`"
                        self._problem(
                            "a judgement of the project has no rationale", part.at(*key), name, hint
                        )

    def _disorders(self) -> None:
        for name, part in self.parts.of(Disorder).items():
            disorder = part.model
            if disorder.parent is not None and self._known(
                "disorder", disorder.parent, self.disorders, part.at("parent"), name
            ):
                head = self.disorders[disorder.parent]
                if head.parent is not None or disorder.parent == name:
                    self._problem(
                        f"`{disorder.parent}` is itself a member of a family", part.at("parent"), name
                    )
            if disorder.nerve_by_definition and disorder.nerve is None:
                self._problem("`nerve_by_definition` needs a `nerve`", part.at("nerve_by_definition"), name)
            for other in disorder.combines:
                self._known("disorder", other, self.disorders, part.at("combines"), name)
            for index, look_alike in enumerate(disorder.look_alikes):
                place = part.at("look_alikes", index)
                self._known("disorder", look_alike.disorder, self.disorders, place, name)
                for finding in look_alike.findings:
                    self._known("finding", finding, self.findings, place, name)
        for name in self.parts.codes:
            self._known("disorder", name, self.disorders, Place("codes/snomed.yaml"), name)

    def _profiles(self) -> None:
        for name, part in self.parts.of(Profile).items():
            if name != AVERAGE:
                self._known("disorder", name, self.disorders, part.place, name)
            seen: dict[str, str] = {}
            for word in Usualness:
                for index, answer in enumerate(getattr(part.model, word.value)):
                    if answer in seen:
                        message = f"`{answer}` stands under `{seen[answer]}` as well"
                        place = part.at(word.value, index)
                        self._problem(message, place, name, "an answer has one word")
                    seen[answer] = word.value
                    # Places are looked up for faults alone: there are twenty thousand answers.
                    if fault := self._fault(answer):
                        message, hint = fault
                        self._problem(message, part.at(word.value, index), name, hint)
            for finding, spread in part.model.numbers.items():
                self._spread(finding, spread, part.at("numbers", finding), name)

    def _case_counts(self) -> None:
        counts = self.parts.of(CaseCount)
        every = counts.get(EVERY_CASE)
        for name, part in counts.items():
            if every is None:
                message = f"`{EVERY_CASE}` is missing, with which the others are compared"
                self._problem(message, part.place, name, COUNT_ANEW)
                return
            if name != EVERY_CASE:
                self._known("disorder", name, self.disorders, part.place, name)
            for answer, told in part.model.told.items():
                if fault := self._fault(answer):
                    message, hint = fault
                    self._problem(message, part.at("told", answer), name, hint)
                elif told > every.model.told.get(answer, 0):
                    message = f"`{answer}` is told by {told} cases of it, and by fewer of every case"
                    self._problem(message, part.at("told", answer), name, COUNT_ANEW)

    def _fault(self, answer: str) -> tuple[str, str] | None:
        """What keeps an answer from being told, with a hint; None if nothing does."""
        name, choice = finding_of(answer)
        finding = self.findings.get(name)
        if finding is None:
            unknown = f"unknown finding `{name}`", nearest(name, self.findings)
            return None if name in self.parts.refused else unknown
        if finding.type is FindingType.NUMBER:
            return f"`{name}` is a number", "put its range under `numbers:`"
        if finding.type is FindingType.YES_NO:
            yes = f"write `{name}` for its yes"
            return None if choice is None else (f"`{name}` is answered yes or no", yes)
        if choice is None:
            return f"`{name}` has choices", f"write `{name}.choice`"
        known = choice in finding.choices
        return None if known else (f"unknown choice `{choice}`", nearest(choice, finding.choices))

    def _spread(self, name: str, spread: Spread, place: Place, rule: str) -> None:
        if not self._known("finding", name, self.findings, place, rule):
            return
        finding = self.findings[name]
        if finding.type is not FindingType.NUMBER:
            self._problem(f"`{name}` is no number", place, rule, "put its answers under a word")
        elif finding.range is not None:
            low, high = finding.limits
            if not low <= spread.most[0] <= spread.most[1] <= high:
                message = f"`most` of `{name}` leaves the range of its answers"
                self._problem(message, place, rule, f"stay between {low:g} and {high:g}")

    def _treatments(self) -> None:
        sets = self.parts.of(CaveatSet)
        for name, part in self.parts.of(Treatment).items():
            for used in part.model.caveat_sets:
                self._known("caveat set", used, sets, part.at("caveat_sets"), name)
            for index, path in enumerate(part.model.paths):
                self._known(
                    "disorder", path.disorder, self.disorders, part.at("paths", index, "disorder"), name
                )


def _citations(
    model: BaseModel, key: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], BaseModel, tuple[Cite, ...]]]:
    """Every group of citations below ``model``: its key, the part that makes it, the citations."""
    for field in type(model).model_fields:
        value = getattr(model, field)
        if field == "source" and isinstance(value, tuple):
            yield (*key, field), model, value
        elif isinstance(value, BaseModel):
            yield from _citations(value, (*key, field))
        elif isinstance(value, tuple):
            for index, item in enumerate(value):
                if isinstance(item, BaseModel):
                    yield from _citations(item, (*key, field, index))
