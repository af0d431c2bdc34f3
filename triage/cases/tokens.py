"""The one table of tokens: what a single answer may look like, whoever reads it (YAML, JSON, CSV, a prompt).

Numbers and intervals with an optional unit, yes, no, true, false and unknown in any case, and the choices of the
finding; nothing else. What a column or a program types already (true, 57) is held to the same ranges.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from triage.cases.numbers import read_number
from triage.cases.wording import shown, wrong
from triage.errors import CaseError, nearest
from triage.logic import FindingType, Interval
from triage.models import Finding, answer_of

YES = ("yes", "true")
NO = ("no", "false")
UNKNOWN = "unknown"
NONE = "none"
NO_OTHERS = "no_others"
SEPARATOR = ";"
Answer = bool | int | float | Interval | str | dict[str, bool]
WORDS: dict[str, bool] = {**dict.fromkeys(YES, True), **dict.fromkeys(NO, False)}


def is_unknown(raw: Any) -> bool:
    """Whether an answer says that it was asked and is not known."""
    return isinstance(raw, str) and raw.strip().lower() == UNKNOWN


def read_answer(finding: Finding, raw: Any) -> Answer | None:
    """The value of an answer in the finding's unit; None for ``unknown``.

    Raises ``CaseError`` for anything that is no answer to this finding.
    """
    if isinstance(raw, str):
        raw = raw.strip()
    if is_unknown(raw):
        return None
    match finding.type:
        case FindingType.YES_NO:
            return read_yes_no(finding, raw)
        case FindingType.NUMBER:
            if isinstance(raw, dict):
                raw = {
                    end: number
                    for end, number in raw.items()
                    if number is not None and not is_unknown(number)
                }
                if not raw:
                    return None
            return read_number(finding, raw)
        case FindingType.ONE_OF:
            return read_choice(finding, raw)
        case FindingType.ANY_OF:
            return read_choices(finding, raw) or None


def read_yes_no(finding: Finding, raw: Any, choice: str = "") -> bool:
    """Yes or no; ``choice`` names the choice of an any_of finding that is answered one by one."""
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, str) and raw.strip().lower() in WORDS:
        return WORDS[raw.strip().lower()]
    name = answer_of(finding.id, choice)
    raise CaseError(
        f"`{name}`: {shown(raw)} is not an answer", finding=finding.id, hint="answer yes, no or unknown"
    )


def read_choice(finding: Finding, raw: Any) -> str:
    """One of the finding's choices."""
    if isinstance(raw, list):
        raise wrong(finding, raw, "is a list", f"name one of {', '.join(finding.choices)}")
    return _known_choice(finding, raw)


def read_choices(finding: Finding, raw: Any) -> dict[str, bool]:
    """The answer per choice; choices that nobody spoke of are missing, so empty if all are unknown.

    Forms: ``none``; ``touch``, ``touch;chewing``, ``[touch, chewing]``; the same with ``no_others``, which closes
    the list; a mapping of choices to yes, no or unknown.
    """
    if isinstance(raw, dict):
        answers = {_known_choice(finding, name): (name, answer) for name, answer in raw.items()}
        return {
            choice: read_yes_no(finding, answer, choice)
            for choice, (_, answer) in answers.items()
            if answer is not None and not is_unknown(answer)
        }
    if isinstance(raw, str):
        raw = [part.strip() for part in raw.split(SEPARATOR)]
    if not isinstance(raw, list):
        raise wrong(finding, raw, "is not a list of choices", _choices_hint(finding))
    return _from_list(finding, raw)


def _from_list(finding: Finding, items: list[Any]) -> dict[str, bool]:
    words = [item.strip() if isinstance(item, str) else item for item in items]
    if words == [NONE] or words == [NO_OTHERS]:
        return dict.fromkeys(finding.choices, False)
    if not words or words == [""]:
        raise wrong(finding, items, "is empty", "write `none` if none is present, or leave the finding out")
    for word in (NONE, UNKNOWN):
        if word in words:
            hint = (
                f"write `{word}` alone, or name what is present"
                if word == NONE
                else "unnamed choices are unknown anyway"
            )
            raise wrong(finding, items, f"has `{word}` beside other choices", hint)
    named = [_known_choice(finding, word) for word in words if word != NO_OTHERS]
    twice = sorted(choice for choice, times in Counter(named).items() if times > 1)
    if twice:
        raise wrong(finding, items, f"names `{twice[0]}` twice", "name each choice once")
    closed = dict.fromkeys(finding.choices, False) if NO_OTHERS in words else {}
    return closed | dict.fromkeys(named, True)


def _known_choice(finding: Finding, raw: Any) -> str:
    if isinstance(raw, str) and raw.strip() in finding.choices:
        return raw.strip()
    if not isinstance(raw, str):
        raise wrong(finding, raw, "is not a choice", _choices_hint(finding))
    name = raw.strip()
    hint = nearest(name.lower(), finding.choices) or _choices_hint(finding)
    raise CaseError(f"`{finding.id}` has no choice {shown(name)}", finding=finding.id, hint=hint)


def _choices_hint(finding: Finding) -> str:
    return f"its choices are {', '.join(finding.choices)}"
