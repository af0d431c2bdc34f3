"""``triage rules show``: one entry or rule, where it stands and what uses it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import yaml
from pydantic import BaseModel

from triage.cli.common import DONE, counted, knowledge_option, load
from triage.errors import InputError, nearest
from triage.logic import named_findings, named_rules, to_text
from triage.models import KnowledgeBase

HELP = """Show one entry or rule: what it says, where it stands, and what uses it.

ID is a finding, pattern, urgency rule, disorder (or one of its aliases), treatment, caveat set or source, or a rule
such as disorder.criterion or complaint.pain.

\b
Examples:
  triage rules show attack_seconds
  triage rules show trigeminal_neuralgia.probable
"""


@click.command("show", help=HELP, short_help="Show one entry or rule, where it stands and what uses it.")
@click.argument("name", metavar="ID")
@knowledge_option
def command(name: str, knowledge: Path | None) -> int:
    """Show one entry."""
    kb = load(knowledge)
    for line in _lines(kb, kb.aliases.get(name, kb.former.get(name, name))):
        click.echo(line)
    return DONE


def _lines(kb: KnowledgeBase, name: str) -> Iterator[str]:
    entries = {
        "finding": kb.findings,
        "pattern": kb.patterns,
        "urgency rule": kb.urgency_rules,
        "disorder": kb.disorders,
        "treatment": kb.treatments,
        "caveat set": kb.caveat_sets,
        "contradiction": kb.contradictions,
        "source": kb.sources,
    }
    found = [(kind, held[name]) for kind, held in entries.items() if name in held]
    if not found and name not in kb.rules:
        known = [*kb.rules, *kb.aliases, *(id for held in entries.values() for id in held)]
        raise InputError(
            f"nothing is called `{name}`",
            hint=nearest(name, known) or "`triage rules list` lists what there is",
        )
    for kind, model in found:
        yield f"{kind} {name}"
        if name in kb.places:
            yield f"stands in {kb.places[name]}"
        yield ""
        yield _as_written(model)
        if kind == "disorder" and name in kb.snomed:
            # Written apart from the disorder, for those who may not use them.
            yield f"SNOMED CT, from codes/snomed.yaml: {', '.join(kb.snomed[name])}"
    if name in kb.rules and not found:
        rule = kb.rules[name]
        yield f"{rule.kind.name.lower().replace('_', ' ')} {name}"
        yield f"stands in {rule.place}"
        yield ""
        yield to_text(rule.expr, rule.owner)
    yield from _users(kb, name)


def _as_written(model: BaseModel) -> str:
    """The entry as in its file, without what was left out there."""
    data = model.model_dump(mode="json", exclude_defaults=True)
    return yaml.dump(data, Dumper=_Blocks, sort_keys=False, allow_unicode=True, width=100).rstrip("\n")


class _Blocks(yaml.SafeDumper):
    """Writes a text of several lines line by line, as rules are written, and not with escapes."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    lines = [line.rstrip() for line in text.rstrip().splitlines()]
    if len(lines) < 2:
        return dumper.represent_scalar("tag:yaml.org,2002:str", text)
    return dumper.represent_scalar("tag:yaml.org,2002:str", "\n".join(lines) + "\n", style="|")


_Blocks.add_representer(str, _text)


def _users(kb: KnowledgeBase, name: str) -> Iterator[str]:
    users = [
        rule.id
        for rule in kb.rules.values()
        if name in named_findings(rule.expr) or name in named_rules(rule.expr)
    ]
    if users:
        yield ""
        yield f"named by {counted(len(users), 'rule')}:"
        yield from (f"  {user}" for user in users)
