"""A toy knowledge base, and reading of cases written down in a test."""

from dataclasses import replace
from pathlib import Path

import pytest

from triage.cases import Reject, read_cases
from triage.knowledge import load_knowledge
from triage.models import Finding

TEMPERATURE = {
    "id": "bearing_celsius",
    "type": "number",
    "of": "person",
    "label": "temperature of the bearing",
    "question": "How hot is the bearing?",
    "unit": "celsius",
    "range": [25, 45],
}


@pytest.fixture(scope="session")
def toy():
    kb = load_knowledge(Path(__file__).parents[1] / "toy" / "bicycle")
    return replace(kb, findings={**kb.findings, "bearing_celsius": Finding.model_validate(TEMPERATURE)})


@pytest.fixture
def read(toy, tmp_path):
    """Cases and rejects of one file; the rejects as text with the folder left out."""

    def reading(name, content, **options):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return list(read_cases(toy, [path], **options))

    return reading


@pytest.fixture
def told(read, tmp_path):
    """What a reader says of one file: one line per problem, ``place: message | hint``."""

    def telling(name, content):
        lines = []
        for row in read(name, content):
            for problem in row.problems if isinstance(row, Reject) else ():
                place = str(problem.place).replace(f"{tmp_path}/", "")
                lines.append(f"{place}: {problem.message} | {problem.hint}")
        return lines

    return telling
