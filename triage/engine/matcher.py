"""A Rete matcher for many rules of one shape: conjunctions of positive facts, each class of facts saying one thing.

experta's own matcher looks at every rule after every fact, and tests every fact against the class of every pattern.
This one sends a fact straight to the patterns of its class and reports only the rules that were reached since the
last call. Nodes, tokens and activations are experta's.
"""

from __future__ import annotations

from typing import Any

from triage.engine.compat import (
    Activation,
    BusNode,
    ConflictSetNode,
    Fact,
    FeatureCheck,
    FeatureTesterNode,
    OrdinaryMatchNode,
    ReteMatcher,
    Rule,
    SameContextCheck,
    Token,
)


class Switchboard(BusNode):
    """The root of the network: a node per class of facts, found by the class of the fact."""

    def __init__(self) -> None:
        super().__init__()
        self.branches: dict[type[Fact], BusNode] = {}

    def branch(self, kind: type[Fact]) -> BusNode:
        """The node that facts of this class reach first."""
        if kind not in self.branches:
            self.branches[kind] = BusNode()
            self.children.append(self.branches[kind])
        return self.branches[kind]

    def add(self, fact: Fact) -> None:
        """Send a new fact to the patterns of its class."""
        self._send(Token.valid, fact)

    def remove(self, fact: Fact) -> None:
        """Withdraw a fact from the patterns of its class."""
        self._send(Token.invalid, fact)

    def _send(self, token: Any, fact: Fact) -> None:
        if (branch := self.branches.get(type(fact))) is not None:
            made = token(fact)
            for child in branch.children:
                child.callback(made)


class ReachedNode(ConflictSetNode):
    """The end of a rule's conjunction; notes that it was reached."""

    def __init__(self, rule: Rule, reached: dict[ReachedNode, None]) -> None:
        super().__init__(rule)
        self.reached = reached

    def _activate(self, token: Token) -> None:
        super()._activate(token)
        self.reached[self] = None


class ConjunctionMatcher(ReteMatcher):
    """experta's matcher for rules that are conjunctions of positive patterns without variables."""

    def __init__(self, engine: Any) -> None:
        self.reached: dict[ReachedNode, None] = {}
        self.remembering: list[Any] = []
        super().__init__(engine)

    def build_network(self) -> None:
        """Wire up the engine's rules; conjunctions that begin alike share their nodes."""
        self.root_node = Switchboard()
        ends: dict[tuple[Fact, ...], Any] = {}
        for rule in self.engine.get_rules():
            end = ReachedNode(rule, self.reached)
            self.remembering.append(end)
            self._conjunction(tuple(rule), ends).add_child(end, end.activate)

    def changes(
        self, adding: list[Fact] | None = None, deleting: list[Fact] | None = None
    ) -> tuple[list[Activation], list[Activation]]:
        """The activations that came and went with these facts."""
        for fact in deleting or ():
            self.root_node.remove(fact)
        for fact in adding or ():
            self.root_node.add(fact)
        added: list[Activation] = []
        removed: list[Activation] = []
        for node in self.reached:
            come, gone = node.get_activations()
            added += come
            removed += gone
        self.reached.clear()
        return added, removed

    def reset(self) -> None:
        """Forget all facts."""
        for node in self.remembering:
            node._reset()
        for node in self.reached:
            node.get_activations()
        self.reached.clear()

    def _conjunction(self, patterns: tuple[Fact, ...], ends: dict[tuple[Fact, ...], Any]) -> Any:
        """The node that all facts of a conjunction reach together."""
        if patterns in ends:
            return ends[patterns]
        if len(patterns) == 1:
            node = self._pattern(patterns[0])
        else:
            node = OrdinaryMatchNode(SameContextCheck())
            self.remembering.append(node)
            self._conjunction(patterns[:-1], ends).add_child(node, node.activate_left)
            self._conjunction(patterns[-1:], ends).add_child(node, node.activate_right)
        ends[patterns] = node
        return node

    def _pattern(self, pattern: Fact) -> Any:
        node = self.root_node.branch(type(pattern))
        for field, constraint in pattern.items():
            test = FeatureTesterNode(FeatureCheck(field, constraint))
            node.add_child(test, test.activate)
            node = test
        return node
