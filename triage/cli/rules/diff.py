"""``triage rules diff``: what differs between two knowledge bases, and which cases come out differently."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from triage.cli.common import CHANGED, DONE, load, print_problems, say
from triage.cli.progress import each
from triage.cli.rules.places import case_paths, usual_cases
from triage.errors import UsageError
from triage.workbench.diff import (
    CaseChange,
    EntryChange,
    RuleChange,
    case_changes,
    entry_changes,
    rule_changes,
)

HELP = """Compare two knowledge bases: entries, rules, and what comes out of cases.

OLD and NEW are folders of rules. First come entries added, removed and changed, then rules with another expression,
then the cases whose urgency, leading disorders or nerve modality differ. CASES are files or folders of cases; without
them tests/cases and examples, here or beside NEW. With --exit-code the exit code is 4 if anything differs.

\b
Examples:
  triage rules diff old/rules rules
  triage rules diff old/rules rules tests/cases/textbook --format json
"""


@click.command("diff", help=HELP, short_help="Compare two knowledge bases on cases.")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.argument("cases", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--exit-code", is_flag=True, help="End with 4 if anything differs.")
def command(old: Path, new: Path, cases: tuple[Path, ...], form: str, exit_code: bool) -> int:
    """Compare two knowledge bases."""
    paths = _paths(new, cases)
    before, after = load(old), load(new)
    entries, rules = entry_changes(before, after), rule_changes(before, after)
    differing, compared, problems = case_changes(before, after, each(paths, "file of cases"))
    print_problems(problems)
    if form == "json":
        data = {
            "entries": [asdict(one) for one in entries],
            "rules": [asdict(one) for one in rules],
            "compared": compared,
            "cases": [_case_data(one) for one in differing],
        }
        click.echo(json.dumps(data, indent=2))
    else:
        _print(entries, rules, differing)
        click.echo(
            f"{len(entries)} entries and {len(rules)} rules differ; "
            f"{len(differing)} of {compared} cases come out differently"
        )
    return CHANGED if exit_code and (entries or rules or differing) else DONE


def _paths(new: Path, cases: tuple[Path, ...]) -> list[Path]:
    if cases:
        return case_paths(cases)
    try:
        return case_paths(usual_cases(new))
    except UsageError:
        say("no cases are found here, so only entries and rules are compared")
        return []


def _print(entries: list[EntryChange], rules: list[RuleChange], cases: list[CaseChange]) -> None:
    for entry in entries:
        parts = f": {'; '.join(entry.parts)}" if entry.parts else ""
        click.echo(f"{entry.change} {entry.kind} {entry.id}{parts}")
    for rule in rules:
        click.echo(f"rule {rule.id}:{' same text, but ' + rule.note if rule.note else ''}")
        if rule.note:
            continue
        for word, text in (("was", rule.before), ("is", rule.after)):
            click.echo(f"  {word} {text or 'missing'}")
    for case in cases:
        told = "; ".join(
            f"{name}: {before or 'nothing'} -> {after or 'nothing'}" for name, before, after in case.changes
        )
        click.echo(f"{case.place}: {case.case}: {told}")


def _case_data(one: CaseChange) -> dict[str, object]:
    changes = {name: {"before": before, "after": after} for name, before, after in one.changes}
    return {"place": str(one.place), "case": one.case, "changes": changes}
