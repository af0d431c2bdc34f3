"""The transcript in the README: a scripted sitting and the beginning of an assessment, as the program prints them."""

from __future__ import annotations

import re
from itertools import islice, takewhile
from pathlib import Path

from triage.assessment import assemble, decide
from triage.cases import Reject, read_cases
from triage.interview.dialogue import Dialogue
from triage.interview.sitting import Sitting
from triage.models import KnowledgeBase
from triage.report import render

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = "examples/trigeminal_neuralgia.yaml"
REPLIES = ("1", "57", "female", "none", "why")
"""typed one after another at the first questions"""
BLOCK = re.compile(r"(<!-- transcript -->\n).*?(<!-- /transcript -->)", re.DOTALL)
CUT = "[...]"
TICKS_SHOWN = 3
PART_SHOWN = {"HOW URGENT": 6, "WHICH NERVES": 13, "WHAT FITS": 30}
"""lines of each part of the assessment"""


def with_transcript(kb: KnowledgeBase, text: str) -> str:
    """The page with its transcript written anew."""
    told = "\n".join(["```text", "$ triage ask --plain", *sitting(kb), CUT, "", *assessment(kb), "```", ""])
    return BLOCK.sub(lambda found: found[1] + told + found[2], text)


def sitting(kb: KnowledgeBase) -> list[str]:
    """The first questions with their replies; long lists of ticks are cut."""
    dialogue = Dialogue(Sitting(kb))
    lines = _shortened(dialogue.opening())
    for reply in REPLIES:
        lines += [f"> {reply}", *_shortened(dialogue.reply(reply))]
    return lines


def _shortened(lines: list[str]) -> list[str]:
    """The lines without the ticks behind the first ones of a long list."""
    ticks = [line for line in lines if re.match(r" +\d+  ", line)]
    dropped = set(ticks[TICKS_SHOWN:]) if len(ticks) > 2 * TICKS_SHOWN else set()
    kept = [line for line in lines if line not in dropped]
    if dropped:
        kept.insert(kept.index(ticks[TICKS_SHOWN - 1]) + 1, f"  {CUT}")
    return kept


def assessment(kb: KnowledgeBase) -> list[str]:
    """The beginning of each of the first parts of an example's assessment."""
    (case,) = read_cases(kb, [str(ROOT / EXAMPLE)])
    assert not isinstance(case, Reject)
    text = render(kb, case, assemble(kb, case.id, case.facts, decide(kb, case.facts)))
    lines = [f"$ triage assess {EXAMPLE}"]
    for part, count in PART_SHOWN.items():
        rest = iter(text[text.index(f"\n{part}\n") + 1 :].splitlines())
        body = takewhile(lambda line: not line.startswith("Not enough known"), rest)
        lines += [*islice(body, count), CUT, ""]
    return lines[:-1]
