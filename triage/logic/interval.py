"""A number that is known only to lie between two ends: "10 to 30 seconds", "under 2 minutes", "more than 3 months"."""

from __future__ import annotations

import math
from dataclasses import dataclass

Number = int | float


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers from ``least`` to ``most``, one of which is the true one; an end that nobody told is infinite.

    Both ends belong to it, unless ``open`` says that the only one told does not: "under 2", "more than 2".
    """

    least: Number = -math.inf
    most: Number = math.inf
    open: bool = False

    def __post_init__(self) -> None:
        told = [end for end in (self.least, self.most) if math.isfinite(end)]
        if not told or not self.least < self.most or (self.open and len(told) == 2):
            raise ValueError(f"no interval from {self.least} to {self.most}")

    @property
    def ends(self) -> tuple[Number, Number]:
        """The least and the greatest number in it; beside an open end, the next one that a computer tells apart."""
        if not self.open:
            return self.least, self.most
        # An infinite end becomes the outermost number there is, beyond every bound of a rule.
        return math.nextafter(self.least, math.inf), math.nextafter(self.most, -math.inf)

    def __str__(self) -> str:
        """As written in a case, in the finding's unit.

        >>> str(Interval(10, 30)), str(Interval(most=2, open=True)), str(Interval(least=2))
        ('10 to 30', 'under 2', 'at least 2')
        """
        if math.isinf(self.least):
            return f"{'under' if self.open else 'at most'} {self.most}"
        if math.isinf(self.most):
            return f"{'over' if self.open else 'at least'} {self.least}"
        return f"{self.least} to {self.most}"
