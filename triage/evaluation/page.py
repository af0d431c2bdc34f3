"""Figures as one self-contained HTML page: drawn fractions and confusion, and a table for each of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from triage.evaluation.figures import Figures
from triage.evaluation.plots import bars, confusion
from triage.evaluation.wording import (
    FAMILY_FIRST_MEANS,
    GROUPS,
    HONEST,
    RIGHT_FIRST,
    RIGHT_FIRST_MEANS,
    change_parts,
    family_words,
    miss_parts,
    number,
    p_words,
    percent,
    plain,
    span,
)
from triage.models import KnowledgeBase, Level, NerveModality

STYLE = """\
:root { color-scheme: light dark; --ink: #1b1b1b; --paper: #ffffff; --line: #6b6b6b; --soft: #d9d9d9;
  --bar: #9dbfe6; --right: #b4dcb0; --wrong: #f4c9a0; }
@media (prefers-color-scheme: dark) { :root { --ink: #f0f0f0; --paper: #161616; --line: #a0a0a0; --soft: #444444;
  --bar: #2f5688; --right: #2c5f33; --wrong: #7d4413; } }
body { font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 64rem;
  margin: 2rem auto; padding: 0 1rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; margin: 1rem 0; }
caption { text-align: left; font-weight: 600; padding: .3rem 0; }
th, td { border: 1px solid var(--line); padding: .2rem .6rem; text-align: right; }
td { white-space: nowrap; }
th[scope=row] { text-align: left; font-weight: 400; }
.right { background: var(--right); fill: var(--right); }
.wrong { background: var(--wrong); fill: var(--wrong); }
svg { max-width: 100%; height: auto; font-size: 13px; fill: var(--ink); }
svg.small { font-size: 10px; }
.bar { fill: var(--bar); } .grid { stroke: var(--soft); }
.interval { stroke: var(--ink); stroke-width: 1.5; fill: none; }
.own { fill: none; stroke: var(--soft); }
@media print { body { max-width: none; margin: 0; } }
"""
Cells = Sequence[str | int]


def figures_html(kb: KnowledgeBase, figures: Figures) -> str:
    """The whole report as HTML; names of disorders come from ``kb``."""
    details = figures["details"]
    parts = [
        f"<h1>Evaluation of {figures['cases']} labelled cases</h1>",
        f"<p>{escape(f'{kb.title.title}, version {kb.title.version}.')} {escape(HONEST)}</p>",
    ]
    for title, rows in GROUPS.items():
        told = {name: label for name, label in rows.items() if details["counts"][name][1]}
        if told:
            parts.append(_fractions(figures, title, told))
    if figures["by_urgency"]:
        levels = [level.value for level in Level]
        got = {level: row["got"] for level, row in figures["by_urgency"].items()}
        parts += ["<h2>Urgency by expected level</h2>", _levels(figures), _matrix("Urgency", levels, got)]
        parts.append(
            "<p>A label may accept neighbouring levels: not every case off the diagonal is wrong.</p>"
        )
    if details["modalities"]:
        names = [one.value for one in NerveModality]
        parts += ["<h2>Nerve modality</h2>", _matrix("Nerve modality", names, details["modalities"])]
    if details["families"]:
        parts.append(_families(kb, figures))
    parts += [_extra(title, figures[key]) for key, title in EXTRA.items() if key in figures]
    parts.append("<h2>Cases that differ from their label</h2>")
    items = [f"<b>{escape(one['id'])}</b>: {escape('; '.join(miss_parts(one)))}" for one in figures["misses"]]
    parts.append(_list(items) if items else "<p>None.</p>")
    return _page("Evaluation", parts)


EXTRA = {"interview": "Simulated interviews", "robustness": "Answers removed at random"}


def comparison_html(result: Mapping[str, Any], names: tuple[str, str] = ("old", "new")) -> str:
    """A comparison as HTML: the measures with McNemar's test, then every case that changed."""
    rows: list[Cells] = [
        (
            plain(name),
            percent(row["old"]),
            percent(row["new"]),
            row["verdict"],
            row["only_old"],
            row["only_new"],
            p_words(row["p"]),
        )
        for name, row in result["measures"].items()
        if row["cases"]
    ]
    heads = ("measure", names[0], names[1], "verdict", "right only before", "right only now", "p")
    items = [
        f"<b>{escape(one['id'])}</b> (expected {escape(str(one['expected']))}): {escape('; '.join(change_parts(one)))}"
        for one in result["changed"]
    ]
    left_out = f"<p>Left out, read by one side only: {escape(', '.join(result['unmatched']))}.</p>"
    return _page(
        "Comparison",
        [
            f"<h1>{result['cases']} cases compared: {result['verdict']}</h1>",
            f"<p>{escape(HONEST)}</p>",
            _table("Measures, with McNemar's exact test", heads, rows),
            left_out if result["unmatched"] else "",
            f"<h2>{len(items)} cases changed</h2>",
            _list(items) if items else "",
        ],
    )


def _page(title: str, parts: Iterable[str]) -> str:
    body = "\n".join(part for part in parts if part)
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{escape(title)}</title>\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<style>\n{STYLE}</style>\n</head>\n'
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _fractions(figures: Figures, title: str, rows: Mapping[str, str]) -> str:
    details = figures["details"]
    counts, intervals = details["counts"], figures["intervals"]
    shares = {name: counts[name][0] / counts[name][1] for name in rows}
    drawn = bars([(label, shares[name], intervals[name]) for name, label in rows.items()], title)
    cells: list[Cells] = [
        (
            label.strip(),
            percent(shares[name]),
            f"{counts[name][0]} of {counts[name][1]}",
            span(intervals[name]),
        )
        for name, label in rows.items()
    ]
    if "nerve_modality" in rows:
        cells.append(("beyond chance (Cohen's kappa)", number(details["nerve_kappa"]), "", ""))
    if "under_triage" in rows:
        cells.append(("below: upper 95 % bound (one-sided)", percent(details["under_triage_upper"]), "", ""))
    heads = ("", "share", "cases", "95 % interval (exact)")
    return f"<h2>{title}</h2>\n{drawn}\n{_table('Fractions with their intervals', heads, cells)}"


def _levels(figures: Figures) -> str:
    rows: list[Cells] = [
        (plain(level), row["cases"], row["exact"], row["above"], row["below"], percent(row["below_upper"]))
        for level, row in figures["by_urgency"].items()
    ]
    heads = ("expected", "cases", "accepted", "above", "below", "upper bound of below")
    return _table("How many cases came out at an accepted level, above and below", heads, rows)


def _matrix(what: str, names: Sequence[str], counts: Mapping[str, Mapping[str, int]]) -> str:
    """A table of expected against got, coloured on and off the diagonal; numbers stand in every coloured cell."""
    head = "".join(f'<th scope="col">{escape(plain(name))}</th>' for name in names)
    rows = []
    for expected in names:
        if expected in counts:
            cells = "".join(_cell(expected == got, counts[expected].get(got, 0)) for got in names)
            rows.append(f'<tr><th scope="row">{escape(plain(expected))}</th>{cells}</tr>')
    caption = f"{what}: expected (rows) against got (columns)"
    return _wide(
        caption,
        f"<table><caption>{escape(caption)}</caption>"
        f'<thead><tr><th scope="col">expected</th>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>',
    )


def _cell(right: bool, count: int) -> str:
    return f'<td class="{"right" if right else "wrong"}">{count}</td>' if count else "<td></td>"


def _families(kb: KnowledgeBase, figures: Figures) -> str:
    def name(family: str) -> str:
        return kb.disorders[family].name if family in kb.disorders else family_words(family)

    table = {
        name(expected): {name(got): number for got, number in row.items()}
        for expected, row in figures["details"]["families"].items()
    }
    rows: list[Cells] = [
        (
            name(family),
            row["cases"],
            percent(row["sensitivity"]),
            span(row["sensitivity_interval"]),
            percent(row["specificity"]),
            span(row["specificity_interval"]),
        )
        for family, row in figures["by_disorder"].items()
    ]
    heads = ("family", "cases", "sensitivity", "95 % interval", "specificity", "95 % interval")
    cells = [
        f"{escape(expected)}: " + escape(", ".join(f"{got} {number}" for got, number in row.items()))
        for expected, row in table.items()
    ]
    drawn = confusion(table, "Expected families against the family named first").replace(
        "<svg ", '<svg class="small" ', 1
    )
    return "\n".join(
        [
            "<h2>Families</h2>",
            _table(RIGHT_FIRST, heads, rows),
            f"<p>{escape(' '.join(RIGHT_FIRST_MEANS))}</p>",
            "<h3>Expected family (rows) against the family that came first (columns)</h3>",
            f"<p>{escape(FAMILY_FIRST_MEANS)}</p>",
            _wide("Picture of expected families against the family named first", drawn),
            "<h3>The same as a list: expected, then what was named</h3>",
            _list(cells),
        ]
    )


def _extra(title: str, block: Any) -> str:
    tables = []
    for row in block if isinstance(block, list) else [block]:
        cells: list[Cells] = [
            (plain(key), percent(value) if isinstance(value, float) and value <= 1 else f"{value}")
            for key, value in row.items()
            if key not in ("worst", "differs")
        ]
        if "differs" in row:
            cells.append(("other outcome", ", ".join(row["differs"]) or "none"))
        tables.append(_table(title, ("", "figure"), cells))
        if worst := row.get("worst"):
            heads = ("disorder", "cases", "leader stays", "first line stays")
            rows: list[Cells] = [
                (
                    one["disorder"],
                    one["cases"],
                    percent(one["leader_stays"]),
                    percent(one["first_line_stays"]),
                )
                for one in worst[:10]
            ]
            tables.append(_table("The ten disorders that lose most", heads, rows))
    return f"<h2>{title}</h2>\n" + "\n".join(tables)


def _table(caption: str, heads: Sequence[str], rows: Iterable[Cells]) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' if name else "<td></td>" for name in heads)
    body = "".join(
        f'<tr><th scope="row">{escape(str(first))}</th>'
        + "".join(f"<td>{escape(str(cell))}</td>" for cell in rest)
        + "</tr>"
        for first, *rest in rows
    )
    return _wide(
        caption,
        f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>",
    )


def _wide(label: str, content: str) -> str:
    """A part that may be wider than a small screen: it scrolls by itself, by keyboard too."""
    return f'<div class="wide" tabindex="0" role="region" aria-label="{escape(label, quote=True)}">{content}</div>'


def _list(items: Iterable[str]) -> str:
    """A list; the items are HTML."""
    return "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
