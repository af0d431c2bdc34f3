"""Two knowledge bases side by side: which entries differ, and which cases come out differently.

What a change of the rules does to cases is what a reviewer wants to see first; the texts follow in the files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from triage.assessment import Decided, decided
from triage.errors import Place, Problems, TriageError
from triage.logic import named_findings, to_text
from triage.models import KnowledgeBase, Rule
from triage.workbench.rule_cases import RuleCase
from triage.workbench.worked_cases import cases_of, worked


@dataclass(frozen=True, slots=True)
class EntryChange:
    """An entry that was added, removed or changed; ``parts`` says what in it."""

    kind: str
    id: str
    change: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule of another meaning; None where there was, or is, no such rule."""

    id: str
    before: str | None
    after: str | None
    note: str = ""
    """why it means something else though its text is the same"""


@dataclass(frozen=True, slots=True)
class CaseChange:
    """A case that comes out differently: by name of the conclusion, what it was and what it is."""

    place: Place
    case: str
    changes: tuple[tuple[str, str, str], ...]


def entry_changes(old: KnowledgeBase, new: KnowledgeBase) -> list[EntryChange]:
    """The entries that differ, by kind and id."""
    found: list[EntryChange] = []
    for kind, before in _entries(old).items():
        after = _entries(new)[kind]
        found += [EntryChange(kind, id, "added") for id in sorted(set(after) - set(before))]
        found += [EntryChange(kind, id, "removed") for id in sorted(set(before) - set(after))]
        for id in sorted(set(before) & set(after)):
            if before[id] != after[id]:
                found.append(EntryChange(kind, id, "changed", tuple(_parts(before[id], after[id]))))
    return found


def rule_changes(old: KnowledgeBase, new: KnowledgeBase) -> list[RuleChange]:
    """The rules whose expressions differ, in the order of their ids."""

    def text(rule: Rule | None) -> str | None:
        return to_text(rule.expr, rule.owner) if rule else None

    found = []
    for id in sorted(set(old.rules) | set(new.rules)):
        if old.exprs.get(id) != new.exprs.get(id):
            before, after = text(old.rules.get(id)), text(new.rules.get(id))
            note = _other_choices(old, new, new.rules[id]) if before == after else ""
            found.append(RuleChange(id, before, after, note))
    return found


def _other_choices(old: KnowledgeBase, new: KnowledgeBase, rule: Rule) -> str:
    """Which findings of a rule have other choices now: `none in x` speaks of every choice there is."""
    told = []
    for name in sorted(named_findings(rule.expr)):
        before = old.findings[name].choices if name in old.findings else {}
        after = new.findings[name].choices
        for word, more in (("new", set(after) - set(before)), ("removed", set(before) - set(after))):
            if more:
                told.append(f"`{name}` has {_counted(word, len(more))}: {', '.join(sorted(more))}")
    return "; ".join(told) or "what it refers to has changed"


def _counted(word: str, number: int) -> str:
    return f"a {word} choice" if number == 1 else f"{number} {word} choices"


def _entries(kb: KnowledgeBase) -> dict[str, Mapping[str, BaseModel]]:
    return {
        "finding": kb.findings,
        "pattern": kb.patterns,
        "urgency rule": kb.urgency_rules,
        "disorder": kb.disorders,
        "caveat set": kb.caveat_sets,
        "profile": kb.profiles,
        "case count": kb.case_counts,
        "treatment": kb.treatments,
        "contradiction": kb.contradictions,
        "word": kb.glossary,
        "source": kb.sources,
        "file": {
            "interview.yaml": kb.interview,
            "face.yaml": kb.face,
            "urgency.yaml": kb.urgency,
            "knowledge.yaml": kb.title,
        },
    }


def _parts(before: BaseModel, after: BaseModel) -> Iterator[str]:
    """The fields that differ, for lists of entries with ids those entries."""
    for field in type(before).model_fields:
        old, new = getattr(before, field), getattr(after, field)
        if old == new:
            continue
        names, others = _by_id(old), _by_id(new)
        if names is None or others is None:
            yield field
            continue
        changed = [id for id in names if id in others and names[id] != others[id]]
        told = [f"{id} changed" for id in changed]
        told += [f"{id} added" for id in others if id not in names]
        told += [f"{id} removed" for id in names if id not in others]
        yield f"{field}: {', '.join(told or ['order'])}"


def _by_id(value: Any) -> dict[str, Any] | None:
    if isinstance(value, tuple) and all(hasattr(item, "id") for item in value):
        return {item.id: item for item in value}
    return None


def case_changes(
    old: KnowledgeBase, new: KnowledgeBase, paths: Iterable[Path]
) -> tuple[list[CaseChange], int, list[TriageError]]:
    """The cases that come out differently, how many were compared, and the problems of those that neither can read.

    Compared are urgency, leading disorders and nerve modality.
    """
    blanks = (decided(old, {}), decided(new, {}))
    found: list[CaseChange] = []
    problems: list[TriageError] = []
    compared = 0
    for path in paths:
        before, after = _read(old, path), _read(new, path)
        for key in dict.fromkeys([*before, *after]):
            pair = (before.get(key), after.get(key))
            read = next((one for one in pair if isinstance(one, RuleCase)), None)
            if read is None:
                problems += [one for one in pair if isinstance(one, TriageError)][:1]
                continue
            compared += 1
            readable = all(isinstance(one, RuleCase) for one in pair)
            tell = _told if readable else _reading
            was, now = (tell(blank, one) for blank, one in zip(blanks, pair, strict=True))
            changes = tuple((name, was[name], now[name]) for name in was if was[name] != now[name])
            if changes:
                found.append(CaseChange(read.place, read.name, changes))
    return found, compared, problems


def _read(kb: KnowledgeBase, path: Path) -> dict[tuple[str, int], RuleCase | TriageError]:
    """The cases of a file and the problems of those it cannot read, by name and, where it repeats, its count."""
    cases, problems = cases_of(kb, path)
    found: dict[tuple[str, int], RuleCase | TriageError] = {}
    seen: Counter[str] = Counter()
    for case in cases:
        found[case.name, seen[case.name]] = case
        seen[case.name] += 1
    for problem in problems:
        for one in problem.problems if isinstance(problem, Problems) else [problem]:
            found.setdefault((one.rule.removeprefix("case "), 0), one)
    return found


def _reading(_: Decided, case: RuleCase | TriageError | None) -> dict[str, str]:
    if isinstance(case, RuleCase):
        return {"reading": "possible"}
    return {"reading": case.message if case else "refused with the file"}


def _told(nothing_known: Decided, case: RuleCase | TriageError | None) -> dict[str, str]:
    assert isinstance(case, RuleCase)
    outcome = worked(nothing_known, case).outcome
    return {
        "urgency": str(outcome.urgency),
        "leading": ", ".join(outcome.leading) or "none",
        "modality": str(outcome.modality),
    }
