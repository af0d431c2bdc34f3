"""Cases about bicycles whose sheets are looked at, and what every sheet of them needs."""

from collections.abc import Callable

import pytest

from tests.support import TOY
from triage.assessment import assemble, decide
from triage.models import Assessment, Case, KnowledgeBase

CHAIN = {
    "rider_age_years": 41,
    "bicycle_age_years": 12,
    "noise_present": "present",
    "noise_quality": "click",
    "noise_sites": {"at_chain": True, "at_front": False, "at_rear": False, "at_handlebar": False},
    "noise_side": "right",
    "noise_when": {"on_pedalling": True, "on_braking": False, "on_coasting": False},
    "noise_days": 21,
    "wobble_present": False,
    "brakes_weak": False,
    "owns_lamp_oil": True,
}
CASES = {
    "chain": Case(id="chain", facts=CHAIN),
    "emergency": Case(
        id="emergency",
        facts={"wobble_present": True, "wobble_sites": {"front": True, "rear": True}, "rim_cracked": True},
        not_known=frozenset({"axle_moves"}),
    ),
    "fall": Case(
        id="fall",
        facts={
            **CHAIN,
            "fell_off": True,
            "fall_days": 3,
            "wobble_present": True,
            "wobble_sites": {"front": True, "rear": True},
            "wobble_speed_kph": 20,
            "allergic_to_solvents": True,
        },
        not_known=frozenset({"rim_cracked", "motor_fitted"}),
    ),
    "dry": Case(
        id="dry",
        facts={
            "rider_age_years": 30,
            "noise_present": "present",
            "noise_quality": "squeak",
            "noise_sites": {"at_chain": True},
            "allergic_to_solvents": True,
            "kept_outside": True,
        },
        not_known=frozenset({"noise_when"}),
    ),
    "nothing_known": Case(id="nothing_known"),
    "outside": Case(
        id="outside", facts={"noise_present": "absent", "wobble_present": False, "brakes_weak": False}
    ),
}
SHEETS = ("assessment", "person", "clinician")
FORMATS = {"text": "txt", "markdown": "md", "html": "html"}


@pytest.fixture(scope="session")
def assessed(toy: KnowledgeBase) -> Callable[[str], tuple[Case, Assessment]]:
    """The case of this name with its assessment."""
    found = {
        name: (case, assemble(toy, case.id, case.facts, decide(toy, case.facts)))
        for name, case in CASES.items()
    }
    return found.__getitem__


@pytest.fixture
def triage_run(capsys):
    """A function that runs ``triage`` with the toy knowledge base and returns the exit code."""
    from triage.cli.main import run

    return lambda *args: run([*map(str, args), "--knowledge", str(TOY)])
