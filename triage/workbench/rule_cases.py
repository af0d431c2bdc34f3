"""Rule cases: a sentence, the facts, and what must and must not follow; the runner behind ``triage rules test``.

A file that holds one labelled case instead of a list is a rule case too: what its label expects must follow.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from triage.assessment import decided
from triage.cases import RawCase, read_case
from triage.errors import InputError, Place, Problems, TriageError, nearest
from triage.knowledge.folder import yaml_files
from triage.knowledge.parts import UNFILLED_HINT, is_unfilled
from triage.knowledge.yaml_reader import Document, read_yaml
from triage.logic import Facts, Truth, World
from triage.models import NONE_OF_THESE, Case, KnowledgeBase, NerveModality
from triage.workbench.expectations import TRUTHS, Expect
from triage.workbench.failures import failures_of
from triage.workbench.outcome import Outcome

Decide = Callable[[Facts], World]
ENTRY = ("name", "facts", "expect", "note", "source")


@dataclass(frozen=True, slots=True)
class RuleCase:
    """A case of a rule with its expectations, and where it stands."""

    name: str
    place: Place
    case: Case
    expect: Expect


@dataclass(frozen=True, slots=True)
class CaseFailure:
    """What came out differently from what a rule case expects."""

    place: Place
    case: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        head = f"{self.place}: {self.case}: {self.message}"
        return f"{head}\n  hint: {self.hint}" if self.hint else head


@dataclass(frozen=True)
class FileResult:
    """What became of the cases of one file."""

    path: str
    cases: int
    failures: tuple[CaseFailure, ...] = field(default=())
    asserted: frozenset[tuple[str, Truth]] = frozenset()
    """rules named in the file with the truth expected of them"""


def rule_case_files(folder: Path) -> list[Path]:
    """Every file of rule cases below a folder, sorted, or the file itself.

    Raises ``InputError`` if there is none, ``Problems`` if a folder cannot be looked into.
    """
    if folder.is_file():
        return [folder]
    if not folder.is_dir():
        raise InputError("no such folder", place=Place(str(folder)), hint="name a folder with rule cases")
    found = yaml_files(folder)
    if not found:
        raise InputError(
            "the folder holds no rule case", place=Place(str(folder)), hint="rule cases are .yaml files"
        )
    return found


def run_file(
    kb: KnowledgeBase, path: Path, *, decided_by: Decide | None = None, shown: str = ""
) -> FileResult:
    """The failures of one file; a case that cannot be read is a failure too.

    ``decided_by`` is the engine to try; without one ``deciding`` makes it, which for many files is done once.
    """
    decided_by = decided_by or deciding(kb)
    shown = shown or str(path)
    try:
        cases, problems = read_rule_cases(kb, path, shown)
    except Problems as found:
        cases, problems = [], list(found.problems)
    except InputError as error:
        cases, problems = [], [error]
    failures = [
        CaseFailure(one.place, one.rule or "cannot be read", one.message, one.hint) for one in problems
    ]
    for one in cases:
        world = decided_by(one.case.facts)
        outcome = Outcome(kb, world.facts, world.truths)
        failures += [
            CaseFailure(one.place, one.name, message, hint)
            for message, hint in failures_of(outcome, one.expect)
        ]
    asserted = {
        (rule, truth) for one in cases for key, truth in TRUTHS.items() for rule in getattr(one.expect, key)
    }
    return FileResult(
        shown, len(cases), tuple(sorted(failures, key=lambda one: one.place)), frozenset(asserted)
    )


def deciding(kb: KnowledgeBase) -> Decide:
    """The reference engine for many small cases: what nothing known decides is decided once."""
    nothing_known = decided(kb, {})
    return lambda facts: nothing_known.answered(facts).world


def read_rule_cases(
    kb: KnowledgeBase, path: Path, shown: str = ""
) -> tuple[list[RuleCase], list[TriageError]]:
    """The cases of one file, and the problems of those that cannot be used.

    Raises ``InputError`` or ``Problems`` if the file as a whole cannot be read.
    """
    document = read_yaml(path, shown)
    if isinstance(document.data, dict) and "expected" in document.data:
        return [_labelled(kb, document)], []
    if not isinstance(document.data, list) or not document.data:
        hint = "begin each case with `- name: ...`, then `facts:` and `expect:`"
        raise InputError("expected a list of rule cases", place=document.place(()), hint=hint)
    cases: list[RuleCase] = []
    problems: list[TriageError] = []
    for index, entry in enumerate(document.data):
        try:
            cases.append(_rule_case(kb, document, index, entry))
        except Problems as found:
            problems += found.problems
        except TriageError as error:
            problems.append(error)
    return cases, problems


def _rule_case(kb: KnowledgeBase, document: Document, index: int, entry: Any) -> RuleCase:
    place = document.place((index, "name"))
    if (
        not isinstance(entry, dict)
        or not isinstance(entry.get("name"), str | int)
        or not isinstance(entry.get("expect"), dict)
    ):
        hint = "a case has `name:`, `facts:` and `expect:`"
        raise InputError(
            "a rule case needs a name and what is expected", place=document.place((index,)), hint=hint
        )
    name = str(entry["name"])
    if is_unfilled(name):
        raise InputError("`name` is not filled in", place=place, rule=name, hint=UNFILLED_HINT)
    for key in entry:
        if key not in ENTRY:
            hint = nearest(key, ENTRY) or f"fields are {', '.join(ENTRY)}"
            raise InputError(
                f"`{key}` is not a field of a rule case",
                place=document.place((index, key)),
                rule=name,
                hint=hint,
            )

    def inside(key: tuple[str | int, ...]) -> Place:
        return document.place((index, *key))

    fields = {"id": f"rule case {index + 1}", "facts": entry.get("facts")}
    try:
        case = read_case(kb, RawCase(document.path, place.line, fields, inside))
    except Problems as found:
        for problem in found.problems:
            problem.rule = name
        raise
    return RuleCase(name, place, case, _expect(entry["expect"], inside, name))


def _labelled(kb: KnowledgeBase, document: Document) -> RuleCase:
    """A labelled case: its disorder fits and its family leads, with the nerve modality and urgency of the label."""
    case = read_case(kb, RawCase(document.path, 1, document.data, document.place))
    label = case.expected
    assert label is not None
    named = label.disorder not in (None, NONE_OF_THESE)
    expect = Expect(
        fits=(str(label.disorder),) if named else (),
        leading=None if named else label.disorder,
        modality=NerveModality(label.nerve) if label.nerve else None,
        urgency=label.urgency,
        urgency_accept=label.urgency_accept,
    )
    return RuleCase(case.id, document.place(()), case, expect)


def _expect(raw: dict[str, Any], inside: Callable[[tuple[str | int, ...]], Place], name: str) -> Expect:
    lists = ("holds", "fails", "unknown", "not_leading", "fits", "urgency_accept")
    given = {key: [value] if key in lists and isinstance(value, str) else value for key, value in raw.items()}
    if not given:
        raise InputError(
            "`expect` is empty",
            place=inside(("expect",)),
            rule=name,
            hint=f"write one of {', '.join(Expect.model_fields)}",
        )
    try:
        return Expect.model_validate(given)
    except ValidationError as error:
        problems = []
        for fault in error.errors(include_url=False):
            key = ("expect", *fault["loc"])
            dotted = ".".join(str(part) for part in fault["loc"])
            if fault["type"] == "extra_forbidden":
                hint = nearest(dotted, Expect.model_fields) or f"keys are {', '.join(Expect.model_fields)}"
                problems.append(
                    InputError(f"`{dotted}` cannot be expected", place=inside(key), rule=name, hint=hint)
                )
            else:
                hint = f"write {fault['ctx']['expected']}" if fault["type"] == "enum" else fault["msg"]
                message = f"`{dotted}`: `{fault['input']}` is not known"
                problems.append(InputError(message, place=inside(key), rule=name, hint=hint))
        raise Problems(problems) from None
