"""Skeletons: refused until they are filled in, accepted then, and never written over a file."""

import re
import shutil

import pytest

from tests.support import TOY
from triage.errors import InputError, Problems, UsageError
from triage.knowledge import load_knowledge
from triage.workbench import run_file
from triage.workbench.skeleton import skeletons
from triage.workbench.templates import CASES, GROUPED, TEMPLATES

# What stands behind each placeholder of a skeleton once it is filled in, by the key before it.
FILLED = {
    "ref": "bicycle_handbook",
    "type": "yes_no",
    "of": "person",
    "level": "same_day",
    "usual_urgency": "routine",
    "about": "person",
    "explains": "wobble",
    "frequency": "rare",
    "best_by_answers": "possible",
    "effect": "unlikely",
    "direction": "for",
    "weight": "weak",
    "severity": "caution",
    "kind": "drug",
    "line": "first",
    "disorder": "dry_chain",
    "findings": "fell_off",
}
EXPRESSIONS = iter(["lever_touches_bar", "brakes_grind", "axle_moves", "rim_cracked"] * 9)

ANSWERS = iter(["kept_outside", "fell_off", "noise_quality.click", "noise_quality.squeak", "rim_cracked"] * 9)


def filled(text):
    lines = []
    for line in text.splitlines():
        if re.fullmatch(r"\s*- FILL .*", line):
            line = re.sub("FILL .*", next(ANSWERS), line)
        elif re.fullmatch(r"\s*FILL .*", line):
            line = re.sub("FILL .*", next(EXPRESSIONS), line)
        elif re.search(r"- id: FILL", line):
            line = re.sub("FILL .*", "dry_chain", line)
        elif re.fullmatch(r"\s*effect: FILL [^:]*", line) or "FILL" in line:
            line = re.sub(r"(\w+)(: \[?)FILL [^,}\]]*(,[^:{}]*)?$", _value, line)
            line = re.sub(r"(\w+)(: \[?)FILL [^,}\]]*", _value, line)
        lines.append(line)
    assert "FILL" not in "\n".join(lines)
    return "\n".join(lines) + "\n"


def _value(match):
    return f"{match[1]}{match[2]}{FILLED.get(match[1], 'Some words')}"


@pytest.fixture
def rules(tmp_path):
    folder = tmp_path / "bicycle"
    shutil.copytree(TOY, folder)
    return folder


def made(kind, rules, group=None):
    group = (
        ("wheels" if kind == "disorder" else "more") if group is None and kind in GROUPED else (group or "")
    )
    files = skeletons(kind, "fresh_rule", rules, rules.parent / "cases", group)
    for file in files:
        file.write()
    return files


def fill_in(files, rules):
    """Fill in what belongs to the rules; the file of cases, if there is one."""
    for file in files:
        if rules in file.path.parents:
            file.path.write_text(filled(file.path.read_text()))
    return next((file for file in files if rules not in file.path.parents), None)


@pytest.mark.parametrize("kind", TEMPLATES)
def test_a_skeleton_is_refused_until_it_is_filled_in(rules, kind):
    files = made(kind, rules)
    with pytest.raises(Problems) as refused:
        load_knowledge(rules)
    inside = {file.path.relative_to(rules.parent).as_posix() for file in files if rules in file.path.parents}
    assert {problem.place.path for problem in refused.value.problems} == inside


@pytest.mark.parametrize("kind", TEMPLATES)
def test_every_placeholder_of_a_skeleton_is_named_with_its_line(rules, kind):
    files = [file for file in made(kind, rules) if rules in file.path.parents]
    with pytest.raises(Problems) as refused:
        load_knowledge(rules)
    told = {(one.place.path, one.place.line) for one in refused.value.problems}
    assert told == {
        (place.path.removeprefix(f"{rules.parent}/"), place.line)
        for file in files
        for place, _ in file.to_fill()
    }


@pytest.mark.parametrize("field", ["label", "reason", "action"])
def test_a_text_that_a_patient_reads_is_refused_until_it_is_filled_in(rules, field):
    made("red_flag", rules)
    path = rules / "red_flags" / "fresh_rule.yaml"
    left = re.search(f"^{field}: FILL .*$", path.read_text(), re.MULTILINE)[0]
    path.write_text(re.sub(f"^{field}: .*$", left, filled(path.read_text()), flags=re.MULTILINE))
    with pytest.raises(Problems) as refused:
        load_knowledge(rules)
    (problem,) = refused.value.problems
    assert problem.message == f"`{field}` is not filled in"


def test_a_case_without_its_sentence_is_refused(rules):
    cases = rules.parent / "cases.yaml"
    cases.write_text("- {name: FILL a sentence, facts: {fell_off: yes}, expect: {urgency: routine}}")
    (failure,) = run_file(load_knowledge(rules), cases).failures
    assert failure.message == "`name` is not filled in"


@pytest.mark.parametrize("kind", TEMPLATES)
def test_a_filled_skeleton_loads(rules, kind):
    fill_in(made(kind, rules), rules)
    if kind == "finding":
        interview = rules / "interview.yaml"
        interview.write_text(interview.read_text().replace("findings: [", "findings: [fresh_rule, ", 1))
    assert "fresh_rule" in (kb := load_knowledge(rules)).places
    assert any(rule.owner == "fresh_rule" for rule in kb.rules.values()) is (kind != "finding")


@pytest.mark.parametrize("kind", CASES)
def test_the_cases_of_a_filled_skeleton_are_read(rules, kind):
    files = made(kind, rules)
    cases = fill_in(files, rules)
    text = cases.path.read_text().replace("FILL the finding: FILL the answer", "fell_off: yes")
    text = text.replace("name: FILL a sentence", "name: some words")
    cases.path.write_text(re.sub("FILL the level", "same_day", text))
    result = run_file(load_knowledge(rules), cases.path)
    assert result.cases == len(re.findall("^- name", text, re.MULTILINE)) >= 3
    assert not [one for one in result.failures if "no rule is called" in one.message]


@pytest.mark.parametrize("kind", CASES)
def test_cases_stand_at_the_place_of_their_rule(rules, kind):
    entry, cases, *_ = made(kind, rules)
    assert cases.path.relative_to(rules.parent / "cases") == entry.path.relative_to(rules)


def test_what_to_fill_is_named_with_its_line(rules):
    entry, _ = made("red_flag", rules)
    lines = entry.path.read_text().splitlines()
    told = list(entry.to_fill())
    assert [place.line for place, _ in told] == [n for n, line in enumerate(lines, 1) if "FILL" in line]
    assert told[0][1] == "label: FILL the danger as a short phrase"


def test_a_pattern_is_added_at_the_end_of_its_file(rules):
    path = rules / "patterns" / "pictures.yaml"
    before = path.read_text()
    (entry, _) = made("pattern", rules, "pictures")
    assert entry.added and path.read_text().startswith(before)
    assert min(place.line for place, _ in entry.to_fill()) > before.count("\n")


def test_a_file_that_exists_is_not_written_over(rules):
    made("red_flag", rules)
    path = rules / "red_flags" / "fresh_rule.yaml"
    path.write_text("mine")
    with pytest.raises(InputError, match="the file exists"):
        made("red_flag", rules)
    assert path.read_text() == "mine"


def test_cases_that_exist_keep_the_rule_from_being_written(rules):
    cases = rules.parent / "cases" / "red_flags" / "fresh_rule.yaml"
    cases.parent.mkdir(parents=True)
    cases.write_text("mine")
    with pytest.raises(InputError, match="the file exists"):
        made("red_flag", rules)
    assert not (rules / "red_flags" / "fresh_rule.yaml").exists()


def test_a_name_that_is_taken_is_refused_with_its_place(rules):
    with pytest.raises(InputError) as refused:
        skeletons("red_flag", "dry_chain", rules, None)
    assert refused.value.place.path.endswith("disorders/drivetrain/dry_chain.yaml")


@pytest.mark.parametrize(
    "kind, id, group",
    [
        ("red_flag", "Fresh", ""),
        ("red_flag", "1st", ""),
        ("red_flag", "lambda", ""),
        ("red_flag", "a" * 81, ""),
        ("red_flag", "../fresh", ""),
        ("red_flag", "fresh", "group"),
        ("disorder", "fresh", ""),
        ("disorder", "fresh", "../up"),
        ("red_flags", "fresh", ""),
    ],
)
def test_names_that_cannot_be_used_are_refused(rules, kind, id, group):
    with pytest.raises(UsageError):
        skeletons(kind, id, rules, None, group)
