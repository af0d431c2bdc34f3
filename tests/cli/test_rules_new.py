"""``triage rules new``."""

import shutil

import pytest

from tests.support import TOY


@pytest.fixture
def rules(tmp_path):
    folder = tmp_path / "rules"
    shutil.copytree(TOY, folder)
    return folder


def test_new_writes_rule_and_cases_and_says_what_to_fill(triage, rules, tmp_path):
    done = triage("rules", "new", "red_flag", "burst_tyre", knowledge=rules)
    assert done.code == 0
    written = [
        rules / "red_flags" / "burst_tyre.yaml",
        tmp_path / "tests" / "cases" / "red_flags" / "burst_tyre.yaml",
    ]
    assert all(path.is_file() and f"wrote {path}\n" in done.out for path in written)
    assert f"  {written[0]}:3: level: FILL self_care, routine" in done.out
    assert triage("rules", "check", knowledge=rules).code == 3


def test_new_adds_a_pattern_to_its_file(triage, rules, tmp_path):
    done = triage(
        "rules",
        "new",
        "pattern",
        "flat_tyre",
        "--group",
        "pictures",
        "--cases",
        tmp_path / "c",
        knowledge=rules,
    )
    assert f"added to {rules}/patterns/pictures.yaml\nwrote {tmp_path}/c/patterns/pictures.yaml\n" in done.out


@pytest.mark.parametrize(
    "args, code, message",
    [
        (("red_flag", "battery_fire"), 1, "`battery_fire` is already declared"),
        (("red_flag", "Battery"), 2, "`Battery` cannot be an id"),
        (("disorder", "flat_tyre"), 2, "a disorder needs a group"),
        (("idea", "flat_tyre"), 2, "'idea' is not one of"),
    ],
)
def test_new_refuses_what_it_cannot_write(triage, rules, args, code, message):
    done = triage("rules", "new", *args, knowledge=rules)
    assert (done.code, message in done.err) == (code, True)
    assert not list(rules.rglob("flat_tyre.yaml"))


def test_new_writes_to_the_rules_that_lie_here_or_nowhere(triage, rules, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert triage("rules", "new", "red_flag", "burst_tyre", knowledge=None).code == 0
    assert (rules / "red_flags" / "burst_tyre.yaml").is_file()
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    done = triage("rules", "new", "red_flag", "flat_tyre", knowledge=None)
    assert (done.code, "rules: no such knowledge folder" in done.err) == (1, True)
