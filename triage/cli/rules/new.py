"""``triage rules new``: the skeleton of a rule and of its cases."""

from __future__ import annotations

from pathlib import Path

import click

from triage.cli.common import DONE, knowledge_option
from triage.knowledge.parts import PLACEHOLDER
from triage.workbench.skeleton import skeletons
from triage.workbench.templates import GROUPED, TEMPLATES

HELP = f"""Write the skeleton of a rule and of its cases.

KIND is {", ".join(TEMPLATES)}. The entry gets its place in the rules, its cases the same place below the cases; a
disorder gets a profile as well. What to fill in is marked {PLACEHOLDER} and listed with file and line; until it is
filled in, `triage rules check` refuses it. A file that exists is never overwritten; findings and patterns are added at
the end of theirs.

\b
Examples:
  triage rules new red_flag sudden_deafness
  triage rules new disorder cracked_tooth --group teeth_and_jaw
  triage rules new pattern shock_pain --group pain
"""


@click.command("new", help=HELP, short_help="Write the skeleton of a rule and of its cases.")
@click.argument("kind", type=click.Choice(list(TEMPLATES)), metavar="KIND")
@click.argument("id", metavar="ID")
@click.option(
    "--group",
    default="",
    metavar="NAME",
    help="; ".join(f"for a {kind}, {what}" for kind, what in GROUPED.items()),
)
@click.option(
    "--cases",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Write the cases below FOLDER instead of tests/cases beside the rules.",
)
@knowledge_option
def command(kind: str, id: str, group: str, cases: Path | None, knowledge: Path | None) -> int:
    """Write a skeleton."""
    # Never into an installed program: without --knowledge only a folder `rules` that lies here is written to.
    rules = knowledge or Path("rules")
    files = skeletons(kind, id, rules, cases or rules.resolve().parent / "tests" / "cases", group)
    for file in files:
        file.write()
    click.echo("\n".join(f"{'added to' if file.added else 'wrote'} {file.path}" for file in files))
    click.echo("fill in:")
    for file in files:
        for place, what in file.to_fill():
            click.echo(f"  {place}: {what}")
    return DONE
