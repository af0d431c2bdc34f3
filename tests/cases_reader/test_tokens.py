"""Single answers: what is read as what, and what is refused."""

import json
import math

import pytest

from triage.cases import read_answer
from triage.cases.units import accepted_units
from triage.errors import CaseError
from triage.logic import Interval

READ = """
    fell_off          | yes                    | true
    fell_off          | NO                     | false
    fell_off          | True                   | true
    fell_off          | " false "              | false
    fell_off          | true                   | true
    fell_off          | Unknown                | null
    rider_age_years   | 57                     | 57
    rider_age_years   | "57"                   | 57
    rider_age_years   | 57.0                   | 57
    rider_age_years   | 24 months              | 2
    rider_age_years   | UNKNOWN                | null
    owned_years       | 1.5                    | 1.5
    owned_years       | 6 months               | 0.5
    noise_days        | 2 weeks                | 14
    noise_days        | 2weeks                 | 14
    noise_days        | 36 h                   | 1.5
    noise_days        | 90 min                 | 0.0625
    noise_days        | 3 Days                 | 3
    fall_days         | 1 year                 | 365
    noise_days        | 1 month                | 30
    noise_days        | 0.5 months             | 15
    wobble_speed_kph  | 30 km/h                | 30
    noise_side        | left                   | "left"
    noise_side        | unknown                | null
    noise_when        | on_braking             | {"on_braking": true}
    noise_when        | on_braking;on_coasting | {"on_braking": true, "on_coasting": true}
    noise_when        | on_braking; no_others  | {"on_pedalling": false, "on_braking": true, "on_coasting": false}
    noise_when        | none                   | {"on_pedalling": false, "on_braking": false, "on_coasting": false}
    noise_when        | ["none"]               | {"on_pedalling": false, "on_braking": false, "on_coasting": false}
    noise_when        | ["on_braking"]         | {"on_braking": true}
    noise_when        | {"on_braking": "no"}   | {"on_braking": false}
    noise_when        | {"on_braking": "unknown", "on_coasting": true} | {"on_coasting": true}
    noise_when        | {"on_braking": "unknown"} | null
    noise_when        | unknown                | null
"""

REFUSED = """
    fell_off          | 1                   | `fell_off`: `1` is not an answer | answer yes, no or unknown
    fell_off          | y                   | `fell_off`: `y` is not an answer | answer yes, no or unknown
    fell_off          | ["yes"]             | `fell_off`: `[yes]` is not an answer | answer yes, no or unknown
    rider_age_years   | true                | `rider_age_years`: `yes` is not a number | give a number from 0 to 120 years, or what is known of it: `2 to 5`, `under 5`, `over 5`
    rider_age_years   | about 50            | `rider_age_years`: `about 50` is not a number | give a number from 0 to 120 years, or what is known of it: `2 to 5`, `under 5`, `over 5`
    rider_age_years   | "1e1"               | `rider_age_years`: `1e1` is not a number | give a number from 0 to 120 years, or what is known of it: `2 to 5`, `under 5`, `over 5`
    rider_age_years   | +5                  | `rider_age_years`: `+5` is not a number | give a number from 0 to 120 years, or what is known of it: `2 to 5`, `under 5`, `over 5`
    rider_age_years   | 5,5                 | `rider_age_years`: `5,5` is not a number | give a number from 0 to 120 years, or what is known of it: `2 to 5`, `under 5`, `over 5`
    rider_age_years   | .5                  | `rider_age_years`: `.5` is not a number | give a number from 0 to 120 years, or what is known of it: `2 to 5`, `under 5`, `over 5`
    rider_age_years   | nan                 | `rider_age_years`: `nan` is not a number | give a number from 0 to 120 years, or what is known of it: `2 to 5`, `under 5`, `over 5`
    rider_age_years   | 121                 | `rider_age_years`: `121` is outside 0 to 120 years |
    rider_age_years   | -1                  | `rider_age_years`: `-1` is outside 0 to 120 years |
    rider_age_years   | 57.5                | `rider_age_years`: `57.5` is not a whole number | count whole years
    rider_age_years   | 50 km               | `rider_age_years`: `50 km` has the unit `km`, which does not fit | give it in years
    wobble_speed_kph  | 30 mph              | `wobble_speed_kph`: `30 mph` has the unit `mph`, which does not fit | give it in km/h
    bearing_celsius   | 101.3               | `bearing_celsius`: `101.3` is outside 25 to 45 celsius | 101.3 looks like degrees Fahrenheit; 101.3 F is 38.5 C
    bearing_celsius   | 101.3 F             | `bearing_celsius`: `101.3 F` is in degrees Fahrenheit, and the finding in degrees Celsius | 101.3 F is 38.5 C
    bearing_celsius   | 300                 | `bearing_celsius`: `300` is outside 25 to 45 celsius |
    noise_days        | 5 to 2              | `noise_days`: `5 to 2` does not go up | give the smaller number first, or one number
    noise_days        | 2 to 2              | `noise_days`: `2 to 2` does not go up | give the smaller number first, or one number
    noise_days        | 2 to 3 km           | `noise_days`: `2 to 3 km` has the unit `km`, which does not fit | give it in days
    noise_days        | under a week        | `noise_days`: `under a week` is not a number | give a number from 0 to 10000 days, or what is known of it: `2 to 5`, `under 5`, `over 5`
    noise_days        | {"most": -1}        | `noise_days`: `-1` is outside 0 to 10000 days |
    noise_days        | {"from": 1}         | `noise_days`: `{...}` is no interval | give `least` or `most` or both
    rider_age_years   | over 120            | `rider_age_years`: `over 120` is outside 0 to 120 years |
    rider_age_years   | 20 to 30.5          | `rider_age_years`: `20 to 30.5` is not a whole number | count whole years
    noise_side        | lef                 | `noise_side` has no choice `lef` | did you mean `left`?
    noise_side        | Left                | `noise_side` has no choice `Left` | did you mean `left`?
    noise_side        | both                | `noise_side` has no choice `both` | its choices are left, right
    noise_side        | ["left"]            | `noise_side`: `[left]` is a list | name one of left, right
    noise_side        | true                | `noise_side`: `yes` is not a choice | its choices are left, right
    noise_when        | on_brakin           | `noise_when` has no choice `on_brakin` | did you mean `on_braking`?
    noise_when        | on_braking;none     | `noise_when`: `[on_braking, none]` has `none` beside other choices | write `none` alone, or name what is present
    noise_when        | ["on_braking", "unknown"] | `noise_when`: `[on_braking, unknown]` has `unknown` beside other choices | unnamed choices are unknown anyway
    noise_when        | ["on_braking", "on_braking"] | `noise_when`: `[on_braking, on_braking]` names `on_braking` twice | name each choice once
    noise_when        | []                  | `noise_when`: `[]` is empty | write `none` if none is present, or leave the finding out
    noise_when        | {"on_braking": "maybe"} | `noise_when.on_braking`: `maybe` is not an answer | answer yes, no or unknown
    noise_when        | true                | `noise_when`: `yes` is not a list of choices | its choices are on_pedalling, on_braking, on_coasting
"""


INTERVALS = """
    noise_days        | 2 to 3              | 2 to 3
    noise_days        | 2-3 weeks           | 14 to 21
    noise_days        | 12 h \u2013 2 days      | 0.5 to 2
    noise_days        | 1 to 2 months       | 30 to 61
    noise_days        | under 2 weeks       | under 14
    noise_days        | <2 weeks            | under 14
    noise_days        | Less than 3         | under 3
    noise_days        | at most 3           | at most 3
    noise_days        | up to 3 days        | at most 3
    noise_days        | <= 3                | at most 3
    noise_days        | over 3 months       | over 91
    noise_days        | more than 3         | over 3
    noise_days        | > 3                 | over 3
    noise_days        | from 3 days         | at least 3
    noise_days        | >= 3                | at least 3
    noise_days        | {"least": 2, "most": "1 week"} | 2 to 7
    noise_days        | {"least": 2}        | at least 2
    noise_days        | {"least": "unknown", "most": 7} | at most 7
    noise_days        | {"least": "unknown"} | None
    rider_age_years   | under 12            | at most 11
    rider_age_years   | over 50             | at least 51
    rider_age_years   | 50 to 60            | 50 to 60
"""


def table(text):
    for line in text.strip().splitlines():
        yield tuple(cell.strip() for cell in line.split(" |"))


def raw(text):
    """JSON where it is JSON, else the text itself."""
    try:
        return json.loads(text)
    except ValueError:
        return text


@pytest.mark.parametrize("finding, answer, value", list(table(READ)))
def test_an_answer_is_read(toy, finding, answer, value):
    assert read_answer(toy.findings[finding], raw(answer)) == json.loads(value)


@pytest.mark.parametrize("finding, answer, told", list(table(INTERVALS)))
def test_a_number_known_roughly_is_an_interval(toy, finding, answer, told):
    """Where only whole numbers count, one end told without itself ends at the next of them."""
    assert str(read_answer(toy.findings[finding], raw(answer))) == told


@pytest.mark.parametrize(
    "finding, answer", [(finding, answer) for finding, answer, told in table(INTERVALS) if told != "None"]
)
def test_an_interval_that_was_read_is_read_again_as_it_is(toy, finding, answer):
    """So that the facts of a case may be given to ``triage.assess``."""
    read = read_answer(toy.findings[finding], raw(answer))
    assert read_answer(toy.findings[finding], read) == read


def test_an_interval_beyond_the_range_of_the_finding_is_refused(toy):
    with pytest.raises(CaseError, match="`5 to 500` is outside"):
        read_answer(toy.findings["rider_age_years"], Interval(5, 500))


@pytest.mark.parametrize("finding, answer, message, hint", [(*row, "")[:4] for row in table(REFUSED)])
def test_an_answer_is_refused_with_a_hint(toy, finding, answer, message, hint):
    with pytest.raises(CaseError) as caught:
        read_answer(toy.findings[finding], raw(answer))
    assert (caught.value.message, caught.value.hint) == (message, hint)
    assert caught.value.finding == finding


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf, 10**400])
def test_a_number_that_is_not_finite_is_refused(toy, number):
    with pytest.raises(CaseError, match="is not a finite number"):
        read_answer(toy.findings["owned_years"], number)


def test_a_long_answer_is_shortened_in_the_message(toy):
    with pytest.raises(CaseError) as caught:
        read_answer(toy.findings["noise_side"], "x" * 5000 + "\n")
    assert len(caught.value.message) < 120


def test_a_converted_number_is_whole_where_the_finding_counts(toy):
    finding = toy.findings["rider_age_years"]
    assert read_answer(finding, "24 months") == 2
    with pytest.raises(CaseError, match="whole"):
        read_answer(finding, "18 months")


def test_units_convert_by_whole_numbers_so_that_every_engine_agrees():
    assert accepted_units("seconds")["min"] == (60, 1)
    assert accepted_units("s") == accepted_units("seconds")
    assert accepted_units("mm")["cm"] == (10, 1)
    assert accepted_units("mg/L") == {"mg/l": (1, 1)}
    assert accepted_units(None) == {}


@pytest.mark.parametrize(
    "finding, answer, value",
    [
        ("newest_sign_days", "12 hours", 0.5),
        ("movement_days", 0.5, 0.5),
        ("attack_seconds", 1.5, 1.5),
        ("age_years", "6 months", 0.5),
        ("movement_attacks_per_day", 0.25, 0.25),
        ("pain_days", "1 month", 30),
        ("earlier_stroke_months", "1 year", 12),
    ],
)
def test_what_is_measured_may_be_a_fraction(kb, finding, answer, value):
    assert read_answer(kb.findings[finding], answer) == value


def test_what_is_counted_may_not(kb):
    with pytest.raises(CaseError, match="is not a whole number"):
        read_answer(kb.findings["attacks_count"], 2.5)


class CountedWord(str):
    """A word that counts how often it is compared with another."""

    __hash__ = str.__hash__
    compared = 0

    def __eq__(self, other):
        CountedWord.compared += 1
        return str.__eq__(self, other)

    def strip(self):
        return self


def test_a_long_list_is_searched_once_for_words_that_stand_twice(toy):
    words = [CountedWord("at_chain") for _ in range(500)]
    with pytest.raises(CaseError, match="names `at_chain` twice"):
        read_answer(toy.findings["noise_sites"], words)
    assert CountedWord.compared < 20 * len(words)
