"""Conditions on a page: an expression in one line or as a list of its parts, and what the pictures it names mean."""

from __future__ import annotations

from tools.markdown import Item, Page, escape
from triage.explain import to_words
from triage.logic import And, AtLeast, Expr, Not, Or, named_rules

ONE_LINE = 100
"""letters of a condition that stands in one line"""


def words(page: Page, expr: Expr, scope: str = "") -> str:
    """An expression in one line; the pictures it names are explained at the end of the page."""
    page.pictures |= dict.fromkeys(sorted(named_rules(expr) & set(page.kb.patterns)))
    return escape(to_words(page.kb, expr, scope))


def condition(page: Page, lead: str, expr: Expr, scope: str = "") -> Item:
    """An expression after a word or two: in one line if it is short, else as a list of its parts."""
    line, parts = words(page, expr, scope), _parts(expr)
    if parts is None or len(line) <= ONE_LINE:
        return f"{lead} {line}"
    word, args = parts
    return f"{lead} {word}", [_part(page, arg, scope) for arg in args]


def _part(page: Page, expr: Expr, scope: str) -> Item:
    line, parts = words(page, expr, scope), _parts(expr)
    if parts is None or (len(line) <= ONE_LINE and not isinstance(expr, Or)):
        return line
    word, args = parts
    return word, [_part(page, arg, scope) for arg in args]


def _parts(expr: Expr) -> tuple[str, tuple[Expr, ...]] | None:
    match expr:
        case And(args):
            return "all of these:", args
        case Or(args):
            return "any of these:", args
        case AtLeast(count, args):
            return f"at least {count} of these:", args
        case Not(And() | Or() | AtLeast() as arg):
            return "not so:", (arg,)
        case _:
            return None


def pictures(page: Page) -> None:
    """What the pictures named on the page mean, those that they name themselves included."""
    told: dict[str, tuple[str, list[Item]]] = {}
    while waiting := [name for name in page.pictures if name not in told]:
        for name in waiting:
            pattern = page.kb.patterns[name]
            ours = f" (Our reason: {escape(pattern.rationale)})" if pattern.rationale else ""
            meaning = condition(page, "it means:", page.kb.exprs[name])
            told[name] = (f"**{escape(pattern.label)}**{page.cite(pattern.source)}{ours}", [meaning])
    if told:
        page.heading("Pictures named on this page, and what they mean")
        page.items(sorted(told.values(), key=lambda item: item[0].lower()))
