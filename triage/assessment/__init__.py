"""From the truths of all rules to an ``Assessment``: urgency, nerves, grades, ranking, leading disorders, paths."""

from triage.assessment.assemble import assemble, world_of
from triage.assessment.grading import exclusions_of, fit_of, grade_of, standing
from triage.assessment.incremental import Decided, decided, families_after, standings_after
from triage.assessment.truths import Truths, decide

__all__ = [
    "Decided",
    "Truths",
    "assemble",
    "decide",
    "decided",
    "exclusions_of",
    "families_after",
    "fit_of",
    "grade_of",
    "standing",
    "standings_after",
    "world_of",
]
