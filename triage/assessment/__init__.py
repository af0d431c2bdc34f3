"""From the truths of all rules to an ``Assessment``: urgency, nerves, grades, ranking, leading disorders, paths."""

from triage.assessment.assemble import assemble, world_of
from triage.assessment.grading import Standing, exclusions_of, fit_of, grade_of, standing
from triage.assessment.incremental import Decided, Ranking, decided, ranking_of
from triage.assessment.ranking import leading_lines
from triage.assessment.truths import Truths, decide
from triage.assessment.urgency import held_rules, level_now, rule_truth

__all__ = [
    "Decided",
    "Ranking",
    "Standing",
    "Truths",
    "assemble",
    "decide",
    "decided",
    "exclusions_of",
    "fit_of",
    "grade_of",
    "held_rules",
    "leading_lines",
    "level_now",
    "ranking_of",
    "rule_truth",
    "standing",
    "world_of",
]
