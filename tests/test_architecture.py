"""The floors of the house: imports point downwards only, and heavy libraries stay in their rooms."""

import ast
import re
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1] / "triage"
FLOORS = [
    "errors files",
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
COLUMNS = ["sql", "assessment", "cases"]
"""the floors of `bulk`, below the modules that stand in the folder itself"""
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
# Loaded when first needed: the public names and the commands by name, the extras, and what a command or a figure
# may never need (`scipy`, textual, a progress bar, the readers of rules).
LATE = {
    "__init__.py",
    "bulk/extra.py",
    "cli/ask.py",
    "cli/common.py",
    "cli/lazy.py",
    "cli/main.py",
    "cli/progress.py",
    "cli/stepping.py",
    "evaluation/statistics.py",
}


def tree_of(path):
    return ast.parse(path.read_text("utf-8"), str(path))


def imports(tree):
    """Line and full name of every module a file imports; of `from triage import X`, `triage.X`."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names):
                yield from ((node.lineno, alias.name) for alias in names)
            case ast.ImportFrom(module="triage", names=names, level=0):
                yield from ((node.lineno, f"triage.{alias.name}") for alias in names)
            case ast.ImportFrom(module, level=level):
                assert level == 0, f"relative import in line {node.lineno}"
                yield node.lineno, module
            case ast.Call(args=[argument, *_]) if is_import_call(node):
                words = [one.value for one in ast.walk(argument) if isinstance(one, ast.Constant)]
                yield from ((node.lineno, word) for word in words[:1] if isinstance(word, str))


def is_import_call(node):
    return isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in (
        "import_module",
        "__import__",
    )


def late_imports(tree):
    """The lines of imports that run only when a function is called."""
    functions = [one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)]
    inside = [node for function in functions for node in ast.walk(function)]
    return sorted(
        {
            node.lineno
            for node in inside
            if isinstance(node, ast.Import | ast.ImportFrom) or is_import_call(node)
        }
    )


def upward_imports(tree, home):
    """What a file imports from its own floor or above; a name that is no package comes through the door."""
    used = [(line, name.split(".")[1]) for line, name in imports(tree) if name.startswith("triage.")]
    return [
        (line, package)
        for line, package in used
        if package != home and FLOOR.get(package, FLOOR["door"]) >= FLOOR[home]
    ]


def home_of(path):
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_point_downwards(path):
    home = home_of(path)
    assert home in FLOOR, (
        f"{path}: package `{home}` has no floor; give it one in docs/architecture.md and here"
    )
    upward = upward_imports(tree_of(path), home)
    assert not upward, f"{path} imports from its own floor or above: {upward}"


def test_no_files_import_each_other_in_a_circle_not_even_for_types():
    """But those of textual: a program knows its views, and each of them the program."""
    used = {
        ".".join(["triage", *path.relative_to(ROOT).with_suffix("").parts]): {
            name for _, name in imports(tree_of(path))
        }
        for path in FILES
        if home_of(path) != "screen" and path.stem != "__init__"
    }
    TopologicalSorter(used).prepare()


@pytest.mark.parametrize(
    "source, package",
    [
        ("from triage.cli.common import load", "cli"),
        ("import triage.cli.common", "cli"),
        ("from triage import cli", "cli"),
        ("from triage import assess", "assess"),
        ("from importlib import import_module\nimport_module('triage.cli.ask')", "cli"),
        ("import importlib\nimportlib.import_module(f'triage.cli.{name}')", "cli"),
        ("from triage.logic import evaluate", None),
        ("from triage import logic", None),
    ],
)
def test_an_import_upwards_is_seen_in_every_form(source, package):
    found = [name for _, name in upward_imports(ast.parse(source), "models")]
    assert found == ([package] if package else [])


def test_imports_are_late_only_where_the_list_says():
    late = {path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.py") if late_imports(tree_of(path))}
    assert late == LATE, "docs/architecture.md tells where imports are late, and why; so does LATE"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_heavy_libraries_stay_in_their_rooms(path):
    strangers = [
        (line, name)
        for line, name in imports(tree_of(path))
        if home_of(path) not in ROOMS.get(name.split(".")[0], {home_of(path)})
    ]
    assert not strangers, f"{path} imports {strangers}; see ROOMS"


def floor_of_columns(name):
    """The height of a module of ``bulk``, by its full name."""
    folder = name.removeprefix("triage.bulk.").split(".")[0]
    return COLUMNS.index(folder) if folder in COLUMNS else len(COLUMNS)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "bulk").rglob("*.py")), ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_the_columnar_engine_is_built_in_floors_too(path):
    home = floor_of_columns(".".join(["triage", *path.relative_to(ROOT).with_suffix("").parts]))
    used = [name for _, name in imports(tree_of(path)) if name.startswith("triage.bulk.")]
    assert not [name for name in used if floor_of_columns(name) > home]
    if path.name == "__init__.py":
        told = set(re.findall(r"``([a-z_]+)``", ast.get_docstring(tree_of(path))))
        inside = {one.stem for one in path.parent.iterdir() if not one.name.startswith("__")}
        assert not inside - told, "the map of the folder leaves a module out"


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
            for node in ast.walk(tree_of(path))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        if used := names & words:
            found[path.relative_to(ROOT).as_posix()] = used
    assert not found
