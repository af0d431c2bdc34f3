"""``triage rules coverage``: which rules and thresholds no case decides both ways."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from triage.cli.common import CHANGED, DONE, counted, knowledge_option, load, print_problems
from triage.cli.progress import each
from triage.cli.rules.places import case_paths, kinds_option, usual_cases
from triage.errors import Place
from triage.logic import Truth, to_text
from triage.workbench.coverage import ASSERTED, Coverage, RuleCoverage, ThresholdCoverage, coverage_of
from triage.workbench.worked_cases import worked_cases

HELP = """Say which rules and thresholds no case decides both ways.

Every case below PATH is decided once: rule cases and labelled cases. Without PATH, tests/cases and examples, here or
beside the rules, which may take minutes; --only does not shorten that. A rule is decided both ways if some case finds
it true and some case finds it false; a threshold if some case stands on it and some case one step beyond it.
Patterns, urgency rules and grades also deserve cases that name them under `holds`, `fails` and `unknown` (a `grade`
counts); --asserted lists those that lack one.

Rules stand below their files, the worst file first. With --exit-code the exit code is 4 if anything is listed.

\b
Examples:
  triage rules coverage tests/cases/red_flags --only red_flags/
  triage rules coverage --asserted --only red_flags/
  triage rules coverage my_cases --knowledge my_rules --format json
"""
FILES_SHOWN = 20
WORDS = {Truth.TRUE: "holds", Truth.FALSE: "fails", Truth.UNKNOWN: "unknown"}


@dataclass
class _File:
    """What is missing in one file of rules."""

    path: str
    rules: int = 0
    gaps: int = 0
    lines: list[str] = field(default_factory=list)


@click.command("coverage", help=HELP, short_help="Say which rules no case decides both ways.")
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--asserted", is_flag=True, help="List also what no case names under holds, fails, unknown.")
@click.option("--only", metavar="TEXT", default="", help="Only rules whose file or id contains TEXT.")
@kinds_option
@click.option("--all", "everything", is_flag=True, help=f"List every file, not only the worst {FILES_SHOWN}.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--exit-code", is_flag=True, help="End with 4 if anything is listed.")
@knowledge_option
def command(
    paths: tuple[Path, ...],
    asserted: bool,
    only: str,
    kinds: tuple[str, ...],
    everything: bool,
    form: str,
    exit_code: bool,
    knowledge: Path | None,
) -> int:
    """Say what the cases decide."""
    places = case_paths(paths or usual_cases(knowledge))
    kb = load(knowledge)
    cases, problems = worked_cases(kb, each(places, "file of cases"))
    print_problems(problems)
    coverage = _narrowed(coverage_of(kb, cases), only, kinds)
    files = _files(coverage, asserted)
    if form == "json":
        click.echo(json.dumps(_data(coverage, len(problems)), indent=2))
    else:
        shown = files if everything else files[:FILES_SHOWN]
        for file in shown:
            click.echo(f"{file.path}: {counted(file.gaps, 'gap')} in {counted(file.rules, 'rule')}")
            for line in file.lines:
                click.echo(f"  {line}")
        if len(files) > len(shown):
            click.echo(f"... and {len(files) - len(shown)} more files (--all lists them)")
        for line in _summary(coverage):
            click.echo(line)
    return CHANGED if exit_code and files else DONE


def _narrowed(coverage: Coverage, only: str, kinds: tuple[str, ...]) -> Coverage:
    """The coverage of the rules that were asked for."""

    def wanted(place: Place, id: str, kind: str) -> bool:
        return (only in place.path or only in id) and (not kinds or kind in kinds)

    return Coverage(
        coverage.cases,
        tuple(one for one in coverage.rules if wanted(one.place, one.id, one.kind)),
        tuple(one for one in coverage.thresholds if wanted(one.place, one.rule, one.kind)),
    )


def _files(coverage: Coverage, asserted: bool) -> list[_File]:
    """The files with something missing, the worst first."""
    files: dict[str, _File] = {}
    for rule in coverage.rules:
        file = files.setdefault(rule.place.path, _File(rule.place.path))
        file.rules += 1
        parts = list(_rule_gaps(rule, asserted))
        if parts:
            file.gaps += len(parts)
            file.lines.append(f"{rule.id}: {'; '.join(parts)}")
    for threshold in coverage.thresholds:
        parts = list(_threshold_gaps(threshold, asserted))
        if parts:
            file = files.setdefault(threshold.place.path, _File(threshold.place.path))
            file.gaps += len(parts)
            file.lines.append(f"{threshold.rule}: `{to_text(threshold.node)}`: {'; '.join(parts)}")
    return sorted((file for file in files.values() if file.gaps), key=lambda file: (-file.gaps, file.path))


def _rule_gaps(rule: RuleCoverage, asserted: bool) -> Iterator[str]:
    for truth in rule.never:
        yield f"never {truth}"
    unsaid = [WORDS[truth] for truth in rule.unsaid] if asserted else []
    if unsaid:
        yield f"no case expects `{'`, `'.join(unsaid)}`"


def _threshold_gaps(threshold: ThresholdCoverage, asserted: bool) -> Iterator[str]:
    for at in threshold.never:
        yield f"no case at {at:g}"
    for at in threshold.unsaid if asserted else ():
        if at not in threshold.never:
            yield f"no case that names it at {at:g}"


def _summary(coverage: Coverage) -> Iterator[str]:
    kinds = list(dict.fromkeys(rule.kind for rule in coverage.rules))
    yield f"{coverage.cases} cases"
    for kind in kinds:
        rules = [rule for rule in coverage.rules if rule.kind == kind]
        both = sum(not rule.never for rule in rules)
        line = f"{kind}: {both} of {len(rules)} decided both ways"
        if kind in ASSERTED:
            said = sum(not rule.unsaid for rule in rules)
            line += f", {said} with cases where it holds, fails and stays unknown"
        yield line
    both = sum(not one.never for one in coverage.thresholds)
    if not coverage.thresholds:
        return
    line = f"threshold: {both} of {len(coverage.thresholds)} with a case on each side"
    deserving = [one for one in coverage.thresholds if one.kind in (*ASSERTED, "reassurance")]
    said = sum(not one.unsaid for one in deserving)
    if deserving:
        line += f"; of {len(deserving)} in patterns and urgency rules {said} with cases that name them"
    yield line


def _data(coverage: Coverage, unreadable: int) -> dict[str, Any]:
    return {
        "cases": coverage.cases,
        "unreadable": unreadable,
        "rules": [
            {
                "id": one.id,
                "kind": one.kind,
                "place": str(one.place),
                "evaluated": {str(truth): one.evaluated[truth] for truth in WORDS},
                "asserted": {str(truth): one.asserted[truth] for truth in WORDS},
            }
            for one in coverage.rules
        ],
        "thresholds": [
            {
                "rule": one.rule,
                "kind": one.kind,
                "place": str(one.place),
                "condition": to_text(one.node),
                "sides": [
                    {"at": side.at, "evaluated": side.evaluated, "asserted": side.asserted}
                    for side in one.sides
                ],
            }
            for one in coverage.thresholds
        ],
    }
