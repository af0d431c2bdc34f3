"""What the commands about rules and their cases share: where cases usually lie, and which kinds of rule are meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import click

from triage.errors import UsageError
from triage.knowledge import default_folder
from triage.workbench import rule_case_files
from triage.workbench.coverage import KINDS

F = TypeVar("F", bound=Callable[..., Any])


def kinds_option(command: F) -> F:
    """``--kind KIND``, given once or several times: only rules of these kinds."""
    option = click.option(
        "--kind",
        "kinds",
        type=click.Choice(list(KINDS.values())),
        multiple=True,
        help="Only rules of this kind; may be given again.",
    )
    return option(command)


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
