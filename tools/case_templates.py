"""The blank case files of ``docs/cases.md``: what matters most for each complaint, with its choices beside it.

Generated, so that a renamed finding or a new choice cannot leave the page behind.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping

from triage.logic import FindingType
from triage.models import Finding, KnowledgeBase

BLOCK = re.compile(r"(<!-- template:(\w+) -->\n).*?(<!-- /template -->)", re.DOTALL)
COMMENT_AT = 34
WIDTH = 118
COMPLAINTS = ("face_pain", "face_movement", "face_weakness", "face_numbness")
PERSON = ("age_years", "sex")
# The basics of rules/interview.yaml, and the signs of its danger screens that most often decide.
MATTERS: Mapping[str, str] = {
    "pain": """
        pain_side pain_sites pain_days pain_familiarity pain_pattern attack_seconds pain_qualities
        pain_worst_points pain_triggers pain_began_after thunderclap_pain jaw_ache_builds_on_chewing
        effort_jaw_pain red_eye face_swelling fever
    """,
    "movement": """
        movement_side movement_extent movement_sites movement_first_site movement_days movement_in_attacks
        quick_twitches forced_lid_closure_one forced_lid_closure_both sustained_pull held_back
        movement_triggers movement_in_sleep awareness_lost_in_attack rhythmic_jerks nausea_or_psychosis_drug
    """,
    "weakness": """
        weakness_side weakness_sites forehead_strength weakness_onset weakness_days weakness_course
        eye_not_closing ear_pain_with_weakness blisters_on_ear taste_changed twitch_before_or_with_weakness
        earlier_facial_palsy sudden_face_droop sudden_limb_weakness sudden_speech_trouble double_vision
        swallowing_trouble
    """,
    "numbness": """
        numbness_side numbness_sites numbness_onset numbness_days numbness_began_after numbness_spreading
        lip_or_chin_numb sudden_half_numbness limb_weak_one_side double_vision bulging_eye
        hearing_worse_same_side unsteady_or_spinning cancer_ever immune_weak
    """,
}


def with_templates(kb: KnowledgeBase, text: str) -> str:
    """The page with its templates written anew."""
    return BLOCK.sub(lambda found: f"{found[1]}```yaml\n{template(kb, found[2])}```\n{found[3]}", text)


def template(kb: KnowledgeBase, complaint: str) -> str:
    """A case file to fill in; raises ``KeyError`` for a finding that the rules no longer have."""
    lines = [
        f"id: {complaint}-1",
        f"{'answered_by: patient':<{COMMENT_AT}}# patient, clinician, researcher",
        "facts:",
    ]
    own = f"face_{complaint}"
    for name in (own, *PERSON, *MATTERS[complaint].split(), *(one for one in COMPLAINTS if one != own)):
        finding = kb.findings[name]
        present = "" if name != own else " yes" if finding.type is FindingType.YES_NO else " present"
        lines += _line(f"  {name}:{present}", _comment(finding))
    return "\n".join(lines) + "\n"


def _line(entry: str, comment: str) -> list[str]:
    first, *others = textwrap.wrap(comment, WIDTH - COMMENT_AT - 2, break_on_hyphens=False)
    return [f"{entry:<{COMMENT_AT}}# {first}", *(f"{'':<{COMMENT_AT}}#   {other}" for other in others)]


def _comment(finding: Finding) -> str:
    choices = ", ".join(finding.choices)
    answers = {
        FindingType.YES_NO: "yes, no",
        FindingType.NUMBER: f"number ({finding.unit})",
        FindingType.ONE_OF: f"one of {choices}",
        FindingType.ANY_OF: f"[list] of {choices}",
    }
    return f"{finding.label}: {answers[finding.type]}"
