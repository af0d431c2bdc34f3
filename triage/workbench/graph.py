"""What depends on what, as a graph of entries or of single rules, written for Graphviz or Mermaid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, assert_never

from triage.logic import named_findings, named_rules
from triage.models import KnowledgeBase, RuleKind

Form = Literal["dot", "mermaid"]
SHAPES = {
    "finding": ("ellipse", "([{}])"),
    "complaint": ("ellipse", "([{}])"),
    "pattern": ("box", "[{}]"),
    "urgency rule": ("octagon", "{{{{{}}}}}"),
    "disorder": ("box", "[[{}]]"),
    "treatment": ("component", "[/{}/]"),
    "caveat set": ("note", "[/{}/]"),
    "rule": ("plaintext", "[{}]"),
}
"""kind of a node to its shape in Graphviz and its brackets in Mermaid"""


@dataclass(frozen=True)
class Graph:
    """Nodes by id with their kinds, and edges from what depends to what it depends on."""

    nodes: dict[str, str]
    edges: tuple[tuple[str, str], ...]


def graph_of(kb: KnowledgeBase, *, rules: bool = False) -> Graph:
    """The whole knowledge base: an edge leads from an entry to each entry it names.

    ``rules`` keeps every rule as a node of its own, below the entry it belongs to.
    """
    kinds = _kinds(kb)
    edges = set(_links(kb))
    for rule in kb.rules.values():
        owner = _owner(kb, rule.id)
        source = owner
        if rules and rule.id != owner:
            kinds[rule.id] = "rule"
            edges.add((owner, rule.id))
            source = rule.id
        targets = {*named_findings(rule.expr)}
        targets |= {other if rules else _owner(kb, other) for other in named_rules(rule.expr)}
        edges |= {(source, target) for target in targets if target != source}
    return Graph(dict(sorted(kinds.items())), tuple(sorted(edges)))


def around(
    graph: Graph, start: str, *, up: bool = True, down: bool = True, depth: int | None = None
) -> Graph:
    """The part of a graph that ``start`` depends on (``down``) and that depends on it (``up``).

    ``depth`` is the number of steps at most.
    """
    kept: set[tuple[str, str]] = set()
    if down:
        kept |= _reached(graph.edges, start, depth)
    if up:
        turned = [(target, source) for source, target in graph.edges]
        kept |= {(target, source) for source, target in _reached(turned, start, depth)}
    names = {start, *(name for edge in kept for name in edge)}
    return Graph({name: kind for name, kind in graph.nodes.items() if name in names}, tuple(sorted(kept)))


def to_dot(graph: Graph) -> str:
    """The graph in the language of Graphviz."""
    lines = ["digraph rules {", "  rankdir=LR;", '  node [fontname="sans-serif"];']
    lines += [f'  "{name}" [shape={SHAPES[kind][0]}];' for name, kind in graph.nodes.items()]
    lines += [f'  "{source}" -> "{target}";' for source, target in graph.edges]
    return "\n".join([*lines, "}"]) + "\n"


def to_mermaid(graph: Graph) -> str:
    """The graph in the language of Mermaid, whose node names are numbered since ids may be words of its own."""
    numbers = {name: f"n{index}" for index, name in enumerate(graph.nodes)}
    lines = ["flowchart LR"]
    lines += [
        f"  {numbers[name]}" + SHAPES[kind][1].format(f'"{name}"') for name, kind in graph.nodes.items()
    ]
    lines += [f"  {numbers[source]} --> {numbers[target]}" for source, target in graph.edges]
    return "\n".join(lines) + "\n"


def to_text(graph: Graph, form: Form) -> str:
    """The graph in one of the languages."""
    match form:
        case "dot":
            return to_dot(graph)
        case "mermaid":
            return to_mermaid(graph)
        case _:
            assert_never(form)


def _kinds(kb: KnowledgeBase) -> dict[str, str]:
    kinds = {f"complaint.{entry.id}": "complaint" for entry in kb.interview.complaints}
    for kind, names in (
        ("finding", kb.findings),
        ("pattern", kb.patterns),
        ("urgency rule", kb.urgency_rules),
        ("disorder", kb.disorders),
        ("treatment", kb.treatments),
        ("caveat set", kb.caveat_sets),
    ):
        kinds |= dict.fromkeys(names, kind)
    if "adult" in kb.rules:
        kinds["adult"] = "complaint"
    return kinds


def _links(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Edges that are no expressions: families, combinations, documented paths and shared caveats."""
    for disorder in kb.disorders.values():
        if disorder.parent is not None:
            yield disorder.id, disorder.parent
        yield from ((disorder.id, part) for part in disorder.combines)
    for treatment in kb.treatments.values():
        yield from ((treatment.id, path.disorder) for path in treatment.paths)
        yield from ((treatment.id, used) for used in treatment.caveat_sets)


def _owner(kb: KnowledgeBase, rule: str) -> str:
    """The entry a rule belongs to."""
    entry = kb.rules[rule]
    if entry.kind in (RuleKind.COMPLAINT, RuleKind.ADULT):
        return rule
    return entry.owner.split(".")[0]


def _reached(edges: Iterable[tuple[str, str]], start: str, depth: int | None) -> set[tuple[str, str]]:
    """The edges met on the way from ``start``."""
    following: dict[str, list[str]] = {}
    for source, target in edges:
        following.setdefault(source, []).append(target)
    found: set[tuple[str, str]] = set()
    seen, border, step = {start}, [start], 0
    while border and (depth is None or step < depth):
        met = [(source, target) for source in border for target in following.get(source, ())]
        found.update(met)
        border = sorted({target for _, target in met} - seen)
        seen.update(border)
        step += 1
    return found
