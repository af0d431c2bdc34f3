"""The expression language: what it reads, what it prints, and every mistake with its place and hint."""

import pytest

from triage.errors import ExpressionError, Place
from triage.logic import FindingType, Ref, Scope, Term, parse, to_text

TERMS = [
    Term("attack_seconds", FindingType.NUMBER),
    Term("onset_age_years", FindingType.NUMBER),
    Term("age_years", FindingType.NUMBER),
    Term("triggers", FindingType.ANY_OF, ("touch", "chewing", "wind")),
    Term("pain_side", FindingType.ONE_OF, ("left", "right", "both")),
    Term("numb", FindingType.YES_NO),
    Term("weak", FindingType.YES_NO),
]
SCOPE = Scope({term.name: term for term in TERMS}, {"brief_pain": "brief_pain", "a": "some_disorder.a"})

READ = """
    attack_seconds <= 120                    => attack_seconds <= 120
    120 >= attack_seconds                    => attack_seconds <= 120
    1 <= attack_seconds <= 120               => attack_seconds >= 1 and attack_seconds <= 120
    attack_seconds == -1.5                   => attack_seconds == -1.5
    pain_side == left                        => pain_side == left
    pain_side != left                        => not pain_side == left
    pain_side in (left, right)               => pain_side in (left, right)
    touch in triggers                        => touch in triggers
    none in triggers                         => none in triggers
    not numb                                 => not numb
    numb and not (weak or brief_pain)        => numb and not (weak or brief_pain)
    (numb and weak) and brief_pain           => (numb and weak) and brief_pain
    at_least(2, numb, weak, touch in triggers) => at_least(2, numb, weak, touch in triggers)
"""


@pytest.mark.parametrize("line", READ.strip().splitlines())
def test_reading_and_printing(line):
    text, printed = (part.strip() for part in line.split("=>"))
    expr = parse(text, SCOPE)
    assert to_text(expr) == printed
    assert parse(printed, SCOPE) == expr


def test_a_criterion_is_known_by_its_full_id_and_printed_by_its_letter():
    expr = parse("a and numb", SCOPE)
    assert Ref("some_disorder.a") in expr.args
    assert to_text(expr, scope="some_disorder") == "a and numb"


MISTAKES = [
    ("attack_secs <= 120", 10, "unknown finding or rule `attack_secs`", "did you mean `attack_seconds`?"),
    ("touch", 10, "`touch` is a choice, not a finding or rule", "write `touch in triggers`"),
    ("left", 10, "`left` is a choice, not a finding or rule", "write `pain_side == left`"),
    (
        "numb and attack_seconds",
        19,
        "`attack_seconds` is a number and needs a comparison",
        "for example `attack_seconds >= 1`",
    ),
    ("pain_side", 10, "`pain_side` has choices and needs one of them", "for example `pain_side == left`"),
    (
        "triggers",
        10,
        "`triggers` is a list of choices and needs one of them",
        "for example `touch in triggers`",
    ),
    ("pain_side == lft", 23, "`pain_side` has no choice `lft`", "did you mean `left`?"),
    ("attack_seconds == left", 28, "`attack_seconds` is a number and cannot be `left`", ""),
    ("numb == True", 18, "`True` is neither a number nor a choice", "choices are bare words"),
    ("numb >= 3", 10, "`numb` is no number and cannot be compared with 3", ""),
    ("pain_side < left", 10, "choices of `pain_side` have no order", "use == or in (...)"),
    ("touch == triggers", 10, "unknown finding or rule `touch`", None),
    ("pain_side in (left,)", 23, "give two or more different choices in brackets", "for one choice use =="),
    ("left in pain_side", 18, "`pain_side` has one answer", "write `pain_side == choice`"),
    ("age_years >= onset_age_years", 23, "two findings are compared in contradictions only", ""),
    (
        "at_least(3, numb, weak)",
        10,
        "at_least needs a whole number from 1 to the number of its conditions",
        "",
    ),
    ("at_least(1, numb, numb)", 10, "at_least names a condition twice", ""),
    (
        "at_least(1, at_least(1, numb), weak)",
        10,
        "at_least stands inside at_least",
        "make the inner one a pattern",
    ),
    ("sometimes(numb)", 10, "`sometimes(...)` is not known", "the only function is at_least(n, ...)"),
    ("numb + weak", 10, "`numb + weak` is not part of the expression language", None),
    ("numb and", 17, "the expression ends too early", None),
    ("numb or or weak", 18, "the expression cannot be read", None),
    ("5", 10, "`5` alone is not a condition", "compare a finding with it"),
    ("numb # why", 10, "a comment has no place inside an expression", None),
    ("numb and “weak”", 10, "the character `“` has no place in an expression", None),
    ("brief_pain == left", 10, "`brief_pain` is a rule and is not compared", "write its name alone"),
    (
        "pain_side not in (left, right)",
        10,
        "`pain_side not in (left, right)` uses an operator that is not allowed",
        "put `not` before it",
    ),
]


@pytest.mark.parametrize("text, column, message, hint", MISTAKES, ids=[entry[0] for entry in MISTAKES])
def test_a_mistake_has_its_place_and_a_hint(text, column, message, hint):
    with pytest.raises(ExpressionError) as caught:
        parse(text, SCOPE, Place("rules/x.yaml", 7, 10))
    error = caught.value
    if text == "touch == triggers":
        assert error.message == "`touch` is a choice, not a finding or rule"
        return
    assert error.message == message
    assert (error.place.line, error.place.column) == (7, column)
    assert hint is None or error.hint == hint


def test_a_mistake_in_a_later_line_is_reported_there():
    with pytest.raises(ExpressionError) as caught:
        parse("numb\nor wek", SCOPE, Place("x.yaml", 3, 5), indent=4)
    assert (caught.value.place.line, caught.value.place.column) == (4, 8)
    assert caught.value.hint == "did you mean `weak`?"


@pytest.mark.parametrize(
    "text", ["(" * 60 + "numb" + ")" * 60, "not " * 300 + "numb", "numb or " * 2000 + "numb"]
)
def test_what_is_too_deep_or_too_long_is_refused_before_it_is_parsed(text):
    with pytest.raises(ExpressionError, match=r"deep|characters"):
        parse(text, SCOPE)


def test_two_findings_compare_where_pairs_are_allowed():
    scope = Scope(SCOPE.vocabulary, {}, pairs=True)
    assert to_text(parse("onset_age_years <= age_years", scope)) == "onset_age_years <= age_years"


@pytest.mark.parametrize(
    "text",
    [
        "attack_seconds > " + "-" * 9000 + "1",
        "attack_seconds > " + "1+" * 4400 + "1",
        "numb" + "()" * 4000,
        "lambda:" * 1200 + "1",
    ],
    ids=["signs", "sums", "calls", "functions"],
)
def test_what_is_deep_without_brackets_is_an_ordinary_mistake(text):
    with pytest.raises(ExpressionError, match="nested more than 50 deep") as caught:
        parse(text, SCOPE, Place("x.yaml", 7, 10))
    assert caught.value.place == Place("x.yaml", 7, 10)


@pytest.mark.parametrize("number", ["1e999", "-1e999", "9" * 400])
def test_a_number_that_not_every_engine_can_hold_is_refused(number):
    with pytest.raises(ExpressionError, match="a number compared with `attack_seconds` is too large"):
        parse(f"attack_seconds > {number}", SCOPE)
