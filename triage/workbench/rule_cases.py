"""Rule cases: a sentence, the facts, and what must and must not follow; the runner behind ``triage rules test``.

A file that holds one labelled case instead of a list is a rule case too: what its label expects must follow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ConfigDict, ValidationError

from triage.assessment import assemble, decided, grade_of, world_of
from triage.assessment.urgency import rule_truth
from triage.cases import RawCase, read_case
from triage.errors import InputError, Place, Problems, TriageError, nearest
from triage.knowledge.parts import UNFILLED_HINT, is_unfilled
from triage.knowledge.yaml_reader import Document, read_yaml
from triage.logic import Facts, Truth
from triage.models import (
    NONE_OF_THESE,
    Assessment,
    Band,
    Case,
    Grade,
    KnowledgeBase,
    Level,
    Model,
    NerveModality,
)
from triage.workbench.care_at_home import against_care_at_home

Decide = Callable[[Facts], Mapping[str, Truth]]
TRUTHS = {"holds": Truth.TRUE, "fails": Truth.FALSE, "unknown": Truth.UNKNOWN}
WORDS = {Truth.TRUE: "holds", Truth.FALSE: "fails", Truth.UNKNOWN: "is unknown"}
ENTRY = ("name", "facts", "expect", "note", "source")


class Expect(Model):
    """What must follow from a rule case."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    holds: tuple[str, ...] = ()
    fails: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    urgency: Level | None = None
    urgency_accept: tuple[Level, ...] = ()
    """further levels that are right too"""
    leading: str | None = None
    """the first leading disorder, or none; a member leads if its family leads and no other member is above it"""
    not_leading: tuple[str, ...] = ()
    fits: tuple[str, ...] = ()
    """disorders of band fits whose families lead"""
    grade: dict[str, Grade] = {}
    modality: NerveModality | None = None

    @property
    def on_whole(self) -> bool:
        """Whether anything is expected that only a whole assessment tells."""
        return bool(self.urgency or self.leading or self.not_leading or self.fits or self.modality)


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

    Raises ``InputError`` if there is none.
    """
    if folder.is_file():
        return [folder]
    if not folder.is_dir():
        raise InputError("no such folder", place=Place(str(folder)), hint="name a folder with rule cases")
    found = sorted(path for path in folder.rglob("*.yaml") if not path.name.startswith("."))
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
    for rule_case in cases:
        failures += _failures(kb, rule_case, decided_by)
    asserted = {
        (rule, truth) for one in cases for key, truth in TRUTHS.items() for rule in getattr(one.expect, key)
    }
    return FileResult(
        shown, len(cases), tuple(sorted(failures, key=lambda one: one.place)), frozenset(asserted)
    )


def deciding(kb: KnowledgeBase) -> Decide:
    """The reference engine for many small cases: what nothing known decides is decided once."""
    nothing_known = decided(kb, {})
    return lambda facts: nothing_known.answered(facts).truths


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


def _failures(kb: KnowledgeBase, rule_case: RuleCase, decided_by: Decide) -> list[CaseFailure]:
    facts, expect = rule_case.case.facts, rule_case.expect
    truths = decided_by(facts)
    found: list[tuple[str, str]] = []
    for key, truth in TRUTHS.items():
        found += _wrong_truths(kb, getattr(expect, key), truth, facts, truths)
    for name, grade in expect.grade.items():
        found += _wrong_grade(kb, name, grade, truths)
    if expect.on_whole:
        assessment = assemble(kb, rule_case.name, facts, truths)
        found += _wrong_assessment(kb, expect, assessment, facts, truths)
    return [CaseFailure(rule_case.place, rule_case.name, message, hint) for message, hint in found]


def _wrong_assessment(
    kb: KnowledgeBase, expect: Expect, assessment: Assessment, facts: Facts, truths: Mapping[str, Truth]
) -> Iterable[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    if expect.urgency is not None and assessment.urgency.now not in (expect.urgency, *expect.urgency_accept):
        because = ", ".join(held.rule for held in assessment.urgency.because)
        hint = f"because of {because or 'no rule'}"
        if expect.urgency is Level.SELF_CARE and not because:
            hint = against_care_at_home(kb, facts, truths, assessment)
        found.append((f"urgency is {assessment.urgency.now}, expected {expect.urgency}", hint))
    if expect.modality is not None and assessment.nerves.modality is not expect.modality:
        patterns = [one.pattern for one in assessment.nerves.involved]
        patterns += [one.pattern for one in assessment.nerves.origins]
        hint = f"because of {', '.join(patterns) or 'no pattern'}"
        found.append((f"modality is {assessment.nerves.modality}, expected {expect.modality}", hint))
    return [*found, *_wrong_leading(kb, expect, assessment)]


def _wrong_truths(
    kb: KnowledgeBase, names: Iterable[str], expected: Truth, facts: Facts, truths: Mapping[str, Truth]
) -> Iterable[tuple[str, str]]:
    for name in names:
        if name in kb.urgency_rules:
            actual = rule_truth(kb.urgency_rules[name], world_of(kb, facts, truths))
        elif name in truths:
            actual = truths[name]
        else:
            yield f"no rule is called `{name}`", nearest(name, [*kb.rules, *kb.urgency_rules])
            continue
        if actual is not expected:
            yield f"`{name}` {WORDS[actual]}, expected that it {WORDS[expected]}", _shape(kb, name)


def _shape(kb: KnowledgeBase, name: str) -> str:
    rule = kb.rules.get(name) or kb.rules.get(f"{name}.when")
    return f"it stands in {rule.place}" if rule else ""


def _wrong_grade(
    kb: KnowledgeBase, name: str, expected: Grade, truths: Mapping[str, Truth]
) -> Iterable[tuple[str, str]]:
    disorder = kb.disorders.get(kb.aliases.get(name, name))
    if disorder is None:
        yield _no_disorder(kb, name)
        return
    actual = grade_of(kb, disorder, truths)
    if actual is not expected:
        values = [
            f"{one.id} {truths[f'{disorder.id}.{one.id}']}" for one in disorder.criteria if not one.judgement
        ]
        yield f"`{disorder.id}` is {actual}, expected {expected}", f"criteria: {', '.join(values)}"


def _wrong_leading(kb: KnowledgeBase, expect: Expect, assessment: Assessment) -> Iterable[tuple[str, str]]:
    leading = ", ".join(assessment.leading) or "nothing"
    for name in (expect.leading, *expect.not_leading, *expect.fits):
        if name not in (None, NONE_OF_THESE) and name not in kb.aliases:
            yield _no_disorder(kb, str(name))
            return
    if expect.leading == NONE_OF_THESE:
        if assessment.leading:
            yield f"leading is {leading}, expected none", ""
    elif expect.leading is not None:
        name = kb.aliases[expect.leading]
        if not leads(kb, assessment, name, first=True):
            first = [
                f"{one.disorder} ({one.grade}, fit {one.fit}, likeness {one.likeness})"
                for one in assessment.differential[:4]
            ]
            yield (
                f"leading is {leading}, expected {name}",
                f"first come {', '.join(first) or 'no disorder that fits'}",
            )
    for name in expect.fits:
        id = kb.aliases[name]
        fitting = [one.disorder for one in assessment.differential if one.band is Band.FITS]
        if id not in fitting or kb.family(id) not in assessment.leading:
            yield f"leading is {leading}, expected {id}", f"those that fit: {', '.join(fitting) or 'none'}"
    for name in expect.not_leading:
        if name != NONE_OF_THESE and leads(kb, assessment, kb.aliases[name]):
            yield f"`{name}` leads, expected that it does not", ""


def leads(kb: KnowledgeBase, assessment: Assessment, name: str, *, first: bool = False) -> bool:
    """Whether a disorder leads: its family does and, for a member, no other member shown stands above it.

    ``first`` asks for the first leading family.
    """
    head = kb.family(name)
    if head not in (assessment.leading[:1] if first else assessment.leading):
        return False
    if name == head:
        return True
    members = [one.disorder for one in assessment.differential if kb.disorders[one.disorder].parent == head]
    return members[:1] == [name]


def _no_disorder(kb: KnowledgeBase, name: str) -> tuple[str, str]:
    return f"no disorder is called `{name}`", nearest(name, kb.aliases)
