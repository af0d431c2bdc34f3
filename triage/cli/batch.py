"""``triage batch``: many cases into one table; what cannot be used goes into another, with its reasons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import cached_property, partial
from itertools import groupby
from pathlib import Path
from typing import Literal, TextIO

import click

from triage.bulk import Cohort as Columns
from triage.bulk import spark_cohort, stoppable, tallies
from triage.cases import PARQUET, Form, OnBytes, Reject, case_files, read_cases, suffix
from triage.cases.raw import reject
from triage.cases.streams import opened
from triage.cli.common import DONE, FAILED, input_format_option, knowledge_option, load, print_error, say
from triage.cli.output import STDOUT, Table, TableForm, placed, table_form, written
from triage.cli.progress import counting, progress
from triage.cli.rows import FULL, REJECTS, SUMMARY, case_row, reject_rows
from triage.door import EngineName, assessor
from triage.errors import InputError, Place, UsageError
from triage.files import real, workspace
from triage.models import Case, KnowledgeBase
from triage.report import Cohort, cohort_document, to_html

BatchEngine = Literal["duckdb", "experta", "reference", "spark"]
COLUMNAR = ("duckdb", "spark")
MEMORY = re.compile(r"[0-9]+(\.[0-9]+)?\s*(%|[KMGT]i?B)", re.ASCII)
SHOWN_REJECTS = 20
HELP = """Assess many cases into one table: CSV, JSON Lines or Parquet by the name of OUT.

SRC is a CSV, JSON Lines, Parquet, YAML or JSON file, a folder of such files, or a pattern in quotes; - reads standard
input. Text may be compressed (.csv.gz, .jsonl.bz2, .csv.xz). One bad case never stops the run: it is left out, and
named with its reasons on standard error or in the file of --rejects. OUT appears when everything is done. It stays as
it was if the run fails or is stopped, or if something was rejected and nothing is left to assess.

The exit code is 1 if anything was rejected, also where OUT holds the rest, and if the run failed. The last lines on
standard error say which.
The columns of a table and of the result stand in docs/cases.md.

\b
Examples:
  triage batch examples/cohort.csv -o assessed.csv
  triage batch cases/ more.jsonl -o assessed.jsonl --detail full --rejects rejected.csv
  triage batch 'cohort/*.csv.gz' -o assessed.csv
  triage batch cohort.parquet -o assessed.parquet --memory 8GB
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
    "--format",
    "form",
    type=click.Choice(["csv", "jsonl", "parquet"]),
    help="Overrides what the name of OUT says.",
)
@click.option(
    "--rejects", metavar="FILE", type=click.Path(), help="Write what was rejected, and why, into FILE."
)
@click.option(
    "--detail",
    type=click.Choice(["summary", "full"]),
    default="summary",
    show_default=True,
    help="full adds the whole assessment of each case.",
)
@click.option(
    "--report", metavar="FILE", type=click.Path(), help="Write a page with tables and bars over all cases."
)
@click.option(
    "--engine",
    type=click.Choice(["duckdb", "experta", "reference", "spark"]),
    default="duckdb",
    show_default=True,
    help="duckdb and spark assess whole columns at once, the others case by case. All give the same.",
)
@click.option(
    "--master",
    metavar="URL",
    default="local[*]",
    show_default=True,
    help="Where spark runs, in Spark's words.",
)
@click.option(
    "--memory",
    metavar="SIZE",
    default="60%",
    show_default=True,
    help="The most memory that duckdb takes, as 8GB or as a share of the machine's.",
)
@input_format_option
@knowledge_option
def command(
    sources: tuple[str, ...],
    out: str,
    form: TableForm | None,
    rejects: str | None,
    detail: Literal["summary", "full"],
    report: str | None,
    engine: BatchEngine,
    master: str,
    memory: str,
    input_format: Form | None,
    knowledge: Path | None,
) -> int:
    """Assess many cases into one table."""
    shape = table_form(out, form or ("csv" if out == STDOUT else None))
    reject_shape = table_form(rejects) if rejects else None
    _refuse_overwriting(sources, out, rejects, report)
    paths, missing = _files(sources, out, rejects, report)
    _refuse_forms(paths, shape, reject_shape, engine, memory)
    kb = load(knowledge)
    run: _Run
    with _told_if_stopped(out), stoppable(), suppress(_NothingAssessed), ExitStack() as stack:
        if engine in COLUMNAR:
            scratch = stack.enter_context(workspace())
            kind = spark_cohort(master) if engine == "spark" else Columns
            columns = kind(kb, scratch, detail=detail, memory=memory)
            run = _ByColumns(kb, columns, stack, out, shape, wants_report=report is not None)
        else:
            one_by_one: EngineName = "experta" if engine == "experta" else "reference"
            run = _CaseByCase(kb, one_by_one, stack.enter_context(written(out)), shape, _columns(detail))
        if rejects and reject_shape:
            run.rejects = Table(stack.enter_context(_kept(rejects)), reject_shape, REJECTS)
        on_bytes = stack.enter_context(progress(paths))
        run.take_all(missing)
        for neighbours, parquet in _runs(paths):
            if parquet:
                run.take_parquet(neighbours)
            else:
                run.take_files(neighbours, input_format, on_bytes)
        run.finish()
        if report:
            stack.enter_context(written(report)).write(to_html(cohort_document(kb, run.cohort)))
    return run.close(out, rejects)


class _NothingAssessed(Exception):
    """Something was rejected and nothing is left, so that no table takes the place of an older one."""


@contextmanager
def _kept(path: str) -> Iterator[TextIO]:
    """The file of rejects, which appears also where nothing else does: it says why."""
    nothing = False
    with written(path) as stream:
        try:
            yield stream
        except _NothingAssessed:
            nothing = True
    if nothing:
        raise _NothingAssessed


@contextmanager
def _told_if_stopped(out: str) -> Iterator[None]:
    """Says what became of ``out`` when somebody stops the run."""
    try:
        yield
    except KeyboardInterrupt:
        say(f"stopped: {_untouched(out)}")
        raise click.exceptions.Exit(FAILED) from None


def _untouched(out: str) -> str:
    if out == STDOUT:
        return "no table was written"
    return f"{out} is {'left as it was' if Path(out).exists() else 'not written'}"


def _columns(detail: str) -> tuple[str, ...]:
    return FULL if detail == "full" else SUMMARY


def _files(sources: Iterable[str], *outputs: str | None) -> tuple[list[str], list[Reject]]:
    """The files that the sources stand for, without those that will be written, and sources that stand for none."""
    written_to = {real(Path(path)) for path in outputs if path and path != STDOUT}
    paths: list[str] = []
    missing: list[Reject] = []
    for source in sources:
        files, left = case_files(source, tables=True)
        paths += [path for path in files if real(Path(path)) not in written_to]
        missing += left
    return paths, missing


def _runs(sources: Iterable[str]) -> Iterator[tuple[list[str], bool]]:
    """Neighbouring sources of one kind together, Parquet apart: a reader knows the ids of all it reads."""
    for parquet, paths in groupby(sources, key=lambda path: path.lower().endswith(PARQUET)):
        yield list(paths), parquet


class _Run:
    """One run: where rejects go, and the counts told at the end."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb
        self.rejects: Table | None = None
        self.cohort = Cohort()
        self.assessed = self.refused = self.noted = 0

    def note(self, case: Case, text: str) -> None:
        """A note on a case; after some only their number is told."""
        self.noted += 1
        if self.noted <= SHOWN_REJECTS:
            say(f"note: case {case.id}: {text}")

    def take_files(self, paths: Iterable[str], form: Form | None, on_bytes: OnBytes) -> None:
        """Takes the cases of these files."""
        self.take_all(read_cases(self.kb, paths, form=form, on_note=self.note, on_bytes=on_bytes))

    def take_parquet(self, paths: Iterable[str]) -> None:
        """Takes the cases of these Parquet files."""
        raise NotImplementedError

    def take_all(self, cases: Iterable[Case | Reject]) -> None:
        """Takes each case, or keeps why it was rejected."""
        for case in cases:
            if isinstance(case, Reject):
                self._reject(case)
            else:
                self._take(case)

    def finish(self) -> None:
        """Everything was taken; what is left to be written is written.

        Raises ``_NothingAssessed`` if all of it was rejected.
        """
        raise NotImplementedError

    def _take(self, case: Case) -> None:
        raise NotImplementedError

    def _reject(self, case: Reject) -> None:
        self.refused += 1
        reasons = [(one.finding, one.message) for one in case.problems]
        where = str(Place(case.source, case.line))
        self.cohort.add_reject(case.id or where, reasons, whole=case.whole, rows=case.rows)
        if self.rejects is not None:
            for row in reject_rows(case):
                self.rejects.write(row)
        elif self.refused <= SHOWN_REJECTS:
            for problem in case.problems:
                print_error(problem)

    def close(self, out: str, rejects: str | None) -> int:
        """Tells the counts; the exit code."""
        if self.noted > SHOWN_REJECTS:
            say(f"... and {self.noted - SHOWN_REJECTS} more notes")
        if self.refused > SHOWN_REJECTS and not rejects:
            say(f"... and {self.refused - SHOWN_REJECTS} more rejected (`--rejects FILE` keeps all of them)")
        where = f", see {rejects}" if rejects and self.refused else ""
        say(f"{self.assessed} assessed, {self.cohort.rejects}{where}")
        if self.refused and not self.assessed:
            say(f"nothing could be assessed: {_untouched(out)}")
        return FAILED if self.refused else DONE


class _CaseByCase(_Run):
    """A run of an engine that assesses one case after the other."""

    def __init__(
        self, kb: KnowledgeBase, engine: EngineName, stream: TextIO, shape: TableForm, columns: Sequence[str]
    ) -> None:
        super().__init__(kb)
        self.assess = assessor(kb, engine)
        self.opened = partial(Table, stream, shape, columns)

    @cached_property
    def table(self) -> Table:
        """The table; its header is written when it is first asked for, as standard output takes nothing back."""
        return self.opened()

    def finish(self) -> None:
        """A table without cases has a header too."""
        if self.refused and not self.assessed:
            raise _NothingAssessed
        _ = self.table

    def _take(self, case: Case) -> None:
        self.assessed += 1
        found = self.assess(case.id, case.facts)
        row = case_row(self.kb, case, found, full="assessment" in self.table.columns)
        self.table.write(row)
        self.cohort.add(row)
        self.cohort.add_answers(case.facts, case.not_known)


class _ByColumns(_Run):
    """A run of the columnar engine: cases are collected, and assessed all at once."""

    def __init__(
        self,
        kb: KnowledgeBase,
        columns: Columns,
        stack: ExitStack,
        out: str,
        shape: TableForm,
        *,
        wants_report: bool,
    ) -> None:
        super().__init__(kb)
        self.columns = columns
        self.wants_report = columns.counts_not_known = wants_report
        self.shape = shape
        self.part = stack.enter_context(placed(out))

    def take_files(self, paths: Iterable[str], form: Form | None, on_bytes: OnBytes) -> None:
        """Takes the cases of these files; those of CSV and JSON Lines as whole columns."""
        take_lines = partial(self.columns.take_lines, on_note=self.note)
        cases = read_cases(
            self.kb,
            paths,
            form=form,
            on_note=self.note,
            on_bytes=on_bytes,
            take_lines=take_lines,
            places=self.columns.places,
        )
        self.take_all(cases)

    def take_parquet(self, paths: Iterable[str]) -> None:
        """Takes the cases of these Parquet files."""
        for path in paths:
            try:
                with opened(path):
                    pass
            except InputError as error:
                self._reject(reject(path, error, whole=True))
            else:
                self.take_all(self.columns.take_parquet(Path(path)))

    def _take(self, case: Case) -> None:
        self.columns.take(case)
        self.cohort.add_answers(case.facts, case.not_known)

    def finish(self) -> None:
        """Assesses what was collected."""
        self.take_all(self.columns.twice())
        self.noted += self.columns.more_notes
        if self.refused and not self.columns.count:
            raise _NothingAssessed
        with counting(self.columns.count) as on_progress:
            self.assessed = self.columns.write(self.part, self.shape, on_progress)
        if self.wants_report:
            self._tally()

    def _tally(self) -> None:
        groups, pending = tallies(self.columns.connection, self.part, self.shape)
        for row in groups:
            self.cohort.add(row | {"pending": ()}, row["times"])
        self.cohort.pending.update(pending)
        for finding, times in self.columns.answered().items():
            self.cohort.add_answers([finding], times=times)
        for finding, times in self.columns.not_known().items():
            self.cohort.add_answers((), [finding], times=times)


def _refuse_forms(
    sources: Iterable[str], shape: TableForm, rejects: TableForm | None, engine: BatchEngine, memory: str
) -> None:
    if rejects == "parquet":
        raise UsageError("rejects are written as CSV or JSON Lines", hint="end the name in .csv or .jsonl")
    if engine not in COLUMNAR:
        read = [source for source in sources if suffix(source) == PARQUET]
        if shape == "parquet" or read:
            raise UsageError("Parquet is read and written by `--engine duckdb`", hint="leave `--engine` out")
    if MEMORY.fullmatch(memory) is None:
        raise UsageError(f"`--memory {memory}` is not a size", hint="write 8GB, 500MB or 60%")


def _refuse_overwriting(sources: tuple[str, ...], *targets: str | None) -> None:
    outputs = [real(Path(path)) for path in targets if path and path != STDOUT]
    if len(set(outputs)) < len(outputs):
        raise UsageError("two outputs would be the same file", hint="name a file for each")
    for source in sources:
        if real(Path(source)) in outputs:
            raise UsageError(f"`{source}` would be read and written at once", hint="write to another file")
