"""The three writers lay out one tree: nothing is lost, nothing is read as markup, no line is too long."""

import re

import pytest

from triage.report import Document, to_html, to_markdown, to_text
from triage.report.document import (
    FacePicture,
    Form,
    Item,
    Items,
    Ledger,
    Notice,
    Paragraph,
    Section,
    Shape,
    Table,
)

BLOCKS = {
    "paragraph": (Paragraph("A sentence."), "A sentence.", "A sentence.", "<p>A sentence.</p>"),
    "strong paragraph": (
        Paragraph("Read this.", strong=True),
        "Read this.",
        "**Read this.**",
        "<p><strong>Read this.</strong></p>",
    ),
    "notice": (
        Notice("Same day", "Phone now."),
        "*** SAME DAY ***\nPhone now.",
        "> **SAME DAY**\n>\n> Phone now.",
        '<div class="notice"><strong>Same day</strong><p>Phone now.</p></div>',
    ),
    "items": (
        Items((Item("one", (Item("below"),)), Item("two", mark="met"), Item("three", mark="[3]"))),
        "  - one\n    - below\n  - met: two\n  [3] three",
        "- one\n  - below\n- **met:** two\n- **\\[3\\]** three",
        "<ul>\n<li>one\n<ul>\n<li>below</li>\n</ul>\n</li>\n"
        '<li><span class="mark">met:</span> two</li>\n<li><span class="mark">[3]</span> three</li>\n</ul>',
    ),
    "headed items": (
        Items((Item("one", (Item("below"),), strong=True),), title="Names"),
        "Names:\n  - one\n    - below",
        "**Names:**\n\n- **one**\n  - below",
        "<h3>Names</h3>\n<h4>one</h4>\n<ul>\n<li>below</li>\n</ul>",
    ),
    "address": (
        Items((Item("A title", mark="[1]", address="https://example.org/a?b&c"),)),
        "  [1] A title. https://example.org/a?b&c",
        "- **\\[1\\]** A title. <https://example.org/a?b&c>",
        'A title. <a href="https://example.org/a?b&amp;c" rel="noreferrer">https://example.org/a?b&amp;c</a>',
    ),
    "table": (
        Table("Counts", ("What", "How many"), (("a", "1"),)),
        "Counts\n  What  How many\n  ----  --------\n  a     1",
        "Counts\n\n| What | How many |\n| --- | --- |\n| a | 1 |",
        "<caption>Counts</caption>",
    ),
    "ledger": (
        Ledger("Criteria", ("State", "Criterion", "Answer"), (("met", "A. It hurts.", "pain: yes"),)),
        "  - met: A. It hurts.\n      pain: yes",
        "Criteria\n\n| State | Criterion | Answer |\n| --- | --- | --- |\n| met | A. It hurts. | pain: yes |",
        '<tr><th scope="row">met</th><td>A. It hurts.</td><td>pain: yes</td></tr>',
    ),
    "form": (
        Form("One line a day", ("Date", "Pain"), 1),
        "One line a day:\n  - Date\n  - Pain",
        "One line a day\n\n| Date | Pain |\n| --- | --- |\n|   |   |",
        "<tr><td></td><td></td></tr>",
    ),
    "face": (
        FacePicture((Shape(((0, 0), (1, 1), (0, 1)), marked=True),), "Cheek, right.", "A drawing: cheek."),
        "Cheek, right.",
        "Cheek, right.",
        '<polygon class="part on" points="0,0 1,1 0,1"/>',
    ),
}


def page(*blocks):
    return Document("Title", "Below it.", (Section("Part", blocks),), "Footer.")


@pytest.mark.parametrize("name", BLOCKS)
def test_each_block_in_each_layout(name):
    block, text, markdown, html = BLOCKS[name]
    assert text in to_text(page(block))
    assert markdown in to_markdown(page(block))
    assert html in to_html(page(block))


HOSTILE = "<script>alert('x')</script> & *stars* [link](http://x) _line_ | `code` \"quoted\""


def test_words_of_a_case_are_never_markup():
    html = to_html(page(Paragraph(HOSTILE), Items((Item(HOSTILE, mark=HOSTILE),)), Notice(HOSTILE, HOSTILE)))
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert f'aria-label="{HOSTILE}' not in to_html(page(FacePicture((), HOSTILE, HOSTILE)))
    markdown = to_markdown(page(Paragraph(HOSTILE), Table("t", (HOSTILE,), ((HOSTILE,),))))
    said = markdown.partition("## Part")[2].partition("*Footer.*")[0]
    assert not re.findall(r"(?<!\\)[<>*`\[\]#]", said)
    assert " _line_" not in said
    assert len(next(line for line in markdown.splitlines() if line.startswith("| ---")).split("|")) == 3


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", 'x" onclick="alert(1)'])
def test_only_an_address_of_the_web_becomes_a_link(address):
    listed = page(Items((Item("A title", address=address),)))
    assert "<a " not in to_html(listed) and 'onclick="' not in to_html(listed)
    assert f"<{address}>" not in to_markdown(listed)
    assert f"A title. {address}" in to_text(listed)


@pytest.mark.parametrize("address", ["https://example.org/> [x](y)", "https://example.org/<b>"])
def test_an_address_does_not_break_out_of_its_link(address):
    listed = page(Items((Item("A title", address=address),)))
    assert "<b>" not in to_html(listed) and "[x](y)" not in to_markdown(listed)


def test_a_line_of_text_has_at_most_80_columns_and_an_address_stays_whole():
    address = "https://example.org/a-long-address/with-hyphens/that-should-be-copied"
    text = to_text(
        page(Paragraph("word " * 60), Items((Item("A title", mark="[1]", address=address), Item("x" * 200))))
    )
    assert max(map(len, text.splitlines())) <= 80
    assert address in text


def test_a_long_title_is_wrapped_and_underlined_once():
    text = to_text(Document("T " * 60, "", (Section("word " * 30, (Paragraph("x"),)),), "f"))
    assert max(map(len, text.splitlines())) <= 80
    assert text.count("====") and len([line for line in text.splitlines() if set(line) == {"="}]) == 1


def test_a_long_mark_breaks_no_word():
    text = to_text(page(Items((Item("an answer", mark="mark " * 14 + "end"),))))
    assert "end: an answer" in " ".join(text.split())


def test_a_table_too_wide_for_the_terminal_is_told_row_by_row():
    text = to_text(page(Table("Wide", ("First", "Second"), (("a" * 50, "b" * 50),))))
    assert f"- First: {'a' * 50}\n    Second: {'b' * 50}" in text


def test_several_documents_are_one_page_of_articles():
    html = to_html(
        page(Paragraph("one")), page(Paragraph("two")), title="2 cases", lead="Both of <one> person."
    )
    assert html.count("<article>") == 2
    assert html.count("<!doctype html>") == html.count("<footer>") == html.count("<main>") == 1
    assert "<title>2 cases</title>" in html
    assert "Both of &lt;one&gt; person." in html
