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
TERRITORY = "Nerve areas and muscles of the places told"
NO_DISORDER = "No disorder of this program fits the answers."
NONE_KNOWN = "Too little is known to name a disorder."
OPTIONS = "Documented options to discuss with a doctor; this is not advice to take any of them."
IF_CONFIRMED = "These are documented if a doctor confirms {name}."
AGAINST = "Documented reasons against, for this person"
WITHHELD = (
    "The documented treatment paths are for adults; for someone under 18 they are not shown. "
    "Ask a specialist for children."
)
TITLES = {
    "assessment": "Face triage: case {case}",
    "person": "Your face complaint: a page for your visit",
    "clinician": "Face triage: summary for the clinician, case {case}",
}
SUBTITLES = {
    "assessment": "Knowledge: {knowledge}, fingerprint {fingerprint}.",
    "person": "{whose} Take it along; a doctor or dentist decides.",
    "clinician": "{by} Knowledge: {knowledge}, fingerprint {fingerprint}.",
}
BY = {
    "patient": "From the answers of the person; unexamined.",
    "clinician": "From answers and findings entered by a clinician.",
    "researcher": "From answers and findings entered by a researcher.",
}
BY_EXAMINED = {"patient": "From the answers of the person, an examination or a test among them."}
WHOSE_ANSWERS = {
    "patient": "Made from your own answers.",
    "clinician": "Made from what a clinician entered for you.",
    "researcher": "Made from what a researcher entered for you.",
}
HOW_SOON = "How soon to be seen"
WHAT_IT_MAY_BE = "What it may be"
WHERE = "Where it is"
IN_SHORT = "In short"
SHORT_PERSON, SHORT_COMPLAINT, SHORT_NERVES = "person", "complaint", "nerves"
SHORT_FITS, SHORT_TREATMENT = "what fits", "documented first"
SHORT_TREATMENT_FITTING = "documented first, for what fits"
SHORT_AHEAD = "leads, not decided yet"
SHORT_AGAINST = "documented first, but with reasons against, for this person"
SHORT_OPEN = "Still open: {names}."
SHORT_SETTLE = "would settle it"
FOR_AND_AGAINST = "{name}: for and against"
CRITERIA_NOT_MET = "criteria not met"
DETAILS = "In full"
DETAILS_SAY = "What stands above is the letter; what follows is what it rests on."
AND_MORE = "and {count} more"
STILL_OPEN = "Still open, and what would settle it"
TO_ASK = "To ask and to tell at the visit"
OWN_ANSWERS = "What was answered"
DIARY_TITLE = "Diary of attacks"
DIARY = "One line for each attack or each day"
DIARY_ALSO = "Worth noting as well: {more}."
UNSURE_OF = (
    "This holds only if you have none of what you were not sure of: {signs}. "
    "Let somebody look with you, or phone a doctor today and go through it."
)
PERSON_UNSURE_OF = "This holds only if there is none of what the person was not sure of: {signs}."
HELD_BACK = "met as far as it fits well, but not known is what would speak against it"
HELD_BACK_BY = "It would fit well, but what would speak against it is not known: {texts}."
MAY_RISE = "Some danger signs were not asked or not known; go at once if one below appears."
MAY_BE_ONE = "Your answers fit this. Only an examination can tell."
MAY_BE = "Your answers fit these, the best first. Only an examination can tell."
MAY_BE_AHEAD = "More of what you told points to this than to anything else, but it is not decided yet:"
NOTHING_NAMED = (
    "No single disorder fits your answers so far. That does not mean that nothing is wrong; "
    "a doctor can look further."
)
FITS_BECAUSE = "it fits because of"
POINTS_TO_IT = "what points to it"
NERVE_LAY = "Nerve that may be affected: {nerves}."
NERVES_LAY = "Nerves that may be affected: {nerves}."
QUESTIONS = (
    "What do you think it is, and what else could it be?",
    "What should make me come back at once?",
)
ASK_TESTS = "Do I need a specialist, a scan or another test, and what would it show?"
USUALLY = "sources say"
SIDES = ("right", "left")
ASK_TREATMENTS = "Which documented treatment suits me? "
ASK_TREATMENTS_IF = "If it turns out to be {name}, which documented treatment suits me? "
NAMED_FIRST = "The sources name first: {treatments}."
NAMED_AT_ALL = "The sources put none first; they name: {treatments}."
ASK_AVOID = (
    "Has any of this been suggested: {treatments}? The sources say it is not to be offered, or not proven."
)
ASK_AGAINST = "My answers gave documented reasons against this; is that right: {treatments}?"
TELL = "Tell them if any of this is true of you, since it can rule a treatment out"
DENIED = "Answered no: {findings}."
UNKNOWN = "Asked and not known: {findings}."
POSSIBLE = {
    Severity.CONTRAINDICATED: "possible reasons against, not known",
    Severity.CAUTION: "possible cautions, not known",
    Severity.MONITOR: "possible checks, not known",
}
PATHS = "Documented treatment paths"
TO_CLEAR_UP = "to clear up first"
CAVEATS_ABOVE = "The caveats named for it above hold here as well."
IF_IT_APPLIES = " (if that applies)"
OTHER_SITUATIONS = "Documented as well, for situations that were not asked or not known"
NOT_OFFERED = "not to be offered, or not proven: "
ASKED = '"{finding}" applies'
PRESENT = "{complaint} present"
ADULT = "an adult"
REASSURES = "what reassures: {rule}"
MILD = "{name} in a form that can be cared for at home"
NOTHING_HOLDS = "It does not hold with these answers; `--why-not {name}` says what stands in its way."
NOTHING_AGAINST = "Nothing: every condition is met and nothing speaks against it."
NOT_APPLICABLE = "does not apply here"
DOES_NOT_FIT = "{name} is not among the disorders that fit these answers."
NOT_DECIDED = "{name}, which leads but is not decided yet"
LEADS_BEFORE = "{name} leads."
NOT_KNOWN = "not known"
NOW_AND_THEN = "What follows now, and what would follow then"
URGENCY_ROW, NERVES_ROW, LEADING_ROW = "Urgency", "Nerves", "Leading"
RULE_COMES, RULE_GOES = "danger rule that would hold", "danger rule that would no longer hold"
FITS_NOT = "does not fit"
SAME = "Nothing of this would change."
MODALITY_OF = "Not told by the answers alone. In {name}, which comes first below, {modality}."
MODALITY_OF_UNDECIDED = (
    "Not told by the answers alone. In {name}, which comes first below but is not decided, {modality}."
)
NONE_BY_DEFINITION = (
    "In {name}, which leads below, {modality}; without it, what is listed here would speak for a nerve."
)
MIXED_BY_DEFINITION = "In {name}, which leads below, {modality}; the answers alone tell less."
IN_IT = {
    NerveModality.SENSORY: "nerve fibres that feel are affected (sensory)",
    NerveModality.MOTOR: "nerve fibres that move muscles are affected (motor)",
    NerveModality.MIXED: "both feeling and moving nerve fibres are affected (mixed)",
    NerveModality.NONE: "no nerve is itself ill",
    NerveModality.UNDETERMINED: "a nerve may or may not be affected (not determined)",
}
SHORT_MODALITY_OF = "{modality}, as in {name}"
SHORT_MODALITY_OF_UNDECIDED = "{modality}, as in {name} (not decided)"
MODALITY_SHORT = {
    NerveModality.SENSORY: "sensory",
    NerveModality.MOTOR: "motor",
    NerveModality.MIXED: "mixed",
    NerveModality.NONE: "no nerve itself ill",
    NerveModality.UNDETERMINED: "not determined",
}
CHANGES = ("Other answers to what was answered", "Answers to what is open", "An examination or a test")
NO_CHANGE = "No single answer, and no pair of other answers to what was answered, would change it."
PAIRS = "No single answer would change it; these pairs would."
FACE = "Drawing of the face, seen from the front, with these places marked: {places}."
LEADING = " - leading"
LEADING_AHEAD = " - leading, not decided yet"
LEDGER = "Criteria, and the answers that decide them"
LEDGER_HEADER = ("State", "Criterion", "Answer")
SETTLE = "What would settle it: {findings}."
CONFIRMS = "What confirms it:"
BENEATH = "Beneath it:"
SPEAKS_FOR, SPEAKS_AGAINST = "speaks for it", "speaks against it"
SPEAKS_ELSEWHERE = "speaks for something else"
MORE_USUAL = "more usual in it than in most disorders of the face (the project's judgement)"
LESS_USUAL = "unusual in it (the project's judgement)"
IN_CASES = "told at least twice as often in published cases of {subject} as in all"
ITS_FORM = "its form {name}"
OF_CASES = "{answer} ({told} of {cases})"
OPEN = "open: {findings}"
COULD_RISE = "With further answers it could still become: {level}. Still open, the most urgent first:"
DID_NOT_KNOW, PERSON_DID_NOT_KNOW = "You did not know", "The person did not know"
NOT_ASKED = "Not asked"
LESS_URGENT = "less urgent, and true as well"
COULD_MEAN = "{state} ({level})"
MORE_OPEN = "and {count} more {questions} that could raise urgency"
TO_DO = "what to do"
POSSIBLE_ONE = {
    Severity.CONTRAINDICATED: "possible reason against",
    Severity.CAUTION: "possible caution",
    Severity.MONITOR: "possible check",
}
COHORT_TITLE = "Face triage: many cases"
COHORT_SUBTITLE = "{assessed} cases assessed, {rejects}. Knowledge: {knowledge}, fingerprint {fingerprint}."
NOW = "Urgency now"
COULD = "What urgency could become with further answers"
HELD = "Danger rules that hold most often"
INVOLVED = "How nerves are involved"
INVOLVED_TOLD = "How nerves are involved, where the answers tell"
INVOLVED_BORROWED = "Taken from the disorder that comes first, as the answers alone do not tell"
DISORDERS = "Disorders"
FIRST_LEADING = "First leading disorder"
FIRST_GRADE = "How well it fits"
CROSSED = "Urgency by first leading disorder"
MORE_DISORDERS = "{count} more disorders lead in fewer cases."
NO_LEADING = "No disorder fits"
MISSING = "Missing answers"
MISSING_MEANS = (
    "These answers could still change urgency or the disorders in most cases, the most frequent first."
)
MISSING_TIED = (
    "{count} answers still matter in {cases} cases each. The table leaves them out and ranks the others."
)
MISSING_TABLE = "Findings by the number of cases in which their answer still matters"
MISSING_HEADER = ("Finding", "Still matters", "Answered", "Asked, not known", "Not asked")
NOTHING_MISSING = "No missing answer could change anything."
REJECTS = "Rejected cases"
REFUSED_FOR = "What cases were rejected for"
FIRST_REJECTS = "The first of them:"
WHOLE_CASE = "the case as a whole"
BARS_HEADER = ("What", "Count", "Share")
DRAWN = "Drawn"
RESTS_ON, IN_THE_WAY = "What it rests on", "What stands in its way"
NOT_NAMED = "It is documented for these, and none of them calls for it here:"
NOT_LEADING = "{name}, which does not lead"
OTHER_SITUATION = "{name}, in another situation: {situations}"
NOTHING_AGAINST_PATH = (
    "Nothing: it is among the documented paths, and no reason against it is known to apply."
)
DOCUMENTED_FOR = "Documented for {name}"
ALONE = ", and no other disorder of this program fits."
APART = ". What sets it apart from {rival}: {answers}."
MORE_MET = ", and more of its picture is met than of the next, {rival}."
MORE_LIKE = ", and what is told is more usual in it than in the next, {rival}."
AS_WELL = "; {rival} fits as well so far."
AS_WELL_RARER = "; {rival} fits as well so far, but is met less often."
OTHER_REASONS = "also"
LEADS_TOO = "{name} leads as well: it explains what those before it do not ({complaints})."
LEADS_TOO_FITTING = "{name} leads as well: it explains what nothing that fits better does ({complaints})."
AHEAD = (
    "{name} leads, but it is not decided yet: more of what was told points to {subject} than to {rival}, which "
    "{grade}."
)
