"""The HTML pages: one self-contained file that people with any eyes, device or reader can use."""

import re
from html.parser import HTMLParser

import pytest

from tests.report.conftest import CASES, SHEETS
from triage.report import render
from triage.report.style import STYLE

VOID = {"meta", "br", "link", "polygon", "rect", "line", "path", "circle"}
PAIRS = (("ink", "paper"), ("ink", "soft"), ("mark", "paper"), ("mark", "soft"))


class Page(HTMLParser):
    """What a reader program sees: tags in order, headings with levels, open tags left over."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.open, self.headings, self.faults = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)

    def all(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]


@pytest.fixture(scope="module", params=[(name, sheet) for name in CASES for sheet in SHEETS], ids="-".join)
def page(request, toy, assessed):
    name, sheet = request.param
    case, assessment = assessed(name)
    return Page(render(toy, case, assessment, "html", sheet=sheet))


def test_every_tag_is_closed(page):
    assert (page.open, page.faults) == ([], [])


def test_the_language_and_the_width_of_the_device_are_stated(page):
    assert page.all("html") == [{"lang": "en"}]
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in page.all("meta")
    assert {"charset": "utf-8"} in page.all("meta")


def test_there_is_no_script_and_nothing_is_fetched(page):
    assert not page.all("script") and not page.all("link") and not page.all("img") and not page.all("iframe")
    for _, attrs in page.tags:
        assert not {"src", "href", "style"} & attrs.keys()
        assert not [name for name in attrs if name.startswith("on")]
    assert "url(" not in STYLE and "@import" not in STYLE


def test_headings_begin_with_one_title_and_skip_no_level(page):
    assert page.headings[0] == 1
    assert page.headings.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in zip(page.headings, page.headings[1:], strict=False))


def test_landmarks_stand_once(page):
    assert [len(page.all(tag)) for tag in ("header", "main", "footer")] == [1, 1, 1]


def test_table_headers_say_what_they_head(page):
    assert all(attrs.get("scope") in ("col", "row") for attrs in page.all("th"))
    assert len(page.all("caption")) == len(page.all("table"))


def test_a_table_that_scrolls_can_be_reached_by_keyboard_and_has_a_name(page):
    for attrs in page.all("div"):
        if attrs.get("class") == "scroll":
            assert attrs["role"] == "region" and attrs["tabindex"] == "0" and attrs["aria-label"]


def test_a_picture_says_in_words_what_it_shows(page):
    for attrs in page.all("svg"):
        assert attrs["role"] == "img"
        assert len(attrs["aria-label"]) > 20


def luminance(colour):
    def linear(part):
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def palettes():
    """The colours of light, dark and print, each on top of those before it."""
    found, current = [], {}
    for block in re.findall(r":root \{(.*?)\}", STYLE, flags=re.S):
        current = {**current, **dict(re.findall(r"--(\w+): (#[0-9a-f]+)", block))}
        found.append({name: full(colour) for name, colour in current.items()})
    return found


def full(colour):
    return colour if len(colour) == 7 else "#" + "".join(letter * 2 for letter in colour[1:])


def test_there_are_colours_for_light_dark_and_print():
    assert len(palettes()) == 3
    assert (
        "prefers-color-scheme: dark" in STYLE
        and "@media print" in STYLE
        and "color-scheme: light dark" in STYLE
    )


@pytest.mark.parametrize("palette", palettes(), ids=["light", "dark", "print"])
def test_text_stands_out_from_its_ground(palette):
    for text, ground in PAIRS:
        assert contrast(palette[text], palette[ground]) >= 4.5, (text, ground)
    for drawn in ("line", "bar"):
        assert contrast(palette[drawn], palette["paper"]) >= 3, drawn


def test_no_colour_stands_outside_the_palettes():
    rest = re.sub(r":root \{.*?\}", "", STYLE, flags=re.S)
    assert not re.findall(r"#[0-9a-fA-F]{3,6}\b|rgb\(", rest)


def test_sizes_follow_the_reader():
    """At 200 % nothing may be cut off: no fixed width or height, text in rem, wide tables scroll."""
    assert not re.findall(r"(?:width|height): *\d+px", STYLE)
    assert "overflow-x: auto" in STYLE and "overflow-wrap: break-word" in STYLE
