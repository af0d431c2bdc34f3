"""``triage rules export``: the rules as one SQL statement that runs elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from triage.bulk.export import exported
from triage.cli.common import DONE, knowledge_option, load
from triage.cli.output import STDOUT, written

HELP = """Write the rules as one SQL statement that assesses a table of cases in DuckDB or Spark.

The file begins with the columns that the table needs; every column that the statement defines stands behind what it
means. For DuckDB a line before the statement switches the optimizer off, which would take minutes over it; take the
line along where you put the statement elsewhere. `leading` is a word of SQL: write the column as "leading".

\b
Examples:
  triage rules export --sql duckdb -o triage.sql
  triage rules export --sql spark --table cohort.cases
"""


@click.command("export", help=HELP, short_help="Write rules in another form.")
@click.option("--sql", "dialect", type=click.Choice(["duckdb", "spark"]), required=True, help="Whose SQL.")
@click.option("--detail", type=click.Choice(["summary", "full"]), default="summary", show_default=True)
@click.option("--table", metavar="NAME", default="cases", show_default=True, help="The table of cases.")
@click.option("--out", "-o", metavar="FILE", default=STDOUT, type=click.Path(), help="Write to FILE.")
@knowledge_option
def command(
    dialect: Literal["duckdb", "spark"],
    detail: Literal["summary", "full"],
    table: str,
    out: str,
    knowledge: Path | None,
) -> int:
    """Write the rules as one SQL statement."""
    text = exported(load(knowledge), dialect, detail, table)
    with written(out) as stream:
        stream.write(text)
    return DONE
