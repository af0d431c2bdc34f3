"""The floors of the house: imports point downwards only, and heavy libraries stay in their rooms."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1] / "triage"
FLOORS = [
    "errors",
    "logic",
    "models",
    "knowledge",
    "cases checks",
    "assessment",
    "engine bulk",
    "explain",
    "interview workbench",
    "evaluation",
    "report",
    "door",
    "screen",
    "cli",
]
FLOOR = {name: height for height, names in enumerate(FLOORS) for name in names.split()}
ROOMS = {
    "experta": {"engine"},
    "duckdb": {"bulk"},
    "sqlglot": {"bulk"},
    "textual": {"screen"},
    "click": {"cli"},
    "rich": {"report", "screen", "cli"},
    "scipy": {"evaluation"},
}
FILES = sorted(path for path in ROOT.rglob("*.py") if path.parent != ROOT or path.stem in FLOOR)
LATE = {"__init__.py", "cli/lazy.py"}


def imports(path):
    """Line and full name of every module a file imports."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import in line {node.lineno}"
            yield node.lineno, node.module


def home_of(path):
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_point_downwards(path):
    home = home_of(path)
    assert home in FLOOR, (
        f"{path}: package `{home}` has no floor; give it one in docs/architecture.md and here"
    )
    used = [(line, name.split(".")[1]) for line, name in imports(path) if name.startswith("triage.")]
    upward = [(line, package) for line, package in used if package != home and FLOOR[package] >= FLOOR[home]]
    assert not upward, f"{path} imports from its own floor or above: {upward}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_heavy_libraries_stay_in_their_rooms(path):
    strangers = [
        (line, name)
        for line, name in imports(path)
        if home_of(path) not in ROOMS.get(name.split(".")[0], {home_of(path)})
    ]
    assert not strangers, f"{path} imports {strangers}; see ROOMS"


def test_no_module_is_larger_than_a_reader_can_hold():
    long = {path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines()) for path in FILES}
    assert not {name: lines for name, lines in long.items() if lines > 400}


def test_the_program_names_no_disorder_and_no_finding(kb):
    """A knowledge base about something else must work: ids of `rules/` do not stand in the code."""
    names = {name for name in (*kb.disorders, *kb.findings, *kb.treatments, *kb.patterns) if "_" in name}
    found = {}
    for path in FILES:
        words = {
            node.value
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        if used := names & words:
            found[path.relative_to(ROOT).as_posix()] = used
    assert not found
