"""``triage explain``: why, why not, what if, and which answers would change the outcome."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click

from triage.assessment import assemble, decide, world_of
from triage.cases import Reject, conflicts, read_cases, read_facts
from triage.cli.common import (
    DONE,
    FAILED,
    knowledge_option,
    load,
    print_problems,
    refuse_idle,
    refuse_together,
)
from triage.cli.stepping import step_through
from triage.errors import Problems, UsageError
from triage.logic import Value
from triage.models import Case, KnowledgeBase
from triage.report import Document, Format, to_html, written
from triage.report.changes import changes_document, smallest
from triage.report.explanation import what_if_document, why_document, why_not_document
from triage.report.sheet import Sheet

HELP = """Say why something was concluded, why not, and what other answers would change.

Without an option: every single answer that would change urgency or the leading disorder; if there is none, every
pair of other answers to what was answered. Numbers are tried on both sides of each threshold of the rules. This takes
some seconds. FINDING=unknown takes an answer back; `triage rules list` names the ids.

\b
Examples:
  triage explain case.yaml --why trigeminal_neuralgia
  triage explain case.yaml --why-not cluster_headache
  triage explain case.yaml --what-if attack_seconds=1200 --what-if fever=yes
  triage explain case.yaml
  triage explain case.yaml --step
"""


@click.command("explain", help=HELP, short_help="Say why something was concluded, or why not.")
@click.argument("source", metavar="CASE", type=click.Path())
@click.option("--why", metavar="ID", help="A disorder, treatment, danger rule, criterion or pattern.")
@click.option("--why-not", metavar="ID", help="The same: what stands in its way.")
@click.option("--what-if", multiple=True, metavar="FINDING=VALUE", help="Another answer; may be repeated.")
@click.option("--step", is_flag=True, help="For teachers: the firings one by one, on the full screen.")
@click.option(
    "--format",
    "style",
    type=click.Choice(get_args(Format)),
    default="text",
    show_default=True,
    help="How to write it.",
)
@knowledge_option
def command(
    source: str,
    why: str | None,
    why_not: str | None,
    what_if: tuple[str, ...],
    step: bool,
    style: Format,
    knowledge: Path | None,
) -> int:
    """Explain the assessment of one case."""
    refuse_together("why", "why_not", "what_if", "step", hint="one question at a time")
    if step:
        refuse_idle("with `--step`", "style", hint="the firings are shown on the screen")
    kb = load(knowledge)
    found = list(read_cases(kb, [source], folders=False))
    rejected = [one for one in found if isinstance(one, Reject)]
    for reject in rejected:
        print_problems(reject.problems)
    cases = [one for one in found if isinstance(one, Case)]
    if step:
        for case in cases:
            step_through(kb, case)
        return FAILED if rejected else DONE
    documents = [_document(kb, case, why, why_not, what_if) for case in cases]
    if style == "html" and documents:
        click.echo(to_html(*documents, title=f"{len(documents)} cases"), nl=False)
    else:
        click.echo("\n".join(written(one, style) for one in documents), nl=False)
    return FAILED if rejected else DONE


def _document(
    kb: KnowledgeBase, case: Case, why: str | None, why_not: str | None, what_if: tuple[str, ...]
) -> Document:
    truths = decide(kb, case.facts)
    assessment = assemble(kb, case.id, case.facts, truths)
    sheet = Sheet(kb, case, assessment, world_of(kb, case.facts, truths))
    if why:
        return why_document(sheet, why)
    if why_not:
        return why_not_document(sheet, why_not)
    if what_if:
        return what_if_document(sheet, _answers(kb, case, what_if))
    return changes_document(sheet, smallest(kb, case))


def _answers(kb: KnowledgeBase, case: Case, given: tuple[str, ...]) -> dict[str, Value | None]:
    """The changed answers by finding; None where an answer is taken back."""
    pairs = [one.partition("=") for one in given]
    if wrong := [name for name, equals, _ in pairs if not equals]:
        raise UsageError(f"`{wrong[0]}` has no value", hint="write finding=value")
    facts, not_known = read_facts(kb, {name.strip(): value.strip() for name, _, value in pairs})
    changed: dict[str, Value | None] = {**facts, **dict.fromkeys(not_known)}
    kept = {name: value for name, value in {**case.facts, **changed}.items() if value is not None}
    if clashes := conflicts(kb, kept):
        raise Problems([clash.error() for clash in clashes])
    return changed
