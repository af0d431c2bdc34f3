"""``evidence-repeats-criterion``: evidence that counts once more what a criterion of its disorder counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from triage.logic import (
    And,
    AtLeast,
    Atom,
    Compare,
    ComparePair,
    Expr,
    HasChoice,
    IsChoice,
    NoChoice,
    Not,
    Or,
    Ref,
    Truth,
    Value,
    YesNo,
    evaluate,
    findings_of,
    needed,
    signed_atoms,
    spelt_out,
)
from triage.models import Direction, Disorder, Evidence, KnowledgeBase

Answer = tuple[str, str]
"""a finding, or one choice of an any_of finding"""
Repeats = dict[str, str]
"""what counts twice, to the letter of the criterion that counts it"""
_NOTHING_SETTLED: frozenset[str] = frozenset()


def repeats(kb: KnowledgeBase, disorder: Disorder, item: Evidence) -> Iterator[tuple[str, str]]:
    """What ``item`` counts although a criterion counts it: a message, and a hint.

    An answer that it names itself must not stand in a criterion at all, whatever else it asks for and whichever
    way it points: the criterion already weighs it.

    A pattern is a picture made of many answers, and shares some with nearly every disorder of the same place. So
    behind patterns evidence repeats a criterion only if it can hold by nothing but answers that criteria name and
    count the same way: for the disorder if they help to meet the criterion, against it if they help to fail it. A
    pattern that asks for one answer more says something new. One that gathers what meets the criteria into the
    picture of another disorder sets a weight against theirs, and counts nothing twice.

    A criterion that names a pattern counts it as one, by whichever of its ways it holds; evidence may say which way
    it was, so nothing behind a criterion's pattern is looked for.

    Evidence against that demands a criterion as met, ``a and scan_without_lesions``, repeats nothing of that one:
    what it reads did not fail the criterion. The same holds of evidence for that demands one as not met.
    """
    counting = _Counting(kb, disorder, item.direction is Direction.FOR)
    expr = kb.exprs[f"{disorder.id}.{item.id}"]
    named = counting.named(expr)
    for name, criterion in sorted(named.items()):
        yield f"`{name}` already counts in criterion {criterion.upper()}", "count a fact once"
    behind = {} if named else counting.way(expr, True, _NOTHING_SETTLED)
    if behind:
        letters = ", ".join(sorted({criterion.upper() for criterion in behind.values()}))
        answers = ", ".join(f"`{name}`" for name in sorted(behind))
        yield (
            f"holds by nothing but {answers}, already counted in criterion {letters}",
            "count a fact once: demand something new, or the criterion as "
            + ("not met" if item.direction is Direction.FOR else "met"),
        )


@dataclass(frozen=True, slots=True)
class _Counting:
    """What the criteria of a disorder count, seen from evidence that points one way."""

    kb: KnowledgeBase
    disorder: Disorder
    speaks_for: bool

    def named(self, expr: Expr, settled: frozenset[str] = _NOTHING_SETTLED) -> Repeats:
        """The answers that ``expr`` names itself and a criterion names too."""
        match expr:
            case Not(arg):
                return self.named(arg, settled)
            case And(args) | Or(args) | AtLeast(_, args):
                if isinstance(expr, And):
                    settled |= self._settled(args, True)
                return {name: one for arg in args for name, one in self.named(arg, settled).items()}
            case NoChoice():
                return self.named(spelt_out(expr), settled)
            case Ref():
                return {}
            case _:
                return {
                    _words(expr): criterion
                    for criterion, atom, _ in self._criteria_atoms(settled)
                    if _answer(atom) == _answer(expr)
                }

    def way(self, expr: Expr, holds: bool, settled: frozenset[str]) -> Repeats | None:
        """What criteria count of a way in which ``expr`` is true (or false); None if each asks for something new.

        Patterns are followed. ``settled`` are criteria that the way itself demands the other way round.
        """
        match expr:
            case Ref(rule):
                if not rule.startswith(f"{self.disorder.id}."):
                    return self.way(self.kb.exprs[rule], holds, settled)
                letter = rule.rpartition(".")[2]
                return {letter: letter} if holds is self.speaks_for else {}
            case Not(arg):
                return self.way(arg, not holds, settled)
            case And(args) | Or(args) | AtLeast(_, args):
                return self._ways(args, holds, settled, needed(expr, holds=holds))
            case NoChoice():
                return self.way(spelt_out(expr), holds, settled)
            case YesNo() | Compare() | IsChoice() | HasChoice() | ComparePair():
                criterion = self._criterion_of(expr, holds, settled)
                return None if criterion is None else {_words(expr): criterion}
            case _:
                assert_never(expr)

    def _ways(self, args: Sequence[Expr], holds: bool, settled: frozenset[str], count: int) -> Repeats | None:
        if count == len(args):
            settled |= self._settled(args, holds)
        found = [way for arg in args if (way := self.way(arg, holds, settled)) is not None]
        # The shortest that repeat something; a mere demand for a criterion the other way round repeats nothing.
        found.sort(key=lambda way: (not way, len(way)))
        if len(found) < count:
            return None
        return {name: one for way in found[:count] for name, one in way.items()}

    def _settled(self, args: Sequence[Expr], holds: bool) -> frozenset[str]:
        """The criteria that ``args``, all of them true (or all false), demand the way that evidence does not point."""
        wanted = [(arg.arg, not holds) if isinstance(arg, Not) else (arg, holds) for arg in args]
        return frozenset(
            arg.rule.rpartition(".")[2]
            for arg, true in wanted
            if isinstance(arg, Ref)
            and arg.rule.startswith(f"{self.disorder.id}.")
            and true is not self.speaks_for
        )

    def _criteria_atoms(self, settled: frozenset[str]) -> Iterator[tuple[str, Atom, bool]]:
        no_rules: Mapping[str, Expr] = {}
        for one in self.disorder.criteria:
            if not one.judgement and one.id not in settled:
                for atom, positive in signed_atoms(self.kb.exprs[f"{self.disorder.id}.{one.id}"], no_rules):
                    yield one.id, atom, positive

    def _criterion_of(self, atom: Atom, holds: bool, settled: frozenset[str]) -> str | None:
        """The first criterion that an answer which makes ``atom`` true (or false) moves the way evidence points."""
        answers = [
            {finding: value}
            for finding in findings_of(atom)
            for value in self._values(atom)
            if evaluate(atom, {finding: value}) is (Truth.TRUE if holds else Truth.FALSE)
        ]
        for criterion, read, positive in self._criteria_atoms(settled):
            if _answer(read) == _answer(atom):
                moved = Truth.TRUE if positive is self.speaks_for else Truth.FALSE
                if any(evaluate(read, answer) is moved for answer in answers):
                    return criterion
        return None

    def _values(self, atom: Atom) -> Sequence[Value]:
        match atom:
            case YesNo():
                return (True, False)
            case HasChoice(_, choice):
                return ({choice: True}, {choice: False})
            case IsChoice(finding):
                return tuple(self.kb.findings[finding].choices)
            case Compare(finding):
                return self.kb.probes[finding]
            case _:
                return ()


def _answer(atom: Atom) -> Answer:
    return findings_of(atom)[0], atom.choice if isinstance(atom, HasChoice) else ""


def _words(atom: Atom) -> str:
    finding, choice = _answer(atom)
    return f"{choice} in {finding}" if choice else finding
