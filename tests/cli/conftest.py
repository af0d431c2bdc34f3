"""Running the command line in this process."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from triage.cli.main import run

TOY = Path(__file__).parents[1] / "toy" / "bicycle"
CASES = """
- id: b1
  person: anna
  facts: {rider_age_years: 40, noise_present: present, noise_quality: click, noise_sites: [at_chain, no_others], noise_days: 3 weeks}
- id: b2
  person: anna
  facts: {wobble_present: yes, rim_cracked: yes}
"""


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


@pytest.fixture
def triage(capsys):
    """A function that runs ``triage`` with the toy knowledge base where the command takes one."""

    def running(*args, knowledge=TOY):
        words = [str(arg) for arg in args]
        code = run([*words, "--knowledge", str(knowledge)] if knowledge else words)
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return running


@pytest.fixture
def cases(tmp_path):
    path = tmp_path / "cases.yaml"
    path.write_text(CASES)
    return path
