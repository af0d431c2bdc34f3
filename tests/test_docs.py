"""The documentation says what the program does: commands, examples, links. Generated pages: ``make docs-check``."""

import doctest
import re
import shlex
from collections import Counter
from importlib import import_module
from pathlib import Path

import click
import pytest

from tools import docs
from tools.commands import all_commands
from triage.cli.main import triage

ROOT = Path(__file__).resolve().parents[1]
COMMANDS = dict(all_commands(triage, "triage"))
PAGES = sorted(
    path
    for pattern in ("*.md", "docs/**/*.md", "examples/**/*.md", "rules/**/*.md", "benchmarks/**/*.md")
    for path in ROOT.glob(pattern)
)
README = (ROOT / "README.md").read_text("utf-8")
LINK = re.compile(r"(?<!\\)\[(?:[^\]\\]|\\.)*\]\(([^)\s]+)\)")
EXAMPLE = re.compile(r"^\s+(triage .*)$", re.MULTILINE)
MODULES = [
    path
    for folder in ("triage", "tools")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if ">>> " in path.read_text("utf-8")
]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_for_itself_and_its_options(name):
    command = COMMANDS[name]
    assert command.help and len(command.help) > 40
    assert name == "triage" or command.get_short_help_str(200).endswith(".")
    for parameter in command.params:
        if isinstance(parameter, click.Option) and not isinstance(parameter.type, click.Choice):
            assert parameter.help, f"{name} {parameter.opts[0]} has no help"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_an_entry_in_the_documentation(name):
    text = (ROOT / "docs" / "commands.md").read_text("utf-8")
    assert f"\n## {name}\n" in text


def examples():
    for name, command in COMMANDS.items():
        for line in EXAMPLE.findall(f"{command.help}\n{command.epilog or ''}"):
            yield pytest.param(line, id=f"{name}: {line}")
    for line in re.findall(r"^\.venv/bin/(triage [^#\n]*)", README, re.MULTILINE):
        yield pytest.param(line, id=f"README: {line.strip()}")


@pytest.mark.parametrize("line", list(examples()))
def test_every_example_is_a_call_that_the_program_takes(line):
    words = shlex.split(re.split(r" [|>] ", line)[0])[1:]
    command, name = triage, "triage"
    while isinstance(command, click.Group):
        name = f"{name} {words.pop(0)}"
        command = COMMANDS[name]
    with command.make_context(name, words) as context:
        assert context.command is command


@pytest.mark.parametrize("name", [name for name, one in COMMANDS.items() if not isinstance(one, click.Group)])
def test_every_command_shows_an_example_of_itself(name):
    command = COMMANDS[name]
    found = EXAMPLE.findall(f"{command.help}\n{command.epilog or ''}")
    assert any(line == name or line.startswith(f"{name} ") for line in found)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_examples_in_docstrings_run(path):
    module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    result = doctest.testmod(module)
    assert result.attempted and not result.failed


def test_the_answer_followed_through_the_architecture_comes_out_as_told(monkeypatch):
    monkeypatch.chdir(ROOT)
    result = doctest.testfile(str(ROOT / "docs" / "architecture.md"), module_relative=False)
    assert result.attempted and not result.failed


def test_the_python_example_of_the_readme_runs():
    (block,) = re.findall(r"^```python\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    names = {}
    exec(block, names)
    assert names["assessment"].leading


def test_the_page_of_names_lists_every_finding_once_with_its_type_and_counts_them(kb):
    page = (ROOT / "docs" / "names.md").read_text("utf-8")
    listed = re.findall(r"^\| `(\w+)` \| (yes_no|one_of|any_of|number) \|", page, re.MULTILINE)
    assert sorted(listed) == sorted((one.id, str(one.type)) for one in kb.findings.values())
    types = Counter(kind for _, kind in listed)
    counts = f"{types['yes_no']} are yes_no, {types['one_of']} one_of, {types['any_of']} any_of, {types['number']} number"
    assert f"The complete vocabulary: {len(listed)} findings" in page
    assert counts in page


def test_some_docstrings_have_examples():
    assert MODULES


@pytest.mark.parametrize(
    "path",
    [path for path in PAGES if "docs/rules/" not in path.as_posix()],
    ids=lambda path: path.relative_to(ROOT).as_posix(),
)
def test_links_lead_somewhere(path):
    assert not broken_links(path)


def test_links_of_the_pages_of_rules_lead_somewhere():
    """One test for some hundred pages."""
    broken = {
        path.name: found for path in (ROOT / "docs" / "rules").rglob("*.md") if (found := broken_links(path))
    }
    assert not broken


def broken_links(path):
    found = []
    for target in LINK.findall(path.read_text("utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        goal = (path.parent / file).resolve() if file else path
        if not goal.exists() or not goal.is_relative_to(ROOT) or (anchor and anchor not in anchors(goal)):
            found.append(target)
    return found


def anchors(path):
    """The anchors of the headings of a page, as the usual viewers make them."""
    headings = re.findall(r"^#+ (.*)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_generated_pages_are_written_checked_and_cleared_of_orphans(tmp_path, monkeypatch, capsys):
    pages = {"docs/rules/a.md": "A\n", "docs/commands.md": "C\n"}
    monkeypatch.setattr(docs, "ROOT", tmp_path)
    monkeypatch.setattr(
        docs, "generated_files", lambda: ((tmp_path / name, text) for name, text in pages.items())
    )

    def ran(*words):
        monkeypatch.setattr("sys.argv", ["docs", *words])
        return docs.main(), capsys.readouterr().err

    code, told = ran("--check")
    assert code == 1 and "docs/rules/a.md: not current" in told
    assert ran() == (0, "") and ran("--check") == (0, "")
    (tmp_path / "docs" / "rules" / "old.md").write_text("gone from the rules")
    (tmp_path / "docs" / "commands.md").write_text("changed by hand")
    (tmp_path / "docs" / "mine.md").write_text("not generated")
    code, told = ran("--check")
    assert (code, told.count("not current")) == (1, 2)
    ran()
    assert not (tmp_path / "docs" / "rules" / "old.md").exists()
    assert (tmp_path / "docs" / "commands.md").read_text() == "C\n"
    assert (tmp_path / "docs" / "mine.md").exists()
