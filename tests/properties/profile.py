"""How many cases a property is tried on: ``TRIAGE_EQUALITY_CASES`` says how many the long runs take."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# No deadline: the first case builds a network. Derandomised, so that a run says the same twice.
COMMON = {"deadline": None, "derandomize": True, "suppress_health_check": list(HealthCheck), "database": None}
SHORT = settings(max_examples=int(os.environ.get("TRIAGE_CASES", "500")), **COMMON)
FEW = settings(max_examples=100, **COMMON)
LONG = settings(max_examples=int(os.environ.get("TRIAGE_EQUALITY_CASES", "20000")), **COMMON)
