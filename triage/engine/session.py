"""A case whose answers come one by one."""

from __future__ import annotations

from triage.assessment import Truths
from triage.engine.engine import ExpertaEngine
from triage.engine.trace import Trace
from triage.logic import Facts, Value
from triage.models import Assessment


class Session:
    """The answers told so far and what follows from them.

    A further answer is added to the running engine. A changed or withdrawn one runs the case anew from the answers
    kept; conclusions are never patched.
    """

    def __init__(self, engine: ExpertaEngine, facts: Facts | None = None) -> None:
        self._engine = engine
        self._facts: dict[str, Value] = dict(facts or {})

    @property
    def facts(self) -> Facts:
        """The answers kept."""
        return dict(self._facts)

    def tell(self, finding: str, value: Value) -> None:
        """Keep an answer, in the unit of the finding; an earlier one is replaced."""
        self._facts[finding] = value
        self._engine.prepare(self._facts)

    def forget(self, finding: str) -> None:
        """Withdraw an answer."""
        self._facts.pop(finding, None)
        self._engine.prepare(self._facts)

    def truths(self) -> Truths:
        """The truth of every rule."""
        return self._engine.run(self._facts)

    def assess(self, case_id: str) -> Assessment:
        """The assessment of the answers so far."""
        return self._engine.assess(case_id, self._facts)

    def trace(self) -> Trace:
        """Every firing since the case was last run anew."""
        return self._engine.trace(self._facts)
