"""How the figures of ``triage evaluate`` are called on pages, by their names there."""

LABELS = {
    "first": "right disorder in first place",
    "first_fits": "of these while something fits",
    "first_three": "among the first three",
    "first_five": "among the first five",
    "abstained": "no disorder named as fitting",
    "nerve_modality": "nerve modality right",
    "kappa": "its agreement beyond chance (kappa)",
    "urgency_exact": "urgency at an accepted level",
    "urgency_safe": "urgency at or above it",
    "under_triage_upper": "below it, upper 95 % bound",
    "over_triage": "urgency above it",
    "over_triage_by_two": "two or more levels above",
    "emergencies_found": "emergencies recognised as such",
}
BRIEF = {
    "first": "first place",
    "first_three": "first three",
    "nerve_modality": "nerve modality",
    "urgency_exact": "urgency accepted",
    "urgency_safe": "at or above",
    "over_triage": "above",
    "emergencies_found": "emergencies",
}
"""the figures that matter most, as heads of narrow columns"""

MAIN = {name: LABELS[name] for name in BRIEF}
"""the figures that matter most, in full"""
