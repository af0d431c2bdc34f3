"""The figures of docs/evaluation.md, of its differences and of the README: measured, and written between markers.

A block begins with ``<!-- figures:NAME -->`` and ends with ``<!-- /figures -->``; all else is written by hand.
The figures follow from the rules and the shipped cases alone, so that the same rules give the same pages everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tools import first_sight
from tools.figures import BRIEF, LABELS, MAIN
from tools.markdown import table
from triage.cases import Reject, read_cases, read_facts
from triage.evaluation import Figures, Verdict, figures_of, judge, outcomes, verdicts
from triage.evaluation.wording import miss_parts, number, percent, span
from triage.knowledge.yaml_reader import parse_yaml
from triage.logic import Facts
from triage.models import Case, KnowledgeBase, Level
from triage.workbench.case_counts import case_counts

ROOT = Path(__file__).resolve().parents[1]
DOUBTFUL = ROOT / "docs" / "evaluation_doubtful.yaml"
COMPLETED = ROOT / "docs" / "evaluation_completed.yaml"
PAGES = ("README.md", "docs/evaluation.md", "docs/evaluation_differences.md")
PUBLISHED = "vignettes"
SOURCES = {
    PUBLISHED: "examples/vignettes",
    "none": "examples/none_of_these",
    "other": "examples/other_disorders",
    "reports": "examples/made_up_reports.jsonl",
    "textbook": "tests/cases/textbook",
}
GROUPS = {"m": "M and P", "p": "M and P"} | {
    letter: letter.upper() for letter in "xyzwvutsrqoknjihgfedcbal2345"
}
"""published cases by the first character of their id, in the order of their collection"""
BLOCK = re.compile(r"(<!-- figures:(\w+) -->\n).*?(<!-- /figures -->)", re.DOTALL)


@dataclass(frozen=True)
class Measured:
    """What the pages tell: verdicts by group of cases, and what they would be without later changes or doubt."""

    verdicts: Mapping[str, Sequence[Verdict]]
    sure: Mapping[str, Sequence[Verdict]]
    first: Mapping[str, Sequence[Verdict]]
    """with the facts as they were first encoded"""
    doubtful: Sequence[Mapping[str, Any]]

    @property
    def together(self) -> list[Verdict]:
        """All published cases."""
        return [one for group in self.sure for one in self.verdicts[group]]


def evaluation_pages(kb: KnowledgeBase) -> Iterator[tuple[Path, str]]:
    """The pages that hold figures, with every block written anew."""
    measured = measure(kb)
    for name in PAGES:
        path = ROOT / name
        yield path, filled(path.read_text("utf-8"), {key: write(measured) for key, write in BLOCKS.items()})


def filled(text: str, blocks: Mapping[str, str]) -> str:
    """The page with its blocks replaced.

    >>> filled("a\\n<!-- figures:x -->\\nold\\n<!-- /figures -->\\nb", {"x": "new"})
    'a\\n<!-- figures:x -->\\nnew\\n<!-- /figures -->\\nb'
    """
    return BLOCK.sub(lambda found: f"{found[1]}{blocks[found[2]]}\n{found[3]}", text)


def measure(kb: KnowledgeBase) -> Measured:
    """Every shipped labelled case decided once, each group of published ones with the case counts of all others."""
    shipped = {source: tuple(_labelled(kb, folder)) for source, folder in SOURCES.items()}
    doubtful = _listed(DOUBTFUL)
    task = _Task(
        kb,
        shipped,
        former={one["id"]: one for one in _listed(COMPLETED)},
        doubtful={one["id"]: set(one["part"]) for one in doubtful},
    )
    others = [source for source in SOURCES if source != PUBLISHED]
    groups = list(dict.fromkeys(GROUPS.values()))
    with ProcessPoolExecutor(initializer=_take, initargs=(task,)) as pool:
        # The largest first, so that no core waits long for the last one.
        by_size = sorted(groups, key=lambda group: -len(task.of_group(group)))
        found = dict(zip(by_size, pool.map(_judge_group, by_size), strict=True))
        beside = dict(zip(others, pool.map(_judge_source, others), strict=True))
    return Measured(
        verdicts=beside | {group: found[group][0] for group in groups},
        sure={group: found[group][1] for group in groups},
        first={group: found[group][2] for group in groups},
        doubtful=doubtful,
    )


@dataclass(frozen=True)
class _Task:
    """What each process needs to judge its share of the cases."""

    kb: KnowledgeBase
    shipped: Mapping[str, Sequence[Case]]
    former: Mapping[str, Mapping[str, Any]]
    """how cases were encoded at first, by id"""
    doubtful: Mapping[str, set[str]]
    """doubtful parts of labels, by id"""

    def of_group(self, group: str) -> list[Case]:
        """The published cases of a group."""
        return [case for case in self.shipped[PUBLISHED] if GROUPS[case.id[0]] == group]


_TASKS: list[_Task] = []


def _take(task: _Task) -> None:
    """Keep the task for all calls in this process; it is too large to be sent with each."""
    _TASKS[:] = [task]


def _judge_source(source: str) -> list[Verdict]:
    task = _TASKS[0]
    return verdicts(task.kb, task.shipped[source])


def _judge_group(group: str) -> tuple[list[Verdict], list[Verdict], list[Verdict]]:
    """The verdicts of a group as it is, without doubtful parts of labels, and with the facts as first encoded."""
    task = _TASKS[0]
    kb, of = task.kb, outcomes(uncounted(task.kb, task.shipped[PUBLISHED], group))
    now, sure, first = [], [], []
    for case in task.of_group(group):
        found = of(case.facts)
        certain = without(case, task.doubtful.get(case.id, set()))
        then = of(as_first_encoded(kb, case, task.former[case.id])) if case.id in task.former else found
        now.append(judge(kb, case, found))
        sure.append(judge(kb, certain, found))
        first.append(judge(kb, case, then))
    return now, sure, first


def uncounted(kb: KnowledgeBase, published: Sequence[Case], group: str) -> KnowledgeBase:
    """``kb`` as if the cases of ``group`` had not been counted, so that their own answers do not order disorders."""
    others = [case for case in published if GROUPS[case.id[0]] != group]
    return replace(kb, case_counts=case_counts(kb, others))


def _listed(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = parse_yaml(path.read_text("utf-8"), path.name).data
    return found


def as_first_encoded(kb: KnowledgeBase, case: Case, former: Mapping[str, Any]) -> Facts:
    """The facts before anybody who knew the label completed them: later ones gone, changed ones as they were."""
    before, _ = read_facts(kb, former.get("was", {}))
    later = {*former.get("added", ()), *before}
    return {**{name: value for name, value in case.facts.items() if name not in later}, **before}


def _labelled(kb: KnowledgeBase, folder: str) -> Iterator[Case]:
    for case in read_cases(kb, [ROOT / folder]):
        assert not isinstance(case, Reject), case
        if case.expected is not None:
            yield case


def without(case: Case, parts: set[str]) -> Case:
    """The case with these parts of its label left out."""
    label = case.expected
    assert label is not None
    fields: dict[str, dict[str, Any]] = {
        "disorder": {"disorder": None, "accept": ()},
        "nerve": {"nerve": None, "nerve_accept": ()},
        "urgency": {"urgency": None, "urgency_accept": ()},
    }
    left_out = {name: value for part in parts for name, value in fields[part].items()}
    return case.model_copy(update={"expected": label.model_copy(update=left_out)})


def cell(figures: Figures, name: str) -> str:
    """One figure: share, count and interval; kappa and the bound as they are."""
    details = figures["details"]
    if name == "kappa":
        return number(details["nerve_kappa"])
    if name == "under_triage_upper":
        return percent(details["under_triage_upper"])
    hits, total = details["counts"][name]
    return f"{percent(hits / total)} ({hits}/{total})" if total else "-"


def _vignettes(measured: Measured) -> str:
    """The few figures that matter most, a row for each group in the order of collection."""
    order = list(dict.fromkeys(GROUPS.values()))
    return _brief({group: measured.verdicts[group] for group in sorted(measured.sure, key=order.index)})


def _first(measured: Measured) -> str:
    """All published cases with the facts of today and with those of before anybody knew the labels."""
    before = [one for group in measured.first.values() for one in group]
    return _brief({"as they are": measured.together, "as first encoded": before})


def _brief(rows: Mapping[str, Sequence[Verdict]]) -> str:
    return table(["group", "cases", *BRIEF.values()], [[name, *_row(found)] for name, found in rows.items()])


def _row(verdicts: Sequence[Verdict]) -> list[str]:
    figures = figures_of(verdicts)
    return [str(figures["cases"]), *(cell(figures, name) for name in BRIEF)]


def _intervals(measured: Measured) -> str:
    """All published cases together with their intervals, and without the doubtful parts of labels."""
    together = figures_of(measured.together)
    sure = figures_of([one for group in measured.sure.values() for one in group])
    intervals = together["intervals"]
    rows = [
        [label, cell(together, name), span(intervals[name]) if name in intervals else "", cell(sure, name)]
        for name, label in LABELS.items()
    ]
    heads = [f"all {together['cases']} published cases", "share", "exact 95 % interval", "sure labels only"]
    return table(heads, rows)


def _levels(measured: Measured) -> str:
    together = figures_of(measured.together)
    names = [level.value for level in Level]
    rows = []
    for level, row in together["by_urgency"].items():
        got = [str(row["got"].get(name, "")) for name in names]
        told = [str(row[key]) for key in ("cases", "exact", "above", "below")]
        rows.append([level.replace("_", " "), *told, percent(row["below_upper"]), *got])
    heads = ["expected", "cases", "accepted", "above", "below", "upper bound of below"]
    return table([*heads, *(f"got {name.replace('_', ' ')}" for name in names)], rows)


def _others(measured: Measured) -> str:
    names = ("none", "other", "reports", "textbook")
    none, other, reports, textbook = (figures_of(measured.verdicts[name]) for name in names)
    judged = ("nerve_modality", "urgency_exact", "urgency_safe")
    rows = [
        *_headed("none of these (made up)", _wrongly_named(none)),
        *_headed(
            "disorders not in the program (published)", [*_wrongly_named(other), *_shares(other, judged)]
        ),
        *_headed("reports (made up)", _shares(reports, ("first", "first_three", *judged, "over_triage"))),
        *_headed("textbook (made up)", _shares(textbook, ("first", "first_three", *judged))),
    ]
    return table(["cases", "figure", "share"], rows)


def _headed(title: str, rows: Sequence[list[str]]) -> list[list[str]]:
    """The rows with the title before the first of them."""
    return [[title if number == 0 else "", *row] for number, row in enumerate(rows)]


def _wrongly_named(found: Mapping[str, Any]) -> list[list[str]]:
    """How often a disorder is named where none is right, and in which cases."""
    hits, total = found["details"]["counts"]["false_naming"]
    named = ", ".join(one["id"] for one in found["misses"] if "disorder" in one["got"]["differs"])
    return [
        ["a disorder named as fitting", f"{percent(hits / total)} ({hits}/{total})"],
        ["named in", named or "none"],
    ]


def _shares(found: Figures, figures: Sequence[str]) -> list[list[str]]:
    return [[LABELS[name], cell(found, name)] for name in figures if found["details"]["counts"][name][1]]


def _misses(measured: Measured) -> str:
    doubtful = {one["id"]: ", ".join(one["part"]) for one in measured.doubtful}
    misses = figures_of(measured.together)["misses"]
    rows = [[one["id"], "; ".join(miss_parts(one)), doubtful.get(one["id"], "")] for one in misses]
    return table(["case", "expected and got", "doubtful part of the label"], rows)


def _doubtful(measured: Measured) -> str:
    rows = [
        [one["id"], ", ".join(one["part"]), " ".join(str(one["why"]).split())] for one in measured.doubtful
    ]
    return table(["case", "part", "why"], rows)


def _in_short(measured: Measured) -> str:
    counts = figures_of(measured.together)["details"]["counts"]
    return first_sight.in_short({name: tuple(counts[name]) for name in MAIN})


def _named(measured: Measured) -> str:
    """How often something is named where nothing should be, in a sentence."""
    made_up, published = (
        figures_of(measured.verdicts[name])["details"]["counts"]["false_naming"] for name in ("none", "other")
    )
    return (
        f"Of {made_up[1]} made-up pictures that are none of its disorders, {made_up[1] - made_up[0]} are rightly left "
        f"unnamed; of {published[1]} published cases of disorders that it does not know, "
        f"{published[1] - published[0]}."
    )


BLOCKS: Mapping[str, Callable[[Measured], str]] = {
    "in_short": _in_short,
    "named": _named,
    "at_first_sight": lambda _: first_sight.at_first_sight(),
    "by_group": lambda _: first_sight.by_group(),
    "vignettes": _vignettes,
    "first": _first,
    "intervals": _intervals,
    "levels": _levels,
    "others": _others,
    "misses": _misses,
    "doubtful": _doubtful,
}
