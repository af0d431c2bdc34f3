"""CSV and JSON Lines as columns: the same cases, the same values and the same words as case by case."""

from __future__ import annotations

import csv
import io
import json
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bulk.intake_support import agree, as_columns, one_by_one
from tests.properties.strategies import toy_base
from triage.logic import FindingType

SPACES = ["", " ", "  ", "\t", "\u00a0", "\u2003", "\n", "\x1f", "\x00", "\x85", "\ufeff"]
WORDS = [
    "yes",
    "no",
    "true",
    "false",
    "unknown",
    "none",
    "no_others",
    "NA",
    "null",
    "nan",
    "y",
    "1",
    "0",
    "?",
    "!",
]
ODD_WORDS = [
    *WORDS,
    "Yes",
    "NO",
    "TRUE",
    "uNKNOWN",
    "un\u212anown",
    "ye\u017f",
    "ｙｅｓ",
    "=yes",
    "yes;",
    ";",
    "'no'",
    '"no"',
]
NUMBERS = """
    0 1 7 57 120 121 -0 -1 +5 007 1.5 1. .5 0.0 -0.0 57.0 57.5 1,5 1e1 1E1 1e-3 inf -inf Infinity nan NaN 0x10 1_000 ٣ ３ ² ½
    9007199254740993 123456789012345 999999999999999 1234567890123456 12345678901234567890 1e400 0.1 0.30000000000000004
    119.99999999999999 120.00000000000001 0.1234567890123456789 99.999999999999999 10000 9999.999999999
""".split()  # noqa: SIM905
UNITS = """
    s sec seconds min minutes h hours d day days wk weeks month months y yr year years mm cm m kph km/h C °C F °F celsius
    DAYS Weeks % µ mg/L per\u00a0day e5 decades
""".split()  # noqa: SIM905


INTERVALS = """
    2 to 3 | 2-3 | 2 - 3 weeks | 2 weeks to 1 month | 3 to 2 | 2 to 2 | -1 to 5 | 2 to 500 | 1.5 to 2.5 | under 3 | <3 | < 3 weeks
    UNDER 3 | at most 3 days | over 3 | >= 3 | over 120 | under 0 | from 3 | 3 to | to 3 | under | 2 to 3 to 4 | 5 -2
""".replace("\n", "|").split("|")


def tokens(finding):
    """What might stand in a cell of a finding: much of it no answer."""
    made = [*ODD_WORDS, *finding.choices, *(choice.upper() for choice in finding.choices)]
    if finding.type is FindingType.NUMBER:
        made += [*NUMBERS, *(word.strip() for word in INTERVALS)]
        made += [
            f"{number}{space}{unit}"
            for number in ("3", "1.5", "2", "18", "0.1", "5000000", "12345678")
            for unit in UNITS
            for space in ("", " ")
        ]
        made += [f"3{space}weeks" for space in SPACES] + [
            f"3{' ' * 50}weeks",
            f"3{' ' * 60}weeks",
            f"{' ' * 60}3 weeks",
            "3 weeks 2",
        ]
    if finding.type is FindingType.ANY_OF:
        some = [*finding.choices][:3]
        words = [*some, "no_others", "none", "unknown", "", "other"]
        made += [f"{one};{two}" for one in words for two in words]
        made += [f"{one} ;  {two};{three}" for one in words for two in words for three in words]
    return [
        *made,
        *(f"{space}{made[len(space)]}{space}" for space in SPACES),
        *(f"{space}yes" for space in SPACES),
    ]


def table(columns, rows):
    stream = io.StringIO()
    written = csv.writer(stream, lineterminator="\n")
    written.writerows([columns, *rows])
    return stream.getvalue().encode()


def test_every_token_of_every_finding_is_read_alike_in_csv(toy):
    columns, rows = ["case_id"], []
    for finding in toy.findings.values():
        names = [finding.id]
        if finding.parts and len(columns) % 2:
            names = [f"{finding.id}.{part}" for part in finding.parts]
        for name in names:
            rows += [(name, token) for token in tokens(finding) if "\n" not in token]
        columns += names
    filled = [
        [f"c{number}", *(token if column == name else "" for column in columns[1:])]
        for number, (name, token) in enumerate(rows)
    ]
    found = agree(toy, table(columns, filled), "csv")
    assert len(found.cases) > 500
    assert len(found.rejects) > 2000


def test_columns_of_ends_are_read_alike_in_csv(toy):
    words = ("", "0", "2", "3", "3.5", "1 week", "unknown", "many", "2 to 3", "-1")
    columns = [
        "case_id",
        "noise_days.least",
        "noise_days.most",
        "rider_age_years.most",
        "rider_age_years.least",
    ]
    rows = [["", one, two, *ages] for one in words for two in words for ages in (["", ""], [two, one])]
    filled = [[f"c{number}", *row[1:]] for number, row in enumerate(rows)]
    found = agree(toy, table(columns, filled), "csv")
    assert {"case_id": "c0"} in found.cases
    assert [
        case for case in found.cases if case.get("noise_days.least") == 2 and case.get("noise_days.most") == 3
    ]
    assert any("does not go up" in message for *_, problems in found.rejects for _, _, message, _ in problems)


VALUES = [
    {"least": 2}, {"most": "3 weeks"}, {"least": 2, "most": 3}, {"least": 3, "most": 2}, {"least": None}, {"least": "unknown"}, {"up": 2},
    None, True, False, 0, 1, 57, 57.0, 57.5, -0.0, 1e-7, 1e16, 2**53 + 1, 10**18, 10**19, 10**400, 121, float("nan"), float("inf"),
    [], [None], [""], ["a"], ["none"], [" none "], ["none", "none"], ["no_others"], ["unknown"], ["yes"], [1], [[]], [{}], {}, {"a": "yes"},
]  # fmt: skip


def values(finding):
    """What might stand at the key of a finding in JSON: much of it no answer."""
    made = [*VALUES, *tokens(finding)]
    if finding.type is FindingType.ANY_OF:
        first, second, *_ = finding.choices
        made += [
            [one, two]
            for one in (first, "none", "no_others", "unknown", "", None, 1)
            for two in (first, second, "no_others", "other", "a;b")
        ]
        made += [
            [f" {first} "],
            [f"{first};{second}"],
            [first.upper()],
            [[first]],
            [f"{first}\n"],
            [f"{first}\u00a0"],
            f'["{first}"]',
            f'{{"{first}":"yes"}}',
        ]
        answers = [
            True,
            False,
            None,
            "yes",
            "NO",
            " yes ",
            "unknown",
            "Unknown",
            "",
            "maybe",
            1,
            0,
            [],
            {},
            "yes\u00a0",
        ]
        made += [{first: one, second: two} for one in answers for two in answers]
        made += [{first: one} for one in answers]
        made += [{first: True, "other": True}, {f" {first}": True}, {first.upper(): True}, {"": True}]
    return made


def test_every_value_of_every_finding_is_read_alike_in_json_lines(toy):
    lines = []
    for finding in toy.findings.values():
        for value in values(finding):
            lines.append(json.dumps({"id": f"c{len(lines)}", "facts": {finding.id: value}}))
    found = agree(toy, "\n".join(lines).encode(), "jsonl")
    assert len(found.cases) > 500
    assert len(found.rejects) > 2000


FIELDS = {
    "id": ["a", "b", 7, 7.0, -3, 10**30, "", " ", " c ", None, True, [], "\u00e9", "\u65e5", "x\u00a0", "\ud800", "a\nb", "z" * 10_001],
    "person": [None, "", " ", "p", 3, 3.5, False, {}, "a\tb", "p" * 10_001],
    "answered_by": [None, "", "patient", " clinician", "me", 3, ["patient"]],
    "note": [None, "", "two\nlines", 5, 5.5, "n" * 10_001, "\u0000", [], "\udfff"],
    "format": [1, "1", 1.0, True, 2, None, "", " 1"],
    "expected": [None, {}, [], {"disorder": "dry_chain"}, {"disorder": "no_such"}, {"urgency": "routine"}, "x"],
    "source": [None, {}, {"ref": "book", "at": "3"}, {"ref": "book"}, "book"],
    "facts": [None, {}, [], "x", 3, {"fell_off": True}, {"crashed": "yes"}, {"crashed": True, "fell_off": True}, {"crashed": None, "fell_off": True}, {"other": 1}, {"other": None}, {"": 1}],
    "other": [1, None],
}  # fmt: skip


def test_fields_are_read_alike_in_json_lines(toy):
    lines = []
    for name, listed in FIELDS.items():
        for value in listed:
            for facts in ({}, {"fell_off": True}):
                case = {"id": f"c{len(lines)}", "facts": facts} | {name: value}
                lines.append(json.dumps(case))
    agree(toy, "\n".join(lines).encode(), "jsonl")


JSON = [
    '{"id": "a1", "facts": {"fell_off": true}}', '{"id":"a2","facts":{"fell_off":"no"}}', '{"id": "a1"}', '{"id": "a3", "id": "a4"}',
    '{"id": "b1", "facts": {"fell_off": true, "fell_off": true}}', '{"id": "b2", "facts": {"fell_off": true, "fell_off": null}}',
    '{"id": "b3", "facts": {"fell_off": true,}}', '{"id": "b4", "facts": {"noise_sites": ["at_chain" , ]}}', '{"id": "b5", "facts": {},}',
    '{"id": "c1", "facts": {"noise_sites": {"at_chain": true, "at_chain": true}}}', '{"id": "c2", "facts": {"rider_age_years": NaN}}',
    '{"id": "c3", "note": ", }", "facts": {"fell_off": true}}', '{"id": "c4", "facts": {"rider_age_years": Infinity}}', '{"id": "c5"} x',
    '{"id": "d1", "facts": {"rider_age_years": 05}}', '{"id": "d2", "facts": {"rider_age_years": 5.70e1}}', '[{"id": "d3"}]', '"x"', "3", "null",
    "", "   ", "LF", "\t", "{", '{"id": "d4"', "x", '\ufeff{"id": "d5"}', '{"id": "d6"}\r', '\r{"id": "d7"}', '{"id": "d8",\r"facts": {}}', '{"id": "d9"}\u00a0',
    '{"id": "\udcff"}', '{"id": "e1\x1f"}', '{"id": "e2\x00"}', '{"id": "e\\u0033", "facts": {"fell_off": "\\u0079es"}}', '{"id": "e4", "f\\u0061cts": {}}',
    '{"id": "f1", "facts": {"fell_off": null, "noise_present": null, "rider_age_years": 3}}', '{"id": "f2", "facts": {"other": null}}',
    '{"id": "f3", "facts": {"noise_sites": {"at_chain": null}, "other": 1}}', '{"id": "f4", "facts": {"a\\":null,": 1}}', "[" * 2000, '{"id": "f5", "facts": ' + "{" * 500,
    '{"id": "f6" /* why */}', "{'id': 'f7'}", '{"id": "f8", "facts": {"rider_age_years": 1' + "0" * 6000 + "}}", '{"id": "f9", "facts": {"fell_off": True}}',
]  # fmt: skip


@settings(max_examples=20, deadline=None)
@given(lines=st.lists(st.sampled_from(JSON), max_size=14), end=st.sampled_from(["", "\n", "\r\n"]))
def test_lines_of_json_of_any_form_are_read_alike(lines, end):
    agree(toy_base(), ("\n".join(lines) + end).encode("utf-8", "surrogateescape"), "jsonl")


def test_each_line_of_json_is_read_alike_by_itself(toy):
    for line in JSON:
        agree(toy, line.encode("utf-8", "surrogateescape"), "jsonl")


def test_lists_in_one_column_and_in_columns_per_choice_are_read_alike(toy):
    finding = toy.findings["noise_sites"]
    rows = [[f"c{number}", "present", token] for number, token in enumerate(tokens(finding))]
    agree(toy, table(["case_id", "noise_present", finding.id], rows), "csv")
    columns = [f"{finding.id}.{choice}" for choice in finding.choices]
    random = Random(5)
    rows = [
        [f"c{n}", "present", *random.choices(["yes", "no", "", "unknown", " YES", "x"], k=len(columns))]
        for n in range(300)
    ]
    agree(toy, table(["case_id", "noise_present", *columns], rows), "csv")


LABELS = {
    "case_id": ["a", " b ", "=c", "é", "日本", "x\u00a0y", "\u200b", "a\tb", "", "7", "z" * 10_001, "'", "\u0378", "😀"],
    "person": ["", "p", " p ", "x\u200by", "p" * 10_001, "\t", "\u00a0", "ß"],
    "answered_by": ["", "patient", " clinician ", "Patient", "me", "\u00a0"],
    "note": ["", "text", "two\nlines", "n" * 10_001, "\u200b", "\t", "n" * 140_000],
    "expected.disorder": ["", "dry_chain", "none", "unknown", "Unknown", "no_such", " dry_chain "],
    "expected.accept": ["", "dry_chain", "dry_chain; chain_trouble", "dry_chain;", "unknown", "none;dry_chain"],
    "expected.nerve": ["", "motor", "unknown", "none", "Motor"],
    "expected.nerve_accept": ["", "motor;mixed", "motor; x"],
    "expected.urgency": ["", "routine", "emergency", "soon", "unknown"],
    "expected.urgency_accept": ["", "routine;same_day", "routine;;same_day"],
    "source.ref": ["", "book", "\u00a0", " ", "a\u200bb"],
    "source.at": ["", "3", "\u00a0"],
}  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_columns_that_are_no_answers_are_read_alike(toy, seed):
    random = Random(seed)
    columns = list(LABELS)
    rows = []
    for number in range(600):
        row = dict.fromkeys(columns, "") | {"case_id": f"c{number}"}
        for name in random.sample(columns, random.choice((1, 1, 2, 4))):
            row[name] = random.choice(LABELS[name])
        rows.append(list(row.values()))
    agree(toy, table(columns, rows), "csv")
    agree(toy, table(columns[:-1], [row[:-1] for row in rows]), "csv")


LINES = [
    "good,yes,at_chain,30", "good,no,,", '"quoted","yes","at_chain;at_front",30', '"a ""b""",no,,', 'half"quote,no,,',
    '"open,no,,', 'x,"two', 'lines",at_chain,30', '"x"y,no,,', "short,yes", "long,yes,at_chain,30,1", "", ",,,", " , ,,", '"",,,',
    "r\rx,no,,", "crlf,yes,,\r", "bad,maybe,nowhere,300", "nul\x00,yes,,", "unit\x1f,yes,,", "\ufeffmark,no,,", "\udcff,no,,",
    "spaces , yes , at_chain ; at_front , 30 years ", "late,yes,at_chain,30", ",yes,,", 'note,yes,"at_chain\n",30', "'single',no,,",
    "tab\t,no,,", "many,yes,at_chain,1e5", "\\,no,,", "#,no,,", "\\N,\\N,,", "NULL,NULL,,",
]  # fmt: skip


@settings(max_examples=20, deadline=None)
@given(lines=st.lists(st.sampled_from(LINES), max_size=14), end=st.sampled_from(["", "\n", "\r\n"]))
def test_lines_of_any_form_are_read_alike(lines, end):
    text = "case_id,fell_off,noise_sites,rider_age_years\n" + "\n".join(lines) + end
    agree(toy_base(), text.encode("utf-8", "surrogateescape"), "csv")


def test_numbers_are_converted_to_the_last_digit(toy):
    random = Random(11)
    rows = []
    for number in range(4000):
        digits = random.choice(("%d", "%.1f", "%.3f", "%.12f")) % random.choice(
            (random.random(), random.random() * 100, random.random() * 1e6)
        )
        unit = random.choice(["", " ", *(f" {unit}" for unit in UNITS[:24])])
        rows.append([f"c{number}", "yes", f"{digits}{unit}", f"{random.randrange(200)}{unit}"])
    found = agree(toy, table(["case_id", "fell_off", "fall_days", "rider_age_years"], rows), "csv")
    assert len(found.cases) > 300


def test_answers_that_contradict_each_other_are_found_alike(toy):
    random = Random(3)
    columns = ["case_id", *toy.findings]
    rows = []
    for number in range(1500):
        row = [f"c{number}"]
        for finding in toy.findings.values():
            match finding.type:
                case FindingType.YES_NO:
                    token = random.choice(["yes", "no", "unknown"])
                case FindingType.NUMBER:
                    token = str(random.randrange(0, 9))
                case FindingType.ONE_OF:
                    token = random.choice(list(finding.choices))
                case FindingType.ANY_OF:
                    token = random.choice(
                        ["none", *finding.choices, f"{next(iter(finding.choices))};no_others"]
                    )
            row.append(token if random.random() < 0.25 else "")
        rows.append(row)
    found = agree(toy, table(columns, rows), "csv")
    assert len(found.cases) > 100
    assert len(found.rejects) > 100


def test_notes_are_told_of_the_first_rows_and_counted_for_the_others(toy):
    rows = [[f"c{number}", "click"] for number in range(50)]
    content = table(["case_id", "noise_quality"], rows)
    alone, together = one_by_one(toy, content, "csv"), as_columns(toy, content, "csv")
    assert together.notes == alone.notes[:20]
