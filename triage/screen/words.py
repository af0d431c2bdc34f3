"""The sentences of the full-screen consultation that the other modes do not have."""

TITLE = "Face triage"
NONE_OF_THESE = "None of these"
REST_NO = "That is all; the others are no"
REST_UNSURE = "Not sure about the others"
NOT_SURE = "Not sure"
YES, NO = "Yes", "No"
AMOUNT = "Or type an amount{unit} and press Enter"
AMOUNT_ALONE = "Type an amount{unit}, or roughly, such as 2-4 or >4, and press Enter"
LINE_NOT_SURE = "{label} - not sure"
TICK_HINT = "Space or a number ticks; ? not sure of it; d done; u not sure of the others."
CLEAR_HINT = "Backspace takes back every [?]."
UNSEEN = "{count} lines had not been in sight. Read on below, then press d again."
UNSEEN_ONE = "One line had not been in sight. Read on below, then press d again."
WAITING = "{number}: Enter takes it, or type a second digit."
ONE_HINT = "Arrow keys and Enter, or a number."
PICK_HINT = "Arrow keys and Enter."
FACE_HINT = "Tab: to the face and back; arrows and Space mark there; =: side not said."
FACE_SIDES = ("your right", "your left")
FACE_WHICH = "Several places lie here. Which?"
PROGRESS = "Question {number}"
CONTENDERS = "{count} of {total} disorders in question"
CONTENDER = "1 of {total} disorders in question"
PANEL_URGENCY = "HOW SOON"
PANEL_COULD = "could become: {level}"
PANEL_NERVES = "NERVES"
PANEL_FELT = "WHERE IT IS FELT OR MOVES"
PANEL_AHEAD = "MOST POINTS TO, NOT DECIDED YET"
PANEL_FITS = "WHAT FITS SO FAR"
PANEL_OPEN = "NOT ENOUGH KNOWN"
PANEL_NOTHING = "nothing yet"
PANEL_MORE = "and {count} more"
DONE = "Done"
TYPING_HINT = "Enter takes it; Escape goes back."
EDIT = "Change an answer"
ANSWERS = "Your answers"
ANSWERS_HINT = "Enter changes an answer; Escape goes back."
HELP = "About this question"
KEYS = (
    "Arrow keys move, Enter or a number chooses, Space ticks, ? marks a line of a list as not sure, Backspace takes "
    "back all such marks. h help, b back, w why, u not sure, a all answers, s save, l light or dark, p shows or hides "
    "the side panel, q quit. In a field for an amount the letters work until you type a digit; F1 to F6 always work: "
    "help, why, back, not sure, answers, save."
)
WHY = "Why this is asked"
CLOSE = "Back to the question"
GO_BACK_TO_LIST = "Go back"
EMERGENCY_OPTIONS = {
    "what": "What to do",
    "save": "Save the answers",
    "stop": "Stop and see what follows from the answers",
    "on": "Go on anyway",
}
WHAT_TO_DO = "What to do"
CONTRADICTION_AGAIN = "Answer this again"
CONTRADICTION_KEEP = "Keep this answer and take back the earlier one: {earlier}"
OFFER = {"yes": "Yes, go through the lists", "no": "No, show the result"}
OFFER_TEXT = (
    "Illnesses and medicines decide which documented treatments suit you. Go through a few short lists now?"
)
BEFORE_VISIT = "Before your visit"
QUIT = "Leave?"
QUIT_OPTIONS = {
    "stay": "Stay",
    "result": "See what follows from the answers so far",
    "save": "Save the answers and leave",
    "leave": "Leave",
}
QUIT_UNSAVED = "The answers are not saved anywhere; leaving drops them."
QUIT_SAVED = "The answers are kept in {path}."
SAVE = "Save"
SAVE_AS = "File name for the answers"
SAVED = "Kept in {path} from now on, after every answer."
SHEET_AS = "File name for the sheet; .html, .md or .txt says how it is written"
SHEET_SAVED = "Written to {path}"
SHEET_FORM = "end the name in .html, .md or .txt"
RESULT = "Result"
SECOND = "Add a second, different complaint"
SECOND_TEXT = "What is known about you is kept; only what belongs to the second one is asked anew."
SECOND_NONE = "There is no complaint that could have a second one."
HIGHEST = "{count} cases of one person. Highest urgency: {level} (case {case})."
KEPT_ASIDE = "Saved answers asked again"
START = "Start"
STEP_TITLE = "How the rules fired"
STEP_BEFORE = "before the first firing"
STEP_OF = "Firing {step} of {count}"
STEP_START = "Before the first firing: working memory holds the answers."
STEP_END = "No rule is waiting: this is all that follows from the answers."
STEP_MEMORY = "WORKING MEMORY ({count}), newest first"
STEP_AGENDA = "AGENDA ({count} waiting), next first"
STEP_FIRED = "FIRED"
STEP_BECAUSE = "because"
STEP_ADDS = "adds"
STEP_NOTHING_NEW = "nothing new: it was already known on other grounds"
STEP_GO_TO = "Go to firing number"
