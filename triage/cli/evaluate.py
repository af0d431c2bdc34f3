"""``triage evaluate``: labelled cases held against their assessments."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from triage.cases import Form
from triage.cli.common import (
    CHANGED,
    DONE,
    input_format_option,
    knowledge_option,
    load,
    print_problems,
    refuse_idle,
)
from triage.cli.labelled import LabelledReader
from triage.door import ENGINES, EngineName, assessor
from triage.errors import TriageError
from triage.evaluation import (
    Verdict,
    compare,
    figures_of,
    interview_figures,
    judge,
    outcome_of,
    robustness,
    simulate,
    verdicts,
)
from triage.evaluation.page import comparison_html, figures_html
from triage.evaluation.text import comparison_text, figures_text
from triage.interview import Memory
from triage.models import Case, KnowledgeBase

HELP = """Compare the assessments of labelled cases with their labels.

CASES are what `triage batch` reads: files or folders with `expected:` in each case, or tables with the columns
expected.disorder, expected.accept, expected.nerve, expected.urgency and so on; - reads standard input. What a label
leaves out is not judged. A label that names no disorder ends the run. Needs the extra `evaluate` (scipy). Cases that
the rules were corrected against, or that case_counts.yaml counts, come out better than new ones will.

With --compare, OLD and NEW are knowledge folders or names of engines (an engine runs on the present knowledge);
each measure is told for both, with McNemar's exact test, and every case that changed.

\b
Examples:
  triage evaluate examples/vignettes
  triage evaluate examples/vignettes --format html > report.html
  triage evaluate labelled.csv more.jsonl --format json
  triage evaluate examples/vignettes --interview
  triage evaluate tests/cases/textbook --remove 0.2 --remove 0.4
  triage evaluate examples/vignettes --compare old-rules new-rules
  triage evaluate examples/vignettes --compare reference experta --exit-code
"""


@click.command("evaluate", help=HELP, short_help="Compare assessments with the labels of cases.")
@click.argument("sources", metavar="CASES...", nargs=-1, required=True, type=click.Path())
@click.option(
    "--format", "style", type=click.Choice(["text", "json", "html"]), default="text", show_default=True
)
@click.option(
    "--interview", is_flag=True, help="Also simulate an interview of each case: how many questions it takes."
)
@click.option(
    "--remove",
    type=click.FloatRange(0, 1, max_open=True),
    multiple=True,
    metavar="SHARE",
    help="Also remove this share of the answers at random and say how often the leader stays; may be repeated.",
)
@click.option(
    "--repeats", type=click.IntRange(1), default=20, show_default=True, help="How often answers are removed."
)
@click.option(
    "--compare", "sides", nargs=2, metavar="OLD NEW", help="Compare two knowledge folders or engines instead."
)
@click.option("--exit-code", is_flag=True, help="With --compare: end with 4 if any case changed.")
@input_format_option
@knowledge_option
def command(
    sources: tuple[str, ...],
    style: str,
    interview: bool,
    remove: tuple[float, ...],
    repeats: int,
    sides: tuple[str, str] | None,
    exit_code: bool,
    input_format: Form | None,
    knowledge: Path | None,
) -> int:
    """Compare the assessments of labelled cases with their labels."""
    reader = LabelledReader(sources, input_format)
    if sides:
        refuse_idle("with `--compare`", "interview", "remove", "repeats", hint="run them apart")
        if not set(sides) & set(ENGINES):
            refuse_idle("with two folders to compare", "knowledge", hint="only an engine runs on it")
        return _compare(reader, sides, knowledge, style, exit_code=exit_code)
    refuse_idle("without `--compare`", "exit_code", hint="it tells whether any case changed")
    if not remove:
        refuse_idle("without `--remove`", "repeats", hint="it says how often answers are removed")
    kb = load(knowledge)
    found = reader.read(kb)
    found.refuse_labels(found.labels)
    figures = figures_of(_verdicts(kb, found.cases, "reference"))
    if interview:
        memory = Memory(kb)
        figures["interview"] = interview_figures([simulate(kb, case, memory) for case in found.cases])
    if remove:
        figures["robustness"] = [robustness(kb, found.cases, share, repeats=repeats) for share in remove]
    _print(style, figures, lambda: figures_text(figures), lambda: figures_html(kb, figures))
    return found.exit_code


def _verdicts(kb: KnowledgeBase, cases: list[Case], engine: EngineName) -> list[Verdict]:
    """The reference decides only what labels speak of; other engines make whole assessments."""
    if engine == "reference":
        return verdicts(kb, cases)
    assess = assessor(kb, engine)
    return [judge(kb, case, outcome_of(kb, assess(case.id, case.facts))) for case in cases]


def _compare(
    reader: LabelledReader, sides: tuple[str, str], knowledge: Path | None, style: str, *, exit_code: bool
) -> int:
    """A label that one side alone does not know leaves its case out; one that neither knows ends the run."""
    bases = [load(knowledge if side in ENGINES else Path(side)) for side in sides]
    found = [reader.read(kb) for kb in bases]
    unknown = [{_key(problem) for problem in one.labels} for one in found]
    found_by: list[list[Verdict]] = []
    for side, kb, one in zip(sides, bases, found, strict=True):
        one.refuse_labels([problem for problem in one.labels if _key(problem) in unknown[0] & unknown[1]])
        print_problems(one.labels)
        found_by.append(_verdicts(kb, one.cases, side if side in ENGINES else "reference"))
    result = compare(*found_by)
    _print(style, result, lambda: comparison_text(result, sides), lambda: comparison_html(result, sides))
    failed = max(one.exit_code for one in found)
    return failed or (CHANGED if exit_code and result["changed"] else DONE)


def _key(problem: TriageError) -> tuple[str, str]:
    """The problem without its hint, which differs with what else a knowledge base knows."""
    return str(problem.place), problem.message


def _print(style: str, data: dict[str, Any], text: Callable[[], str], html: Callable[[], str]) -> None:
    match style:
        case "json":
            click.echo(json.dumps(data, indent=2))
        case "html":
            click.echo(html(), nl=False)
        case _:
            click.echo(text(), nl=False)
