"""The texts of skeletons: one per kind of entry, and the cases that belong to it. ID stands for the id.

What a field means stands in docs/authoring.md; these are the fields that nearly every entry needs.
"""

from __future__ import annotations

FOLDERS = {
    "finding": "findings",
    "pattern": "patterns",
    "red_flag": "red_flags",
    "disorder": "disorders",
    "caveats": "caveats",
    "treatment": "treatments",
}
"""kind to its folder below the rules, and below the cases"""
LISTS = ("finding", "pattern")
"""kinds of which one file holds a list"""
GROUPED = {
    "finding": "the file in findings/ it goes into",
    "pattern": "the file in patterns/ it goes into",
    "disorder": "the folder in disorders/ it goes into",
}

_FINDING = """\
- id: ID
  type: FILL yes_no, one_of, any_of or number
  of: FILL person or the complaint it describes
  label: FILL a short phrase for reports
  question: FILL one fact, at most 20 words, words that everybody knows
"""

_PATTERN = """\
- id: ID
  label: FILL the clinical picture as a short phrase
  when: |
    FILL an expression over findings and other patterns
  source: {ref: FILL a key of sources.yaml, at: FILL the place in it}
"""

_RED_FLAG = """\
id: ID
label: FILL the danger as a short phrase
level: FILL self_care, routine, within_two_weeks, same_day or emergency
about: [FILL the complaints it belongs to or person]
when: |
  FILL an expression over findings and patterns that waits for no reassuring answer
reason: FILL why it is urgent
action: FILL what the person should do in plain words
source: {ref: FILL a key of sources.yaml, at: FILL the place in it}
"""

_DISORDER = """\
id: ID
name: FILL the name in medicine
lay_name: FILL the name in plain words
explains: [FILL the complaints it accounts for]
frequency: FILL common, uncommon or rare
frequency_source:
  text: FILL how often it is met
  source: {ref: FILL a key of sources.yaml, at: FILL the place in it}
usual_urgency: FILL self_care, routine, within_two_weeks, same_day or emergency
about:
  - text: FILL what it is in two to five sentences with a source each
    source: {ref: FILL a key of sources.yaml, at: FILL the place in it}
criteria:
  - id: a
    text: FILL the heart of the picture
    when: |
      FILL an expression over findings and patterns
    source: {ref: FILL a key of sources.yaml, at: FILL the place in it}
  - id: b
    text: FILL a second criterion
    when: |
      FILL an expression over findings and patterns and other criteria
    source: {ref: FILL a key of sources.yaml, at: FILL the place in it}
grades:
  probable: a and b
  possible: a
best_by_answers: FILL possible, probable or established
confirmed_by:
  text: FILL what proves it
  source: {ref: FILL a key of sources.yaml, at: FILL the place in it}
excludes:
  - id: x_other
    text: FILL what speaks for another diagnosis
    when: |
      FILL an expression over findings and patterns
    effect: FILL rules_out or unlikely
    source: {ref: FILL a key of sources.yaml, at: FILL the place in it}
evidence:
  - id: e_first
    text: FILL what speaks for or against it beside the criteria
    when: |
      FILL an expression over findings that no criterion names
    direction: FILL for or against
    weight: FILL strong, moderate or weak
    source: {ref: FILL a key of sources.yaml, at: FILL the place in it}
look_alikes:
  - disorder: FILL the id of a disorder easily taken for it
    text: FILL what the other one shows
    findings: [FILL the findings that tell them apart]
    source: {ref: FILL a key of sources.yaml, at: FILL the place in it}
workup:
  - text: FILL what a clinician would consider
    source: {ref: FILL a key of sources.yaml, at: FILL the place in it}
referral:
  - text: FILL the specialist to see
    source: {ref: FILL a key of sources.yaml, at: FILL the place in it}
"""

_PROFILE = """\
id: ID
usually:
  - FILL the answers of 80 in 100 people who have it or more
often:
  - FILL the answers of 40 to 80
sometimes:
  - FILL the answers of 12 to 40
seldom:
  - FILL the answers of 3 to 12
hardly_ever:
  - FILL what speaks against it because hardly anybody answers so
"""

_CAVEAT = """\
caveats:
  - id: first
    when: |
      FILL an expression over findings and patterns
    severity: FILL contraindicated, caution or monitor
    text: FILL the reason for care
    source: {ref: FILL a key of sources.yaml, at: FILL the place in it}
"""

_CAVEATS = f"""\
id: ID
label: FILL the class of medicines or kind of procedure
{_CAVEAT}"""

_TREATMENT = f"""\
id: ID
name: FILL the name in medicine
lay_name: FILL the name in plain words
kind: FILL drug, injection, radiosurgery, percutaneous_procedure, open_surgery, self_care and so on
about:
  - text: FILL what it is and how it is thought to work
    source: {{ref: FILL a key of sources.yaml, at: FILL the place in it}}
{_CAVEAT}paths:
  - id: FILL the id of the disorder
    disorder: FILL the id of the disorder
    line: FILL first, second, rescue, adjunct or avoid
    says:
      - text: FILL what a guideline or review says without doses
        source: {{ref: FILL a key of sources.yaml, at: FILL the place in it}}
    effect:
      - text: FILL figures with the kind of study and the time
        source: {{ref: FILL a key of sources.yaml, at: FILL the place in it}}
"""

TEMPLATES = {
    "finding": _FINDING,
    "pattern": _PATTERN,
    "red_flag": _RED_FLAG,
    "disorder": _DISORDER,
    "caveats": _CAVEATS,
    "treatment": _TREATMENT,
}


BESIDE = {"disorder": ("profiles", _PROFILE)}
"""by kind: the folder of another file that an entry of it needs under the same name, and its text"""


def _three(rule: str, extra: str = "") -> str:
    """A case in which a rule holds, one in which it just fails, and one that leaves it open."""
    return f"""\
- name: FILL a sentence for a case in which ID holds
  facts: {{FILL the finding: FILL the answer}}
  expect: {{holds: [{rule}]{extra}}}
- name: FILL a sentence for a case in which ID just fails
  facts: {{FILL the finding: FILL the answer}}
  expect: {{fails: [{rule}]}}
- name: FILL a sentence for a case that leaves ID open
  facts: {{FILL the finding: FILL the answer}}
  expect: {{unknown: [{rule}]}}
"""


CASES = {
    "pattern": _three("ID"),
    "red_flag": _three("ID", ", urgency: FILL the level"),
    "disorder": _three("ID.possible") + _three("ID.probable", ", leading: ID"),
    "caveats": _three("ID.first"),
    "treatment": _three("ID.first"),
}
