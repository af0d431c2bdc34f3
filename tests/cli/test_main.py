"""The main command: help, unknown names, exit codes, what it imports."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from triage.cli.main import Commands
from triage.cli.rules import RulesCommands

ROOT = Path(__file__).parents[2]


def python(code, **options):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, **options)


def test_help_imports_nothing_heavy():
    code = (
        "import sys\nfrom triage.cli.main import run\nassert run(['--help']) == 0\n"
        "heavy = {'experta', 'duckdb', 'textual', 'pydantic', 'yaml', 'rich', 'triage.models'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    done = python(code)
    assert done.returncode == 0, done.stderr
    assert "Examples:" in done.stdout
    assert "_TRIAGE_COMPLETE=bash_source" in done.stdout


@pytest.mark.parametrize("group", [Commands("triage"), RulesCommands("rules")], ids=["triage", "rules"])
def test_every_command_has_a_help_with_examples_and_the_short_help_of_the_table(group):
    for name in group.list_commands(None):
        command = group.get_command(None, name)
        assert command.name == name
        assert command.get_short_help_str(200) == group.table[name]
        assert "Examples:" in command.help, f"{name} has no examples"


@pytest.mark.parametrize("name", ["assess", "batch", "rules check", "rules list", "rules show", "rules test"])
def test_every_option_has_a_help(name):
    command = Commands("triage")
    for word in name.split():
        command = command.get_command(None, word)
    for option in command.params:
        assert option.param_type_name == "argument" or option.help, f"{name} {option.name} has no help"


def test_the_shell_completes_names_of_commands():
    from click.shell_completion import ShellComplete

    from triage.cli.main import triage

    complete = ShellComplete(triage, {}, "triage", "_TRIAGE_COMPLETE")
    assert [item.value for item in complete.get_completions([], "as")] == ["ask", "assess"]
    assert "check" in [item.value for item in complete.get_completions(["rules"], "")]
    assert "--knowledge" in [item.value for item in complete.get_completions(["assess"], "--k")]


def test_version(triage):
    done = triage("--version", knowledge=None)
    assert (done.code, done.out.split()[0]) == (0, "triage")


@pytest.mark.parametrize(
    "args, message",
    [
        (["asess"], "no command is called `asess`\n  hint: did you mean `assess`?"),
        (["rules", "chek"], "no command is called `chek`\n  hint: did you mean `check`?"),
        (["assess"], "Missing argument 'CASE...'"),
        (["assess", "x.yaml", "--fromat", "json"], "No such option"),
        (["assess", "x.yaml", "--format", "xml"], "'xml' is not one of"),
        (["batch", "x.csv"], "Missing option '--out'"),
        (["batch", "x.csv", "-o", "out.xlsx"], "neither CSV nor JSON Lines"),
        (["batch", "x.csv", "-o", "x.csv"], "would be read and written at once"),
        (["batch", "x.csv", "-o", "y.csv", "--rejects", "y.csv"], "would be the same file"),
        (["assess", "x.yaml", "--trace", "--engine", "reference"], "only experta fires rules"),
        (
            ["assess", "x.yaml", "--trace", "--format", "html"],
            "`--trace` does nothing with `--format html`\n  hint: a trace is written as text or JSON",
        ),
        (["assess", "x.yaml", "--trace", "--format", "markdown"], "nothing with `--format markdown`"),
        (
            ["assess", "x.yaml", "--format", "json", "--sheet", "person", "--full"],
            "`--sheet` and `--full` do nothing with `--format json`",
        ),
        (["assess", "x.yaml", "--format", "json", "--sheet", "assessment"], "`--sheet` does nothing"),
        (["assess", "x.yaml", "--sheet", "person", "--full"], "`--full` does nothing with `--sheet person`"),
        (["explain", "x.yaml", "--why", "a", "--why-not", "a"], "`--why` and `--why-not` do not go together"),
        (["explain", "x.yaml", "--step", "--why", "a"], "`--why` and `--step` do not go together"),
        (["explain", "x.yaml", "--step", "--what-if", "a=1"], "`--what-if` and `--step` do not go together"),
        (["explain", "x.yaml", "--step", "--format", "html"], "`--format` does nothing with `--step`"),
        (["evaluate", "x.yaml", "--exit-code"], "`--exit-code` does nothing without `--compare`"),
        (["evaluate", "x.yaml", "--repeats", "3"], "`--repeats` does nothing without `--remove`"),
        (
            ["evaluate", "x.yaml", "--compare", "a", "b", "--interview", "--remove", "0.2"],
            "`--interview` and `--remove` do nothing with `--compare`",
        ),
        (
            ["evaluate", "x.yaml", "--compare", "a", "b", "--knowledge", "c"],
            "`--knowledge` does nothing with two folders to compare",
        ),
        (["rules", "check", "--quiet", "--strict"], "`--strict` and `--quiet` do not go together"),
        (["rules", "graph", "--up", "--depth", "2"], "`--up` and `--depth` do nothing without an ID"),
    ],
)
def test_wrong_usage_is_exit_code_2(triage, args, message):
    done = triage(*args, knowledge=None)
    assert done.code == 2
    assert message in done.err
    assert done.out == ""


def test_a_knowledge_base_with_errors_is_exit_code_3(triage, cases, tmp_path):
    rules = tmp_path / "rules"
    (rules / "findings").mkdir(parents=True)
    (rules / "findings" / "a.yaml").write_text("- id: Big\n  type: yes_no\n")
    (rules / "odd.yaml").write_text("x: [")
    done = triage("assess", cases, knowledge=rules)
    assert done.code == 3
    assert "error: rules/findings/a.yaml:1" in done.err
    assert "error: rules/odd.yaml:2:1: this is not YAML" in done.err
    assert "the knowledge base has" in done.err
    assert "Traceback" not in done.err


def test_a_missing_knowledge_folder_is_exit_code_1(triage, cases, tmp_path):
    done = triage("assess", cases, knowledge=tmp_path / "none")
    assert (done.code, "no such knowledge folder" in done.err) == (1, True)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_behind_standard_output_is_one_error(cases):
    toy = str(ROOT / "tests" / "toy" / "bicycle")
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "triage", "assess", str(cases), "--knowledge", toy],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
    assert done.returncode == 1
    assert done.stderr == "error: standard output: cannot be written: No space left on device\n"


def test_a_reader_that_has_seen_enough_is_no_error(cases):
    toy = str(ROOT / "tests" / "toy" / "bicycle")
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "triage", "assess", str(cases), "--knowledge", toy],
        stdout=write,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    os.close(write)
    assert done.stderr == ""


def test_the_public_door_opens_on_demand():
    code = (
        "import sys, triage\nassert 'pydantic' not in sys.modules\n"
        "kb = triage.load_knowledge('tests/toy/bicycle')\n"
        "found = triage.assess(kb, {'noise_present': 'present', 'noise_sites': ['at_chain']})\n"
        "assert found.leading == ('chain_trouble',), found.leading\n"
        "same = triage.assess(kb, {'noise_present': 'present', 'noise_sites': ['at_chain']}, engine='experta')\n"
        "assert same == found\n"
        "assert all(getattr(triage, name) is not None for name in triage.__all__)\n"
        "from triage import *"
    )
    done = python(code)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("closed, code", [("<&-", 0), ("2>&-", 0), (">&-", 1), ("<&- >&- 2>&-", 1)])
def test_a_stream_that_the_shell_closed_is_no_traceback(cases, closed, code):
    toy = ROOT / "tests" / "toy" / "bicycle"
    command = f"{sys.executable} -m triage assess {cases} -k {toy} {closed}"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == code
    told = "error: standard output: cannot be written: Bad file descriptor\n" if closed == ">&-" else ""
    assert done.stderr == told
    assert ("HOW URGENT" in done.stdout) == (code == 0)
