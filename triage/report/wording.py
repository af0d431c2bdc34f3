"""The sentences of the reports; with the labels in ``rules/`` the only words people read."""

from __future__ import annotations

from triage.logic import Truth
from triage.models import Grade, Line, NerveModality, Severity

NOT_A_DEVICE = (
    "For education, visit preparation and research. Not a medical device: it does not replace an examination, and it "
    "gives no doses and no probabilities."
)
MODALITY = {
    NerveModality.SENSORY: "Sensory: nerve fibres that feel are themselves affected",
    NerveModality.MOTOR: "Motor: nerve fibres that move muscles are themselves affected",
    NerveModality.MIXED: "Mixed: both feeling and moving nerve fibres are affected",
    NerveModality.NONE: "None: no nerve is itself held ill; the complaint comes from elsewhere",
    NerveModality.UNDETERMINED: "Not determined yet: the answers do not show whether a nerve is itself affected",
}
GRADE = {
    Grade.ESTABLISHED: "fits every criterion that answers and examination can show",
    Grade.PROBABLE: "fits well",
    Grade.POSSIBLE: "fits in part",
    Grade.UNDETERMINED: "not enough known",
    Grade.UNLIKELY: "unlikely",
    Grade.RULED_OUT: "ruled out by the answers",
}
CONFIRMED = {
    Truth.TRUE: "confirmed by a test",
    Truth.FALSE: "the confirming test did not confirm it",
    Truth.UNKNOWN: "not confirmed by a test yet",
}
CRITERION = {Truth.TRUE: "met", Truth.FALSE: "not met", Truth.UNKNOWN: "not known"}
NEEDS_EXAMINATION = "needs an examination"
FOR_A_CLINICIAN = "for a clinician to judge"
LINE = {
    Line.FIRST: "First choices in the sources",
    Line.SECOND: "Further choices",
    Line.RESCUE: "For a crisis or as a last resort",
    Line.ADJUNCT: "Beside other treatment",
    Line.AVOID: "Documented as not to be offered, or not proven",
}
SEVERITY = {
    Severity.CONTRAINDICATED: "reason against",
    Severity.CAUTION: "caution",
    Severity.MONITOR: "needs checks",
}
NO_DISORDER = "No disorder of this program fits the answers."
NONE_KNOWN = "Too little is known to name a disorder."
OPTIONS = "Documented options to discuss with a doctor; this is not advice to take any of them."
IF_CONFIRMED = "These are documented if a doctor confirms {name}."
AGAINST = "Documented reasons against, for this person"
WITHHELD = (
    "The documented treatment paths are for adults; for someone under 18 they are not shown. "
    "Ask a specialist for children."
)
