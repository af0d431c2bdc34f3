"""The next question and the dialogue around it, without input or output of its own."""

from triage.interview.memory import Memory
from triage.interview.selection import COMPLAINTS, MAX_QUESTIONS, applicable, next_step, replayed
from triage.interview.state import NOT_KNOWN, Answer, Answers, NotKnown
from triage.interview.steps import Ending, Finished, Question, Step, TickStep
from triage.interview.why import WhyAsked, emergencies, why_asked

__all__ = [
    "COMPLAINTS",
    "MAX_QUESTIONS",
    "NOT_KNOWN",
    "Answer",
    "Answers",
    "Ending",
    "Finished",
    "Memory",
    "NotKnown",
    "Question",
    "Step",
    "TickStep",
    "WhyAsked",
    "applicable",
    "emergencies",
    "next_step",
    "replayed",
    "why_asked",
]
