"""Figures as text and as one self-contained HTML page with drawn tables and plots."""

from __future__ import annotations

from html import escape
from typing import Any

from triage.evaluation.figures import Figures
from triage.models import KnowledgeBase, NerveModality

ROWS = {
    "first": "right disorder in first place",
    "first_three": "right disorder among the first three",
    "first_five": "right disorder among the first five",
    "nerve_modality": "nerve modality right",
    "urgency_exact": "urgency at an accepted level",
    "urgency_safe": "urgency at or above the accepted level",
    "over_triage": "urgency above the accepted level",
    "over_triage_by_two": "urgency two or more levels above",
    "emergencies_found": "emergencies recognised",
    "abstained": "no disorder named as fitting",
    "first_from_open": "right only among the undecided (part of first place)",
    "false_naming": "a disorder named where none is right",
}
HONEST = "Vignettes are not patients; shipped cases were developed against."


def percent(value: float | None) -> str:
    """A fraction in percent with one decimal; a dash without cases."""
    return "-" if value is None else f"{100 * value:.1f} %"


def figures_text(kb: KnowledgeBase, figures: Figures) -> str:
    """The figures as plain text of at most 100 columns."""
    lines = [f"{figures['cases']} labelled cases", ""]
    for name, label in ROWS.items():
        hits, total = figures["counts"][name]
        interval = figures["intervals"].get(name)
        span = f"   (95 %: {percent(interval[0])} to {percent(interval[1])})" if interval else ""
        lines.append(f"  {label:54} {percent(figures[name]):>8}  {hits:>4}/{total}{span}")
    lines.append(f"  {'nerve modality beyond chance (kappa)':54} {_number(figures['nerve_kappa']):>8}")
    lines.append(f"  {'under-triage, upper 95 % bound':54} {percent(figures['under_triage_upper']):>8}")
    for title, block in (("interview", figures.get("interview")), ("robustness", figures.get("robustness"))):
        if block:
            lines += ["", title, *_extra(block)]
    if figures["misses"]:
        lines += [
            "",
            f"{len(figures['misses'])} cases with a difference",
            *(_miss_line(one) for one in figures["misses"]),
        ]
    return "\n".join([*lines, "", HONEST]) + "\n"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _extra(block: Any) -> list[str]:
    rows = block if isinstance(block, list) else [block]
    lines = []
    for row in rows:
        for name, value in row.items():
            if name == "worst":
                value = "; ".join(f"{one['id']} {percent(one['leader_stays'])}" for one in value[:6])
            if name == "differs":
                value = ", ".join(value) or "none"
            shown = percent(value) if isinstance(value, float) and value <= 1 else value
            lines.append(f"  {name.replace('_', ' ')}: {shown}")
    return lines


def _miss_line(one: dict[str, Any]) -> str:
    expected, got = one["expected"], one["got"]
    parts = []
    if got["place"] != 1 and expected["disorder"]:
        parts.append(
            f"{expected['disorder']} at place {got['place'] or 'none'}: "
            f"got {', '.join(got['disorders'][:3]) or 'nothing'}"
        )
    if expected["nerve"] and expected["nerve"] != got["nerve"]:
        parts.append(f"nerve {expected['nerve']}: got {got['nerve']}")
    if expected["urgency"] and got["urgency"] not in expected["urgency"]:
        parts.append(f"urgency {'/'.join(expected['urgency'])}: got {got['urgency']}")
    return f"  {one['id']}: {'; '.join(parts)}"


def comparison_text(result: dict[str, Any]) -> str:
    """A comparison as plain text."""
    lines = [f"{result['cases']} cases", ""]
    for name, row in result["measures"].items():
        lines.append(
            f"  {name.replace('_', ' '):16} {percent(row['old']):>8} -> {percent(row['new']):>8}   {row['verdict']:6} "
            f"only old {row['only_old']}, only new {row['only_new']}, p {row['p']:.3f}"
        )
    if result["unmatched"]:
        lines.append(f"  left out, read by one only: {', '.join(result['unmatched'])}")
    lines += ["", f"{len(result['changed'])} cases changed"]
    for one in result["changed"]:
        old, new = one["old"], one["new"]
        first = [(side["disorders"] or ["nothing"])[0] for side in (old, new)]
        lines.append(
            f"  {one['id']} (expected {one['expected']}): {first[0]}, {old['nerve']}, {old['urgency']} -> "
            f"{first[1]}, {new['nerve']}, {new['urgency']}"
        )
    return "\n".join(lines)


def figures_html(kb: KnowledgeBase, figures: Figures) -> str:
    """The figures as one HTML page without scripts: bars with intervals, confusion tables, misses."""
    bars = "".join(
        _bar(label, figures[name], figures["intervals"].get(name), index)
        for index, (name, label) in enumerate(ROWS.items())
    )
    height = 26 * len(ROWS) + 10
    levels = [level.value for level in kb.urgency.levels]
    urgency = {level: row["got"] for level, row in figures["by_urgency"].items()}
    misses = "".join(f"<li>{escape(_miss_line(one).strip())}</li>" for one in figures["misses"])
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Evaluation</title><meta name="viewport" content="width=device-width">
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }}
table {{ border-collapse: collapse; margin: 1rem 0; }}
th, td {{ border: 1px solid; padding: .2rem .6rem; text-align: right; }}
svg {{ width: 100%; height: auto; }}
</style></head><body>
<h1>Evaluation of {figures["cases"]} labelled cases</h1>
<p>{escape(HONEST)}</p>
<h2>Fractions with exact 95 % intervals</h2>
<svg viewBox="0 0 760 {height}" role="img" fill="currentColor" font-size="13"
 aria-label="Bars of the fractions; the text form has the same figures">{bars}</svg>
<h2>Urgency: expected against got</h2>{_matrix(levels, urgency)}
<h2>Nerve modality: expected against got</h2>{_matrix([one.value for one in NerveModality], figures["modalities"])}
<h2>Families</h2>{_families(kb, figures)}
<h2>Differences</h2><ul>{misses}</ul>
</body></html>
"""


def _bar(label: str, value: float | None, interval: tuple[float, float] | None, index: int) -> str:
    y = 26 * index + 18
    text = f'<text x="0" y="{y}">{escape(label)}</text><text x="700" y="{y}">{percent(value)}</text>'
    if value is None:
        return text
    bar = f'<rect x="370" y="{y - 11}" width="{320 * value:.1f}" height="12" opacity="0.45"/>'
    if interval:
        low, high = (370 + 320 * end for end in interval)
        ends = f'x1="{low:.1f}" x2="{high:.1f}" y1="{y - 5}" y2="{y - 5}"'
        bar += f'<line {ends} stroke="currentColor" stroke-width="2"/>'
    return text + bar


def _matrix(names: list[str], counts: dict[str, dict[str, int]]) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    rows = "".join(
        f'<tr><th scope="row">{escape(expected)}</th>'
        + "".join(f"<td>{counts.get(expected, {}).get(got, 0) or ''}</td>" for got in names)
        + "</tr>"
        for expected in names
        if expected in counts
    )
    return f"<table><thead><tr><th>expected</th>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _families(kb: KnowledgeBase, figures: Figures) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape(kb.disorders[name].name)}</th><td>{row["cases"]}</td>'
        f"<td>{percent(row['sensitivity'])}</td><td>{percent(row['specificity'])}</td></tr>"
        for name, row in figures["by_disorder"].items()
    )
    head = "<tr><th>family</th><th>cases</th><th>sensitivity</th><th>specificity</th></tr>"
    return f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>"
