"""The page of all commands, made from their own help so that it cannot say anything else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from triage.cli.main import triage

WIDTH = 100
HEAD = """\
# Commands

Generated from the help of the program (`triage COMMAND --help`). Exit codes: 0 done; 1 an input was rejected or a run
failed; 2 wrong usage; 3 the knowledge base has errors; 4 only with `--exit-code`. Machine output goes to standard
output, all else to standard error.
"""


def commands_page() -> str:
    """docs/commands.md: a list of all commands, then the help of each."""
    found = list(all_commands(triage, "triage"))
    index = [
        f"- [`{name}`](#{name.replace(' ', '-')}): {command.get_short_help_str(200)}"
        for name, command in found
    ]
    parts = [HEAD.rstrip(), "\n".join(index)]
    for name, command in found:
        parts += [f"## {name}", f"```text\n{help_of(name, command)}\n```"]
    return "\n\n".join(parts) + "\n"


def all_commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """Every command below a command by its full name, groups before their members."""
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=name)
        for below in command.list_commands(context):
            found = command.get_command(context, below)
            assert found is not None, f"{name} {below} is listed and cannot be loaded"
            yield from all_commands(found, f"{name} {below}")


def help_of(name: str, command: click.Command) -> str:
    """The help of a command as it is shown, in a fixed width."""
    settings: dict[str, Any] = {"help_option_names": ["-h", "--help"]}
    with click.Context(
        command, info_name=name, terminal_width=WIDTH, max_content_width=WIDTH, **settings
    ) as context:
        return "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
