"""``triage rules count``: what labelled cases told, for ``case_counts.yaml``."""

from __future__ import annotations

from pathlib import Path

import click

from triage.cases import Form
from triage.cli.common import input_format_option, knowledge_option, load
from triage.cli.labelled import LabelledReader
from triage.cli.output import STDOUT, written
from triage.workbench.case_counts import case_counts, case_counts_text

HELP = """Count how many labelled cases of each disorder told each answer, and how many of all.

CASES are files, folders or tables as for `triage evaluate`; - reads standard input. What is written is the file
case_counts.yaml of a knowledge base: answers that cases of a disorder told at least twice as often as all cases bring
it one point in the order of disorders. No rule reads it. Cases of a clinic of its own may be counted as well.

\b
Examples:
  triage rules count examples/vignettes --out rules/case_counts.yaml
  triage rules count our_clinic.csv --knowledge our_rules
"""


@click.command("count", help=HELP, short_help="Count what labelled cases told, disorder by disorder.")
@click.argument("sources", metavar="CASES...", nargs=-1, required=True, type=click.Path())
@click.option("--out", "-o", metavar="FILE", default=STDOUT, type=click.Path(), help="Write to FILE.")
@input_format_option
@knowledge_option
def command(sources: tuple[str, ...], out: str, input_format: Form | None, knowledge: Path | None) -> int:
    """Count what labelled cases told."""
    kb = load(knowledge)
    found = LabelledReader(sources, input_format).read(kb)
    found.refuse_labels(found.labels)
    text = case_counts_text(case_counts(kb, found.cases))
    with written(out) as stream:
        stream.write(text)
    return found.exit_code
