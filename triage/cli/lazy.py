"""A group of commands that knows their names and one-line helps, and imports a command only when it is called.

The file of a command defines it as ``command``. A command whose file does not exist is not shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec

import click
from click.shell_completion import CompletionItem

from triage.errors import nearest


class LazyGroup(click.Group):
    """A click group over ``home``: command name -> one-line help, in the order in which they are shown."""

    home = ""
    table: Mapping[str, str] = {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands whose files exist."""
        return [name for name in self.table if find_spec(self._module(name)) is not None]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command = import_module(self._module(cmd_name)).command
        assert isinstance(command, click.Command), f"{self._module(cmd_name)}.command is no click command"
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command; an unknown name is an error that names the closest."""
        names = self.list_commands(ctx)
        if args and args[0] not in names and not args[0].startswith("-"):
            hint = nearest(args[0], names) or f"commands are {', '.join(names)}"
            raise click.UsageError(f"no command is called `{args[0]}`\n  hint: {hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, written without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, self.table[name]) for name in self.list_commands(ctx)])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The names that begin so, without importing any command."""
        names = [name for name in self.list_commands(ctx) if name.startswith(incomplete)]
        found = [CompletionItem(name, help=self.table[name]) for name in names]
        return found + click.Command.shell_complete(self, ctx, incomplete)

    def _module(self, name: str) -> str:
        return f"{self.home}.{name.replace('-', '_')}"
