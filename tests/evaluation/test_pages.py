"""What is printed: text within its width, pages that stand alone and can be read by everybody."""

import re
from dataclasses import replace
from html import escape
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from tests.evaluation.support import named, nerved, timed
from triage.evaluation import compare, figures_of
from triage.evaluation.page import STYLE, comparison_html, figures_html
from triage.evaluation.text import comparison_text, figures_text
from triage.evaluation.wording import FAMILY_FIRST, FAMILY_FIRST_MEANS, RIGHT_FIRST, RIGHT_FIRST_MEANS

VERDICTS = [
    named("v1", "chain_trouble", "chain_trouble"),
    named("v2", "chain_trouble", "loose_spokes chain_trouble"),
    named("v3", "loose_spokes", "loose_spokes", undecided=True),
    named("v4", "none", "chain_trouble"),
    named("v5 <b>", "loose_spokes", ""),
    nerved("sensory", "motor", id="n1"),
    timed("emergency", "routine", id="u1"),
    timed("within_two_weeks", "within_two_weeks", id="u2"),
]
EXTRA = {
    "interview": {"cases": 2, "questions_median": 9.5, "same_outcome": 0.5, "differs": ["v1"]},
    "robustness": [
        {
            "removed": 0.2,
            "repeats": 5,
            "cases": 2,
            "without_leader": 1,
            "leader_stays": 0.7,
            "first_line_stays": 0.9,
            "lost_no_name": 0.2,
            "lost_wrong_name": 0.1,
            "worst": [{"disorder": "loose_spokes", "cases": 1, "leader_stays": 0.4, "first_line_stays": 0.8}],
        }
    ],
}
VOID = {"meta", "rect", "line", "path"}


@pytest.fixture(scope="module")
def figures():
    return figures_of(VERDICTS) | EXTRA


class Parsed(HTMLParser):
    """Every start tag with its attributes; fails on a tag that is closed out of turn."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.open = [], []
        self.feed(text)
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_text_tells_every_figure_with_its_interval(figures):
    text = figures_text(figures)
    for line in (
        "8 labelled cases. Labels tell: 4 a disorder, 1 none of these, 1 a nerve modality, 2 an urgency.",
        r"  right disorder in first place +50.0 % +2/4   6.8 to 93.2 %",
        r"    of these, among what is undecided +25.0 % +1/4   0.6 to 80.6 %",
        r"  a disorder named where none is right +100.0 % +1/1   2.5 to 100.0 %",
        r"  below: upper 95 % bound \(one-sided\) +97.5 %",
        r"  emergency +1 +0 +0 +1 +100.0 %",
        r"  chain_trouble +2  50 % \(1.3-98.7\) +67 % \(9.4-99.2\)",
        "  chain_trouble: itself 1, loose_spokes 1",
        "  none of these: chain_trouble 1",
        r"  the leading family stays +70.0 %",
        r"  loose_spokes +40.0 % +80.0 %",
        "  v2: chain_trouble at place 2, got loose_spokes, chain_trouble",
        "  v4: none of these, but named chain_trouble",
        "  n1: nerve sensory, got motor",
        "  u1: urgency emergency, got routine",
        "  other outcome: v1",
    ):
        assert re.search(f"^(?:{line})", text, re.MULTILINE), line


def test_the_wrong_member_of_the_right_family_is_told_apart_in_both_tables(toy):
    """The labels name a member: one case has it, the other another member of its family."""
    right = replace(named("v1", "chain_dry", "chain_dry"), family="chain_trouble")
    wrong = replace(named("v2", "chain_dry", "chain_worn"), family="chain_trouble")
    wrong = replace(wrong, got_families=("chain_trouble",), place=2)
    found = figures_of([right, wrong])
    text, page = figures_text(found), figures_html(toy, found)
    first, second = text.split(FAMILY_FIRST.upper())
    assert "  chain_trouble     2  50 %" in first
    assert "another member of the family is not enough" in " ".join(first.split())
    assert "always itself: chain_trouble 2" in second
    assert "any member of a family counts as the family" in " ".join(second.split())
    for words in (RIGHT_FIRST, *RIGHT_FIRST_MEANS, FAMILY_FIRST_MEANS):
        assert escape(words) in page


def test_no_line_of_the_text_is_longer_than_100_columns(figures, kb):
    longest = max(kb.disorders, key=len)
    long = figures_of([named("v", longest, f"{longest} {longest}x"), named("w", longest, f"{longest}x")])
    for text in (figures_text(figures), figures_text(long)):
        assert max(len(line) for line in text.splitlines()) <= 100


def test_parts_that_no_label_tells_are_left_out():
    text = figures_text(figures_of([timed("routine", "routine")]))
    assert "HOW URGENT" in text
    assert "WHICH DISORDER" not in text and "NERVE" not in text
    assert "No case differs from its label." in text


@pytest.fixture(scope="module")
def pages(toy, figures):
    result = compare(VERDICTS, [named("v1", "chain_trouble", ""), *VERDICTS[1:]])
    return {"figures": figures_html(toy, figures), "comparison": comparison_html(result, ("<old>", "new"))}


@pytest.mark.parametrize("name", ["figures", "comparison"])
def test_a_page_stands_alone_and_is_accessible(pages, name):
    parsed = Parsed(pages[name])
    tags = {tag for tag, _ in parsed.tags}
    assert not tags & {"script", "link", "img", "iframe"}
    assert not re.search(r"url\(|@import|(href|src)=", pages[name])
    assert ("html", {"lang": "en"}) in parsed.tags
    for tag, attributes in parsed.tags:
        if tag == "th":
            assert attributes.get("scope") in ("col", "row")
        if tag == "svg":
            assert attributes["role"] == "img" and len(attributes["aria-label"]) > 20
    headings = [int(tag[1]) for tag, _ in parsed.tags if re.fullmatch("h[1-6]", tag)]
    assert headings[0] == 1 and headings.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(headings))


def test_what_comes_from_files_is_escaped(pages):
    assert "v5 &lt;b&gt;" in pages["figures"] and "v5 <b>" not in pages["figures"]
    assert "&lt;old&gt;" in pages["comparison"] and "<old>" not in pages["comparison"]


def test_the_picture_of_families_says_in_words_what_lies_on_the_diagonal(pages):
    """Named first among what fits: v1 is right; v2, v3, v4 and v5 are not."""
    assert "1 of 5 cases lie on the diagonal" in pages["figures"]
    assert "<title>expected Chain trouble, named Loose spokes: 1</title>" in pages["figures"]
    assert "<title>expected Loose spokes, but nothing fits: 2</title>" in pages["figures"]


def test_a_bar_is_as_long_as_its_fraction(pages):
    """First place: 2 of 4, on a bar of 330 units; its interval reaches from 6.8 to 93.2 %."""
    assert '<rect class="bar" x="330" y="9.0" width="165.0"' in pages["figures"]
    assert "M352.3 17.0H637.7" in pages["figures"]


def colours(block):
    return dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block))


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_text_has_contrast_on_every_ground(theme):
    found = colours(STYLE.split("@media (prefers-color-scheme: dark)")[theme].split("body {")[0])
    ink = luminance(found["ink"])
    for ground in ("paper", "bar", "right", "wrong"):
        other = luminance(found[ground])
        assert (max(ink, other) + 0.05) / (min(ink, other) + 0.05) >= 4.5, ground


def test_a_comparison_tells_both_sides_and_what_changed():
    result = compare(VERDICTS[:3], [named("v1", "chain_trouble", ""), VERDICTS[1], VERDICTS[2]])
    text = comparison_text(result, ("before", "after"))
    assert text.startswith("3 cases: before against after, worse\n")
    assert re.search(r"^  first +66.7 % -> +33.3 %   worse +1 +0 +1.0000$", text, re.MULTILINE)
    assert "  v1 (expected chain_trouble): chain_trouble -> nothing fits, place 1 -> 0" in text
    assert "urgency" not in text, "no label tells it"
