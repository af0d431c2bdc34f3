"""Labelled cases to figures."""

from triage.evaluation.compare import compare
from triage.evaluation.figures import Figures, figures_of
from triage.evaluation.outcomes import Outcome, outcome_of, outcomes
from triage.evaluation.robustness import robustness
from triage.evaluation.simulation import Simulated, interview_figures, simulate
from triage.evaluation.statistics import cohen_kappa, exact_interval, mcnemar, upper_bound
from triage.evaluation.verdicts import Verdict, judge, verdicts

__all__ = [
    "Figures",
    "Outcome",
    "Simulated",
    "Verdict",
    "cohen_kappa",
    "compare",
    "exact_interval",
    "figures_of",
    "interview_figures",
    "judge",
    "mcnemar",
    "outcome_of",
    "outcomes",
    "robustness",
    "simulate",
    "upper_bound",
    "verdicts",
]
