"""Expressions that have no meaning where they stand: unknown names, wrong layers, cycles."""

import pytest

PICTURES = "patterns/pictures.yaml"
CHAIN = "disorders/drivetrain/chain_trouble.yaml"
RIM = "red_flags/rim_about_to_fail.yaml"
OIL = "treatments/chain_oil.yaml"


def test_an_unknown_finding_has_file_line_column_and_the_closest_name(problems):
    (told,) = problems(
        {PICTURES: ("    and not (on_coasting in noise_when)", "    and not (on_coasting in noise_wen)")}
    )
    assert (told.file, told.line, told.column) == (PICTURES, 5, 29)
    assert (told.rule, told.message) == ("noise_under_load", "unknown finding or rule `noise_wen`")
    assert told.hint == "did you mean `noise_when`?"


def test_the_column_of_a_one_line_expression_counts_from_its_line(problems):
    (told,) = problems({RIM: ("axle_moves and", "axle_mvoes and")})
    text = "when: rim_cracked or (axle_mvoes"
    assert (told.file, told.line, told.column) == (RIM, 5, text.index("axle") + 1)
    assert told.rule == "rim_about_to_fail.when"


@pytest.mark.parametrize(
    "file, old, new, message",
    [
        (PICTURES, "fall_days <= 30", "fall_days <= often", "`fall_days` is a number and cannot be `often`"),
        (
            PICTURES,
            "pads_worn in (thin, gone)",
            "pads_worn in (thin, lost)",
            "`pads_worn` has no choice `lost`",
        ),
        (PICTURES, "brakes_weak and", "brakes_weak == yes and", "`brakes_weak` is answered yes or no"),
        (
            CHAIN,
            "noise_quality in (click, grind)",
            "noise_quality",
            "`noise_quality` has choices and needs one of them",
        ),
    ],
)
def test_what_does_not_fit_the_finding_is_refused(problems, file, old, new, message):
    assert [one.message for one in problems({file: (old, new)})] == [message]


def test_a_comment_inside_an_expression_of_several_lines_is_refused(problems):
    (told,) = problems(
        {PICTURES: ("    on_pedalling in noise_when", "    on_pedalling in noise_when # first")}
    )
    assert told.message == "a comment has no place inside an expression"


WRONG_LAYER = [
    (PICTURES, "when: fell_off and", "when: chain_trouble and", "unknown finding or rule `chain_trouble`"),
    (PICTURES, "when: fell_off and", "when: battery_fire and", "unknown finding or rule `battery_fire`"),
    (RIM, "rim_cracked or", "chain_trouble or", "unknown finding or rule `chain_trouble`"),
    (RIM, "rim_cracked or", "battery_fire or", "unknown finding or rule `battery_fire`"),
    (
        CHAIN,
        "when: noise_under_load",
        "when: rim_about_to_fail",
        "unknown finding or rule `rim_about_to_fail`",
    ),
    (CHAIN, "when: noise_under_load", "when: probable", "unknown finding or rule `probable`"),
    (CHAIN, "when: noise_under_load", "when: d", "unknown finding or rule `d`"),
    (CHAIN, "possible: a", "possible: a and kept_outside", "unknown finding or rule `kept_outside`"),
    (CHAIN, "possible: a", "possible: a or silent", "unknown finding or rule `silent`"),
    (CHAIN, "possible: a", "possible: a or old", "unknown finding or rule `old`"),
    (OIL, "when: worn_brakes", "when: chain_trouble", "unknown finding or rule `chain_trouble`"),
    ("interview.yaml", "when: fell_off", "when: after_a_fall", "unknown finding or rule `after_a_fall`"),
    ("interview.yaml", "present: wobble_present", "present: silent", "unknown finding or rule `silent`"),
    (
        "findings/noise.yaml",
        "asked_when: noise_quality == click",
        "asked_when: silent",
        "unknown finding or rule `silent`",
    ),
]


@pytest.mark.parametrize("file, old, new, message", WRONG_LAYER)
def test_a_layer_names_lower_layers_only(problems, file, old, new, message):
    (told,) = problems({file: (old, new)})
    assert (told.file, told.message) == (file, message)


def test_two_findings_are_compared_in_contradictions_only(problems):
    (told,) = problems({PICTURES: ("fall_days <= 30", "fall_days <= bicycle_age_years")})
    assert told.message == "two findings are compared in contradictions only"


def test_patterns_that_rest_on_each_other_are_refused_with_the_circle(problems):
    (told,) = problems(
        {PICTURES: ("when: fell_off and fall_days <= 30", "when: fell_off and ring")}
        | {
            "patterns/ring.yaml": "- {id: ring, label: Ring, when: after_a_fall or silent, "
            "source: {ref: wheel_survey, at: x}}\n"
        }
    )
    assert told.message == "depends on itself: after_a_fall -> ring -> after_a_fall"
    assert told.hint == "layers go one way only"


def test_criteria_that_rest_on_each_other_are_refused(problems):
    (told,) = problems({CHAIN: ("when: noise_under_load", "when: b or a")})
    assert told.message == "depends on itself: chain_trouble.b -> chain_trouble.b"


def test_guards_that_rest_on_each_other_are_refused(problems):
    quality = "choices: {click: a click, grind: a grinding, squeak: a squeak}"
    (told,) = problems({"findings/noise.yaml": (quality, f"{quality}\n  asked_when: clicks_per_turn > 1")})
    assert told.message == "depends on itself: noise_quality -> clicks_per_turn -> noise_quality"


@pytest.mark.parametrize("style", [">", ">-"])
def test_a_folded_expression_is_refused(problems, style):
    (told,) = problems({PICTURES: ("when: |\n    on_pedalling", f"when: {style}\n    on_pedalling")})
    assert told.message == "`when` runs over several lines"
    assert told.hint == "use | for an expression of several lines"
