"""From the truths of all rules to an ``Assessment``: urgency, nerves, grades, ranking, leading disorders, paths."""

from triage.assessment.assemble import assemble, world_of
from triage.assessment.grading import exclusions_of, fit_of, grade_of, standing
from triage.assessment.truths import Truths, decide

__all__ = ["Truths", "assemble", "decide", "exclusions_of", "fit_of", "grade_of", "standing", "world_of"]
