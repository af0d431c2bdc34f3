"""All engines on one cohort: ``python -m benchmarks --cases N --format text|json``.

The columnar engine works through the whole file (for truths and full detail at most 20,000 cases), the others through
as many of its first cases as twenty seconds allow. Before anything is measured, all must agree on a sample.

Every figure stands twice: by the clock, and by the time of all processors, which says more on a machine in use.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.cohort import write_cohort
from benchmarks.worker import DIGITS, engine_of, facts_of, truths_sql
from triage.assessment import assemble, decide
from triage.bulk import Cohort
from triage.bulk.sql.database import connect, rows
from triage.knowledge import load_knowledge
from triage.models import Assessment, KnowledgeBase

COLUMNAR = ("copy", "truths", "summary", "full")
WIDE = ("truths", "full")
SINGLE = {"reference": "", "experta": "experta", "clips": "clips", "zen": "zen"}
"""engines that take case by case, and the module each needs"""
PACKAGES = ("duckdb", "experta", "clipspy", "zen-engine")
PEERS = {"reference": "vs_python", "experta": "vs_experta", "clips": "vs_clips", "zen": "vs_zen"}
AIMS = {"vs_copy": 12.0, "vs_python": 30.0, "vs_experta": 1000.0, "vs_clips": 100.0, "vs_zen": 30.0}
SAMPLE = 25
MOST_SINGLE = 2000
MOST_WIDE = 20_000
"""cases at most where the result is wide: truths, full detail"""
GROWN_FROM = 100_000
"""the cohort that a larger one is compared with"""
BAR = 40
KEPT: list[Any] = []
"""engines that are not taken down before the figures are printed"""


def main() -> None:
    """Measures and prints."""
    options = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    options.add_argument("--cases", type=int, default=100_000, help="size of the cohort, 10^4 to 10^7")
    options.add_argument("--format", choices=["text", "json"], default="text")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--memory", default="60%", help="the most memory that DuckDB takes")
    options.add_argument("--folder", type=Path, help="where files are written; a temporary folder otherwise")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="benchmarks-", dir=chosen.folder) as folder:
        result = measured(load_knowledge(), Path(folder), chosen.cases, chosen.seed, chosen.memory)
    print(json.dumps(result, indent=2) if chosen.format == "json" else text(result), flush=True)
    os._exit(0)  # CLIPS writes to standard output when it is taken down


def measured(kb: KnowledgeBase, folder: Path, cases: int, seed: int, memory: str) -> dict[str, Any]:
    """Everything that is printed."""
    cohort = folder / "cohort.parquet"
    tell(f"making {cases:,} cases")
    write_cohort(kb, cohort, cases, seed)
    tell("comparing the engines on a sample")
    agreed = compared(kb, folder, seed)
    small = GROWN_FROM if cases > GROWN_FROM else max(cases // 10, 1000)
    part = folder / "part.parquet"
    write_cohort(kb, part, small, seed)
    wide = cohort
    if cases > MOST_WIDE:
        wide = folder / "wide.parquet"
        write_cohort(kb, wide, MOST_WIDE, seed)
    figures = {name: run(name, wide if name in WIDE else cohort, folder, memory) for name in COLUMNAR}
    figures |= {name: run(name, part, folder, memory) for name in installed()}
    smaller = run("summary", part, folder, memory)
    return {
        "machine": machine(),
        "versions": versions(),
        "knowledge": {"hash": kb.content_hash, "findings": len(kb.findings), "rules": len(kb.rules)},
        "cases": cases,
        "memory_limit_mb": limit_mb(memory),
        "file_mb": round(cohort.stat().st_size / 1e6, 1),
        "agreed_on": agreed,
        "engines": figures,
        "growth": growth(figures["summary"], smaller),
        "ratios": ratios(figures, "seconds"),
        "ratios_of_processor_time": ratios(figures, "cpu_seconds"),
    }


def tell(text: str) -> None:
    """Progress, on standard error."""
    print(text, file=sys.stderr, flush=True)


def installed() -> list[str]:
    """The engines whose modules are there."""
    return [name for name, module in SINGLE.items() if not module or find_spec(module) is not None]


def compared(kb: KnowledgeBase, folder: Path, seed: int) -> int:
    """The number of cases on which all engines agree; ends the run if they do not."""
    sample = folder / "sample.parquet"
    write_cohort(kb, sample, SAMPLE, seed + 1)
    cases = list(facts_of(kb, sample, SAMPLE))
    expected = {id: decide(kb, facts) for id, facts in cases}
    digits = rows(connect(), truths_sql(kb, sample))
    for row in digits:
        truths = {rule: DIGITS[row[rule]] for rule in kb.rules}
        _agree("duckdb truths", truths == expected[row["case_id"]])
    out = folder / "sample.out.parquet"
    columns = Cohort(kb, folder, detail="full")
    _agree("cases", not list(columns.take_parquet(sample)))
    columns.write(out, "parquet")
    whole = {id: assemble(kb, id, facts, expected[id]) for id, facts in cases}
    for row in rows(connect(), f"SELECT assessment FROM '{out}'"):
        found = Assessment.model_validate(row["assessment"])
        _agree("duckdb full", found == whole[found.case_id])
    for name in installed():
        one = engine_of(kb, name)
        KEPT.append(one)
        wanted: dict[str, Any] = dict(expected if name in ("clips", "zen") else whole)
        for id, facts in cases:
            _agree(name, one(id, facts) == wanted[id])
    return len(cases)


def _agree(name: str, same: bool) -> None:
    if not same:
        raise SystemExit(f"{name} does not agree with the definition; nothing was measured")


def run(engine: str, source: Path, folder: Path, memory: str) -> dict[str, float]:
    """The figures of one engine, measured in a process of its own."""
    tell(f"measuring {engine}")
    out = folder / "out.parquet"
    command = [
        sys.executable,
        "-m",
        "benchmarks.worker",
        engine,
        str(source),
        str(out),
        str(MOST_SINGLE),
        memory,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{engine} failed:\n{done.stderr[-2000:]}")
    found: dict[str, float] = json.loads(
        next(line for line in done.stdout.splitlines() if line.startswith("{"))
    )
    out.unlink(missing_ok=True)
    tell(
        f"  {found['cases']:,} cases, {found['seconds']:.1f} s, {found['cpu_seconds']:.1f} s of processor time"
    )
    return {
        **found,
        "cases_per_second": found["cases"] / found["seconds"],
        "microseconds_a_case": 1e6 * found["cpu_seconds"] / found["cases"],
    }


def ratios(figures: dict[str, dict[str, float]], time: str) -> dict[str, float]:
    """How the summary compares: its time with that of a copy, and the time of a case elsewhere with its own.

    ``time`` is ``seconds`` or ``cpu_seconds``. The definition is compared per core, so by processor time in both.
    """

    def a_case(name: str, time: str) -> float:
        return figures[name][time] / figures[name]["cases"]

    found = {"vs_copy": a_case("summary", time) / a_case("copy", time)}
    for name, key in PEERS.items():
        if name in figures:
            by = "cpu_seconds" if name == "reference" else time
            found[key] = a_case(name, by) / a_case("summary", by)
    return {name: round(value, 2) for name, value in found.items()}


def growth(large: dict[str, float], small: dict[str, float]) -> dict[str, float]:
    """Time and memory of the whole cohort beside those of a part of it."""

    def a_case(time: str) -> float:
        return round((large[time] / large["cases"]) / (small[time] / small["cases"]), 3)

    return {
        "cases": small["cases"],
        "seconds": small["seconds"],
        "cpu_seconds": small["cpu_seconds"],
        "memory_mb": small["memory_mb"],
        "time_per_case": a_case("seconds"),
        "cpu_per_case": a_case("cpu_seconds"),
        "memory": round(large["memory_mb"] / small["memory_mb"], 3),
    }


def limit_mb(memory: str) -> float:
    """What the database may take, in MB."""
    (found,) = rows(connect(memory), "SELECT current_setting('memory_limit') AS size")
    number, unit = str(found["size"]).split()
    bytes_a_unit = {"KiB": 2.0**10, "MiB": 2.0**20, "GiB": 2.0**30, "TiB": 2.0**40}
    return round(float(number) * bytes_a_unit[unit] / 1e6)


def machine() -> dict[str, Any]:
    """What it was measured on."""
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    load = os.getloadavg()[0]
    return {
        "system": platform.platform(),
        "cores": os.cpu_count(),
        "memory_gb": round(pages * size / 2**30, 1),
        "load": load,
    }


def versions() -> dict[str, str]:
    """Python and the engines."""
    found = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "not installed"
    return found


def text(result: dict[str, Any]) -> str:
    """The figures as a table and a plot."""
    known, machine = result["knowledge"], result["machine"]
    lines = [
        f"{result['cases']:,} cases, {result['file_mb']} MB; {known['findings']} findings, {known['rules']} rules",
        f"{machine['system']}, {machine['cores']} cores, {machine['memory_gb']} GB, load {machine['load']:.1f}",
        ", ".join(f"{name} {version}" for name, version in result["versions"].items()),
        f"all engines agree on {result['agreed_on']} cases",
        f"the database may take {result['memory_limit_mb']:,.0f} MB",
        "",
        f"{'':10}{'cases':>12}{'seconds':>10}{'cpu':>10}{'cases/s':>12}{'cpu us/case':>14}{'memory, MB':>12}",
    ]
    engines = result["engines"]
    for name, one in engines.items():
        lines.append(
            f"{name:10}{one['cases']:12,}{one['seconds']:10.1f}{one['cpu_seconds']:10.1f}"
            f"{one['cases_per_second']:12,.1f}{one['microseconds_a_case']:14,.1f}{one['memory_mb']:12,}"
        )
    lines += ["", "cases per second, each mark twice the one before"]
    for name, one in engines.items():
        length = max(1, int(one["cases_per_second"]).bit_length())
        lines.append(f"{name:10}{'#' * min(length, BAR)} {one['cases_per_second']:,.0f}")
    grown = result["growth"]
    lines += [
        "",
        (
            f"beside {grown['cases']:,} cases ({grown['seconds']:.1f} s): time per case x {grown['time_per_case']},"
            f" processor time per case x {grown['cpu_per_case']}, memory x {grown['memory']}"
        ),
        "",
        f"{'':12}{'by clock':>12}{'by cpu':>12}",
    ]
    for name, value in result["ratios"].items():
        of_work = result["ratios_of_processor_time"][name]
        met = value <= AIMS[name] if name == "vs_copy" else value >= AIMS[name]
        bound = "at most" if name == "vs_copy" else "at least"
        aim = f"aim: {bound} {AIMS[name]:,.0f}{'' if met else '   missed'}"
        lines.append(f"{name:12}{value:12,.1f}{of_work:12,.1f}   {aim}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
