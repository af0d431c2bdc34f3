"""The reference forward-chaining engine: rules as experta productions, with a trace of every firing."""

from triage.engine.engine import ExpertaEngine
from triage.engine.session import Session
from triage.engine.trace import Firing, Item, Trace

__all__ = ["ExpertaEngine", "Firing", "Item", "Session", "Trace"]
