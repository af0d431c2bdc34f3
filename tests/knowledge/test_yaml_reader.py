"""YAML as it is read here: few types, no tricks, and the place of everything."""

import pytest

from triage.errors import InputError, Place, Problems
from triage.knowledge import yaml_reader
from triage.knowledge.yaml_reader import parse_yaml, read_text


@pytest.mark.parametrize(
    "text, value",
    [
        ("12", 12),
        ("-3", -3),
        ("1.5", 1.5),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("1:30", "1:30"),
        ("012", "012"),
        ("0x10", "0x10"),
        ("1_000", "1_000"),
        (".5", ".5"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("2024-01-01", "2024-01-01"),
        ("'12'", "12"),
        ('"true"', "true"),
        ("nULL", "nULL"),
    ],
)
def test_only_null_numbers_true_and_false_are_resolved(text, value):
    found = parse_yaml(f"key: {text}", "x.yaml").data["key"]
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    "text, line, message",
    [
        ("a: &x 1\nb: 2", 1, "anchors and aliases (& and *) are not allowed"),
        ("a: 1\nb: *x", 2, "anchors and aliases (& and *) are not allowed"),
        (
            "a: !!python/object:os.system 1",
            1,
            "the tag `tag:yaml.org,2002:python/object:os.system` is not allowed",
        ),
        ("a: 1\nb: 2\na: 3", 3, "the key `a` stands twice"),
        ("a: 1\n---\nb: 2", 2, "a second document in one file"),
        ("? [a, b]\n: 1", 1, "a key must be a word"),
    ],
)
def test_anchors_tags_and_repeated_keys_are_refused(text, line, message):
    with pytest.raises(Problems) as refused:
        parse_yaml(text, "x.yaml")
    assert [(one.message, one.place.line) for one in refused.value.problems] == [(message, line)]


def test_several_faults_are_told_together():
    with pytest.raises(Problems) as refused:
        parse_yaml("a: &x 1\nb: !t 2\na: 3\n", "x.yaml")
    assert [one.place.line for one in refused.value.problems] == [1, 2, 3]


def test_what_is_no_yaml_is_told_with_its_place():
    with pytest.raises(InputError) as refused:
        parse_yaml("a: 1\n b: 2\n", "x.yaml")
    assert refused.value.place.line == 2
    assert refused.value.hint == "check indentation, colons and quotes"


def test_deep_nesting_is_refused():
    with pytest.raises(InputError, match="nested more than"):
        parse_yaml("[" * 60 + "]" * 60, "x.yaml")


@pytest.mark.parametrize("part", ["-\n", "a: 1\n", "- *a\n"])
def test_more_values_than_memory_holds_are_refused(monkeypatch, part):
    monkeypatch.setattr(yaml_reader, "MAX_VALUES", 100)
    with pytest.raises(InputError, match="holds more than 100 values"):
        parse_yaml(part * 101, "x.yaml")


def test_the_place_of_a_part_is_that_of_its_key():
    document = parse_yaml("one:\n  two: [a, b]\n  three: c\n", "x.yaml")
    assert document.place(("one", "three")) == Place("x.yaml", 3, 3)
    assert document.place(("one", "two", 1)) == Place("x.yaml", 2, 12)
    assert document.place(("one", "missing")) == Place("x.yaml", 1, 1), "the nearest part around it"


@pytest.mark.parametrize(
    "text, line, column, indent, folded",
    [
        ("when: a and b", 1, 7, 0, False),
        ("when: 'a and b'", 1, 8, 0, False),
        ("when: |\n  a\n  and b\n", 2, 3, 2, False),
        ("when: |\n\n    a\n", 3, 5, 4, False),
        ("when: >\n  a\n  and b\n", 1, 7, 0, True),
        ("when: a\n  and b\n", 1, 7, 0, True),
    ],
)
def test_a_text_says_where_it_begins_and_whether_its_lines_are_lost(text, line, column, indent, folded):
    spot = parse_yaml(text, "x.yaml").spot(("when",))
    assert (spot.place, spot.indent, spot.folded) == (Place("x.yaml", line, column), indent, folded)


@pytest.mark.parametrize(
    "content, message", [(b"\xff\xfe", "is not UTF-8 text (byte 1)"), (None, "no such file")]
)
def test_a_file_that_cannot_be_read_is_told(tmp_path, content, message):
    path = tmp_path / "x.yaml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError) as refused:
        read_text(path, "x.yaml")
    assert (refused.value.message, str(refused.value.place)) == (message, "x.yaml")


def test_a_mark_of_byte_order_is_no_part_of_the_text(tmp_path):
    (tmp_path / "x.yaml").write_bytes(b"\xef\xbb\xbfa: 1")
    assert read_text(tmp_path / "x.yaml") == "a: 1"
    with pytest.raises(InputError, match="is a folder"):
        read_text(tmp_path)
