"""What depends on what, and its text for Graphviz and Mermaid."""

import pytest

from tests.support import tiny_kb
from triage.workbench.graph import around, graph_of, to_dot, to_mermaid


@pytest.fixture
def kb(tmp_path):
    return tiny_kb(
        tmp_path,
        {
            "ache": "yes_no",
            "numb": {"type": "yes_no", "asked_when": "ache", "implied": "no"},
            "old": "yes_no",
        },
        {"both": "ache and numb"},
        urgency={"danger": {"when": "both"}},
        disorders={
            "illness": {"criteria": {"a": "both"}, "grades": {"possible": "a"}},
            "form": {"parent": "illness", "criteria": {"a": "old"}, "grades": {"possible": "a"}},
        },
        treatments={"rest": {"paths": {"illness": {}}, "caveats": {"age": "old"}}},
    )


def test_edges_lead_from_what_depends_to_what_it_depends_on(kb):
    assert graph_of(kb).edges == (
        ("both", "ache"),
        ("both", "numb"),
        ("danger", "both"),
        ("form", "illness"),
        ("form", "old"),
        ("illness", "both"),
        ("numb", "ache"),
        ("rest", "illness"),
        ("rest", "old"),
    )


def test_rules_can_be_nodes_of_their_own(kb):
    graph = graph_of(kb, rules=True)
    assert {("illness", "illness.a"), ("illness.possible", "illness.a"), ("illness.a", "both")} <= set(
        graph.edges
    )
    assert ("illness", "both") not in graph.edges
    assert graph.nodes["illness.a"] == "rule"


@pytest.mark.parametrize(
    "start, options, names",
    [
        ("both", {"up": False}, {"both", "ache", "numb"}),
        ("both", {"down": False}, {"both", "danger", "illness", "form", "rest"}),
        ("both", {"down": False, "depth": 1}, {"both", "danger", "illness"}),
        ("old", {"up": False}, {"old"}),
        ("numb", {}, {"numb", "ache", "both", "danger", "illness", "form", "rest"}),
    ],
)
def test_the_part_around_an_entry(kb, start, options, names):
    part = around(graph_of(kb), start, **options)
    assert set(part.nodes) == names
    assert {name for edge in part.edges for name in edge} <= names


def test_dot(kb):
    assert to_dot(around(graph_of(kb), "danger", depth=1)) == (
        "digraph rules {\n"
        "  rankdir=LR;\n"
        '  node [fontname="sans-serif"];\n'
        '  "both" [shape=box];\n'
        '  "danger" [shape=octagon];\n'
        '  "danger" -> "both";\n'
        "}\n"
    )


def test_mermaid_numbers_its_nodes(kb):
    assert to_mermaid(around(graph_of(kb), "danger", depth=1)) == (
        'flowchart LR\n  n0["both"]\n  n1{{"danger"}}\n  n1 --> n0\n'
    )


def test_every_edge_of_the_shipped_rules_joins_two_nodes(kb, toy):
    graph = graph_of(toy, rules=True)
    assert {name for edge in graph.edges for name in edge} <= set(graph.nodes)
    assert len(to_dot(graph).splitlines()) == 4 + len(graph.nodes) + len(graph.edges)
