"""``triage batch``: many cases into one table; what cannot be used goes into another, with its reasons."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import click

from triage.cases import Form, Reject, read_cases
from triage.cli.common import (
    DONE,
    FAILED,
    engine_option,
    input_format_option,
    knowledge_option,
    load,
    print_error,
    say,
)
from triage.cli.output import STDOUT, Table, TableForm, table_form, written
from triage.cli.progress import progress
from triage.cli.rows import FULL, REJECTS, SUMMARY, case_row, reject_rows
from triage.door import EngineName, assessor
from triage.errors import UsageError
from triage.models import Case, KnowledgeBase
from triage.report import Cohort, cohort_document, to_html

SHOWN_REJECTS = 20
HELP = """Assess many cases into one table, CSV or JSON Lines by the name of OUT.

SRC is a CSV, JSON Lines, YAML or JSON file, or a folder of YAML and JSON files; - reads standard input. One bad
case never stops the run: it is left out, and named with its reasons on standard error or in the file of --rejects.
OUT appears when everything is done, and not at all if the run fails. The exit code is 1 if anything was rejected.

\b
Examples:
  triage batch examples/cohort.csv -o assessed.csv
  triage batch cases/ more.jsonl -o assessed.jsonl --detail full --rejects rejected.csv
  cat cases.jsonl | triage batch - -o -  --format csv
"""


@click.command("batch", help=HELP, short_help="Assess many cases into one table.")
@click.argument("sources", metavar="SRC...", nargs=-1, required=True, type=click.Path())
@click.option(
    "--out",
    "-o",
    metavar="OUT",
    required=True,
    type=click.Path(),
    help="The table to write; - is standard output.",
)
@click.option(
    "--format", "form", type=click.Choice(["csv", "jsonl"]), help="Overrides what the name of OUT says."
)
@click.option(
    "--rejects", metavar="FILE", type=click.Path(), help="Write what was rejected, and why, into FILE."
)
@click.option(
    "--detail",
    type=click.Choice(["summary", "full"]),
    default="summary",
    show_default=True,
    help="full adds the whole assessment of each case as JSON.",
)
@click.option(
    "--report", metavar="FILE", type=click.Path(), help="Write a page with tables and bars over all cases."
)
@engine_option()
@input_format_option
@knowledge_option
def command(
    sources: tuple[str, ...],
    out: str,
    form: TableForm | None,
    rejects: str | None,
    detail: str,
    report: str | None,
    engine: EngineName,
    input_format: Form | None,
    knowledge: Path | None,
) -> int:
    """Assess many cases into one table."""
    shape = table_form(out, form or ("csv" if out == STDOUT else None))
    reject_shape = table_form(rejects) if rejects else None
    _refuse_overwriting(sources, out, rejects, report)
    kb = load(knowledge)
    run = _Run(kb, engine, full=detail == "full")
    with ExitStack() as stack:
        run.table = Table(stack.enter_context(written(out)), shape, FULL if run.full else SUMMARY)
        if rejects and reject_shape:
            run.rejects = Table(stack.enter_context(written(rejects)), reject_shape, REJECTS)
        on_bytes = stack.enter_context(progress(sources))
        for case in read_cases(kb, sources, form=input_format, on_note=run.note, on_bytes=on_bytes):
            run.take(case)
        if report:
            stack.enter_context(written(report)).write(to_html(cohort_document(kb, run.cohort)))
    return run.close(rejects)


class _Run:
    """One run: where rows go, and the counts told at the end."""

    def __init__(self, kb: KnowledgeBase, engine: EngineName, *, full: bool) -> None:
        self.kb = kb
        self.full = full
        self.assess = assessor(kb, engine)
        self.table: Table | None = None
        self.rejects: Table | None = None
        self.cohort = Cohort()
        self.assessed = self.rejected = self.noted = 0

    def note(self, case: Case, text: str) -> None:
        """A note on a case; after some only their number is told."""
        self.noted += 1
        if self.noted <= SHOWN_REJECTS:
            say(f"note: case {case.id}: {text}")

    def take(self, case: Case | Reject) -> None:
        """Assesses a case, or keeps why it was rejected."""
        if isinstance(case, Reject):
            self.rejected += 1
            self.cohort.add_reject(
                case.id or f"{case.source}:{case.line}", [(one.finding, one.message) for one in case.problems]
            )
            if self.rejects is not None:
                for row in reject_rows(case):
                    self.rejects.write(row)
            elif self.rejected <= SHOWN_REJECTS:
                for problem in case.problems:
                    print_error(problem)
            return
        self.assessed += 1
        if self.table is not None:
            assessment = self.assess(case.id, case.facts)
            row = case_row(self.kb, case, assessment, full=self.full)
            self.table.write(row)
            self.cohort.add(row)
            self.cohort.add_answers(case.facts, case.not_known)

    def close(self, rejects: str | None) -> int:
        """Tells the counts; the exit code."""
        if self.noted > SHOWN_REJECTS:
            say(f"... and {self.noted - SHOWN_REJECTS} more notes")
        if self.rejected > SHOWN_REJECTS and not rejects:
            say(f"... and {self.rejected - SHOWN_REJECTS} more rejected (`--rejects FILE` keeps all of them)")
        where = f", see {rejects}" if rejects and self.rejected else ""
        say(f"{self.assessed} assessed, {self.rejected} rejected{where}")
        return FAILED if self.rejected else DONE


def _refuse_overwriting(sources: tuple[str, ...], *targets: str | None) -> None:
    outputs = [Path(path).resolve() for path in targets if path and path != STDOUT]
    if len(set(outputs)) < len(outputs):
        raise UsageError("two outputs would be the same file", hint="name a file for each")
    for source in sources:
        if Path(source).resolve() in outputs:
            raise UsageError(f"`{source}` would be read and written at once", hint="write to another file")
