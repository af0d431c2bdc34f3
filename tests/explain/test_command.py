"""``triage explain`` on the command line: one question at a time, on any id, in every layout."""

import pytest

from tests.support import TOY
from triage.cli.main import run

CASE = """
id: b1
facts: {noise_present: present, noise_quality: click, noise_sites: [at_chain, no_others], noise_when: [on_pedalling, no_others],
  brakes_weak: no, motor_fitted: yes, bicycle_age_years: 3}
"""


@pytest.fixture
def explain(tmp_path, capsys):
    path = tmp_path / "case.yaml"
    path.write_text(CASE)

    def running(*args):
        code = run(["explain", str(path), *args, "--knowledge", str(TOY)])
        captured = capsys.readouterr()
        return code, " ".join(captured.out.split()), captured.err

    return running


ASKED = [
    (
        ("--why", "chain_trouble"),
        "Chain trouble fits every criterion that answers and examination can show, and leads.",
    ),
    (("--why", "chain_problem"), "Why: Chain trouble"),
    (
        ("--why", "chain_trouble.a"),
        "met: A. The noise comes from the chain. [1] - because places of the noise: the chain",
    ),
    (("--why", "noise_under_load"), "Noise that comes with pedalling"),
    (("--why", "battery_fire"), "It does not hold with these answers; `--why-not battery_fire` says"),
    (("--why-not", "battery_fire"), "not known: A battery that may catch fire [1] - open: hot battery"),
    (("--why-not", "loose_spokes"), "not known: A. A wheel is out of true. [1]"),
    (("--why-not", "chain_trouble"), "Nothing: every condition is met and nothing speaks against it."),
    (("--why", "solvents.rash"), "Solvents bring the rash back"),
    (("--why", "adult"), "Why:"),
    (("--what-if", "battery_hot=yes"), "danger rule that would hold: A battery that may catch fire"),
    (
        ("--what-if", "noise_quality=squeak", "--what-if", "brakes_weak=unknown"),
        "kind of noise: a squeak (answered: a click)",
    ),
    (("--what-if", "owns_lamp_oil=yes"), "Nothing of this would change."),
    (
        ("--why", "chain_oil"),
        "Documented for Chain trouble, While it is still new. - Oil helps new chains. [1]",
    ),
    (("--why-not", "chain_oil"), "no reason against it is known to apply"),
    (("--why-not", "spoke_truing"), "Loose spokes, which does not lead"),
    ((), "Emergency; Chain trouble leads: - hot battery: yes"),
]


@pytest.mark.parametrize("args, words", ASKED, ids=[" ".join(row[0]) or "changes" for row in ASKED])
def test_an_answer_to_each_question(explain, args, words):
    code, out, err = explain(*args)
    assert (code, err) == (0, "")
    assert words in out
    assert "Not a medical device" in out


WRONG = [
    (("--why", "chain_truble"), "nothing is called `chain_truble`\n  hint: did you mean `chain_trouble`?"),
    (("--why-not", "nothing_such"), "nothing is called `nothing_such`"),
    (("--what-if", "battery_hot"), "`battery_hot` has no value\n  hint: write finding=value"),
    (("--what-if", "batery_hot=yes"), "unknown finding `batery_hot`"),
    (("--why", "adult", "--why-not", "adult"), "one question at a time"),
]


@pytest.mark.parametrize("args, message", WRONG, ids=[" ".join(row[0]) for row in WRONG])
def test_a_wrong_question_is_one_error(explain, args, message):
    code, out, err = explain(*args)
    assert code in (1, 2)
    assert out == ""
    assert message in err and "Traceback" not in err


def test_a_change_that_contradicts_another_answer_is_refused(explain):
    code, _, err = explain("--what-if", "motor_fitted=no", "--what-if", "battery_hot=yes")
    assert code == 1
    assert "does not fit with" in err


@pytest.mark.parametrize("format, start", [("markdown", "# Why: Chain trouble"), ("html", "<!doctype html>")])
def test_other_layouts(explain, format, start):
    code, out, _ = explain("--why", "chain_trouble", "--format", format)
    assert code == 0
    assert out.startswith(start)
