"""The units a number may be written in, and how they convert: the table behind the tokens of every reader.

Time and length convert within their kind. A month counts as a twelfth of 365 days, so that twelve months are a year,
and one month, as anybody would count, as 30 days: what comes from months or years is rounded.
Every other unit (mg/L, per day) is accepted only as the finding states it. Degrees Fahrenheit are recognised, to
explain the mistake, and refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

MINUTE, HOUR, DAY = 60, 3_600, 86_400
YEAR = 365 * DAY
MONTH = YEAR // 12

# Words -> size in the smallest unit of the kind, as whole numbers: SQL and Python then agree to the last digit.
TIME: Mapping[str, int] = MappingProxyType(
    {
        **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), 1),
        **dict.fromkeys(("min", "mins", "minute", "minutes"), MINUTE),
        **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), HOUR),
        **dict.fromkeys(("d", "day", "days"), DAY),
        **dict.fromkeys(("wk", "wks", "week", "weeks"), 7 * DAY),
        **dict.fromkeys(("month", "months"), MONTH),
        **dict.fromkeys(("y", "yr", "yrs", "year", "years"), YEAR),
    }
)
LENGTH: Mapping[str, int] = MappingProxyType({"mm": 1, "cm": 10, "m": 1000})
KINDS = (TIME, LENGTH)
CELSIUS = frozenset({"c", "celsius", "degrees celsius", "°c"})
FAHRENHEIT = frozenset({"f", "fahrenheit", "degrees fahrenheit", "°f"})


def accepted_units(unit: str | None) -> Mapping[str, tuple[int, int]]:
    """The words that may follow a number of a finding in ``unit``: its value is ``number * first / second``."""
    if unit is None:
        return {}
    own = unit.lower()
    for kind in KINDS:
        if own in kind:
            return {word: (size, kind[own]) for word, size in kind.items()}
    same = CELSIUS if own in CELSIUS else {own}
    return dict.fromkeys(same, (1, 1))


def is_rounded(word: str, unit: str) -> bool:
    """Whether converting ``word`` to ``unit`` gives whole numbers: a month or a year is no exact number of days.

    >>> is_rounded("months", "days"), is_rounded("hours", "days"), is_rounded("months", "years")
    (True, False, False)
    """
    return TIME.get(word.lower(), 0) >= MONTH > TIME.get(unit.lower(), MONTH)


def celsius(fahrenheit: float) -> float:
    """Degrees Fahrenheit as degrees Celsius, to one decimal."""
    return round((fahrenheit - 32) * 5 / 9, 1)
