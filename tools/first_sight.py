"""Each group of published cases as it came out at first sight, and such groups taken together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tools.figures import MAIN
from tools.markdown import table
from triage.evaluation.statistics import exact_interval
from triage.evaluation.wording import percent, span
from triage.knowledge.yaml_reader import parse_yaml

FIRST_SIGHT = Path(__file__).resolve().parents[1] / "docs" / "evaluation_first_sight.yaml"
LATEST = 6
"""how many groups drawn like the development cases stand for the rules as they are now"""

Group = Mapping[str, Any]
Counts = Mapping[str, tuple[int, int]]
"""hits and cases, by figure"""


def groups() -> list[Group]:
    """The groups in the order of their collection, as ``docs/evaluation_first_sight.yaml`` lists them."""
    found: list[Group] = parse_yaml(FIRST_SIGHT.read_text("utf-8"), FIRST_SIGHT.name).data
    return found


def counts_of(pool: Sequence[Group]) -> Counts:
    """Hits and cases of groups taken together; emergencies are counted among emergencies."""
    cases = _cases(pool)
    counts = {name: (sum(one[name] for one in pool), cases) for name in MAIN if name != "emergencies_found"}
    found, all_of_them = (sum(one["emergencies_found"][part] for one in pool) for part in (0, 1))
    return {**counts, "emergencies_found": (found, all_of_them)}


def by_group() -> str:
    """A row for each group, in the order of collection."""
    rows = []
    for one in groups():
        counts = counts_of([one])
        rows.append([one["group"], one["what"], str(one["cases"]), *(share(*counts[name]) for name in MAIN)])
    return table(["group", "what it is", "cases", *MAIN.values()], rows)


def in_short(today: Counts) -> str:
    """Groups taken together at first sight beside all cases today, without intervals."""
    alike = _of_kind("alike")[-LATEST:]
    columns = {
        f"at first sight, {LATEST} groups drawn like M and P ({_cases(alike)} cases)": counts_of(alike),
        f"today, all {today['first'][1]:,} published cases": today,
    }
    return _beside(columns, interval=False)


def at_first_sight() -> str:
    """Groups of one kind taken together, with exact intervals."""
    alike, danger, rare = (_of_kind(kind) for kind in ("alike", "danger", "rare"))
    pools = {
        f"drawn like M and P, the latest {LATEST} ({_names(alike[-LATEST:])})": alike[-LATEST:],
        f"drawn like M and P, all {len(alike)} ({_names(alike)})": alike,
        f"danger at first contact ({_names(danger)})": danger,
        f"the rarest names ({_names(rare)})": rare,
    }
    return _beside({title: counts_of(pool) for title, pool in pools.items()}, interval=True)


def _beside(columns: Mapping[str, Counts], *, interval: bool) -> str:
    """A row for each figure, a column for each pool of cases."""
    rows = [
        [label, *(share(*counts[name], interval=interval) for counts in columns.values())]
        for name, label in MAIN.items()
    ]
    return table(["", *columns], rows)


def share(hits: int, total: int, *, interval: bool = False) -> str:
    """One figure: the share and the count, with the exact 95 % interval if asked for."""
    bounds = f"; {span(exact_interval(hits, total))}" if interval else ""
    return f"{percent(hits / total)} ({hits}/{total}{bounds})"


def _of_kind(kind: str) -> list[Group]:
    return [one for one in groups() if one["kind"] == kind]


def _cases(pool: Sequence[Group]) -> int:
    return sum(one["cases"] for one in pool)


def _names(pool: Sequence[Group]) -> str:
    return ", ".join(one["group"] for one in pool)
