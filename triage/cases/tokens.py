"""The one table of tokens: what a single answer may look like, whoever reads it (YAML, JSON, CSV, a prompt).

Numbers with an optional unit, yes, no, true, false and unknown in any case, and the choices of the finding; nothing
else. What a column or a program types already (true, 57) is held to the same ranges.
"""

from __future__ import annotations

import math
import re
from typing import Any

from triage.cases.units import CELSIUS, FAHRENHEIT, accepted_units, celsius, is_rounded
from triage.errors import CaseError, nearest
from triage.logic import FindingType, Number
from triage.models import Finding, answer_of

NUMBER = r"-?[0-9]+(\.[0-9]+)?"
YES = ("yes", "true")
NO = ("no", "false")
UNKNOWN = "unknown"
NONE = "none"
NO_OTHERS = "no_others"
SEPARATOR = ";"
Answer = bool | int | float | str | dict[str, bool]
WORDS: dict[str, bool] = {**dict.fromkeys(YES, True), **dict.fromkeys(NO, False)}

_QUANTITY = re.compile(rf"({NUMBER})\s*(?![eE][-+0-9])([a-zA-Z%°µ].*)?")
_LONGEST = 60


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


def read_number(finding: Finding, raw: Any) -> Number:
    """A finite number in the finding's unit and range."""
    number, unit = _quantity(finding, raw)
    if unit:
        number = _converted(finding, number, unit, raw)
    if not math.isfinite(number):
        raise _wrong(finding, raw, "is not a finite number", f"give a number {_limits(finding)}")
    low, high = finding.limits
    if not low <= number <= high:
        raise _wrong(finding, raw, f"is outside {_span(finding)}", _fahrenheit_hint(finding, number))
    if finding.whole and number != int(number):
        raise _wrong(finding, raw, "is not a whole number", f"count whole {finding.unit or 'numbers'}")
    return int(number) if number == int(number) and abs(number) < 2**53 else number


def read_choice(finding: Finding, raw: Any) -> str:
    """One of the finding's choices."""
    if isinstance(raw, list):
        raise _wrong(finding, raw, "is a list", f"name one of {', '.join(finding.choices)}")
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
        raise _wrong(finding, raw, "is not a list of choices", _choices_hint(finding))
    return _from_list(finding, raw)


def _from_list(finding: Finding, items: list[Any]) -> dict[str, bool]:
    words = [item.strip() if isinstance(item, str) else item for item in items]
    if words == [NONE] or words == [NO_OTHERS]:
        return dict.fromkeys(finding.choices, False)
    if not words or words == [""]:
        raise _wrong(finding, items, "is empty", "write `none` if none is present, or leave the finding out")
    for word in (NONE, UNKNOWN):
        if word in words:
            hint = (
                f"write `{word}` alone, or name what is present"
                if word == NONE
                else "unnamed choices are unknown anyway"
            )
            raise _wrong(finding, items, f"has `{word}` beside other choices", hint)
    named = [_known_choice(finding, word) for word in words if word != NO_OTHERS]
    twice = sorted({choice for choice in named if named.count(choice) > 1})
    if twice:
        raise _wrong(finding, items, f"names `{twice[0]}` twice", "name each choice once")
    closed = dict.fromkeys(finding.choices, False) if NO_OTHERS in words else {}
    return closed | dict.fromkeys(named, True)


def _known_choice(finding: Finding, raw: Any) -> str:
    if isinstance(raw, str) and raw.strip() in finding.choices:
        return raw.strip()
    if not isinstance(raw, str):
        raise _wrong(finding, raw, "is not a choice", _choices_hint(finding))
    name = raw.strip()
    hint = nearest(name.lower(), finding.choices) or _choices_hint(finding)
    raise CaseError(f"`{finding.id}` has no choice {shown(name)}", finding=finding.id, hint=hint)


def _quantity(finding: Finding, raw: Any) -> tuple[Number, str]:
    if isinstance(raw, float) or (isinstance(raw, int) and not isinstance(raw, bool)):
        return (raw if isinstance(raw, float) or raw.bit_length() <= 64 else math.inf), ""
    found = _QUANTITY.fullmatch(raw) if isinstance(raw, str) and len(raw) <= _LONGEST else None
    if found is None:
        raise _wrong(finding, raw, "is not a number", f"give a number {_limits(finding)}")
    digits = found.group(1)
    return (float(digits) if "." in digits or len(digits) > 18 else int(digits)), found.group(3) or ""


def _converted(finding: Finding, number: Number, unit: str, raw: Any) -> Number:
    ratios = accepted_units(finding.unit)
    word = unit.lower()
    if word in ratios:
        times, over = ratios[word]
        value = number * times / over
        return round(value) if is_rounded(word, finding.unit or "") else value
    if word in FAHRENHEIT and (finding.unit or "").lower() in CELSIUS:
        message = "is in degrees Fahrenheit, and the finding in degrees Celsius"
        raise _wrong(finding, raw, message, f"{number} F is {celsius(number)} C")
    hint = f"give it in {finding.unit}" if finding.unit else "give the number alone"
    raise _wrong(finding, raw, f"has the unit {shown(unit)}, which does not fit", hint)


def _fahrenheit_hint(finding: Finding, number: Number) -> str:
    low, high = finding.limits
    if (finding.unit or "").lower() in CELSIUS and low <= celsius(number) <= high:
        return f"{number} looks like degrees Fahrenheit; {number} F is {celsius(number)} C"
    return ""


def _wrong(finding: Finding, raw: Any, fault: str, hint: str) -> CaseError:
    return CaseError(f"`{finding.id}`: {shown(raw)} {fault}", finding=finding.id, hint=hint)


def _choices_hint(finding: Finding) -> str:
    return f"its choices are {', '.join(finding.choices)}"


def _span(finding: Finding) -> str:
    low, high = finding.limits
    return f"{low:g} to {high:g}" + (f" {finding.unit}" if finding.unit else "")


def _limits(finding: Finding) -> str:
    return f"from {_span(finding)}" if finding.range else f"in {finding.unit}" if finding.unit else "alone"


def shown(raw: Any) -> str:
    """An answer as quoted in a message: short, on one line, in backticks."""
    if isinstance(raw, bool):
        text = "yes" if raw else "no"
    elif isinstance(raw, list):
        text = ", ".join(str(item) for item in raw[:8])
        text = f"[{text}]"
    elif isinstance(raw, dict):
        text = "{...}"
    else:
        text = str(raw)
    text = "".join(letter if letter.isprintable() else "?" for letter in text)
    return f"`{text if len(text) <= _LONGEST else text[:_LONGEST] + '...'}`"
