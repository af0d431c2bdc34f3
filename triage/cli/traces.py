"""The firings of experta as lines to read."""

from __future__ import annotations

from collections.abc import Iterator

from triage.engine import Firing, Item, Trace


def trace_lines(trace: Trace) -> Iterator[str]:
    """What was decided in which order, and below each what it rests on."""
    for firing in trace.firings:
        yield f"{firing.number:5d}  {decided_words(firing)}"
        if firing.grounds:
            yield f"         because {'; '.join(item_words(item) for item in firing.grounds)}"
        if firing.implied:
            yield f"         implies {'; '.join(item_words(item) for item in firing.implied)}"


def decided_words(firing: Firing) -> str:
    """What a firing decided."""
    layer = firing.layer.name.lower().replace("_", " ")
    truth = "true" if firing.truth else "false"
    again = " (again, on other grounds)" if firing.again else ""
    if firing.part:
        return f"part of {layer} {firing.rule}: {firing.part} is {truth}{again}"
    return f"{layer} {firing.rule} is {truth}{again}"


def item_words(item: Item) -> str:
    """An item of working memory."""
    value = ("yes" if item.value else "no") if isinstance(item.value, bool) else str(item.value)
    if item.kind != "answer":
        return f"{item.name} is {'true' if item.value else 'false'}"
    return f"{item.name}.{item.choice} = {value}" if item.choice else f"{item.name} = {value}"
