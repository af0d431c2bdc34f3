"""Figures as plain text of at most 100 columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from textwrap import wrap
from typing import Any

from triage.evaluation.figures import Figures
from triage.evaluation.wording import (
    FAMILY_FIRST,
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
from triage.models import Level, NerveModality

WIDTH = 100
WORST_SHOWN = 10


def figures_text(figures: Figures) -> str:
    """The whole report: fractions with exact intervals, levels, modalities, families, interview, misses."""
    blocks = [_head(figures), *(_fractions(figures, title) for title in GROUPS)]
    blocks += [_levels(figures), _modalities(figures), _families(figures), _confusion(figures)]
    if "interview" in figures:
        blocks.append(_interview(figures["interview"]))
    blocks += [_robustness(row) for row in figures.get("robustness", ())]
    blocks.append(_misses(figures["misses"]))
    return "\n\n".join("\n".join(block) for block in blocks if block) + f"\n\n{HONEST}\n"


def _head(figures: Figures) -> list[str]:
    counts = figures["details"]["counts"]
    told = {
        "a disorder": counts["first"][1],
        "none of these": counts["false_naming"][1],
        "a nerve modality": counts["nerve_modality"][1],
        "an urgency": counts["urgency_exact"][1],
    }
    words = ", ".join(f"{total} {what}" for what, total in told.items() if total)
    return [f"{figures['cases']} labelled cases. Labels tell: {words or 'nothing'}."]


def _title(text: str) -> list[str]:
    return [text.upper(), "=" * len(text)]


def _fractions(figures: Figures, title: str) -> list[str]:
    counts = figures["details"]["counts"]
    rows = {name: label for name, label in GROUPS[title].items() if counts[name][1]}
    if not rows:
        return []
    lines = [*_title(title), f"  {'':42} {'share':>8}  {'cases':>8}   95 % interval (exact)"]
    for name, label in rows.items():
        hits, total = counts[name]
        share, cases = percent(hits / total), f"{hits}/{total}"
        lines.append(f"  {label:42} {share:>8}  {cases:>8}   {span(figures['intervals'][name])}")
    if "nerve_modality" in rows:
        lines.append(f"  {'beyond chance (kappa)':42} {number(figures['details']['nerve_kappa']):>8}")
    if "under_triage" in rows:
        bound = percent(figures["details"]["under_triage_upper"])
        lines.append(f"  {'below: upper 95 % bound (one-sided)':42} {bound:>8}")
    return lines


def _levels(figures: Figures) -> list[str]:
    if not figures["by_urgency"]:
        return []
    got = [level.value for level in Level]
    head = "".join(
        f"{plain(name):>18}" if name == "within_two_weeks" else f"{plain(name):>10}" for name in got
    )
    lines = [
        *_title("Urgency by expected level"),
        f"  {'expected':17} cases accepted above below  upper bound",
    ]
    lines += [
        f"  {plain(level):17} {row['cases']:>5} {row['exact']:>8} {row['above']:>5} {row['below']:>5}"
        f"  {percent(row['below_upper']):>11}"
        for level, row in figures["by_urgency"].items()
    ]
    lines += ["", f"  {'expected, got':17}{head}"]
    for level, row in figures["by_urgency"].items():
        cells = ((row["got"].get(name, 0) or ".", 18 if name == "within_two_weeks" else 10) for name in got)
        lines.append(f"  {plain(level):17}" + "".join(f"{count:>{width}}" for count, width in cells))
    return lines


def _modalities(figures: Figures) -> list[str]:
    table = figures["details"]["modalities"]
    if not table:
        return []
    names = [one.value for one in NerveModality]
    lines = [*_title("Nerve modality"), f"  {'expected, got':17}" + "".join(f"{name:>14}" for name in names)]
    for expected in names:
        if expected in table:
            cells = "".join(f"{table[expected].get(got, 0) or '.':>14}" for got in names)
            lines.append(f"  {expected:17}{cells}")
    return lines


def _families(figures: Figures) -> list[str]:
    if not figures["by_disorder"]:
        return []
    lines = _title(f"{RIGHT_FIRST}, with exact 95 % intervals")
    lines += [line for meaning in RIGHT_FIRST_MEANS for line in _wrapped(meaning)]
    width = max(len(name) for name in figures["by_disorder"])
    lines.append(f"  {'':{width}} cases  {'sensitivity':20}  specificity")
    for name, row in figures["by_disorder"].items():
        sensitivity = _with_span(row["sensitivity"], row["sensitivity_interval"])
        specificity = _with_span(row["specificity"], row["specificity_interval"])
        lines.append(f"  {name:{width}} {row['cases']:>5}  {sensitivity:20}  {specificity}")
    return lines


def _with_span(value: float | None, interval: Sequence[float] | None) -> str:
    """``86 % (77.8-91.6)``, short enough for two in a line."""
    if value is None or interval is None:
        return "-"
    return f"{100 * value:.0f} % ({100 * interval[0]:.1f}-{100 * interval[1]:.1f})"


def _confusion(figures: Figures) -> list[str]:
    """The cells of the table of families that are not empty; families that were always right share a line."""
    table: Mapping[str, Mapping[str, int]] = figures["details"]["families"]
    if not table:
        return []
    lines = [*_title(FAMILY_FIRST), *_wrapped(FAMILY_FIRST_MEANS)]
    always = [f"{name} {row[name]}" for name, row in table.items() if list(row) == [name]]
    for expected, row in table.items():
        if list(row) != [expected]:
            cells = sorted(row.items(), key=lambda cell: (cell[0] != expected, -cell[1], cell[0]))
            words = (f"{'itself' if got == expected else got} {count}" for got, count in cells)
            lines += _wrapped(f"{family_words(expected)}: {', '.join(words)}")
    if always:
        lines += _wrapped(f"always itself: {', '.join(always)}")
    return lines


def _wrapped(text: str) -> list[str]:
    return wrap(text, WIDTH, initial_indent="  ", subsequent_indent="      ", break_on_hyphens=False)


def _interview(block: Mapping[str, Any]) -> list[str]:
    lines = _title("Simulated interviews")
    for name, value in block.items():
        if name == "differs":
            lines += _wrapped(f"other outcome: {', '.join(value) or 'none'}")
        else:
            shown = percent(value) if name.startswith(("same_", "urgency_")) else f"{value:g}"
            lines.append(f"  {name.replace('_', ' '):42} {shown:>8}")
    return lines


def _robustness(row: Mapping[str, Any]) -> list[str]:
    lines = _title(f"{percent(row['removed'])} of the answers removed, {row['repeats']} times each")
    labels = {
        "leader_stays": "the leading family stays",
        "first_line_stays": "the first line stays (else undecided)",
        "lost_no_name": "lost: nothing fits any more",
        "lost_wrong_name": "lost: another family leads",
    }
    lines += [f"  {label:42} {percent(row[name]):>8}" for name, label in labels.items()]
    lines.append(f"  {'cases (without a leader, left out)':42} {row['cases']:>8} ({row['without_leader']})")
    worst = [one for one in row["worst"] if one["leader_stays"] < 1][:WORST_SHOWN]
    lines += ["", f"  {'worst disorders':44} leader  first line"] if worst else []
    lines += [
        f"  {one['disorder']:42} {percent(one['leader_stays']):>8}  {percent(one['first_line_stays']):>10}"
        for one in worst
    ]
    return lines


def _misses(misses: Iterable[Mapping[str, Any]]) -> list[str]:
    found = list(misses)
    if not found:
        return ["No case differs from its label."]
    lines = _title("Cases that differ from their label")
    for one in found:
        lines += _wrapped(f"{one['id']}: {'; '.join(miss_parts(one))}")
    return lines


def comparison_text(result: Mapping[str, Any], names: tuple[str, str] = ("old", "new")) -> str:
    """A comparison: each measure on both sides with McNemar's test, then every case that changed."""
    lines = [f"{result['cases']} cases: {names[0]} against {names[1]}, {result['verdict']}", ""]
    lines.append(f"  {'':16} {'old':>8}    {'new':>8}   {'':6}  only old  only new    p (McNemar, exact)")
    for name, row in result["measures"].items():
        if row["cases"]:
            lines.append(
                f"  {plain(name):16} {percent(row['old']):>8} -> {percent(row['new']):>8}   {row['verdict']:6}"
                f"  {row['only_old']:>8}  {row['only_new']:>8}    {p_words(row['p'])}"
            )
    if result["unmatched"]:
        lines += ["", *_wrapped(f"left out, read by one side only: {', '.join(result['unmatched'])}")]
    changed = result["changed"]
    lines += ["", f"{len(changed)} cases changed" + (":" if changed else "")]
    for one in changed:
        lines += _wrapped(
            f"{one['id']} (expected {one['expected'] or 'nothing'}): {'; '.join(change_parts(one))}"
        )
    return "\n".join(lines) + "\n"
