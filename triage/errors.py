"""The faults this program can name, one class per kind, all under ``TriageError``.

They carry fields (place, rule, finding, hint) so that tests check fields and the command line does the wording.
Nothing here imports anything of ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

_SUGGESTED = 3
_ALIKE = 0.6
"""how alike two words are, from 0 to 1, for one to be taken for a slip of the other"""
_LONGEST = 200
"""nothing is suggested for a longer word"""
_SLOTS, _TIMES = 61, 16


def printable(text: str, *, keep: str = "", mark: str = "?") -> str:
    """The text with ``mark`` for what would move the cursor or colour the screen, ``keep`` left as it is."""
    return "".join(letter if letter.isprintable() or letter in keep else mark for letter in text)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in a file: ``path``, 1-based ``line`` and ``column``; 0 where it is not known."""

    path: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.path] + [str(number) for number in (self.line, self.column) if number]
        return ":".join(part for part in parts if part)


class TriageError(Exception):
    """A mistake in the input of this program, told in one line with a hint below it."""

    def __init__(
        self,
        message: str,
        *,
        place: Place | None = None,
        rule: str = "",
        finding: str = "",
        hint: str = "",
    ) -> None:
        super().__init__(message)
        self.message = message
        self.place = place or Place()
        self.rule = rule
        self.finding = finding
        self.hint = hint

    def __str__(self) -> str:
        head = ": ".join(part for part in (str(self.place), self.rule, self.message) if part)
        return f"{head}\n  hint: {self.hint}" if self.hint else head


class ExpressionError(TriageError):
    """An expression that cannot be read or does not fit the vocabulary."""


class KnowledgeError(TriageError):
    """A part of the knowledge base that has no meaning."""


class InputError(TriageError):
    """A file or stream that cannot be read as what it should be."""


class CaseError(TriageError):
    """A case whose answers do not fit the vocabulary or contradict each other."""


class LabelError(CaseError):
    """A label of a case that names nothing the knowledge base has; what was measured with it would mean nothing."""


class OutputError(TriageError):
    """A result that could not be written."""


class UsageError(TriageError):
    """A command or function called with something it does not take (exit code 2)."""


class Problems(TriageError):
    """All problems of one file, folder or case, in the order of their places."""

    def __init__(self, problems: Iterable[TriageError]) -> None:
        self.problems: Sequence[TriageError] = sorted(
            problems, key=lambda problem: (problem.place, problem.rule, problem.message)
        )
        super().__init__("\n".join(str(problem) for problem in self.problems))
        if self.problems:
            self.place = self.problems[0].place

    def __str__(self) -> str:
        return self.message


def nearest(word: str, names: Iterable[str]) -> str:
    """A hint that names what may have been meant, or an empty string if no known name is like the word.

    Names that have every part of the word come first, those with the fewest further parts before others; then the
    closest by letters.

    >>> nearest("age", ["onset_age_years", "side", "age_years"])
    'did you mean `age_years` or `onset_age_years`?'
    >>> nearest("sied", ["onset_age_years", "side", "age_years"])
    'did you mean `side`?'
    """
    alike = _alike(word, tuple(names)) if len(word) <= _LONGEST else ()
    return f"did you mean {one_of(alike)}?" if alike else ""


def one_of(names: Sequence[str]) -> str:
    """The names in backticks, as a choice between them; not more than three."""
    *first, last = (f"`{name}`" for name in names[:_SUGGESTED])
    return f"{', '.join(first)} or {last}" if first else last


# A large file mostly repeats one mistake.
@lru_cache(maxsize=256)
def _alike(word: str, names: tuple[str, ...]) -> tuple[str, ...]:
    parts = set(word.split("_"))
    known = _known(names)
    further = {name: len(own - parts) for name, own, _ in known if parts <= own}
    found = [*sorted(further, key=further.__getitem__), *_closest(word, known)]
    return tuple(dict.fromkeys(found))[:_SUGGESTED]


_Known = tuple[tuple[str, frozenset[str], int], ...]


@lru_cache(maxsize=16)
def _known(names: tuple[str, ...]) -> _Known:
    """Each name with its parts and its letters."""
    return tuple((name, frozenset(name.split("_")), _letters(name)) for name in names)


def _closest(word: str, known: _Known) -> list[str]:
    """The name most like the word by letters; none if no name is like it."""
    # A file may hold tens of thousands of wrong names. To compare one with all that are known would take most of the
    # time; the letters that two words share say at once how alike they can be at most.
    own, size = _letters(word), len(word)
    most = ((2 * (own & letters).bit_count() / max(1, size + len(name)), name) for name, _, letters in known)
    best, found = _ALIKE, ""
    matcher = SequenceMatcher(b=word)
    for at_most, name in sorted((one for one in most if one[0] >= _ALIKE), reverse=True):
        if at_most < best:
            break
        matcher.set_seq1(name)
        best, found = max((best, found), (matcher.ratio(), name))
    return [found] if found else []


def _letters(word: str) -> int:
    """The letters of a word as bits, of each letter as many as it has; two words share no more letters than bits."""
    times: dict[int, int] = {}
    bits = 0
    for letter in word:
        slot = ord(letter) % _SLOTS
        time = times[slot] = times.get(slot, 0) + 1
        bits |= 1 << (slot * _TIMES + min(time, _TIMES) - 1)
    return bits
