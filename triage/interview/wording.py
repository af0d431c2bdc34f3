"""The sentences of the consultation."""

INTRODUCTION = (
    "This program asks about pain, spasm, weakness or numbness of the face. It says how soon to be seen, which nerves "
    "may be involved, what fits and what is documented to help. It is for education and for preparing a visit; it is "
    "not a medical device and does not replace an examination."
)
NOTHING_SAVED = "Nothing you type is written anywhere."
SAVED_TO = "Your answers are kept in {path} after every answer, readable by you alone."
COMMANDS = (
    "At any question: ? explains it, why says what hangs on it, unsure if you do not know, back goes to the question "
    "before, answers lists what you said, stop ends and shows the result."
)
COMPLAINTS = "What troubles you?"
COMPLAINTS_HELP = "Type the numbers of all that apply, such as 1 or 1,3."
TICKS_HELP = (
    "Type the numbers that apply, such as 1,3 (the others then count as no). none: none of these. "
    "1 unsure: 1, and not sure about the others."
)
YES_NO_HELP = "yes, no or unsure"
ONE_HELP = "Type one number, or unsure."
PICK_HELP = "Type the number of a line, or an amount with its unit, or unsure."
NUMBER_HELP = "Type a number{unit}, or unsure."
AGE_LIKE = " ({unit}, {low} to {high})"
NO_HELP = "There is no further explanation for this question."
BACK_AT_START = "This is the first question."
NO_ANSWERS = "No answers yet."
CONTRADICTION = "Two of your answers do not go together:"
ASK_AGAIN = "Please answer again, or type back to change the earlier one."
EMERGENCY = "THIS IS URGENT"
EMERGENCY_CHOICES = "1 stop and show everything said so far   2 go on anyway"
EMERGENCY_ASK = "Please type 1 or 2."
EMERGENCY_STAYS = "Remember: {label}. {action}"
WHY_DANGER = "The answer can show or exclude a danger:"
WHY_DISORDER = "It helps to tell apart:"
WHY_NERVE = "It helps to see which nerve is involved."
WHY_NOTHING = "It completes the picture; the result does not hang on it alone."
ENDINGS = {
    "decided": "No further question would change the result.",
    "nothing_left": "There is nothing left to ask that you can answer.",
    "limit": "These were 40 questions; that is enough for now.",
    "outside": "None of these complaints is one that this program covers.",
    "skipped": "The lists are left out; the result names what is not known.",
    "stopped": "Stopped. This is what follows from the answers so far.",
    "input_ended": "The input ended. This is what follows from the answers so far.",
}
VISIT_OFFER = (
    "Illnesses and medicines decide which documented treatments suit you. "
    "Go through a few short lists now? (yes or no)"
)
YES_OR_NO = "Please type yes or no."
KEPT_ASIDE = "These saved answers do not fit the present questions and will be asked again:"
