"""``triage rules mutate``: small changes of rules that no case notices."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from triage.cli.common import CHANGED, DONE, knowledge_option, load, print_problems, say
from triage.cli.progress import each, wipe
from triage.cli.rules.places import case_paths, kinds_option, usual_cases
from triage.errors import InputError, nearest
from triage.models import KnowledgeBase
from triage.workbench.coverage import KINDS
from triage.workbench.mutate import Mutation, Watch, all_mutations, sample_of
from triage.workbench.worked_cases import worked_cases

HELP = """Change rules one by one and say which changes no case notices.

ID is a rule, or a pattern, urgency rule, disorder, treatment or caveat set, all of whose rules are meant; without ID
all rules are. A threshold is moved by one step, a choice replaced, `and` and `or` swapped, `not` dropped or added,
a part left out, the count of at_least moved by one. A case notices a change if an expectation that it met is broken;
cases without `expect` or `expected` notice nothing.

Without ID a sample is drawn, the same one for the same --seed. All cases are read first, which may take minutes;
--cases names fewer. With --exit-code the exit code is 4 if a change goes unnoticed.

\b
Examples:
  triage rules mutate airway_threat --cases tests/cases/red_flags/airway_threat.yaml
  triage rules mutate trigeminal_neuralgia sudden_face_weakness
  triage rules mutate --sample 1000 --seed 7 --format json
"""
USUAL_SAMPLE = 200


@click.command(
    "mutate", help=HELP, short_help="Change rules one by one and say which changes no case notices."
)
@click.argument("ids", metavar="[ID]...", nargs=-1)
@click.option(
    "--sample", type=click.IntRange(min=0), metavar="N", help="Try N changes at most; 0 tries them all."
)
@kinds_option
@click.option("--seed", type=int, default=1, show_default=True, help="Which sample is drawn.")
@click.option(
    "--cases", type=click.Path(path_type=Path), multiple=True, help="Cases that watch; may be given again."
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--exit-code", is_flag=True, help="End with 4 if a change goes unnoticed.")
@knowledge_option
def command(
    ids: tuple[str, ...],
    sample: int | None,
    kinds: tuple[str, ...],
    seed: int,
    cases: tuple[Path, ...],
    form: str,
    exit_code: bool,
    knowledge: Path | None,
) -> int:
    """Change rules one by one."""
    paths = case_paths(cases or usual_cases(knowledge))
    kb = load(knowledge)
    mutations = _wanted(kb, ids, kinds)
    size = sample if sample is not None else (len(mutations) if ids else USUAL_SAMPLE)
    tried = sample_of(mutations, size or len(mutations), seed)
    worked, problems = worked_cases(kb, each(paths, "file of cases"))
    print_problems(problems)
    watch = Watch(kb, worked)
    unnoticed = []
    for mutation in each(tried, "change"):
        if not watch.notices(mutation):
            unnoticed.append(mutation)
            if form == "text":
                wipe()
                click.echo(f"{mutation.place}: {mutation.rule}: {mutation.change}")
    if form == "json":
        click.echo(json.dumps(_data(mutations, tried, unnoticed), indent=2))
    else:
        for line in _by_kind(tried, unnoticed):
            click.echo(line)
        click.echo(
            f"{len(tried)} of {len(mutations)} changes tried on {len(watch.cases)} cases, "
            f"{len(tried) - len(unnoticed)} noticed, {len(unnoticed)} not"
        )
    if len(tried) < len(mutations):
        say(f"a sample with --seed {seed}; `--sample 0` tries them all")
    return CHANGED if exit_code and unnoticed else DONE


def _wanted(kb: KnowledgeBase, ids: tuple[str, ...], kinds: tuple[str, ...]) -> list[Mutation]:
    for name in ids:
        if not all_mutations(kb, [name]):
            known = [*kb.rules, *kb.aliases, *kb.urgency_rules, *kb.treatments, *kb.caveat_sets]
            hint = nearest(name, known) or "`triage rules list` lists what there is"
            raise InputError(f"no rule is called `{name}`, nor belongs to it", hint=hint)
    return all_mutations(kb, ids, kinds or tuple(KINDS.values()))


def _by_kind(tried: list[Mutation], unnoticed: list[Mutation]) -> Iterator[str]:
    missed = Counter(one.kind for one in unnoticed)
    for kind, count in Counter(one.kind for one in tried).items():
        yield f"{kind}: {count - missed[kind]} of {count} changes noticed"


def _data(mutations: list[Mutation], tried: list[Mutation], unnoticed: list[Mutation]) -> dict[str, object]:
    return {
        "changes": len(mutations),
        "tried": len(tried),
        "noticed": len(tried) - len(unnoticed),
        "unnoticed": [
            {"rule": one.rule, "kind": one.kind, "place": str(one.place), "change": one.change}
            for one in unnoticed
        ],
    }
