"""The toy rules with one thing broken, and what the loader says of it."""

import shutil
from dataclasses import dataclass

import pytest

from tests.support import TOY
from triage.errors import Problems
from triage.knowledge import load_knowledge


@dataclass(frozen=True)
class Told:
    """A problem as fields: file below the rules, line and column, rule, message, hint."""

    file: str
    line: int
    column: int
    rule: str
    message: str
    hint: str


@pytest.fixture
def rules(tmp_path):
    """A copy of the toy rules."""
    folder = tmp_path / "bicycle"
    shutil.copytree(TOY, folder)
    return folder


@pytest.fixture
def problems(rules):
    """A function that changes files (``file: (old, new)``, or text to write) and gives every problem of the rules."""

    def broken(changes):
        for file, change in changes.items():
            path = rules / file
            if isinstance(change, str):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(change)
            elif change is None:
                path.unlink()
            else:
                old, new = change
                text = path.read_text()
                assert text.count(old) >= 1, f"`{old}` does not stand in {file}"
                path.write_text(text.replace(old, new, 1))
        try:
            load_knowledge(rules)
        except Problems as found:
            return [
                Told(
                    one.place.path.removeprefix("bicycle/"),
                    one.place.line,
                    one.place.column,
                    one.rule,
                    one.message,
                    one.hint,
                )
                for one in found.problems
            ]
        return []

    return broken
