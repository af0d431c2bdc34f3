"""Files, folders and standard input: what comes out of each, and what is said of broken ones."""

import gzip
import io
import os

import pytest

from triage.cases import Reject, case_files, read_cases, streams
from triage.cases.streams import MAX_LINE
from triage.cases.strict_json import parse_items

HEADER = "case_id,rider_age_years,noise_sites,noise_when.on_braking\n"


def ids(rows):
    return [f"!{row.id}" if isinstance(row, Reject) else row.id for row in rows]


# One broken file a line: name, content, and the one thing said of it.
BROKEN = [
    ("a.yaml", b"", "a.yaml: is empty | "),
    ("a.json", b" \n", "a.json: is empty | "),
    ("a.csv", b"", "a.csv: is empty | "),
    ("a.jsonl", b"\n\n", "a.jsonl: is empty | "),
    ("a.yaml", b"# nothing\n", "a.yaml:1: holds no case | "),
    ("a.json", b"[]", "a.json:1: holds no case | "),
    ("a.csv", HEADER.encode(), "a.csv:1: has a header and no case | "),
    ("a.yaml", b"\xff\xfei\x00d\x00", "a.yaml:1: is not UTF-8 text (byte 1) | save the file as UTF-8"),
    ("a.json", b'{"id": "a"}\n\xff', "a.json:2: is not UTF-8 text (byte 13) | save the file as UTF-8"),
    ("a.csv", b"case\xff_id\nx", "a.csv:1: is not UTF-8 text (byte 5) | save the file as UTF-8"),
    ("a.txt", b"id: a", "a.txt: unknown kind of file | case files end in .yaml, .yml, .json, .jsonl, .ndjson, .csv; `--input-format` overrides this"),
    ("a.yaml", b"id: [", "a.yaml:2:1: this is not YAML: did not find expected node content | check indentation, colons and quotes"),
    ("a.yaml", b"id: &x a", "a.yaml:1:5: anchors and aliases (& and *) are not allowed | write the value out"),
    ("a.yaml", b"id: !!str a", "a.yaml:1:5: the tag `tag:yaml.org,2002:str` is not allowed | leave the tag out"),
    ("a.yaml", b"id: a\nid: b", "a.yaml:2:1: the key `id` stands twice | first in line 1"),
    ("a.yaml", b"id: a\n---\nid: b", "a.yaml:2:1: a second document in one file | one file holds one document"),
    ("a.yaml", b"just text", "a.yaml:1:1: expected a case with `id` and `facts`, found `just text` | write `id: ...` and `facts: {finding: answer}`"),
    ("a.yaml", b"x" * (MAX_LINE + 1), "a.yaml: a line is longer than 1,000,000 characters | "),
    ("a.json", b'{"id": "a", "id": "b"}', "a.json:1:1: the key `id` stands twice | "),
    ("a.json", b'{"id": "a" "facts": {}}', "a.json:1:12: this is not JSON: expecting ',' delimiter | check commas, quotes and brackets"),
    ("a.json", b'{"facts": {"owned_years": NaN}}', "a.json:1:1: `NaN` is not a number | "),
    ("a.json", b'{"facts": {"owned_years": 1' + b"0" * 6000 + b"}}", "a.json:1:1: a number is too long | "),
    ("a.json", b"[" * 100_000, "a.json:1:2: nested too deep | "),
    ("a.json", b'{"id": "a"} {"id": "b"}', "a.json:1:13: something follows the end of the document | one file holds one case or one list; for one case a line name the file .jsonl"),
    ("a.jsonl", b"[1]", "a.jsonl:1: expected a case with `id` and `facts`, found `[1]` | write `id: ...` and `facts: {finding: answer}`"),
    ("a.jsonl", b'{"id": "a"}}', "a.jsonl:1:12: something follows the end of the case | "),
    ("a.jsonl", b'{"id": "a', "a.jsonl:1:8: this is not JSON: unterminated string starting at | check commas, quotes and brackets"),
    ("a.jsonl", b"x" * (MAX_LINE + 1), "a.jsonl:1: the line is longer than 1,000,000 bytes | one case stands on one line"),
    ("a.csv", b"rider_age_years\n3", "a.csv:1: the column `case_id` is missing | the first column is usually `case_id`"),
    ("a.csv", b"case_id,rider_age\nx,3", "a.csv:1: column 2: unknown finding `rider_age` | did you mean `rider_age_years`?"),
    ("a.csv", b"case_id,\nx,3", "a.csv:1: column 2 has no name | name every column, and leave no empty one"),
    ("a.csv", b"case_id,fell_off,fell_off\nx,no,no", "a.csv:1: the column `fell_off` stands twice: columns 2 and 3 | keep one of them"),
    ("a.csv", b"case_id,fell_off,crashed\nx,no,no", "a.csv:1: the column `crashed` stands twice: columns 2 and 3 | keep one of them"),
    ("a.csv", b"case_id,noise_when,noise_when.on_braking\nx,none,no", "a.csv:1: `noise_when` has a column of its own and one per choice | use one form or the other"),
    ("a.csv", b"case_id,noise_when.on_brake\nx,no", "a.csv:1: column 2: `noise_when` has no choice `on_brake` | did you mean `on_braking`?"),
    ("a.csv", b"case_id,noise_side.left\nx,no", "a.csv:1: column 2: `noise_side` has no columns per choice | name the column `noise_side`"),
    ("a.csv", b"case_id;rider_age_years;fell_off\nx;3;no", "a.csv:1: the columns are not separated by commas | save the table as CSV with commas"),
    ("a.csv", b"case_id,fell_off\nx", "a.csv:2: has 1 columns instead of 2 | put text with commas in quotes, and close every quote"),
    ("a.csv", b"case_id,fell_off\nx,no,no", "a.csv:2: has 3 columns instead of 2 | put text with commas in quotes, and close every quote"),
    ("a.csv", b'case_id,fell_off\nx,"no', 'a.csv:2: a quote is opened and not closed | a quote inside quotes is written twice: "she said ""now"""'),
    ("a.csv", b'case_id,fell_off\n"x"y,no', "a.csv:2: this is not CSV: ',' expected after '\"' | a quote inside quotes is written twice: \"she said \"\"now\"\"\""),
    ("a.csv", b"case_id,fell_off\n,no", "a.csv:2: the case has no id | give every case an `id` of its own"),
]  # fmt: skip


@pytest.mark.parametrize(
    "name, content, problem", BROKEN, ids=[row[2].split(" | ")[0][:60] for row in BROKEN]
)
def test_a_broken_file_is_one_clear_problem(told, name, content, problem):
    assert told(name, content) == [problem]


def test_a_missing_file_and_a_folder_without_cases_are_rejects(toy, tmp_path):
    (tmp_path / "empty").mkdir()
    rows = list(read_cases(toy, [tmp_path / "none.yaml", tmp_path / "empty"]))
    assert [row.reasons for row in rows] == [("no such file",), ("the folder holds no case file",)]
    (row,) = read_cases(toy, [tmp_path], folders=False)
    assert row.reasons == ("is a folder, not a file",)


def test_a_table_goes_on_behind_every_bad_line(read):
    text = HEADER + (
        "good1,30,at_chain;no_others,yes\n"
        "bad1,3x,at_chain,\n"
        "bad2,30\n"
        '"bad4,30,,\n'
        "good2,,,\n"
        "\n"
        ",,,\n"
        '"good3",30,"none",NO\n'
        "good1,30,,\n"
        f"bad5,{'9' * MAX_LINE},,\n"
        "good4,unknown,unknown,unknown\n"
    )
    rows = read("t.csv", text)
    assert ids(rows) == ["good1", "!bad1", "!bad2", "!", "good2", "good3", "!good1", "!", "good4"]
    assert [row.line for row in rows if isinstance(row, Reject)] == [3, 4, 5, 10, 11]
    assert rows[-1].not_known == {"rider_age_years", "noise_sites", "noise_when"}


def test_a_cell_may_run_over_lines_inside_quotes(read):
    rows = read("t.csv", 'case_id,note,fell_off\r\na,"first\r\nsecond, third",yes\r\nb,,no\r\n')
    assert ids(rows) == ["a", "b"]
    assert rows[0].note == "first\r\nsecond, third"


def test_labels_stand_in_columns_of_their_own(read):
    text = "case_id,person,expected.disorder,expected.accept,expected.urgency,source.ref,source.at\na,p,dry_chain,chain_trouble;crash_damage,routine,book,3\n"
    (case,) = read("t.csv", text)
    assert case.expected.accept == ("chain_trouble", "crash_damage")
    assert (case.person, case.source.at) == ("p", "3")


def test_json_lines_go_on_behind_a_bad_line(read):
    rows = read("t.jsonl", '{"id": "a"}\n{"id": }\n\n{"id": 7, "facts": {"fell_off": true}}\n')
    assert ids(rows) == ["a", "!", "7"]


def test_a_json_list_names_the_line_of_each_case(read):
    rows = read(
        "t.json", '[\n {"id": "a"},\n {"id": "b", "facts": {"fell_off": 3}},\n {"id": "c"} {"id": "d"}]'
    )
    assert ids(rows) == ["a", "!b", "c", "!"]
    assert [row.line for row in rows if isinstance(row, Reject)] == [3, 4]


def test_a_byte_order_mark_is_no_part_of_the_first_name(read):
    assert ids(read("a.csv", b"\xef\xbb\xbfcase_id,fell_off\nx,no\n")) == ["x"]
    assert ids(read("a.json", b'\xef\xbb\xbf{"id": "x"}')) == ["x"]
    assert ids(read("a.yaml", b"\xef\xbb\xbfid: x\nfacts: {}")) == ["x"]


def test_a_folder_is_read_in_order_without_hidden_files(toy, tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "b.yaml").write_text("- {id: b1, facts: {}}\n- {id: b2, facts: {}}\n")
    (tmp_path / "sub" / "c.json").write_text('{"facts": {}}')
    (tmp_path / ".hidden.yaml").write_text("id: hidden")
    (tmp_path / "notes.txt").write_text("no case")
    assert ids(read_cases(toy, [tmp_path])) == ["b1", "b2", "c"]


def test_one_source_needs_no_list(toy, tmp_path):
    (tmp_path / "a.yaml").write_text("id: x")
    assert ids(read_cases(toy, str(tmp_path / "a.yaml"))) == ids(read_cases(toy, tmp_path)) == ["x"]


def test_an_id_is_unique_in_the_whole_run(toy, tmp_path):
    (tmp_path / "a.yaml").write_text("id: x")
    (tmp_path / "b.yaml").write_text("id: x")
    first, second = read_cases(toy, [tmp_path / "a.yaml", tmp_path / "b.yaml"])
    assert first.id == "x"
    assert second.reasons == (f"the id `x` is taken by {tmp_path}/a.yaml:1",)


@pytest.mark.parametrize(
    "text, found",
    [
        ('{"id": "a"}\n{"id": "b"}\n', ["a", "b"]),
        ('{"id":\n "a"}', ["a"]),
        ('[{"id": "a"}, {"id": "b"}]', ["a", "b"]),
        ("case_id,fell_off\na,no\n", ["a"]),
        ("id: a\nfacts: {}\n", ["a"]),
        ("", ["!"]),
    ],
)
def test_standard_input_shows_by_its_first_line_what_it_is(toy, text, found):
    assert ids(read_cases(toy, ["-"], stdin=io.BytesIO(text.encode()))) == found


def test_the_form_may_be_named(read):
    assert ids(read("a.txt", "case_id\nx\n", form="csv")) == ["x"]


def test_reading_reports_every_byte(read, tmp_path):
    counted = []
    text = HEADER + f"a,{'9' * MAX_LINE},,\nb,30,,\n"
    read("t.csv", text, on_bytes=counted.append)
    assert sum(counted) == len(text)


class CountedText(str):
    """Text that counts how much of it is searched for ends of lines."""

    searched = 0

    def count(self, part, start=0, end=None):
        CountedText.searched += (len(self) if end is None else end) - start
        return str.count(self, part, start, end)


def test_the_lines_of_a_long_json_list_are_counted_once():
    text = CountedText("[" + ",\n".join(["1"] * 500) + "]")
    assert [line for _, line, _ in parse_items(text, "x.json")] == list(range(1, 501))
    assert CountedText.searched <= len(text)


@pytest.mark.parametrize(
    "name, limit, most, content, problem",
    [
        (
            "a.jsonl",
            "MAX_BLANK_LINES",
            5,
            b"\n" * 9 + b'{"id": "x"}',
            "holds more than 5 blank lines in a row",
        ),
        (
            "a.csv.gz",
            "MAX_BLANK_LINES",
            5,
            gzip.compress(b"case_id\n" + b" \n" * 9, mtime=0),
            "holds more than 5 blank lines",
        ),
        ("a.csv", "MAX_BLANK_LINES", 5, b"case_id,note\n" + b',""\n' * 9, "holds more than 5 blank lines"),
        ("a.jsonl", "MAX_SKIPPED", 1, b"x" * 3_000_000, "the line is longer than 0 MB"),
    ],
)
def test_a_file_that_unpacks_to_endless_nothing_is_given_up(
    read, monkeypatch, name, limit, most, content, problem
):
    monkeypatch.setattr(streams, limit, most)
    row = read(name, content)[-1]
    assert isinstance(row, Reject) and problem in row.reasons[0]


@pytest.mark.parametrize("name", ["pipe.yaml", "pipe.csv", "pipe.jsonl.gz"])
def test_a_pipe_is_refused_and_never_waited_for(toy, tmp_path, name):
    os.mkfifo(tmp_path / name)
    (tmp_path / "a.yaml").write_text("id: x")
    (row,) = read_cases(toy, [tmp_path / name])
    assert row.reasons == ("cannot be read: it is a pipe or a device, not a file",)
    assert len(list(read_cases(toy, [tmp_path]))) == (2 if name == "pipe.yaml" else 1)


def test_a_pipe_that_the_shell_has_opened_is_read(toy):
    ready, end = os.pipe()
    os.write(end, b"id: x")
    os.close(end)
    assert ids(read_cases(toy, [f"/dev/fd/{ready}"], form="yaml")) == ["x"]
    os.close(ready)


def test_links_in_a_folder_lead_to_files_and_to_no_folder_elsewhere(toy, tmp_path):
    folder, elsewhere = tmp_path / "cases", tmp_path / "elsewhere"
    for path, id in (
        (folder / "sub" / "a.yaml", "a"),
        (elsewhere / "b.yaml", "b"),
        (elsewhere / "c.yaml", "c"),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"id: {id}")
    (folder / "linked.yaml").symlink_to(elsewhere / "b.yaml")
    (folder / "more").symlink_to(elsewhere)
    (folder / "again").symlink_to(folder / "sub")
    (folder / "sub" / "circle").symlink_to(folder)
    (folder / "self.yaml").symlink_to(folder / "self.yaml")
    (folder / "nowhere.yaml").symlink_to(folder / "none")
    found = list(read_cases(toy, [folder]))
    assert [row.id for row in found if not isinstance(row, Reject)] == ["b", "a"]
    assert {(row.source, row.reasons[0].split(":")[0]) for row in found if isinstance(row, Reject)} == {
        (f"{folder}/more", "is a link to a folder elsewhere, which is not followed"),
        (f"{folder}/nowhere.yaml", "no such file"),
        (f"{folder}/self.yaml", "cannot be read"),
    }


def test_a_pattern_is_not_led_in_circles_by_links(tmp_path):
    (tmp_path / "a.csv").write_text("")
    for name in ("one", "two", "three"):
        (tmp_path / name).symlink_to(tmp_path)
    assert case_files(f"{tmp_path}/**/*.csv", tables=True) == ([f"{tmp_path}/a.csv"], [])
    assert case_files(f"{tmp_path}/**", tables=True) == ([f"{tmp_path}/a.csv"], [])


def test_a_folder_that_may_not_be_read_is_a_reject(toy, tmp_path, closed):
    (tmp_path / "a.yaml").write_text("id: x")
    folder = closed(tmp_path / "closed")
    reject, case = read_cases(toy, [tmp_path])
    assert (reject.source, reject.reasons) == (str(folder), ("cannot be read: Permission denied",))
    assert case.id == "x"
