"""What the commands share: options, exit codes, loading the knowledge base, and telling errors on standard error."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from triage.errors import KnowledgeError, Problems, TriageError, UsageError, printable

if TYPE_CHECKING:
    from triage.models import KnowledgeBase

F = TypeVar("F", bound=Callable[..., Any])
DONE, FAILED, USAGE, KNOWLEDGE, CHANGED = 0, 1, 2, 3, 4
SHOWN_PROBLEMS = 200


class KnowledgeFaults(Exception):
    """The knowledge base cannot be used, because of every one of its problems (exit code 3)."""

    def __init__(self, problems: Iterable[TriageError]) -> None:
        super().__init__("the knowledge base has errors")
        self.problems = list(problems)


def knowledge_option(command: F) -> F:
    """``--knowledge FOLDER``: another knowledge base than the one that comes with the program."""
    option = click.option(
        "--knowledge",
        "-k",
        type=click.Path(path_type=Path),
        metavar="FOLDER",
        help="Use the rules in FOLDER instead of those that come with the program.",
    )
    return option(command)


def engine_option(default: str = "experta") -> Callable[[F], F]:
    """``--engine``: which engine decides the rules; all give the same."""
    return click.option(
        "--engine",
        type=click.Choice(["experta", "reference"]),
        default=default,
        show_default=True,
        help="experta chains forward; reference evaluates each rule as it is written. Both give the same.",
    )


def input_format_option(command: F) -> F:
    """``--input-format``: how the cases are written, where the suffix does not say it."""
    option = click.option(
        "--input-format",
        type=click.Choice(["yaml", "json", "jsonl", "csv"]),
        help="How the cases are written, where the name of the file does not say so.",
    )
    return option(command)


def refuse_together(*names: str, hint: str) -> None:
    """Of these options of the running command one at most may be written.

    Raises ``UsageError``.
    """
    if len(found := _written(names)) > 1:
        raise UsageError(f"{' and '.join(found)} do not go together", hint=hint)


def refuse_idle(when: str, *names: str, hint: str) -> None:
    """None of these options may be written; ``when`` says in which company they would do nothing.

    Raises ``UsageError``.
    """
    if found := _written(names):
        verb = "does" if len(found) == 1 else "do"
        raise UsageError(f"{' and '.join(found)} {verb} nothing {when}", hint=hint)


def _written(names: Iterable[str]) -> list[str]:
    """The options among ``names`` that somebody wrote, as they are written; a default is not written."""
    ctx = click.get_current_context()
    spelled = {param.name: max(param.opts, key=len) for param in ctx.command.params}
    unwritten = (None, ParameterSource.DEFAULT, ParameterSource.DEFAULT_MAP)
    return [f"`{spelled[name]}`" for name in names if ctx.get_parameter_source(name) not in unwritten]


def load(folder: Path | None) -> KnowledgeBase:
    """The knowledge base in ``folder``, or the one that comes with the program; compiled once for the same files.

    Raises ``KnowledgeFaults`` if it has errors, ``InputError`` if there is none.
    """
    from triage.knowledge import load_kept
    from triage.knowledge.collection import lasting

    try:
        with lasting():
            return load_kept(folder)
    except Problems as found:
        raise KnowledgeFaults(found.problems) from None
    except KnowledgeError as error:
        raise KnowledgeFaults([error]) from None


def counted(number: int, what: str) -> str:
    """A number with what it counts, in the plural unless it is one."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def say(text: str) -> None:
    """Text on standard error; what would move the cursor or colour the screen is shown as ?."""
    click.echo(printable(text, keep="\n"), err=True)


def print_error(error: TriageError) -> None:
    """The error on standard error, each of several on its own, with its hint below it."""
    if isinstance(error, Problems):
        print_problems(error.problems)
        return
    say(f"error: {error}")


def print_problems(problems: Iterable[TriageError]) -> None:
    """Each problem on standard error, the first two hundred at most."""
    listed = list(problems)
    for problem in listed[:SHOWN_PROBLEMS]:
        print_error(problem)
    if len(listed) > SHOWN_PROBLEMS:
        say(f"... and {len(listed) - SHOWN_PROBLEMS} more")
