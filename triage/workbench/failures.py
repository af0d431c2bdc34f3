"""What a rule case expects and what came out instead, in words."""

from __future__ import annotations

from collections.abc import Iterator

from triage.assessment import held_rules
from triage.errors import nearest
from triage.logic import Truth
from triage.models import NONE_OF_THESE, KnowledgeBase, Level
from triage.workbench.care_at_home import against_care_at_home
from triage.workbench.expectations import TRUTHS, Expect
from triage.workbench.outcome import Outcome

WORDS = {Truth.TRUE: "holds", Truth.FALSE: "fails", Truth.UNKNOWN: "is unknown"}
FIRST_SHOWN = 4


def failures_of(outcome: Outcome, expect: Expect) -> Iterator[tuple[str, str]]:
    """A message and a hint, which may be empty, for each expectation that the outcome does not meet."""
    broken = outcome.broken(expect)
    for field, name in expect.parts():
        misnamed = _misnamed(outcome.kb, field, name)
        if misnamed:
            yield misnamed
        elif (field, name) in broken:
            yield _worded(outcome, expect, field, name)


def _misnamed(kb: KnowledgeBase, field: str, name: str) -> tuple[str, str] | None:
    if field in TRUTHS and name not in kb.rules and name not in kb.urgency_rules:
        return f"no rule is called `{name}`", nearest(name, [*kb.rules, *kb.urgency_rules])
    nothing = name == NONE_OF_THESE and field in ("leading", "not_leading")
    if field in ("grade", "leading", "fits", "not_leading") and not nothing and name not in kb.aliases:
        return f"no disorder is called `{name}`", nearest(name, kb.aliases)
    return None


def _worded(outcome: Outcome, expect: Expect, field: str, name: str) -> tuple[str, str]:
    """One broken expectation, by its field and what stands in it."""
    match field:
        case "holds" | "fails" | "unknown":
            actual = WORDS[outcome.truth(name)]
            return f"`{name}` {actual}, expected that it {WORDS[TRUTHS[field]]}", _where(outcome.kb, name)
        case "grade":
            id = outcome.kb.aliases[name]
            criteria = ", ".join(
                f"{one.id} {outcome.truth(f'{id}.{one.id}')}"
                for one in outcome.kb.disorders[id].criteria
                if not one.judgement
            )
            return f"`{id}` is {outcome.grade(id)}, expected {expect.grade[name]}", f"criteria: {criteria}"
        case "urgency":
            return f"urgency is {outcome.urgency}, expected {name}", _why_so_urgent(outcome, Level(name))
        case "modality":
            nerves = outcome.by_answers
            patterns = ", ".join(
                [*(one.pattern for one in nerves.involved), *(one.pattern for one in nerves.origins)]
            )
            return (
                f"modality is {outcome.modality}, expected {name}",
                f"because of {patterns or 'no pattern'}",
            )
        case "not_leading":
            return f"`{name}` leads, expected that it does not", ""
        case _:
            return _leading(outcome, field, name)


def _leading(outcome: Outcome, field: str, name: str) -> tuple[str, str]:
    """Another disorder leads than `leading` or `fits` names."""
    told = (
        f"leading is {', '.join(outcome.leading) or 'nothing'}, expected {outcome.kb.aliases.get(name, name)}"
    )
    shown = [one for family in outcome.lines.differential for one in family.fitting()]
    if field == "fits":
        return told, f"those that fit: {', '.join(one.disorder for one in shown) or 'none'}"
    if name == NONE_OF_THESE:
        return told, ""
    first = [
        f"{one.disorder} ({one.grade}, fit {one.fit}, likeness {one.likeness})" for one in shown[:FIRST_SHOWN]
    ]
    return told, f"first come {', '.join(first) or 'no disorder that fits'}"


def _where(kb: KnowledgeBase, name: str) -> str:
    rule = kb.rules.get(name) or kb.rules.get(f"{name}.when")
    return f"it stands in {rule.place}" if rule else ""


def _why_so_urgent(outcome: Outcome, expected: Level) -> str:
    """The urgency rules that hold, the most urgent first; if none does, what keeps the case from care at home."""
    held = held_rules(outcome.kb, outcome.world)
    if not held and expected is Level.SELF_CARE:
        return against_care_at_home(outcome.kb, outcome.world, outcome.leading)
    because = ", ".join(rule.id for rule in sorted(held, key=lambda rule: (-rule.level.rank, rule.id)))
    return f"because of {because or 'no rule'}"
