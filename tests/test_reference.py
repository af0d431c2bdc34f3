"""The generated pages answer what a reader who sees nothing else asks: what, why, how urgent, what helps, who says so."""

import re
from pathlib import Path

import jsonschema
import pytest

from tests.support import TOY
from tools.conditions import condition
from tools.markdown import Page, escape, link
from tools.reference import pages
from tools.schemas import FILES, schemas
from triage.knowledge.yaml_reader import read_yaml
from triage.models import Cite


@pytest.fixture(scope="module")
def book(toy):
    return dict(pages(toy))


def test_every_disorder_danger_rule_and_treatment_has_a_page_and_a_line_in_the_index(toy, book):
    names = {f"disorders/{name}.md" for name in toy.disorders}
    names |= {f"red_flags/{name}.md" for name in toy.urgency_rules}
    names |= {f"treatments/{name}.md" for name in toy.treatments}
    assert set(book) == {*names, "README.md"}
    assert all(f"({name})" in book["README.md"] for name in names)


def test_pages_are_the_same_every_time(toy, book):
    assert dict(pages(toy)) == book


def section(text, title):
    return text.split(f"\n## {title}\n")[1].split("\n## ")[0]


def test_a_disorder_says_what_speaks_for_and_against_it(book):
    page = book["disorders/chain_trouble.md"]
    assert "- The chain runs badly and is heard. \\[1: chapter 1\\]" in section(page, "What it is")
    criteria = section(page, "Criteria")
    assert (
        "- **A.** The noise comes from the chain. \\[1: chapter 1\\]\n  - decided by: places of the noise: the chain"
        in criteria
    )
    assert (
        "- **D.** Not better explained otherwise. \\[1: chapter 1\\]\n  - for a clinician to judge"
        in criteria
    )
    assert "- **probable:** A and (at least 1 of: B; C)" in criteria
    weighed = section(page, "What speaks for and against")
    order = ["**for (moderate):** The bicycle is very old.", "**for (weak):** The bicycle is old."]
    order += ["**against (strong):** Heard on the side", "**makes it unlikely:** The pads are worn away."]
    assert sorted(order, key=weighed.index) == order
    alike = section(page, "Easily taken for it")
    assert "[Loose spokes](../disorders/loose_spokes.md)" in alike
    assert "what tells them apart: clicks in one turn; what brings the noise on" in alike


def test_a_member_shows_its_family_and_what_excludes_it(book):
    page = book["disorders/dry_chain.md"]
    assert "A form of [Chain trouble](../disorders/chain_trouble.md)." in page
    assert "(of the family [Chain trouble](../disorders/chain_trouble.md))" in section(
        page, "What speaks for and against"
    )
    assert "Care at home is documented when: " in section(page, "How urgent, and why")
    assert "Its forms: [Dry chain](../disorders/dry_chain.md)." in book["disorders/chain_trouble.md"]


def test_a_disorder_says_how_urgent_it_is_and_why(book):
    urgent = section(book["disorders/loose_spokes.md"], "How urgent, and why")
    assert "[A wobble at high speed](../red_flags/wobble_at_speed.md). A wobble at speed grows." in urgent
    page = book["red_flags/wobble_at_speed.md"]
    assert "(../disorders/loose_spokes.md)" in section(page, "Disorders whose picture can raise it")


def test_a_disorder_says_what_helps_and_for_whom_not(book):
    helps = section(book["disorders/chain_trouble.md"], "What is documented to help, and for whom not")
    assert "### [Chain oil](../treatments/chain_oil.md), While it is still new." in helps
    assert "**reason against:** " in helps and "Solvents bring the rash back." in helps
    none = section(book["disorders/crash_damage.md"], "What is documented to help, and for whom not")
    assert "No treatment of its own is documented here." in none


def test_a_danger_rule_says_when_it_holds_what_to_do_and_why(book):
    page = book["red_flags/brakes_failing.md"]
    assert "What to do: Have the brakes looked at today." in section(page, "How urgent")
    holds = section(page, "When it holds")
    assert "- It holds when this is true: " in holds
    assert "- It does not hold when this is known (what is not known never reassures): " in holds
    assert "(Our reason: So that reassurance stands in an unless.)" in section(page, "Why")


def test_a_treatment_says_for_what_and_for_whom_not(toy, book):
    page = book["treatments/chain_oil.md"]
    assert (
        "### [Dry chain](../disorders/dry_chain.md)\n\n- **place:** First choices in the sources; for all ages"
        in page
    )
    caveats = section(page, "For whom not, and what to watch")
    assert (
        caveats.count("\n- ")
        == len(toy.treatments["chain_oil"].caveats) + len(toy.caveat_sets["solvents"].caveats) + 1
    )


def test_pictures_that_a_page_names_are_explained_on_it_with_their_sources(book):
    told = section(book["disorders/crash_damage.md"], "Pictures named on this page, and what they mean")
    assert "- **Trouble after a fall** \\[1: chapter 5\\]\n  - it means: " in told
    assert "- **Noise that comes with pedalling**" in told, "named by a picture that the page names"
    assert "- **No noise at all**" not in told


def test_a_long_condition_becomes_a_list_of_its_parts(toy):
    page = Page(toy, "x")
    expr = toy.exprs["wheel_out_of_true"]
    head, below = condition(page, "if", expr)
    assert head == "if any of these:"
    assert below[1] == "spoke tension: slack"
    page.items([(head, below)])
    assert "\n  - all of these:\n    - wobble" in page.parts[-1]
    assert condition(page, "if", toy.exprs["battery_fire.when"]) == "if hot battery"


def test_every_number_that_is_cited_stands_among_the_sources(book):
    for name, page in book.items():
        cited = {
            int(n)
            for block in re.findall(r"\\\[(.*?)\\\]", page)
            for n in re.findall(r"(?:^|; )(\d+):", block)
        }
        listed = {int(n) for n in re.findall(r"^(\d+)\. ", page, re.MULTILINE)}
        assert cited == listed, name


def test_a_source_is_cited_with_its_places_and_a_judgement_as_ours(toy):
    page = Page(toy, "x")
    cites = [Cite(ref="wheel_survey", at=at) for at in ("table 1", "table 2", "table 1")]
    assert page.cite(cites) == " \\[1: table 1, table 2\\]"
    assert (
        page.cite([*cites[:1], Cite(ref="project_judgement", at="level")])
        == " \\[1: table 1; our judgement: level\\]"
    )
    assert page.cite([]) == ""


@pytest.mark.parametrize(
    "text, escaped",
    [
        ("a_b_c", "a_b_c"),
        ("_a_ b", "\\_a\\_ b"),
        ("5 * 3 [x] <y>", "5 \\* 3 \\[x\\] \\<y\\>"),
        ("one\n  two", "one two"),
    ],
)
def test_text_of_rules_is_no_markup(text, escaped):
    assert escape(text) == escaped
    assert link(text, "x.md") == f"[{escaped}](x.md)"


def test_every_kind_of_file_has_a_schema():
    made = dict(schemas())
    assert set(made) == {*FILES, "case"}
    for schema in made.values():
        assert schema["$schema"].endswith("2020-12/schema")


KINDS = {
    "red_flags": "red_flag",
    "disorders": "disorder",
    "treatments": "treatment",
    "profiles": "profile",
}


@pytest.fixture(scope="module")
def validators():
    return {name: jsonschema.Draft202012Validator(schema) for name, schema in schemas()}


@pytest.mark.parametrize(
    "path", sorted(TOY.rglob("*.yaml")), ids=lambda path: path.relative_to(TOY).as_posix()
)
def test_schemas_take_the_rules_as_they_are_written(validators, path):
    first = path.relative_to(TOY).parts[0].removesuffix(".yaml")
    validators[KINDS.get(first, first)].validate(read_yaml(path).data)


def test_the_schema_of_cases_takes_the_examples_as_they_are_written(validators):
    for path in sorted((Path(__file__).parents[1] / "examples").glob("*.yaml")):
        validators["case"].validate(read_yaml(path).data)


@pytest.mark.parametrize(
    "name, data",
    [
        ("case", {"id": "a", "facts": {"ache": ["left", 3]}}),
        ("case", {"id": "a", "facs": {}}),
        ("case", {"id": "a", "facts": {}, "format": 2}),
        ("red_flag", {"id": "a"}),
        ("findings", {"id": "a"}),
        ("knowledge", {"title": "x", "version": "1", "abot": "y"}),
    ],
)
def test_schemas_refuse_what_the_readers_refuse(validators, name, data):
    assert list(validators[name].iter_errors(data))
