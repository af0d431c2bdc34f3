"""``triage evaluate``: labelled cases held against their assessments."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from triage.cases import Form, Reject, read_cases
from triage.cli.common import (
    CHANGED,
    DONE,
    FAILED,
    input_format_option,
    knowledge_option,
    load,
    print_problems,
    say,
)
from triage.door import assessor
from triage.errors import InputError
from triage.evaluation import Verdict, figures_of, interview_figures, judge, robustness, simulate
from triage.evaluation.compare import compare
from triage.evaluation.report import comparison_text, figures_html, figures_text
from triage.models import Case, KnowledgeBase

HELP = """Compare the assessments of labelled cases with their labels.

CASES are files or folders with `expected:` in each case (or columns expected.disorder, expected.nerve,
expected.urgency). What a label leaves out is not judged. Statistics need the extra `evaluate` (scipy).

\b
Examples:
  triage evaluate examples/vignettes
  triage evaluate examples/vignettes --format json
  triage evaluate examples/vignettes --interview
  triage evaluate tests/cases/textbook --remove 0.2 --remove 0.4
  triage evaluate examples/vignettes --compare old-rules new-rules
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
    "--compare",
    "folders",
    nargs=2,
    type=click.Path(path_type=Path),
    metavar="OLD NEW",
    help="Compare two knowledge folders on the same cases instead.",
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
    folders: tuple[Path, Path] | None,
    exit_code: bool,
    input_format: Form | None,
    knowledge: Path | None,
) -> int:
    """Compare the assessments of labelled cases with their labels."""
    if folders:
        return _compare(sources, folders, style, exit_code=exit_code, form=input_format)
    kb = load(knowledge)
    cases, complete = _labelled(kb, sources, input_format)
    figures = figures_of(kb, _verdicts(kb, cases))
    if interview:
        figures["interview"] = interview_figures([simulate(kb, case) for case in cases])
    if remove:
        figures["robustness"] = [robustness(kb, cases, share, repeats=repeats) for share in remove]
    match style:
        case "json":
            click.echo(json.dumps(figures, indent=2))
        case "html":
            click.echo(figures_html(kb, figures), nl=False)
        case _:
            click.echo(figures_text(kb, figures), nl=False)
    return DONE if complete else FAILED


def _labelled(kb: KnowledgeBase, sources: tuple[str, ...], form: Form | None) -> tuple[list[Case], bool]:
    """The labelled cases, and whether every case could be used; unlabelled ones are counted and left out."""
    cases: list[Case] = []
    rejected = unlabelled = 0
    for case in read_cases(kb, sources, form=form):
        if isinstance(case, Reject):
            rejected += 1
            print_problems(case.problems)
        elif case.expected is None:
            unlabelled += 1
        else:
            cases.append(case)
    if unlabelled:
        say(f"note: {unlabelled} cases have no label and are left out")
    if not cases:
        raise InputError("there is no labelled case", hint="a label stands below `expected:` in the case")
    return cases, not rejected


def _verdicts(kb: KnowledgeBase, cases: list[Case]) -> list[Verdict]:
    assess = assessor(kb, "reference")
    return [judge(kb, case, assess(case.id, case.facts)) for case in cases]


def _compare(
    sources: tuple[str, ...], folders: tuple[Path, Path], style: str, *, exit_code: bool, form: Form | None
) -> int:
    verdicts: list[list[Verdict]] = []
    complete = True
    for folder in folders:
        kb = load(folder)
        cases, whole = _labelled(kb, sources, form)
        complete = complete and whole
        verdicts.append(_verdicts(kb, cases))
    result: dict[str, Any] = compare(*verdicts)
    click.echo(json.dumps(result, indent=2) if style == "json" else comparison_text(result))
    if not complete:
        return FAILED
    return CHANGED if exit_code and result["changed"] else DONE
