"""From raw answers to a ``Case``: every fault of a case at once, each with its place and a hint."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from pydantic import ValidationError

from triage.cases.contradictions import conflicts
from triage.cases.hints import finding_hint
from triage.cases.raw import MAX_PROBLEMS, RawCase
from triage.cases.tokens import UNKNOWN, Answer, is_unknown, read_answer
from triage.cases.wording import shown
from triage.errors import CaseError, LabelError, Place, Problems, TriageError, nearest
from triage.logic import FindingType
from triage.models import NONE_OF_THESE, Case, CaseSource, Expected, Finding, KnowledgeBase, Level
from triage.models.case import AnsweredBy

FIELDS = ("format", "id", "person", "answered_by", "facts", "expected", "source", "note")
FORMAT = 1
_LONGEST_TEXT = 10_000


def read_case(kb: KnowledgeBase, raw: RawCase) -> Case:
    """The case with its answers in the findings' units.

    Raises ``Problems`` with every ``CaseError`` of the case.
    """
    return _Reading(kb, raw).case()


def read_facts(kb: KnowledgeBase, answers: Mapping[str, Any]) -> tuple[dict[str, Answer], frozenset[str]]:
    """The values of answers given by a program, and the findings answered ``unknown``.

    Raises ``Problems``.
    """
    case = read_case(kb, RawCase("", 0, {"id": "answers", "facts": answers}, lambda key: Place()))
    return dict(case.facts), case.not_known


def unknown_finding(kb: KnowledgeBase, name: str, place: Place | None = None) -> CaseError:
    """The error for a name that no finding has, with those that may have been meant."""
    return CaseError(
        f"unknown finding {shown(name)}",
        place=place,
        finding=name,
        hint=finding_hint(kb, name) or "`triage rules list findings` names them all",
    )


class _Enough(Exception):
    """So many faults that no further one would help anybody."""


class _Reading:
    """One case being read; faults are collected and thrown together."""

    def __init__(self, kb: KnowledgeBase, raw: RawCase) -> None:
        self.kb = kb
        self.raw = raw
        self.problems: list[TriageError] = []

    def case(self) -> Case:
        id = self._id()
        fields: dict[str, Any] = {}
        try:
            fields = self._fields()
        except _Enough:
            message = f"has more than {MAX_PROBLEMS:,} faults"
            self.problems.append(
                CaseError(message, place=self.raw.place(()), hint="correct those named first")
            )
        if self.problems:
            for problem in self.problems:
                problem.rule = f"case {id}" if id else ""
            raise Problems(self.problems)
        return Case(id=id, **fields)

    def _fields(self) -> dict[str, Any]:
        """What the case has beside its id."""
        for name in self.raw.data:
            if name not in FIELDS:
                self._unknown_field(str(name))
        if self.raw.data.get("format", FORMAT) not in (FORMAT, str(FORMAT)):
            self._fault(
                f"`format`: {shown(self.raw.data['format'])} is not known",
                "format",
                hint=f"write `format: {FORMAT}`",
            )
        facts, not_known = self._facts()
        others: dict[str, Any] = {
            "person": self._text("person", exact=True),
            "answered_by": self._answered_by(),
            "note": self._text("note"),
            "expected": self._expected(),
            "source": self._source(),
        }
        for conflict in conflicts(self.kb, facts):
            self._add(self._placed(conflict.error()))
        given = {name: value for name, value in others.items() if value}
        return {"facts": facts, "not_known": not_known, **given}

    def _add(self, problem: TriageError) -> None:
        if len(self.problems) >= MAX_PROBLEMS:
            raise _Enough
        self.problems.append(problem)

    def _fault(self, message: str, *key: str | int, finding: str = "", hint: str = "") -> None:
        self._add(CaseError(message, place=self.raw.place(key), finding=finding, hint=hint))

    def _placed(self, error: CaseError) -> CaseError:
        error.place = self.raw.place(("facts", error.finding))
        return error

    def _unknown_field(self, name: str) -> None:
        if name in self.kb.findings or name in self.kb.former:
            hint = "answers stand below `facts:`"
        else:
            hint = nearest(name, FIELDS) or f"a case has the fields {', '.join(FIELDS)}"
        self._fault(f"{shown(name)} is not a field of a case", name, hint=hint)

    def _id(self) -> str:
        if self.raw.data.get("id") is not None:
            # What cannot be used as an id is told as that, and not as missing as well.
            return self._text("id", exact=True) or ""
        if not self.raw.default_id:
            self._fault("the case has no id", hint="give every case an `id` of its own")
        elif not _usable(self.raw.default_id):
            name = shown(self.raw.default_id)
            self._fault(
                f"the name of the file, {name}, cannot be an id", hint="give the case an `id` of its own"
            )
        return self.raw.default_id

    def _text(self, name: str, *, exact: bool = False) -> str | None:
        """A field as text; whole numbers are taken as written, other numbers have lost how they were written."""
        value = self.raw.data.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if value is None or (isinstance(value, str) and not value.strip() and name != "id"):
            return None
        if not isinstance(value, str):
            self._fault(f"`{name}`: expected text, found {shown(value)}", name, hint="put it in quotes")
            return None
        value = value.strip()
        if not _usable(value, exact=exact):
            self._fault(f"`{name}`: {shown(value)} cannot be used", name, hint="use short printable text")
            return None
        return value

    def _answered_by(self) -> str | None:
        value = self._text("answered_by")
        known = get_args(AnsweredBy)
        if value is not None and value not in known:
            hint = nearest(value, known) or f"write {', '.join(known)}"
            self._fault(f"`answered_by`: {shown(value)} is not known", "answered_by", hint=hint)
            return None
        return value

    def _facts(self) -> tuple[dict[str, Answer], frozenset[str]]:
        raw = self.raw.data.get("facts")
        if raw is None:
            return {}, frozenset()
        if not isinstance(raw, Mapping):
            self._fault(
                "`facts`: expected findings with answers", "facts", hint="write `facts: {finding: answer}`"
            )
            return {}, frozenset()
        facts: dict[str, Answer] = {}
        not_known: set[str] = set()
        written: dict[str, str] = {}
        for name, answer in raw.items():
            finding = self._finding(str(name))
            if finding is None or answer is None:
                continue
            if finding.id in written:
                self._fault(
                    f"`{finding.id}` is given twice",
                    "facts",
                    name,
                    finding=finding.id,
                    hint=f"as `{written[finding.id]}` and as `{name}`",
                )
                continue
            written[finding.id] = str(name)
            value = self._answer(finding, str(name), answer)
            if value is not None:
                facts[finding.id] = value
            elif is_unknown(answer) or isinstance(answer, dict):
                not_known.add(finding.id)
        return facts, frozenset(not_known)

    def _finding(self, name: str) -> Finding | None:
        finding = self.kb.findings.get(self.kb.former.get(name, name))
        if finding is None:
            self._add(unknown_finding(self.kb, name, self.raw.place(("facts", name))))
        return finding

    def _answer(self, finding: Finding, name: str, answer: Any) -> Answer | None:
        """The value; a mapping of choices is read choice by choice, so that each fault is told."""
        if isinstance(answer, dict) and finding.type is FindingType.ANY_OF:
            together: dict[str, bool] = {}
            for choice, one in answer.items():
                value = self._read(finding, {choice: one}, "facts", name, choice)
                together |= value if isinstance(value, dict) else {}
            return together or None
        return self._read(finding, answer, "facts", name)

    def _read(self, finding: Finding, answer: Any, *key: str) -> Answer | None:
        try:
            return read_answer(finding, answer)
        except CaseError as error:
            error.place = self.raw.place(key)
            self._add(error)
            return None

    def _expected(self) -> Expected | None:
        raw = self._mapping("expected")
        if raw is None:
            return None
        labels = {name: value for name, value in raw.items() if value not in (None, UNKNOWN)}
        for name in ("accept", "nerve_accept", "urgency_accept"):
            if isinstance(labels.get(name), str):
                labels[name] = [labels[name]]
        try:
            expected = Expected.model_validate(labels)
        except ValidationError as error:
            for fault in error.errors(include_url=False):
                self._label_fault(fault)
            return None
        accept = tuple(self._disorder(name, "accept") for name in expected.accept)
        main = self._disorder(expected.disorder, "disorder") if expected.disorder else None
        return expected.model_copy(update={"disorder": main, "accept": accept})

    def _disorder(self, name: str, field: str) -> str:
        if name == NONE_OF_THESE or name in self.kb.aliases:
            return self.kb.aliases.get(name, name)
        hint = (
            nearest(name, self.kb.aliases)
            or "`triage rules list disorders` names them all; `none` means none of these"
        )
        message = f"`expected.{field}`: no disorder is called {shown(name)}"
        self._add(LabelError(message, place=self.raw.place(("expected", field)), hint=hint))
        return name

    def _label_fault(self, fault: Any) -> None:
        field = str(fault["loc"][0])
        key = ("expected", *fault["loc"])
        if fault["type"] == "extra_forbidden":
            hint = nearest(field, Expected.model_fields) or f"labels are {', '.join(Expected.model_fields)}"
            self._fault(f"`expected.{field}` is not a label", *key, hint=hint)
            return
        hint = f"write one of {', '.join(Level)}" if field.startswith("urgency") else ""
        if field.startswith("nerve"):
            hint = "write sensory, motor, mixed, none or undetermined"
        self._fault(f"`expected.{field}`: {shown(fault['input'])} is not known", *key, hint=hint)

    def _source(self) -> CaseSource | None:
        raw = self._mapping("source")
        if raw is None:
            return None
        try:
            return CaseSource.model_validate(raw)
        except ValidationError:
            self._fault(
                "`source`: expected a reference and a place",
                "source",
                hint='write `source: {ref: key, at: "place"}`',
            )
            return None

    def _mapping(self, name: str) -> dict[str, Any] | None:
        raw = self.raw.data.get(name)
        if raw is None:
            return None
        if not isinstance(raw, Mapping):
            self._fault(f"`{name}`: expected fields with names, found {shown(raw)}", name)
            return None
        return {str(key): value for key, value in raw.items()}


def _usable(text: str, *, exact: bool = True) -> bool:
    """Whether text of a case can be stored and shown; ``exact`` wants it printable as well."""
    broken = any("\ud800" <= letter <= "\udfff" for letter in text)
    return (
        bool(text.strip()) and not broken and len(text) <= _LONGEST_TEXT and (text.isprintable() or not exact)
    )
