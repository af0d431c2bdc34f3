"""A cohort of which one row in a hundred is broken, each in its own way: the good ones come out, the others are named.

And every row says the same when it is the only one.
"""

from __future__ import annotations

import csv
import io
import json
from random import Random

import pytest

import triage.bulk.cases.sources
from tests.bulk.support import some_facts
from tests.support import TOY
from triage.assessment import assemble, decide
from triage.cases import Reject, read_cases, read_facts
from triage.cli.main import run
from triage.errors import Problems
from triage.logic import Interval
from triage.models import Assessment

ROWS = 2000
EVERY = 100
COLUMNS = ["case_id", "note"]

# What is done to a row of CSV (answers as text, or the whole line), and the reason that must be given.
BROKEN_CELLS = {
    "text for a number": ({"rider_age_years": "forty"}, "`rider_age_years`: `forty` is not a number"),
    "a number for yes or no": ({"fell_off": "1"}, "`fell_off`: `1` is not an answer"),
    "above the range": ({"rider_age_years": "121"}, "`rider_age_years`: `121` is outside 0 to 120 years"),
    "below the range": ({"bicycle_age_years": "-1"}, "`bicycle_age_years`: `-1` is outside 0 to 150 years"),
    "not whole": ({"rider_age_years": "40.5"}, "`rider_age_years`: `40.5` is not a whole number"),
    "not finite": ({"owned_years": "inf"}, "`owned_years`: `inf` is not a number"),
    "a wrong unit": ({"noise_days": "3 mm"}, "`noise_days`: `3 mm` has the unit `mm`, which does not fit"),
    "a wrong choice": ({"noise_present": "loud"}, "`noise_present` has no choice `loud`"),
    "a choice in capitals": ({"frame_material": "Steel"}, "`frame_material` has no choice `Steel`"),
    "a wrong choice in a list": ({"noise_sites": "at_chain; at_home"}, "`noise_sites` has no choice `at_home`"),
    "none beside a choice": ({"noise_sites": "none;at_chain"}, "has `none` beside other choices"),
    "a finding that does not apply": ({"motor_fitted": "no", "battery_hot": "yes"}, "does not fit with"),
    "an answer against a rule": ({"owned_years": "9", "bicycle_age_years": "3"}, "cannot both be true"),
    "no id": ({"case_id": " ", "fell_off": "yes"}, "the case has no id"),
}  # fmt: skip
BROKEN_LINES = {
    "not UTF-8": (lambda line: b"\xe9" + line, "is not UTF-8 text (byte 1)"),
    "an open quote": (lambda line: b'"' + line, "a quote is opened and not closed"),
    "text behind a quote": (lambda line: b'"x"' + line, "this is not CSV"),
    "a cell too many": (lambda line: line + b",", "columns instead of"),
    "cells too few": (lambda line: line[: line.index(b",")], "has 1 columns instead of"),
}
BROKEN_VALUES = {
    "a word for yes or no": ({"fell_off": "perhaps"}, "`fell_off`: `perhaps` is not an answer"),
    "a number for yes or no": ({"fell_off": 1}, "`fell_off`: `1` is not an answer"),
    "yes for a number": ({"rider_age_years": True}, "`rider_age_years`: `yes` is not a number"),
    "above the range": ({"rider_age_years": 121}, "`rider_age_years`: `121` is outside 0 to 120 years"),
    "not whole": ({"rider_age_years": 40.5}, "`rider_age_years`: `40.5` is not a whole number"),
    "a wrong choice": ({"noise_present": "loud"}, "`noise_present` has no choice `loud`"),
    "a list for a choice": ({"noise_present": ["present"]}, "`noise_present`: `[present]` is a list"),
    "a wrong choice in a list": ({"noise_sites": ["at_home"]}, "`noise_sites` has no choice `at_home`"),
    "a choice twice": ({"noise_sites": ["at_chain", "at_chain"]}, "names `at_chain` twice"),
    "a finding that does not apply": ({"motor_fitted": False, "battery_hot": "yes"}, "does not fit with"),
    "an answer against a rule": ({"owned_years": 9, "bicycle_age_years": 3}, "cannot both be true"),
    "an unknown finding": ({"colour": "red"}, "unknown finding `colour`"),
    "an unknown finding without answer": ({"colour": None}, "unknown finding `colour`"),
}
BROKEN_JSON = {
    "not UTF-8": (lambda line: line.replace(b'"id"', b'"\xe9id"'), "is not UTF-8 text"),
    "no number": (lambda line: line.replace(b'"facts": {', b'"facts": {"owned_years": NaN, '), "`NaN` is not a number"),
    "a key twice": (lambda line: line.replace(b'"id"', b'"id": "x", "id"'), "the key `id` stands twice"),
    "a comma too many": (lambda line: line[:-1] + b",}", "this is not JSON"),
    "an open quote": (lambda line: line.replace(b'"id"', b'"id'), "this is not JSON"),
    "no id": (lambda line: line.replace(b'"id"', b'"person"'), "the case has no id"),
    "half a letter": (lambda line: line.replace(b'"id": "', b'"id": "\\ud800'), "cannot be used"),
}  # fmt: skip
WORDS = {True: ["yes", "YES", "true", " yes "], False: ["no", "No", "false", "no"]}


@pytest.fixture(scope="module")
def good(toy):
    """Answers of valid cases that the database reads by itself: an interval written as text is the reader's."""
    drawn = some_facts(toy, 17, ROWS * 3, (0.05, 0.15))
    exact = [one for one in drawn if not any(isinstance(value, Interval) for value in one.values())]
    facts = [one for one in exact if is_case(toy, one)]
    assert len(facts) >= ROWS
    return facts[:ROWS]


def is_case(toy, answers):
    try:
        read_facts(toy, answers)
    except Problems:
        return False
    return True


def as_text(random, toy, answers):
    """Answers as the cells of a table, written in the ways that are allowed."""
    cells = {}
    for finding, value in answers.items():
        if isinstance(value, dict):
            said = [choice for choice, answer in value.items() if answer]
            closed = [] if len(value) < len(toy.findings[finding].choices) else ["no_others"]
            cells[finding] = random.choice((";", " ; ")).join([*said, *closed]) or "unknown"
        elif isinstance(value, bool):
            cells[finding] = random.choice(WORDS[value])
        elif isinstance(value, str):
            cells[finding] = random.choice((value, f" {value}"))
        else:
            unit = toy.findings[finding].unit
            cells[finding] = random.choice(
                (f"{value}", f"{value}", f"{value} {unit}" if unit else f"{value}")
            )
    return cells


def csv_line(columns, cells, random):
    stream = io.StringIO()
    quoting = random.choice((csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    csv.writer(stream, lineterminator="", quoting=quoting).writerow([cells.get(name, "") for name in columns])
    return stream.getvalue().encode()


def as_csv(toy, good):
    """Header, lines, and the reason by the index of each broken line."""
    random = Random(1)
    columns = [*COLUMNS, *toy.findings]
    broken = [*BROKEN_CELLS.items(), *BROKEN_LINES.items()]
    lines, reasons = [], {}
    for number, answers in enumerate(good):
        cells = {"case_id": f"c{number}", "note": random.choice(["", "a, b", 'said "so"'])}
        cells |= as_text(random, toy, answers)
        if number % EVERY == EVERY // 2 and len(reasons) < len(broken):
            _, (how, reasons[number]) = broken[len(reasons)]
            if callable(how):
                lines.append(how(csv_line(columns, {"case_id": f"c{number}"}, Random(3))))
                continue
            cells = {"case_id": f"c{number}", **how}
        lines.append(csv_line(columns, cells, random))
    assert len(reasons) == len(broken)
    return ",".join(columns).encode(), lines, reasons


def as_json_lines(toy, good):
    """No header, lines, and the reason by the index of each broken line."""
    broken = [*BROKEN_VALUES.items(), *BROKEN_JSON.items()]
    lines, reasons = [], {}
    for number, answers in enumerate(good):
        how = None
        if number % EVERY == EVERY // 2:
            _, (how, reasons[number]) = broken[len(reasons)]
        facts = how if isinstance(how, dict) else {} if how else answers
        line = json.dumps({"id": f"c{number}", "facts": facts}).encode()
        lines.append(how(line) if callable(how) else line)
    assert len(reasons) == len(broken)
    return b"", lines, reasons


@pytest.mark.parametrize("form, written", [("csv", as_csv), ("jsonl", as_json_lines)])
def test_the_good_rows_come_out_and_each_broken_one_is_named(
    toy, good, tmp_path, capsys, monkeypatch, form, written
):
    head, lines, reasons = written(toy, good)
    source, out, bad = (tmp_path / name for name in (f"in.{form}", "out.jsonl", "bad.jsonl"))
    content = b"\n".join([*([head] if head else []), *lines])
    source.write_bytes(content)
    judged = []
    told = triage.bulk.cases.sources.judged
    monkeypatch.setattr(
        triage.bulk.cases.sources, "judged", lambda kb, raw: judged.append(raw) or told(kb, raw)
    )
    words = ["batch", source, "-o", out, "--rejects", bad, "--detail", "full", "--knowledge", TOY]
    assert run([str(word) for word in words]) == 1
    assert capsys.readouterr().err.endswith(
        f"{ROWS - len(reasons)} assessed, {len(reasons)} rejected, see {bad}\n"
    )

    found = [json.loads(line) for line in out.read_text().splitlines()]
    assert [row["case_id"] for row in found] == [f"c{n}" for n in range(ROWS) if n not in reasons]
    rejected = {row["line"]: row for row in map(json.loads, bad.read_text().splitlines())}
    assert list(rejected) == [number + 1 + bool(head) for number in reasons]
    for number, reason in reasons.items():
        assert reason in rejected[number + 1 + bool(head)]["reason"]
    # Only what is broken, and what was noted, was read as a case of its own.
    noted = 20
    assert len(judged) <= len(reasons) + noted

    assessed = {row["case_id"]: row["assessment"] for row in found}
    for number, line in enumerate(lines):
        alone = b"\n".join([head, line]) if head else line
        (one,) = read_cases(toy, ["-"], form=form, stdin=io.BytesIO(alone))
        if number in reasons:
            assert isinstance(one, Reject)
            assert one.reasons[0] == rejected[number + 1 + bool(head)]["reason"]
        else:
            single = assemble(toy, one.id, one.facts, decide(toy, one.facts))
            assert Assessment.model_validate(assessed[one.id]) == single
