"""Names of the figures for people, and numbers as they are shown; text and page share them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from triage.evaluation.figures import NOTHING_FITS
from triage.models import NONE_OF_THESE

Rows = Mapping[str, str]
DISORDERS: Rows = {
    "first": "right disorder in first place",
    "first_fits": "  of these, while something fits",
    "first_open": "  of these, among what is undecided",
    "first_three": "right disorder among the first three",
    "first_five": "right disorder among the first five",
    "abstained": "no disorder named as fitting",
    "false_naming": "a disorder named where none is right",
}
NERVES: Rows = {"nerve_modality": "nerve modality right"}
URGENCY: Rows = {
    "urgency_exact": "at an accepted level",
    "urgency_safe": "at or above the accepted level",
    "under_triage": "below the accepted level",
    "over_triage": "above the accepted level",
    "over_triage_by_two": "two or more levels above",
    "emergencies_found": "emergencies recognised",
}
GROUPS: Mapping[str, Rows] = {"Which disorder": DISORDERS, "Which nerves": NERVES, "How urgent": URGENCY}
RIGHT_FIRST = "Right disorder first while something fits, by expected family"
RIGHT_FIRST_MEANS = (
    (
        "Sensitivity: cases in which the labelled disorder came first, or one that the label accepts;"
        " another member of the family is not enough."
    ),
    "Specificity: cases of other families in which no member of this one came first.",
)
FAMILY_FIRST = "Family first while something fits, by expected family"
FAMILY_FIRST_MEANS = (
    "Here any member of a family counts as the family, also one that the label does not mean."
)
HONEST = "Vignettes are not patients, and the cases that come with the program were developed against."


def percent(value: float | None) -> str:
    """A fraction in percent with one decimal; a dash without cases."""
    return "-" if value is None else f"{100 * value:.1f} %"


def span(interval: tuple[float, float] | list[float] | None) -> str:
    """An interval in percent; empty without cases."""
    return f"{100 * interval[0]:.1f} to {100 * interval[1]:.1f} %" if interval else ""


def number(value: float | None) -> str:
    """A coefficient with two decimals; a dash without cases."""
    return "-" if value is None else f"{value:.2f}"


def p_words(p: float) -> str:
    """A p value with four decimals."""
    return "<0.0001" if p < 0.0001 else f"{p:.4f}"


def plain(name: str) -> str:
    """A level, modality or measure in words."""
    return name.replace("_", " ")


def family_words(family: str) -> str:
    """A family by its id, or what the label says where none is right."""
    return "none of these" if family == NONE_OF_THESE else family


def miss_parts(one: Mapping[str, Any]) -> list[str]:
    """What differs in a case: disorder, nerve, urgency, each as a clause."""
    expected, got = one["expected"], one["got"]
    found = ", ".join(got["disorders"][:3]) or "nothing"
    wanted = expected["disorder"] or "/".join(expected["accept"])
    where = f"at place {got['place']}" if got["place"] else "not listed"
    undecided = " (undecided)" if got["from_open"] and got["disorders"] else ""
    clauses = {
        "disorder": f"none of these, but named {found}"
        if wanted == NONE_OF_THESE
        else f"{wanted} {where}, got {found}{undecided}",
        "nerve": f"nerve {expected['nerve']}, got {got['nerve']}",
        "urgency": f"urgency {'/'.join(expected['urgency'])}, got {got['urgency']}",
    }
    return [clauses[name] for name in got["differs"]]


def change_parts(one: Mapping[str, Any]) -> list[str]:
    """What changed in a case: lines of the differential, nerve, urgency, each as a clause."""
    old, new = one["old"], one["new"]
    parts = []
    if (old["disorders"], old["from_open"]) != (new["disorders"], new["from_open"]):
        place = f", place {old['place']} -> {new['place']}" if old["place"] != new["place"] else ""
        parts.append(f"{_lines(old)} -> {_lines(new)}{place}")
    for name in ("nerve", "urgency"):
        if old[name] != new[name]:
            parts.append(f"{name} {old[name]} -> {new[name]}")
    return parts


def _lines(side: Mapping[str, Any]) -> str:
    found = ", ".join(side["disorders"][:3]) or NOTHING_FITS
    return f"{found} (undecided)" if side["from_open"] and side["disorders"] else found
