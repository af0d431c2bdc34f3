"""``triage rules graph``: what depends on what, as text for Graphviz or Mermaid."""

from __future__ import annotations

from pathlib import Path

import click

from triage.cli.common import DONE, knowledge_option, load, refuse_idle
from triage.errors import InputError, nearest
from triage.workbench.graph import Form, around, graph_of, to_text

HELP = """Draw what depends on what, as text for Graphviz or Mermaid.

An arrow leads from what depends to what it depends on. With ID, a finding, pattern, urgency rule, disorder, treatment
or caveat set, only what it rests on and what rests on it; without ID everything. --rules shows every criterion,
exclusion and so on as a node of its own.

\b
Examples:
  triage rules graph trigeminal_neuralgia --down | dot -Tsvg > graph.svg
  triage rules graph attack_seconds --depth 1 --format mermaid
"""


@click.command("graph", help=HELP, short_help="Draw what depends on what.")
@click.argument("name", metavar="[ID]", required=False)
@click.option("--format", "form", type=click.Choice(["dot", "mermaid"]), default="dot", show_default=True)
@click.option("--down", is_flag=True, help="Only what ID rests on.")
@click.option("--up", is_flag=True, help="Only what rests on ID.")
@click.option("--depth", type=click.IntRange(min=1), metavar="N", help="At most N steps away from ID.")
@click.option("--rules", is_flag=True, help="Every rule as a node of its own.")
@knowledge_option
def command(
    name: str | None, form: Form, down: bool, up: bool, depth: int | None, rules: bool, knowledge: Path | None
) -> int:
    """Draw what depends on what."""
    if name is None:
        refuse_idle("without an ID", "down", "up", "depth", hint="name what to start from")
    kb = load(knowledge)
    graph = graph_of(kb, rules=rules or (name is not None and name in kb.rules and name not in kb.patterns))
    if name is not None:
        id = kb.former.get(name, name)
        id = id if id in graph.nodes else kb.aliases.get(name, id)
        if id not in graph.nodes:
            hint = nearest(name, graph.nodes) or "`triage rules list` lists what there is"
            raise InputError(f"nothing is called `{name}`", hint=hint)
        both = up == down
        graph = around(graph, id, up=up or both, down=down or both, depth=depth)
    click.echo(to_text(graph, form), nl=False)
    return DONE
