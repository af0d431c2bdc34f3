"""The runner of rule cases: every kind of expectation, kept and broken."""

import pytest

from triage.errors import Problems
from triage.workbench import rule_case_files, run_file

NOISE = "noise_present: present, noise_sites: [at_chain], noise_quality: click"


@pytest.fixture
def ran(toy, tmp_path):
    """What the runner says of one case, as text without place and name."""

    def running(facts, expect):
        path = tmp_path / "x.yaml"
        path.write_text(f"- name: the case\n  facts: {{{facts}}}\n  expect: {{{expect}}}\n")
        result = run_file(toy, path, shown="x.yaml")
        assert all(str(one.place).startswith("x.yaml:") for one in result.failures)
        return [f"{one.message} | {one.hint}" if one.hint else one.message for one in result.failures]

    return running


@pytest.mark.parametrize(
    "expect",
    [
        "holds: chain_trouble.a",
        "holds: [chain_trouble.a, chain_trouble.possible, complaint.noise]",
        "unknown: [rim_about_to_fail, chain_trouble.b]",
        "fails: dry_chain.b",
        "urgency: routine",
        "leading: chain_trouble",
        "not_leading: [crash_damage, dry_chain]",
        "grade: {chain_trouble: possible, dry_chain: undetermined}",
        "modality: undetermined",
    ],
)
def test_what_follows_is_no_failure(ran, expect):
    assert ran(NOISE, expect) == []


def test_unless_counts_when_an_urgency_rule_is_expected_to_fail(toy, ran):
    for name, rule in toy.urgency_rules.items():
        assert ran("fell_off: yes", f"holds: {name}") or ran("fell_off: yes", f"fails: {name}"), rule


@pytest.mark.parametrize(
    "expect, failure",
    [
        (
            "holds: dry_chain.b",
            "`dry_chain.b` fails, expected that it holds | it stands in bicycle/disorders/",
        ),
        (
            "fails: rim_about_to_fail",
            "`rim_about_to_fail` is unknown, expected that it fails | it stands in bicycle/red_flags/",
        ),
        (
            "holds: rim_about_to_fal",
            "no rule is called `rim_about_to_fal` | did you mean `rim_about_to_fail`?",
        ),
        ("urgency: emergency", "urgency is routine, expected emergency | because of no rule"),
        (
            "leading: crash_damage",
            "leading is chain_trouble, expected crash_damage | first come chain_trouble (possible, fit ",
        ),
        ("leading: none", "leading is chain_trouble, expected none"),
        ("leading: dry_chain", "leading is chain_trouble, expected dry_chain | first come "),
        ("leading: chain_troubl", "no disorder is called `chain_troubl` | did you mean `chain_trouble`?"),
        ("not_leading: chain_trouble", "`chain_trouble` leads, expected that it does not"),
        (
            "grade: {chain_trouble: probable}",
            "`chain_trouble` is possible, expected probable | criteria: a true",
        ),
        ("grade: {none: probable}", "no disorder is called `none`"),
        ("fits: none", "no disorder is called `none`"),
        ("modality: motor", "modality is undetermined, expected motor | because of no pattern"),
        ("leadin: chain_trouble", "`leadin` cannot be expected | did you mean `leading`?"),
        ("urgency: soon", "`urgency`: `soon` is not known | write "),
        ("", "`expect` is empty | write one of "),
    ],
)
def test_what_does_not_follow_is_one_failure(ran, expect, failure):
    (found,) = ran(NOISE, expect)
    assert found.startswith(failure)


def test_facts_are_validated_as_in_a_case_file(ran):
    (found,) = ran("fel_off: yes", "urgency: routine")
    assert found == "unknown finding `fel_off` | did you mean `fell_off`?"


def test_a_bad_case_does_not_hide_the_others(toy, tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text(
        "- facts: {}\n- {name: a, expect: {urgency: emergency}}\n- {name: b, fact: {}, expect: {urgency: routine}}\n"
    )
    result = run_file(toy, path)
    assert [(one.place.line, one.case) for one in result.failures] == [
        (1, "cannot be read"),
        (2, "a"),
        (3, "b"),
    ]
    assert result.cases == 1


def test_a_file_that_is_no_list_is_a_failure(toy, tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text("name: a")
    (failure,) = run_file(toy, path).failures
    assert failure.message == "expected a list of rule cases"


def test_a_file_says_which_truths_it_asserts(toy, tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text(
        "- {name: a, facts: {rim_cracked: yes}, expect: {holds: rim_about_to_fail, unknown: [battery_fire]}}"
    )
    assert {(rule, str(truth)) for rule, truth in run_file(toy, path).asserted} == {
        ("rim_about_to_fail", "true"),
        ("battery_fire", "unknown"),
    }


def test_files_are_found_below_a_folder(tmp_path):
    (tmp_path / "b").mkdir()
    for name in ("b/x.yaml", "a.yaml", "b/.hidden.yaml", "c.txt"):
        (tmp_path / name).write_text("")
    assert [path.relative_to(tmp_path).as_posix() for path in rule_case_files(tmp_path)] == [
        "a.yaml",
        "b/x.yaml",
    ]


def test_a_folder_that_is_not_looked_into_is_told(tmp_path):
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "a.yaml").write_text("")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "cases" / "more").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Problems, match=r"more: is a link to a folder elsewhere"):
        rule_case_files(tmp_path / "cases")


SQUEAK = "noise_present: present, noise_sites: [at_chain], noise_quality: squeak"


@pytest.mark.parametrize(
    "facts, hint",
    [
        (
            f"{SQUEAK}, noise_days: 3, wobble_present: yes, brakes_weak: yes, brakes_grind: yes",
            "these danger signs end care at home: `brakes_grind` (read by brakes_failing)",
        ),
        (SQUEAK, "`chain_trouble.self_care_when` does not hold or is not written"),
        ("fell_off: no", "no disorder leads"),
    ],
)
def test_what_keeps_a_case_from_care_at_home_is_named(ran, facts, hint):
    (failure,) = ran(facts, "urgency: self_care")
    assert failure.startswith("urgency is routine, expected self_care | ") and hint in failure
