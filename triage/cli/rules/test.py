"""``triage rules test``: rule cases, and those that come out differently."""

from __future__ import annotations

from pathlib import Path

import click

from triage.assessment import world_of
from triage.cli.common import DONE, FAILED, engine_option, knowledge_option, load
from triage.cli.progress import each
from triage.door import EngineName
from triage.engine import ExpertaEngine
from triage.errors import UsageError
from triage.knowledge import default_folder
from triage.models import KnowledgeBase
from triage.workbench import Decide, deciding, rule_case_files, run_file

HELP = """Run rule cases and name those that come out differently, with file and line.

PATH is a file of rule cases or a folder of such files; without it tests/cases, here or beside the rules, which may take
minutes.

\b
Examples:
  triage rules test tests/cases/red_flags/airway_threat.yaml
  triage rules test tests/cases/red_flags
  triage rules test
  triage rules test --knowledge my_rules my_cases
"""


@click.command("test", help=HELP, short_help="Run rule cases and name those that come out differently.")
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@engine_option("reference")
@knowledge_option
def command(paths: tuple[Path, ...], engine: EngineName, knowledge: Path | None) -> int:
    """Run rule cases."""
    places = paths or (_usual_folder(knowledge),)
    kb = load(knowledge)
    decided_by = _experta(kb) if engine == "experta" else deciding(kb)
    files = [path for place in places for path in rule_case_files(place)]
    results = [run_file(kb, path, decided_by=decided_by) for path in each(files, "file of cases")]
    failures = [failure for result in results for failure in result.failures]
    for failure in failures:
        click.echo(str(failure))
    cases = sum(result.cases for result in results)
    click.echo(f"{cases} cases in {len(results)} files, {len(failures)} failures")
    return FAILED if failures else DONE


def _experta(kb: KnowledgeBase) -> Decide:
    engine = ExpertaEngine(kb)
    return lambda facts: world_of(kb, facts, engine.run(facts))


def _usual_folder(knowledge: Path | None) -> Path:
    beside = (knowledge or default_folder()).resolve().parent
    for folder in (Path("tests/cases"), beside / "tests" / "cases", beside / "cases"):
        if folder.is_dir():
            return folder
    raise UsageError("no rule cases are found here", hint="name a file or a folder of rule cases")
