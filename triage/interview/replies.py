"""What a person typed at a prompt, turned into answers; every mistake is one sentence that says what to type."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from string import ascii_lowercase

from triage.cases.tokens import read_answer
from triage.errors import CaseError
from triage.interview.state import NOT_KNOWN, Answer, told_list
from triage.interview.wording import list_examples
from triage.logic import FindingType
from triage.models import Finding, KnowledgeBase

UNSURE = ("unknown", "unsure", "not sure", "don't know", "dont know", "u")
NONE = ("none", "none of these", "0", "no")
YES = ("yes", "y")
NO = ("no", "n")
NEVER = (*NO, "none", "never")
"""words that deny what a question takes for granted"""
DENYING = re.compile(r"(?:no|none|not|never)\b", re.IGNORECASE)
OPEN_REST = re.compile(r"(?:^|[\s,;]+)(?:unsure|not sure|\?)\s*$", re.IGNORECASE)
TICK = re.compile(r"([0-9]+)(\??)")


def read_reply(kb: KnowledgeBase, finding: Finding, text: str) -> Answer:
    """The answer to one question.

    Raises ``CaseError`` with a sentence for the person.
    """
    word = text.strip().lower()
    if word in UNSURE:
        return NOT_KNOWN
    match finding.type:
        case FindingType.YES_NO:
            if word in YES or word in NO or word in NONE:
                return word in YES
            raise CaseError(
                "please answer yes, no or unsure; type ? for help or why for the reason", finding=finding.id
            )
        case FindingType.ONE_OF:
            labels = [choice.label for choice in finding.choices.values()]
            return list(finding.choices)[_line(word, labels, finding.id)]
        case FindingType.ANY_OF:
            choices = list(finding.choices)
            ticks = _ticks(text, len(choices), finding.id)
            present = [choices[number - 1] for number in ticks.yes]
            unsure = [choices[number - 1] for number in ticks.unsure] if ticks.rest_known else choices
            return told_list(kb, finding.id, present, unsure)
        case FindingType.NUMBER:
            return _quantity(finding, word)


def read_ticks(findings: Sequence[str], text: str) -> dict[str, Answer]:
    """The answers to a tick list: ticked is yes, the rest no, or not known where the person is not sure of the rest.

    Raises ``CaseError`` with a sentence for the person.
    """
    if text.strip().lower() in UNSURE:
        return dict.fromkeys(findings, NOT_KNOWN)
    ticks = _ticks(text, len(findings), "")
    rest: Answer = False if ticks.rest_known else NOT_KNOWN
    given: dict[str, Answer] = {}
    for number, name in enumerate(findings, start=1):
        given[name] = True if number in ticks.yes else NOT_KNOWN if number in ticks.unsure else rest
    return given


def _quantity(finding: Finding, word: str) -> Answer:
    if len(word) == 1 and word in letters(len(finding.picks)):
        return picked_amount(finding, letters(len(finding.picks)).index(word))
    # A denial is meant for the line that denies, however that is worded.
    meant = set(NEVER) if word in NEVER else {word}
    for index, pick in enumerate(finding.picks):
        if meant & _alternatives(pick.label):
            return picked_amount(finding, index)
    if word in NEVER:
        return _none_at_all(finding, "never" if word == "never" else "none")
    try:
        value = read_answer(finding, word)
    except CaseError as error:
        if finding.picks:
            raise CaseError(
                f"please type the letter of a line (a to {letters(len(finding.picks))[-1]}), or an amount with its "
                f"unit, such as `10 {finding.unit}`",
                finding=finding.id,
            ) from None
        said = error.message.removeprefix(f"`{finding.id}`: ")
        raise CaseError(f"{said}; {error.hint}" if error.hint else said, finding=finding.id) from None
    return NOT_KNOWN if value is None else value


def _none_at_all(finding: Finding, word: str) -> Answer:
    """0 where the finding says that the word means it: how long ago something began that never was is no amount."""
    if word in finding.zero:
        return 0
    raise CaseError(
        "please type an amount; if there is nothing to measure here, type unsure, or back to mend an answer before",
        finding=finding.id,
    )


def _alternatives(label: str) -> set[str]:
    """A line of offered amounts as it may be typed: as shown, or one of the words that it joins by "or"."""
    words = label.lower()
    return {words, *(part for part in words.split(" or ") if not re.search(r"[0-9]", part))}


def picked_amount(finding: Finding, index: int) -> Answer:
    """The amount that the offered line at ``index``, counted from 0, stands for."""
    stored = finding.picks[index].stored
    return int(stored) if stored == int(stored) else stored


def letters(count: int) -> str:
    """The letters of offered amounts; numbers would be taken for amounts, and u says not sure."""
    return ascii_lowercase.replace("u", "")[:count]


def _line(word: str, labels: Sequence[str], finding: str) -> int:
    """The index of the line that a number, or words that fit just one label, name."""
    if re.fullmatch(r"[0-9]+", word) and 1 <= int(word) <= len(labels):
        return int(word) - 1
    for meant in _meant(word, [label.lower() for label in labels]):
        if len(meant) == 1:
            return meant[0]
    raise CaseError(f"please type one number from 1 to {len(labels)}, or unsure", finding=finding)


def _meant(word: str, labels: Sequence[str]) -> Iterator[list[int]]:
    """The lines that a word may mean, the surest reading first: the label, how it begins, that it denies.

    A denial is never the beginning of another word: "no" is not the "now" of "never, now, before".
    """
    if not word:
        return
    yield [index for index, label in enumerate(labels) if label == word]
    if word not in NEVER:
        yield [index for index, label in enumerate(labels) if label.startswith(word)]
        return
    if word == "never":
        yield [index for index, label in enumerate(labels) if re.search(r"\bnever\b", label)]
    yield [index for index, label in enumerate(labels) if DENYING.match(label)]


@dataclass(frozen=True)
class _Ticks:
    """Numbers of a list as typed: those ticked, those not sure of, and whether the rest is denied."""

    yes: frozenset[int]
    unsure: frozenset[int]
    rest_known: bool


def _ticks(text: str, count: int, finding: str) -> _Ticks:
    """``1,3`` ticks two; ``3?`` says not sure of the third; ``unsure`` at the end says so of all others."""
    rest = OPEN_REST.sub("", text)
    words = [word for word in re.split(r"[\s,;]+", rest.strip().lower()) if word]
    if " ".join(words) in NONE:
        words = []
    elif words[:1] == ["none"]:
        words = words[1:]
    elif not words:
        words = [""]
    found = [TICK.fullmatch(word) for word in words]
    numbers = [(int(one[1]), bool(one[2])) for one in found if one is not None]
    if len(numbers) < len(words) or not all(1 <= number <= count for number, _ in numbers):
        several, last = list_examples(count)
        raise CaseError(
            f"please type numbers from 1 to {count}, such as {several}; or none; or unsure; "
            f"or {last}? if not sure about {last}",
            finding=finding,
        )
    yes = frozenset(number for number, unsure in numbers if not unsure)
    return _Ticks(yes, frozenset(number for number, unsure in numbers if unsure) - yes, rest == text)
