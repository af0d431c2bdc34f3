"""``triage assess``: the cases in files, each as a sheet or as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, get_args

import click

from triage.cases import Form, Reject, read_cases
from triage.cli.common import (
    DONE,
    FAILED,
    engine_option,
    input_format_option,
    knowledge_option,
    load,
    print_problems,
    refuse_idle,
    say,
)
from triage.cli.people import Assessed, Person, headline, people
from triage.cli.traces import trace_lines
from triage.door import EngineName, assessor, record_of
from triage.engine import ExpertaEngine, Trace
from triage.errors import UsageError
from triage.knowledge.collection import lasting
from triage.models import Case, KnowledgeBase
from triage.report import Format, SheetName, render, sheet_document, to_html
from triage.report.markdown import escape

HELP = """Assess the cases in files and say urgency, nerves, disorders, treatment paths and what to do next.

CASE is a YAML, JSON, JSON Lines or CSV file; - reads standard input. Cases of one person are shown together, with
the highest urgency of all on top. A case that cannot be used is named with every reason; the others are assessed.
How a case file is written, with blank ones to fill in, stands in docs/cases.md.

\b
Examples:
  triage assess examples/trigeminal_neuralgia.yaml
  triage assess monday.yaml tuesday.yaml --format markdown
  triage assess case.yaml --format json
  triage assess case.yaml --trace --engine experta
"""


@click.command("assess", help=HELP, short_help="Assess the cases in one or more files.")
@click.argument("sources", metavar="CASE...", nargs=-1, required=True, type=click.Path())
@click.option(
    "--format",
    "style",
    type=click.Choice([*get_args(Format), "json"]),
    default="text",
    show_default=True,
    help="How the result is written; JSON is the whole assessment as data.",
)
@click.option(
    "--sheet",
    type=click.Choice(get_args(SheetName)),
    default="assessment",
    show_default=True,
    help="The whole assessment, a page for the person, or a letter for the clinician.",
)
@click.option("--full", is_flag=True, help="Add every documented figure of the treatment paths.")
@click.option("--trace", is_flag=True, help="Show each rule that fired, and what it rested on.")
@engine_option()
@input_format_option
@knowledge_option
def command(
    sources: tuple[str, ...],
    style: str,
    sheet: SheetName,
    full: bool,
    trace: bool,
    engine: EngineName,
    input_format: Form | None,
    knowledge: Path | None,
) -> int:
    """Assess the cases in files."""
    if trace and engine != "experta":
        raise UsageError("only experta fires rules", hint="leave out `--engine reference`")
    if style not in ("text", "json"):
        refuse_idle(f"with `--format {style}`", "trace", hint="a trace is written as text or JSON")
    if style == "json":
        refuse_idle("with `--format json`", "sheet", "full", hint="JSON is the whole assessment as data")
    if sheet == "person":
        refuse_idle("with `--sheet person`", "full", hint="the figures stand on the other sheets")
    kb = load(knowledge)

    def note(case: Case, text: str) -> None:
        say(f"note: case {case.id}: {text}")

    cases: list[Case] = []
    rejected = 0
    for case in read_cases(kb, sources, form=input_format, folders=False, on_note=note):
        if isinstance(case, Reject):
            rejected += 1
            print_problems(case.problems)
        else:
            cases.append(case)
    if cases:
        with lasting():
            expert = ExpertaEngine(kb) if engine == "experta" else None
        decided = expert.assess if expert else assessor(kb, engine)
        found = people(Assessed(case, decided(case.id, case.facts)) for case in cases)
        traces = {case.id: expert.trace(case.facts) for case in cases} if expert and trace else {}
        click.echo(
            _json(kb, found, engine, traces)
            if style == "json"
            else _sheets(kb, found, style, sheet, full=full)
        )
        if style != "json":
            for name, fired in traces.items():
                click.echo("\n".join(["", f"Trace of case {name}", *trace_lines(fired)]))
    return FAILED if rejected else DONE


def _json(kb: KnowledgeBase, found: list[Person], engine: str, traces: Mapping[str, Trace]) -> str:
    """One record for one case; for several, or with traces, an object that holds all of them."""
    records = [
        record_of(kb, one.assessment, engine).model_dump(mode="json")
        for person in found
        for one in person.cases
    ]
    if len(records) == 1 and not traces:
        return json.dumps(records[0], indent=2)
    persons: list[dict[str, Any]] = [
        {"person": person.name, "urgency": person.urgency, "cases": [one.case.id for one in person.cases]}
        for person in found
        if person.name is not None
    ]
    whole: dict[str, Any] = {"persons": persons, "records": records}
    if traces:
        whole["traces"] = {name: asdict(fired) for name, fired in traces.items()}
    return json.dumps(whole, indent=2)


def _sheets(kb: KnowledgeBase, found: list[Person], style: Any, sheet: SheetName, *, full: bool) -> str:
    if style == "html":
        shown = [one for person in found for one in person.cases]
        pages = [sheet_document(kb, one.case, one.assessment, sheet, full=full) for one in shown]
        tops = [top for person in found if (top := headline(kb, person))]
        return to_html(*pages, title=f"{len(shown)} cases", lead=" ".join(tops)).rstrip("\n")
    parts: list[str] = []
    for person in found:
        if top := headline(kb, person):
            parts.append(top if style == "text" else escape(top).replace("\n", "\n\n"))
        sheets = (render(kb, one.case, one.assessment, style, sheet=sheet, full=full) for one in person.cases)
        parts += [text.rstrip("\n") for text in sheets]
    return ("\n\n" if style == "text" else "\n\n---\n\n").join(parts)
