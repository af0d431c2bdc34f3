"""``triage ask``: a person answers plain questions and sees what follows, on a full screen or line after line."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO

import click

from triage.cli.common import DONE, knowledge_option, load
from triage.cli.people import Assessed, headline, people
from triage.cli.sessions import Saved, resume, save
from triage.cli.terminal import on_terminal, text_width
from triage.door import assessor
from triage.errors import OutputError, Place
from triage.files import is_special
from triage.interview import Answers, wording
from triage.interview.dialogue import Dialogue
from triage.interview.sitting import DEFAULT_ID, Sitting
from triage.models import KnowledgeBase
from triage.report import sheet_document, to_text

HELP = """Ask a person, one question at a time, and say what follows from the answers.

Danger signs and the main complaint come first, then only what can still matter. Nothing is written anywhere unless
you say --save. On a terminal the questions fill the screen; with --plain, or where there is no terminal, they come
one line after another. At any question: ? explains, why tells what hangs on it, unsure, back, answers, change,
save, stop.

\b
Examples:
  triage ask
  triage ask --plain
  triage ask --as clinician
  triage ask --save my-answers.yaml
  triage ask --resume my-answers.yaml --save my-answers.yaml
"""


class Keeping:
    """Where the answers are kept, if anywhere."""

    def __init__(self, path: Path | None, saved: Saved, answered_by: str) -> None:
        self.path = path
        self.saved = saved
        self.answered_by = answered_by
        self.cases: Sequence[Answers] = saved.cases or (Answers(),)

    def keep(self, cases: Sequence[Answers]) -> None:
        """Write all cases anew."""
        self.cases = cases
        if self.path is not None:
            save(self.path, cases, self.saved.aside, self.answered_by)

    def begin(self, path: str) -> str:
        """Keep the answers in ``path`` from now on; what to say about it."""
        before, self.path = self.path, Path(path).expanduser()
        try:
            _refuse_other_file(self.path, before)
            self.keep(self.cases)
        except Exception:
            self.path = before
            raise
        return wording.SAVED_TO.format(path=self.path)


@click.command("ask", help=HELP, short_help="Ask a person, one question at a time, and assess the answers.")
@click.option(
    "--as",
    "answered_by",
    type=click.Choice(["patient", "clinician"]),
    help="A clinician is also asked what only an examination or a test can say.  [default: patient]",
)
@click.option("--plain", is_flag=True, help="One line after another, also on a terminal.")
@click.option(
    "--save", "save_to", type=click.Path(path_type=Path), metavar="FILE", help="Keep the answers in FILE."
)
@click.option(
    "--resume", "resume_from", type=click.Path(path_type=Path), metavar="FILE", help="Go on from FILE."
)
@knowledge_option
def command(
    answered_by: str | None,
    plain: bool,
    save_to: Path | None,
    resume_from: Path | None,
    knowledge: Path | None,
) -> int:
    """Ask a person and assess the answers."""
    if save_to is not None:
        _refuse_other_file(save_to, resume_from)
    kb = load(knowledge)
    saved = resume(kb, resume_from) if resume_from is not None else Saved()
    asked = answered_by or saved.answered_by
    keeping = Keeping(save_to, saved, asked)
    sitting = Sitting(kb, saved.cases, asked, on_answers=keeping.keep, on_save=keeping.begin)
    keeping.keep(sitting.cases)
    if plain or not on_terminal():
        _plain(sitting, keeping)
    else:
        from triage.screen import consult

        consult(sitting, keeping.path, saved.aside)
    return DONE


def _refuse_other_file(path: Path, known: Path | None) -> None:
    """Answers are never kept in place of a file that holds something else.

    Raises ``OutputError``.
    """
    if is_special(path):
        hint = "choose the name of a file"
        raise OutputError("is a folder, a pipe or a device, not a file", place=Place(str(path)), hint=hint)
    if path.exists() and not (known is not None and known.exists() and path.samefile(known)):
        hint = f"choose another name, or go on from it: `--resume {path} --save {path}`"
        raise OutputError("there is a file of this name", place=Place(str(path)), hint=hint)


def _plain(sitting: Sitting, keeping: Keeping) -> None:
    """The whole sitting, line after line, and what follows from it."""
    dialogue = Dialogue(sitting)
    saving = wording.SAVED_TO.format(path=keeping.path) if keeping.path else wording.NOTHING_SAVED
    _show([wording.INTRODUCTION, "", saving, "", wording.COMMANDS])
    if aside := keeping.saved.aside:
        _show(["", wording.KEPT_ASIDE, *(f"  {name}: {value}" for name, value in aside.items())])
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
    stem = keeping.path.stem if keeping.path else DEFAULT_ID
    click.echo()
    click.echo(result_text(sitting.kb, sitting, stem), nl=False)
    if keeping.path:
        _show(["", wording.PAGE_LATER.format(path=keeping.path)])


def result_text(kb: KnowledgeBase, sitting: Sitting, id: str) -> str:
    """The sheets of all cases; of several, the highest urgency stands above them."""
    assess = assessor(kb, "reference")
    [person] = people(Assessed(case, assess(case.id, case.facts)) for case in sitting.to_cases(id))
    top = headline(kb, person)
    sheets = [
        to_text(sheet_document(kb, one.case, one.assessment, "assessment"), text_width())
        for one in person.cases
    ]
    return "\n\n".join([*([top] if top else []), *sheets])


def _show(lines: Iterable[str]) -> None:
    """Lines of at most the width of the terminal; continued lines of a list stand below its text."""
    for line in lines:
        indent = len(line) - len(line.lstrip(" "))
        hang = " " * (indent + 3 if indent else 0)
        click.echo(
            "\n".join(textwrap.wrap(line, text_width(), subsequent_indent=hang)) if line.strip() else ""
        )
