"""Names that point nowhere, at two things, or at something of another kind."""

import pytest

CHAIN = "disorders/drivetrain/chain_trouble.yaml"
DRY = "disorders/drivetrain/dry_chain.yaml"
SPOKES = "disorders/wheels/loose_spokes.yaml"
CRASH = "disorders/wheels/crash_damage.yaml"
RIM = "red_flags/rim_about_to_fail.yaml"
OIL = "treatments/chain_oil.yaml"
NOISE = "findings/noise.yaml"
PICTURES = "patterns/pictures.yaml"

# file, what stands there, what is written instead, message, hint
BROKEN = [
    (
        RIM,
        "ref: bicycle_handbook",
        "ref: bicycle_handbok",
        "unknown source `bicycle_handbok`",
        "did you mean `bicycle_handbook`? A new one belongs into sources.yaml first.",
    ),
    (
        DRY,
        "parent: chain_trouble",
        "parent: chain_troubel",
        "unknown disorder `chain_troubel`",
        "did you mean `chain_trouble`?",
    ),
    (
        DRY,
        "parent: chain_trouble",
        "parent: chain_trouble\nnerve_by_definition: true",
        "`nerve_by_definition` needs a `nerve`",
        "",
    ),
    (DRY, "parent: chain_trouble", "parent: dry_chain", "`dry_chain` is itself a member of a family", ""),
    (CRASH, "combines: [chain_trouble,", "combines: [nothing_such,", "unknown disorder `nothing_such`", ""),
    (
        CHAIN,
        "disorder: loose_spokes",
        "disorder: loose_spoke",
        "unknown disorder `loose_spoke`",
        "did you mean `loose_spokes`?",
    ),
    (
        CHAIN,
        "findings: [clicks_per_turn,",
        "findings: [clicks_per_tur,",
        "unknown finding `clicks_per_tur`",
        "did you mean `clicks_per_turn`?",
    ),
    (CHAIN, "aliases: [chain_problem]", "aliases: [dry_chain]", "the alias `dry_chain` is already taken", ""),
    (
        OIL,
        "caveat_sets: [solvents]",
        "caveat_sets: [solvent]",
        "unknown caveat set `solvent`",
        "did you mean `solvents`?",
    ),
    (
        OIL,
        "disorder: dry_chain",
        "disorder: dry_chains",
        "unknown disorder `dry_chains`",
        "did you mean `dry_chain`?",
    ),
    (OIL, "- id: chain_trouble", "- id: dry_chain", "the path id `dry_chain` is used twice", ""),
    (NOISE, "  range: [0, 50]\n", "", "`range` is missing", "state the lowest and highest answer allowed"),
    (NOISE, "of: noise", "of: nose", "unknown complaint `nose`", "did you mean `noise`?"),
    (
        RIM,
        "source: {ref: bicycle_handbook, at: chapter 2}",
        "source: bicycle_handbook",
        "`source.0`: expected fields with names, found `bicycle_handbook`",
        "write `{ref: ..., at: ...}`",
    ),
    (DRY, "explains: [noise]", "explains: []", "`explains` is empty", "write at least one entry"),
    (
        DRY,
        "explains: [noise]",
        "explains: noise",
        "`explains`: expected a list, found `noise`",
        "write `[noise]`",
    ),
    (RIM, "about: [wobble,", "about: [woble,", "unknown complaint `woble`", "did you mean `wobble`?"),
    (DRY, "explains: [noise]", "explains: [nose]", "unknown complaint `nose`", "did you mean `noise`?"),
    (DRY, "explains: [noise]", "explains: [person]", "unknown complaint `person`", ""),
    (SPOKES, "about: wobble", "about: woble", "unknown complaint `woble`", "did you mean `wobble`?"),
    (NOISE, "implied: no\n", "implied: none\n", "`implied: none` does not fit its type yes_no", ""),
    (
        NOISE,
        "range: [0, 50]",
        "range: [1, 50]\n  zero: [none]",
        "only a number that can be 0 has words for it",
        "",
    ),
    (PICTURES, "origin: brake", "origin: brakes", "unknown origin `brakes`", "did you mean `brake`?"),
    (
        PICTURES,
        "instead_of: wheel_out_of_true",
        "instead_of: after_a_fall",
        "unknown pattern with an involvement `after_a_fall`",
        "",
    ),
    (PICTURES, "nerve: power", "nerve: powr", "unknown nerve `powr`", "did you mean `power`?"),
    (
        PICTURES,
        "branch: front_area",
        "branch: front",
        "unknown nerve area `front`",
        "did you mean `front_area`?",
    ),
    (
        PICTURES,
        "branch_from: noise_sites",
        "branch_from: noise_when",
        "unknown site finding `noise_when`",
        "did you mean `noise_sites`?",
    ),
    (
        PICTURES,
        "side_from: noise_side",
        "side_from: noise_sid",
        "unknown finding `noise_sid`",
        "did you mean `noise_side`?",
    ),
    (
        "face.yaml",
        "{area: chain_area}",
        "{area: chain}",
        "unknown nerve area `chain`",
        "did you mean `chain_area`?",
    ),
    (
        "face.yaml",
        "      at_handlebar: {}\n",
        "",
        "the choice `at_handlebar` of `noise_sites` has no place",
        "",
    ),
    ("face.yaml", "outline: front_wheel", "outline: wheel_front", "unknown outline `wheel_front`", None),
    (
        "interview.yaml",
        "also: [wobble_speed_kph]",
        "also: [wobble_speed]",
        "unknown finding `wobble_speed`",
        "did you mean `wobble_speed_kph`?",
    ),
    (
        "interview.yaml",
        "[rim_cracked, fell_off,",
        "[rim_cracked, wobble_speed_kph,",
        "`wobble_speed_kph` is not answered yes or no",
        "put it in `also:`",
    ),
    (
        "interview.yaml",
        "complaints: [braking]",
        "complaints: [brakes]",
        "unknown complaint `brakes`",
        "did you mean `braking`?",
    ),
    (
        "interview.yaml",
        "id: sounds,",
        "id: sounds, opened_by: bicycle_age_years > 3,",
        "no overview asks `bicycle_age_years`, which opens `sounds`",
        "put it into a page of `overviews:`",
    ),
    (
        "interview.yaml",
        "topics:\n",
        "basics: [{id: first, title: First, complaint: brakes, findings: [pads_worn]}]\ntopics:\n",
        "unknown complaint `brakes`",
        "did you mean `braking`?",
    ),
    (
        "interview.yaml",
        "topics:\n",
        "overviews: [{id: first, title: First, findings: [pads_wornn]}]\ntopics:\n",
        "unknown finding `pads_wornn`",
        "did you mean `pads_worn`?",
    ),
    (
        "interview.yaml",
        "findings: [pads_worn]",
        "findings: [brakes_grind]",
        "no topic asks this finding",
        "put it into a topic of interview.yaml",
    ),
]


@pytest.mark.parametrize("file, old, new, message, hint", BROKEN)
def test_a_name_that_points_nowhere_is_told_with_the_closest(problems, file, old, new, message, hint):
    told = [one for one in problems({file: (old, new)}) if one.message == message]
    assert told, f"no problem says `{message}`"
    assert hint is None or told[0].hint == hint
    assert told[0].line > 0


def test_a_source_kept_under_another_key_is_named(problems):
    told = problems(
        {
            "sources.yaml": ("wheel_survey:\n", "wheel_survey:\n  also: [wheels_2023]\n"),
            RIM: ("ref: bicycle_handbook", "ref: wheels_2023"),
        }
    )
    assert [(one.message, one.hint) for one in told] == [
        ("unknown source `wheels_2023`", "it is kept as `wheel_survey`")
    ]


def test_a_statement_without_a_source_is_refused(problems):
    (told,) = problems({RIM: ("source: {ref: bicycle_handbook, at: chapter 2}\n", "")})
    assert (told.file, told.rule, told.message) == (RIM, "rim_about_to_fail", "`source` is missing")


def test_a_source_without_a_place_in_it_is_refused(problems):
    (told,) = problems({RIM: ("{ref: bicycle_handbook, at: chapter 2}", "{ref: bicycle_handbook}")})
    assert told.message == "`source.0.at` is missing"


def test_a_judgement_without_a_reason_is_refused(problems):
    (told,) = problems({RIM: ("ref: bicycle_handbook", "ref: project_judgement")})
    assert told.message == "a judgement of the project has no rationale"
    assert told.hint == "say why in `rationale:`"
    reason = "{ref: project_judgement, at: chapter 2}\nrationale: Ours."
    assert not problems({RIM: ("{ref: project_judgement, at: chapter 2}", reason)})


def test_the_judgement_inside_a_statement_needs_its_own_reason(problems):
    told = problems(
        {
            OIL: (
                "about: {text: Oil between the links., source: {ref: bicycle_handbook",
                "about: {text: Oil between the links., source: {ref: project_judgement",
            )
        }
    )
    assert [(one.file, one.message) for one in told] == [(OIL, "a judgement of the project has no rationale")]


def test_an_id_declared_twice_names_both_places(problems):
    told = problems({PICTURES: ("- id: silent", "- id: after_a_fall")})
    both = "bicycle/patterns/pictures.yaml:25:3 and bicycle/patterns/pictures.yaml:30:3"
    assert f"`after_a_fall` is declared twice: {both}" in [one.message for one in told]


@pytest.mark.parametrize(
    "new, message",
    [
        ("fell_off", "`fell_off` is already the name of a finding"),
        ("chain_trouble", "`chain_trouble` is already the name of a pattern"),
    ],
)
def test_one_name_means_one_thing(problems, new, message):
    told = problems({PICTURES: ("- id: silent", f"- id: {new}")})
    assert message in [one.message for one in told]


@pytest.mark.parametrize(
    "old, new, message",
    [
        ("{click: a click,", "{none: a click,", "the choice `none` is a reserved word"),
        ("{click: a click,", "{fell_off: a click,", "the choice `fell_off` is also the name of a finding"),
        ("- id: noise_days", "- id: unknown", "`unknown` is a reserved word"),
    ],
)
def test_words_of_the_language_and_names_of_findings_are_no_choices(problems, old, new, message):
    assert message in [one.message for one in problems({NOISE: (old, new)})]


@pytest.mark.parametrize(
    "name, message", [("a", "the id `a` is used twice"), ("probable", "the id `probable` is used twice")]
)
def test_ids_of_one_disorder_are_unique(problems, name, message):
    assert message in [one.message for one in problems({CHAIN: ("{id: old,", f"{{id: {name},")})]


@pytest.mark.parametrize(
    "name, message",
    [
        ("fell_off", "the criterion `fell_off` is also a finding or pattern"),
        ("silent", "the criterion `silent` is also a finding or pattern"),
    ],
)
def test_a_criterion_is_no_finding_and_no_pattern(problems, name, message):
    assert message in [one.message for one in problems({CHAIN: ("{id: b,", f"{{id: {name},")})]


@pytest.mark.parametrize(
    "old, new, message",
    [
        (
            "{id: d, text: Not better explained otherwise., judgement: true,",
            "{id: d, text: Other., ",
            "`when` is missing",
        ),
        ("judgement: true,", "judgement: true, when: fell_off,", "a judgement has no `when`"),
    ],
)
def test_a_criterion_has_either_an_expression_or_a_judgement(problems, old, new, message):
    assert [one.message for one in problems({CHAIN: (old, new)})] == [message]


def test_codes_of_a_disorder_that_is_not_there_are_refused(problems):
    (told,) = problems({"codes/snomed.yaml": "chain_troubl: 123\n"})
    assert (told.file, told.message) == ("codes/snomed.yaml", "unknown disorder `chain_troubl`")
