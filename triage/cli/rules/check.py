"""``triage rules check``: what has no meaning, and what is meaningful but wrong."""

from __future__ import annotations

from pathlib import Path

import click

from triage.checks import Gravity, run_checks
from triage.cli.common import DONE, KNOWLEDGE, counted, knowledge_option, load, refuse_together
from triage.models import KnowledgeBase

HELP = """Check that every rule has a meaning, and that the meaning is sound.

Every fault is named with file, line and a hint. Errors give the exit code 3; warnings are worth a look and give 0,
with --strict they count as errors.

\b
Examples:
  triage rules check
  triage rules check --knowledge my_rules
"""


@click.command(
    "check", help=HELP, short_help="Check that every rule has a meaning, and that the meaning is sound."
)
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@click.option("--quiet", "-q", is_flag=True, help="Leave the warnings out.")
@knowledge_option
def command(strict: bool, quiet: bool, knowledge: Path | None) -> int:
    """Check the knowledge base."""
    refuse_together("strict", "quiet", hint="with `--strict` the warnings are errors, and are told")
    kb = load(knowledge)
    remarks = run_checks(kb)
    errors = [remark for remark in remarks if remark.gravity is Gravity.ERROR]
    warnings = [remark for remark in remarks if remark.gravity is not Gravity.ERROR]
    for remark in errors if quiet else remarks:
        click.echo(str(remark))
    click.echo(f"{kb.title.title} {kb.title.version}: {_contents(kb)}")
    click.echo(f"{counted(len(errors), 'error')}, {counted(len(warnings), 'warning')}")
    return KNOWLEDGE if errors or (strict and warnings) else DONE


def _contents(kb: KnowledgeBase) -> str:
    counts = {
        "findings": len(kb.findings),
        "patterns": len(kb.patterns),
        "urgency rules": len(kb.urgency_rules),
        "disorders": len(kb.disorders),
        "treatments": len(kb.treatments),
        "rules in all": len(kb.rules),
        "sources": len(kb.sources),
    }
    return ", ".join(f"{count} {name}" for name, count in counts.items())
