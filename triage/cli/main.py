"""``triage``: the main command, its exit codes, and the wording of everything that can go wrong."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn

import click

from triage.cli.common import (
    DONE,
    FAILED,
    KNOWLEDGE,
    USAGE,
    KnowledgeFaults,
    counted,
    print_error,
    print_problems,
    say,
)
from triage.cli.lazy import LazyGroup
from triage.errors import TriageError, UsageError

_OF_WRITING = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EBADF)


class Commands(LazyGroup):
    """The commands of ``triage``."""

    home = "triage.cli"
    table = {
        "ask": "Ask a person, one question at a time, and assess the answers.",
        "assess": "Assess the cases in one or more files.",
        "batch": "Assess many cases into one table.",
        "explain": "Say why something was concluded, or why not.",
        "evaluate": "Compare assessments with the labels of cases.",
        "rules": "Look at the knowledge base, check and test it.",
    }


EPILOG = """\b
Examples:
  triage assess examples/trigeminal_neuralgia.yaml
  triage batch examples/cohort.csv -o assessed.csv
  triage rules check

\b
Exit codes: 0 done; 1 an input was rejected or a run failed; 2 wrong usage;
3 the knowledge base has errors.

\b
Completion of commands, options and file names in the shell, one line in its
start file:
  bash  eval "$(_TRIAGE_COMPLETE=bash_source triage)"
  zsh   eval "$(_TRIAGE_COMPLETE=zsh_source triage)"
  fish  _TRIAGE_COMPLETE=fish_source triage | source
"""


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from triage import __version__

        click.echo(f"triage {__version__}")
        ctx.exit()


@click.group(cls=Commands, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version."
)
def triage() -> None:
    """Triage of pain, spasm, weakness and numbness of the face, by rules that give their reasons.

    For education, visit preparation and research. Not a medical device.
    """


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Runs the program and ends it with its exit code."""
    sys.exit(run(args))


def run(args: Sequence[str] | None = None) -> int:
    """The exit code of one run; every known fault is told on standard error, never as a traceback."""
    _open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a letter gets a stand-in for it.
        if (reconfigure := getattr(stream, "reconfigure", None)) is not None:
            reconfigure(errors="replace")
    try:
        code = triage.main(args=args, prog_name="triage", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else DONE
    except click.Abort:
        say("stopped")
        return FAILED
    except click.ClickException as error:
        error.show()
        return USAGE if isinstance(error, click.UsageError) else FAILED
    except KnowledgeFaults as faults:
        print_problems(faults.problems)
        say(f"the knowledge base has {counted(len(faults.problems), 'error')}")
        return KNOWLEDGE
    except TriageError as error:
        print_error(error)
        return USAGE if isinstance(error, UsageError) else FAILED
    except BrokenPipeError:
        _let_go_of_stdout()
        return FAILED
    except OSError as error:
        _let_go_of_stdout()
        say(f"error: {_told(error)}")
        return FAILED


def _open_closed_streams() -> None:
    """Opens what the shell closed (``>&-``), so that nothing else is opened in its place and taken for it."""
    # Standard output is opened for reading alone, so that a result that gets lost is an error.
    flags = {"stdin": (os.O_RDONLY, "r"), "stdout": (os.O_RDONLY, "w"), "stderr": (os.O_WRONLY, "w")}
    for name, (flag, mode) in flags.items():
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, flag), mode))


def _told(error: OSError) -> str:
    """What went wrong with which file; the system names none where a write to standard output fails."""
    reason = error.strerror or str(error)
    if error.filename is not None:
        return f"{error.filename}: cannot be read or written: {reason}"
    if error.errno in _OF_WRITING:
        return f"standard output: cannot be written: {reason}"
    return f"cannot read or write: {reason}"


def _let_go_of_stdout() -> None:
    """What could not be written is not tried again when the program ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
