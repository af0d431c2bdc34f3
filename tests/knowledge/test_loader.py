"""The folder as a whole: every problem at once, the place of a file, and what is kept of it."""

import os

import pytest

from tests.support import TOY
from triage.errors import InputError, Problems
from triage.knowledge import load_kept, load_knowledge, yaml_reader
from triage.logic import And, Compare, YesNo, named_rules
from triage.models import RuleKind

RIM = "red_flags/rim_about_to_fail.yaml"
SPOKES = "disorders/wheels/loose_spokes.yaml"


def test_all_problems_of_a_file_are_told_at_once_in_the_order_of_their_places(problems):
    bad = """\
id: rim_about_to_fail
label: A rim that may break
levle: emergency
level: at once
about: [wobble, Noise]
when: rim_crackd or (axle_moves
action: Stop riding now.
source: {ref: bicycle_handbok, at: chapter 2}
"""
    told = problems({RIM: bad})
    assert [(one.line, one.message.split(":")[0]) for one in told] == [
        (1, "`reason` is missing"),
        (3, "`levle` is not a field here"),
        (4, "`level`"),
        (5, "`about.1`"),
    ]
    assert told[1].hint == "did you mean `level`?"


def test_problems_of_several_files_and_kinds_are_told_together(problems):
    told = problems(
        {
            RIM: ("rim_cracked or", "rim_crackd or"),
            SPOKES: ("possible: a or (b and c)", "possible: a or (b and q)"),
            "sources.yaml": ("wheel_survey:", "wheel_surveys:"),
            "face.yaml": ("area: chain_area", "area: chain_areas"),
        }
    )
    assert {one.file for one in told if one.message.startswith("unknown")} >= {
        RIM,
        SPOKES,
        "face.yaml",
        "patterns/pictures.yaml",
    }
    assert [(one.file, one.line) for one in told] == sorted((one.file, one.line) for one in told)


@pytest.mark.parametrize(
    "name", ["interview.yaml", "face.yaml", "urgency.yaml", "knowledge.yaml", "sources.yaml"]
)
def test_a_missing_file_is_named(problems, name):
    assert f"the file `{name}` is missing" in [one.message for one in problems({name: None})]


@pytest.mark.parametrize(
    "file, text, message, hint",
    [
        ("disorder/x.yaml", "id: x", "no place for this file", "did you mean `disorders/`?"),
        (
            "red_flags/other.yaml",
            (TOY / RIM).read_text(),
            "the file is not named like its id `rim_about_to_fail`",
            "name the file rim_about_to_fail.yaml",
        ),
        ("patterns/more.yaml", "id: x", "expected a list of entries", "begin each with `- id:`"),
        ("patterns/more.yaml", "- x", "expected fields with names", "write `name: value` lines"),
        ("glossary.yaml", "- x", "expected names with entries", ""),
        ("codes/snomed.yaml", "- x", "expected disorder ids with lists of codes", ""),
        (
            "patterns/more.yaml",
            "- id: [",
            "this is not YAML: did not find expected node content",
            "check indentation, colons and quotes",
        ),
    ],
)
def test_a_file_that_is_not_what_its_place_demands_is_refused(problems, file, text, message, hint):
    found = [one for one in problems({file: text}) if one.message == message]
    assert [(one.file, one.hint) for one in found] == [(file, hint)]


def test_a_file_that_cannot_be_read_is_the_only_thing_told(problems):
    """All that other files take from it would be called unknown, and hide the cause."""
    found = problems({"sources.yaml": "broken: [", "glossary.yaml": "- x"})
    assert {one.file for one in found} == {"sources.yaml", "glossary.yaml"}
    assert len(found) == 2


@pytest.mark.parametrize(
    "file, id",
    [
        ("findings/noise.yaml", "noise_days"),
        ("findings/noise.yaml", "noise_sites"),
        ("findings/wheels.yaml", "wobble_sites"),
        ("patterns/pictures.yaml", "wheel_out_of_true"),
        ("disorders/wheels/loose_spokes.yaml", "loose_spokes"),
        ("sources.yaml", "bicycle_handbook"),
    ],
)
def test_an_entry_with_a_fault_is_not_also_told_wherever_it_is_named(problems, rules, file, id):
    begins = f"{id}:\n" if file == "sources.yaml" else f"id: {id}\n"
    indent = "" if file.startswith("disorders") else "  "
    (told,) = problems({file: (begins, f"{begins}{indent}colour: red\n")})
    assert (told.file, told.message) == (file, "`colour` is not a field here")


def test_an_urgency_rule_in_a_disorder_has_a_name_of_its_own(problems):
    (told,) = problems({SPOKES: ("- id: wobble_at_speed", "- id: rim_about_to_fail")})
    assert told.file == SPOKES
    assert told.message == f"the urgency rule is declared twice, also in bicycle/{RIM}:1:1"


def test_a_folder_that_is_missing_or_empty_is_refused(tmp_path):
    with pytest.raises(InputError, match="no such knowledge folder"):
        load_knowledge(tmp_path / "none")
    with pytest.raises(InputError, match="holds no YAML file"):
        load_knowledge(tmp_path)


def test_every_rule_stands_behind_those_it_refers_to(toy, kb):
    for one in (toy, kb):
        seen = set()
        for rule in one.rules.values():
            assert named_rules(rule.expr) <= seen, rule.id
            seen.add(rule.id)


def test_layers_follow_each_other(toy, kb):
    for one in (toy, kb):
        kinds = [rule.kind for rule in one.rules.values()]
        assert kinds == sorted(kinds)


def test_the_guard_of_a_complaint_and_the_own_guard_are_joined(toy):
    complaint = toy.exprs["complaint.noise"]
    assert toy.guards["noise_quality"] == complaint
    own = toy.guards["clicks_per_turn"]
    assert isinstance(own, And) and own.args[0] == complaint
    assert "rider_age_years" not in toy.guards


def test_rules_keep_their_full_ids_kinds_and_places(toy):
    rule = toy.rules["chain_trouble.a"]
    assert (rule.kind, rule.owner) == (RuleKind.CRITERION, "chain_trouble")
    assert rule.place.path == "bicycle/disorders/drivetrain/chain_trouble.yaml"
    line = (TOY / "disorders/drivetrain/chain_trouble.yaml").read_text().splitlines()[rule.place.line - 1]
    assert "{id: a," in line
    assert toy.exprs["battery_fire.when"] == YesNo("battery_hot")
    assert toy.exprs["adult"] == Compare("rider_age_years", ">=", 18)
    assert {"chain_oil.chain_trouble.context", "chain_oil.chain_trouble.stretched", "solvents.rash"} <= set(
        toy.rules
    )


def test_the_fingerprint_follows_names_and_contents(rules):
    first = load_knowledge(rules).content_hash
    assert load_knowledge(rules).content_hash == first == load_knowledge(TOY).content_hash
    path = rules / "knowledge.yaml"
    path.write_text(path.read_text() + "# a remark\n")
    assert load_knowledge(rules).content_hash != first


def test_a_pipe_among_the_rules_is_refused_and_never_waited_for(rules, monkeypatch):
    monkeypatch.setenv("TRIAGE_CACHE", str(rules.parent / "cache"))
    os.mkfifo(rules / "patterns" / "pipe.yaml")
    for load in (load_knowledge, load_kept):
        with pytest.raises(Problems, match=r"patterns/pipe\.yaml: cannot be read: it is a pipe"):
            load(rules)


def test_rules_that_are_not_looked_into_are_refused(rules, closed):
    folder = closed(rules / "patterns" / "closed")
    (rules / "patterns" / "circle").symlink_to(rules)
    (rules / "patterns" / "more").symlink_to(rules.parent)
    with pytest.raises(Problems) as caught:
        load_knowledge(rules)
    assert [(one.place.path, one.message) for one in caught.value.problems] == [
        (f"bicycle/patterns/{folder.name}", "cannot be read: Permission denied"),
        ("bicycle/patterns/more", "is a link to a folder elsewhere, which is not followed"),
    ]


@pytest.mark.parametrize("end", ["1e999", "nan"])
def test_a_range_has_ends(problems, end):
    told = problems({"findings/noise.yaml": ("range: [0, 10000]", f"range: [0, {end}]")})
    assert any("finite number" in one.message and one.line == 30 for one in told)


def test_a_file_of_rules_has_a_size(problems, monkeypatch):
    monkeypatch.setattr(yaml_reader, "MAX_BYTES", 2_000_000)
    (told,) = problems({"patterns/large.yaml": "#" * 2_000_001})
    assert (told.file, told.message) == ("patterns/large.yaml", "is larger than 2 MB")
