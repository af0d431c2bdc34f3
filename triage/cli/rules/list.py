"""``triage rules list``: what the knowledge base holds, an id and its label a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import click

from triage.cli.common import DONE, knowledge_option, load
from triage.models import KnowledgeBase

Row = tuple[str, ...]


def _findings(kb: KnowledgeBase) -> Iterator[Row]:
    for name, finding in kb.findings.items():
        yield name, finding.type, finding.of, finding.label


def _patterns(kb: KnowledgeBase) -> Iterator[Row]:
    for name, pattern in kb.patterns.items():
        yield name, pattern.label


def _urgency(kb: KnowledgeBase) -> Iterator[Row]:
    for name, rule in kb.urgency_rules.items():
        yield name, rule.level, rule.label


def _disorders(kb: KnowledgeBase) -> Iterator[Row]:
    for name, disorder in kb.disorders.items():
        yield name, disorder.parent or "", disorder.name


def _treatments(kb: KnowledgeBase) -> Iterator[Row]:
    for name, treatment in kb.treatments.items():
        yield name, treatment.kind, treatment.name


def _sources(kb: KnowledgeBase) -> Iterator[Row]:
    for name, source in kb.sources.items():
        yield name, str(source.year or ""), source.title


KINDS: dict[str, Callable[[KnowledgeBase], Iterator[Row]]] = {
    "findings": _findings,
    "patterns": _patterns,
    "urgency": _urgency,
    "disorders": _disorders,
    "treatments": _treatments,
    "sources": _sources,
}
HELP = """List what the knowledge base holds, an id and its label a line, separated by tabs.

Without KIND only the kinds and their numbers.

\b
Examples:
  triage rules list
  triage rules list findings | grep eyelid
"""


@click.command(
    "list", help=HELP, short_help="List findings, patterns, urgency rules, disorders or treatments."
)
@click.argument("kind", type=click.Choice(list(KINDS)), required=False)
@knowledge_option
def command(kind: str | None, knowledge: Path | None) -> int:
    """List entries."""
    kb = load(knowledge)
    if kind is None:
        for name, rows in KINDS.items():
            click.echo(f"{name}\t{len(list(rows(kb)))}")
        return DONE
    for row in sorted(KINDS[kind](kb)):
        click.echo("\t".join(row))
    return DONE
