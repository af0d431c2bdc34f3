"""``triage ask``: a person answers plain questions, one line after another, and sees the assessment."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

import click

from triage.cli.common import DONE, knowledge_option, load
from triage.cli.sessions import resume, save
from triage.door import assessor
from triage.interview import Answers, wording
from triage.interview.dialogue import Dialogue
from triage.report import render

WIDTH = 80
HELP = """Ask a person, one question at a time, and say what follows from the answers.

Danger signs and the main complaint come first, then only what can still matter. Nothing is written anywhere unless
you say --save. At any question: ? explains, why tells what hangs on it, unsure, back, answers, stop.

\b
Examples:
  triage ask
  triage ask --as clinician
  triage ask --save my-answers.yaml
  triage ask --resume my-answers.yaml --save my-answers.yaml
"""


@click.command("ask", help=HELP, short_help="Ask a person, one question at a time, and assess the answers.")
@click.option(
    "--as",
    "answered_by",
    type=click.Choice(["patient", "clinician"]),
    default="patient",
    show_default=True,
    help="A clinician is also asked what only an examination or a test can say.",
)
@click.option(
    "--save", "save_to", type=click.Path(path_type=Path), metavar="FILE", help="Keep the answers in FILE."
)
@click.option(
    "--resume", "resume_from", type=click.Path(path_type=Path), metavar="FILE", help="Go on from FILE."
)
@knowledge_option
def command(answered_by: str, save_to: Path | None, resume_from: Path | None, knowledge: Path | None) -> int:
    """Ask a person and assess the answers."""
    kb = load(knowledge)
    answers, aside = resume(kb, resume_from) if resume_from is not None else (Answers(), {})

    def keep(given: Answers) -> None:
        if save_to is not None:
            save(save_to, given, aside, answered_by)

    dialogue = Dialogue(kb, answers, answered_by, on_answers=keep)
    keep(answers)
    saving = wording.SAVED_TO.format(path=save_to) if save_to else wording.NOTHING_SAVED
    _show([wording.INTRODUCTION, saving, wording.COMMANDS])
    if aside:
        _show([wording.KEPT_ASIDE, *(f"  {name}: {value}" for name, value in aside.items())])
    _show(dialogue.opening())
    stream: TextIO = sys.stdin
    while not dialogue.finished:
        click.echo("> ", nl=False)
        line = stream.readline()
        if not line:
            click.echo()
            _show(dialogue.close())
        elif line.strip():
            _show(dialogue.reply(line))
    case = dialogue.answers.to_case("interview", answered_by)
    assessment = assessor(kb, "reference")(case.id, case.facts)
    click.echo()
    click.echo(render(kb, case, assessment), nl=False)
    return DONE


def _show(lines: Iterable[str]) -> None:
    """Lines of at most 80 columns; continued lines of a list stand below its text."""
    for line in lines:
        indent = len(line) - len(line.lstrip(" "))
        hang = " " * (indent + 3 if indent else 0)
        click.echo("\n".join(textwrap.wrap(line, WIDTH, subsequent_indent=hang)) if line.strip() else "")
