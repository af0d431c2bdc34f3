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
    "before, answers lists what you said, change 3 asks the third of them again, save FILE keeps them, stop ends and "
    "shows the result."
)
COMPLAINTS = "What troubles you?"
COMPLAINTS_HELP = "Type the numbers of all that apply, such as 1 or {several}."
TICKS_HELP = (
    "Type the numbers that apply, such as {several} (the others then count as no). none: none of these. "
    "1,{last}?: 1, and not sure about {last}. 1 unsure: 1, and not sure about all others."
)
TICKS_OF_ONE_HELP = "Type 1 if it applies, none if not, or unsure."
YES_NO_HELP = "yes, no or unsure"
ONE_HELP = "Type one number, or unsure."
PICK_HELP = "Type the letter of a line, or an amount{unit}, or unsure."
NUMBER_HELP = "Type a number{unit}, or roughly, such as 2-4 or >4, or unsure."
RANGE = " ({unit}, {low} to {high})"
TIME_SPAN = " (in {unit}, or with its unit, such as {example})"
TIME_UNITS = {
    "s": ("seconds", "2 minutes"),
    "h": ("hours", "30 minutes"),
    "days": ("days", "3 weeks"),
    "weeks": ("weeks", "3 months"),
    "months": ("months", "2 years"),
}
"""units in which people do not count all times: their names, and an answer in another one"""
NO_HELP = "There is no further explanation for this question."
BACK_AT_START = "This is the first question."
NO_ANSWERS = "No answers yet."
CONTRADICTION = "Two of your answers do not go together:"
ASK_AGAIN = "That happens easily. Type again to answer this question again."
KEEP = "Or type keep to keep this answer and take back the earlier one: {earlier}."
AGAIN_OR_KEEP = "Please type again or keep."
SAME_PAGE = "Please answer this page again."
NUMBER = "Question {number}"
MORE = "and {count} more"
CONTINUED = "continued"
EMERGENCY = "THIS IS URGENT"
EMERGENCY_CHOICES = (
    "Type 1 to stop and see the result, 2 to go on anyway, or save and a file name to keep the answers."
)
EMERGENCY_ASK = "Please type 1 or 2."
EMERGENCY_STAYS = "! Urgent: {label}. {action}"
NO_EMERGENCY_NOW = (
    "You answered: {answers}. Because of this it is no emergency any more: {labels}. Now: {level}."
)
OPEN_EMERGENCY_NOW = (
    "You answered: {answers}. Whether this is an emergency is open again: {labels}. Now: {level}."
)
NO_LONGER_NOW = 'You answered: {answers}. Because of this "{was}" no longer holds: {labels}. Now: {level}.'
OPEN_AGAIN_NOW = 'You answered: {answers}. Whether "{was}" holds is open again: {labels}. Now: {level}.'
TAKEN_AS = "Taken as {answer}."
CHANGING = "Change an answer"
CHANGE_HELP = "Type change and a number, such as change 3, to answer one of these again."
CHANGE_WHICH = "Type change and the number of the answer:"
CHANGE_NONE = "There is no answer {typed}; they are numbered from 1 to {count}:"
NO_TICKS = "none"
UNSURE = "unsure"
SAID = "You said before: {answer}."
SAVE_WHERE = "Type save and a file name, such as save my-answers.yaml."
CANNOT_SAVE = "The answers cannot be saved here."
NOT_KNOWN = "not known"
SECOND_OFFER = "Do you also have a second, different complaint of one of these kinds?"
SECOND_HELP = "Type its number to go through that one too, or none to see the result."
SECOND_ASK = "Please type a number from 1 to {count}, or none."
SECOND = "This is now about the second one only: {complaint}. What is known about you is kept."
WHY_DANGER = "The answer can show or exclude a danger:"
WHY_DISORDER = "It helps to tell apart:"
WHY_NERVE = "It helps to see which nerve is involved."
WHY_OVERVIEW = "It decides what is asked about in detail, and what need not be asked."
WHY_NOTHING = "It completes the picture; the result does not hang on it alone."
ENDINGS = {
    "decided": "Nothing more needs to be asked here; the result names what is still open.",
    "nothing_left": "There is nothing left to ask that you can answer.",
    "limit": "These were 40 questions; that is enough for now.",
    "outside": "None of these complaints is one that this program covers.",
    "skipped": "The lists are left out; the result names what is not known.",
    "completed": "This is what follows from your answers.",
    "stopped": "Stopped. This is what follows from the answers so far.",
    "input_ended": "The input ended. This is what follows from the answers so far.",
}
VISIT_OFFER = (
    "Illnesses and medicines decide which documented treatments suit you. "
    "Go through a few short lists now? (yes or no)"
)
PAGE_LATER = "For one page to take along: triage assess {path} --sheet person --format html > page.html"
YES_OR_NO = "Please type yes or no."
KEPT_ASIDE = "These saved answers do not fit the present questions and will be asked again:"


def list_examples(count: int) -> tuple[str, str]:
    """Numbers to type on a list of so many lines: several of them, and the last of these."""
    last = min(3, count)
    return (f"1,{last}" if last > 1 else "1"), str(last)


def ticks_help(count: int) -> str:
    """How to answer a list of so many lines."""
    several, last = list_examples(count)
    return TICKS_HELP.format(several=several, last=last) if count > 1 else TICKS_OF_ONE_HELP
