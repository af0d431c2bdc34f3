"""Numbers as answers, with or without a unit, and intervals of them: "10 to 30 s", "under 2 min", "over 3 months"."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from triage.cases.units import CELSIUS, FAHRENHEIT, accepted_units, celsius, is_rounded
from triage.cases.wording import LONGEST, shown, wrong
from triage.logic import Interval, Number
from triage.models import LEAST, MOST, Finding

# Words before the one end that is told -> which end it is, and whether the interval is open there.
BOUNDS: Mapping[str, tuple[str, bool]] = MappingProxyType(
    {
        **dict.fromkeys(("at least", "from", ">="), (LEAST, False)),
        **dict.fromkeys(("over", "above", "more than", ">"), (LEAST, True)),
        **dict.fromkeys(("at most", "up to", "<="), (MOST, False)),
        **dict.fromkeys(("under", "below", "less than", "<"), (MOST, True)),
    }
)
_QUANTITY = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)\s*(?![eE][-+0-9])([a-zA-Z%°µ].*)?")
_ONE_END = re.compile(rf"({'|'.join(sorted(BOUNDS, key=len, reverse=True))})\s*(.+)", re.IGNORECASE)
_TWO_ENDS = re.compile(r"(-?[0-9].*?)\s*(?:\bto\b|[-\u2013])\s*(-?[0-9].*)", re.IGNORECASE)


def read_number(finding: Finding, raw: Any) -> Number | Interval:
    """A number in the finding's unit and range, or the interval in which it lies.

    Forms of an interval: ``10 to 30 s``, ``10 s - 2 min``, ``under 2 min``, ``at least 90 days``; a mapping with
    ``least`` and ``most``, of which one may be missing; an ``Interval``, as the facts of a case hold it. Raises
    ``CaseError``.
    """
    if isinstance(raw, Interval):
        for end in filter(math.isfinite, (raw.least, raw.most)):
            _number(finding, end, str(raw))
        return raw
    if isinstance(raw, Mapping):
        return _mapped(finding, raw)
    if isinstance(raw, str) and len(raw) <= LONGEST:
        if one := _ONE_END.fullmatch(raw):
            side, open = BOUNDS[one.group(1).lower()]
            return _one_ended(finding, side, one.group(2), raw, open=open)
        if two := _TWO_ENDS.fullmatch(raw):
            first, second = two.groups()
            unit = _quantity(finding, second, raw)[1]
            # "2 to 3 weeks" are two weeks to three.
            shared = unit and not _quantity(finding, first, raw)[1]
            return _two_ended(finding, f"{first} {unit}" if shared else first, second, raw)
    return _number(finding, raw, raw)


def _mapped(finding: Finding, raw: Mapping[Any, Any]) -> Interval:
    if not raw or not raw.keys() <= {LEAST, MOST}:
        raise wrong(finding, raw, "is no interval", f"give `{LEAST}` or `{MOST}` or both")
    if len(raw) == 1:
        ((side, end),) = raw.items()
        return _one_ended(finding, side, end, end, open=False)
    return _two_ended(finding, raw[LEAST], raw[MOST], f"{raw[LEAST]} to {raw[MOST]}")


def _one_ended(finding: Finding, side: str, end: Any, raw: Any, *, open: bool) -> Interval:
    """The interval with one end told; where only whole numbers count, one that is open ends at the next of them."""
    number = _number(finding, end, raw)
    if open and finding.whole:
        number, open = _limited(finding, number + (1 if side == LEAST else -1), raw), False
    return Interval(**{side: number}, open=open)


def _two_ended(finding: Finding, first: Any, second: Any, raw: Any) -> Interval:
    least, most = _number(finding, first, raw), _number(finding, second, raw)
    if not least < most:
        raise wrong(finding, raw, "does not go up", "give the smaller number first, or one number")
    return Interval(least, most)


def _number(finding: Finding, text: Any, raw: Any) -> Number:
    """A finite number in the finding's unit and range; ``raw`` is the whole answer, for messages."""
    number, unit = _quantity(finding, text, raw)
    if unit:
        number = _converted(finding, number, unit, raw)
    if not math.isfinite(number):
        raise wrong(finding, raw, "is not a finite number", f"give a number {_limits(finding)}")
    _limited(finding, number, raw)
    if finding.whole and number != int(number):
        raise wrong(finding, raw, "is not a whole number", f"count whole {finding.unit or 'numbers'}")
    return int(number) if number == int(number) and abs(number) < 2**53 else number


def _limited(finding: Finding, number: Number, raw: Any) -> Number:
    low, high = finding.limits
    if not low <= number <= high:
        raise wrong(finding, raw, f"is outside {_span(finding)}", _fahrenheit_hint(finding, number))
    return number


def _quantity(finding: Finding, text: Any, raw: Any) -> tuple[Number, str]:
    if isinstance(text, float) or (isinstance(text, int) and not isinstance(text, bool)):
        return (text if isinstance(text, float) or text.bit_length() <= 64 else math.inf), ""
    found = _QUANTITY.fullmatch(text.strip()) if isinstance(text, str) and len(text) <= LONGEST else None
    if found is None:
        hint = f"give a number {_limits(finding)}, or what is known of it: `2 to 5`, `under 5`, `over 5`"
        raise wrong(finding, raw, "is not a number", hint)
    digits = found.group(1)
    return (float(digits) if "." in digits or len(digits) > 18 else int(digits)), found.group(2) or ""


def _converted(finding: Finding, number: Number, unit: str, raw: Any) -> Number:
    ratios = accepted_units(finding.unit)
    word = unit.lower()
    if word in ratios:
        times, over = ratios[word]
        value = number * times / over
        return round(value) if is_rounded(word, finding.unit or "") else value
    if word in FAHRENHEIT and (finding.unit or "").lower() in CELSIUS:
        message = "is in degrees Fahrenheit, and the finding in degrees Celsius"
        raise wrong(finding, raw, message, f"{number} F is {celsius(number)} C")
    hint = f"give it in {finding.unit}" if finding.unit else "give the number alone"
    raise wrong(finding, raw, f"has the unit {shown(unit)}, which does not fit", hint)


def _fahrenheit_hint(finding: Finding, number: Number) -> str:
    low, high = finding.limits
    if (finding.unit or "").lower() in CELSIUS and low <= celsius(number) <= high:
        return f"{number} looks like degrees Fahrenheit; {number} F is {celsius(number)} C"
    return ""


def _span(finding: Finding) -> str:
    low, high = finding.limits
    return f"{low:g} to {high:g}" + (f" {finding.unit}" if finding.unit else "")


def _limits(finding: Finding) -> str:
    return f"from {_span(finding)}" if finding.range else f"in {finding.unit}" if finding.unit else "alone"
