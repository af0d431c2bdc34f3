"""How many cases a property is tried on.

``TRIAGE_CASES`` says how many a short run takes, ``TRIAGE_EQUALITY_CASES`` how many a long one (``make equality``).
A case of the shipped rules takes as long as twenty generated ones, so there are fewer of them.
"""

from __future__ import annotations

import os
from typing import Any

from hypothesis import HealthCheck, settings

CASES = int(os.environ.get("TRIAGE_CASES", "500"))
EQUALITY_CASES = int(os.environ.get("TRIAGE_EQUALITY_CASES", "20000"))


def taking(cases: int) -> settings:
    """Settings for so many cases; derandomised, so that a run says the same twice."""
    # No deadline: the first case builds a network.
    fixed: dict[str, Any] = {"deadline": None, "derandomize": True, "database": None}
    return settings(max_examples=max(cases, 1), suppress_health_check=list(HealthCheck), **fixed)


SHORT = taking(CASES)
FEW = taking(CASES // 5)
SHIPPED = taking(CASES // 15)
LONG = taking(EQUALITY_CASES)
SHIPPED_LONG = taking(EQUALITY_CASES // 20)
SIGNS_LONG = taking(EQUALITY_CASES // 100)
