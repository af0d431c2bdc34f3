"""Where the cases of a knowledge base usually lie: for the commands that take a PATH and do without it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from triage.errors import UsageError
from triage.knowledge import default_folder
from triage.workbench import rule_case_files


def usual_cases(knowledge: Path | None) -> tuple[Path, ...]:
    """The folders of rule cases and examples that exist, here or beside the rules.

    Raises ``UsageError`` if there is none.
    """
    beside = (knowledge or default_folder()).resolve().parent
    for home in (Path(), beside):
        found = [home / name for name in ("tests/cases", "cases", "examples") if (home / name).is_dir()]
        if found:
            return tuple(found)
    raise UsageError("no cases are found here", hint="name a file or a folder of cases")


def case_paths(places: Iterable[Path]) -> list[Path]:
    """Every case file of the places, in their order.

    Raises ``InputError`` for a place that holds none.
    """
    return [path for place in places for path in rule_case_files(place)]
