"""The command line: click, a file per command, commands loaded by name when they are called."""

from triage.cli.main import main

__all__ = ["main"]
