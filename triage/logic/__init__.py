"""Three-valued truth and the one expression tree: parser, printer, evaluation and what is pending."""

from triage.logic.evaluation import compare, evaluate
from triage.logic.expression import (
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
    Operator,
    Or,
    Ref,
    YesNo,
    children,
    findings_of,
    named_findings,
    named_rules,
    needed,
    spelt_out,
    walk,
)
from triage.logic.interval import Interval, Number
from triage.logic.parser import Scope, parse
from triage.logic.pending import World, pending_findings
from triage.logic.polarity import signed_atoms
from triage.logic.printer import to_text
from triage.logic.truth import Truth, all_of, any_of, at_least, negate, truth
from triage.logic.vocabulary import Facts, FindingType, Term, Value, Vocabulary

__all__ = [
    "And",
    "AtLeast",
    "Atom",
    "Compare",
    "ComparePair",
    "Expr",
    "Facts",
    "FindingType",
    "HasChoice",
    "Interval",
    "IsChoice",
    "NoChoice",
    "Not",
    "Number",
    "Operator",
    "Or",
    "Ref",
    "Scope",
    "Term",
    "Truth",
    "Value",
    "Vocabulary",
    "World",
    "YesNo",
    "all_of",
    "any_of",
    "at_least",
    "children",
    "compare",
    "evaluate",
    "findings_of",
    "named_findings",
    "named_rules",
    "needed",
    "negate",
    "parse",
    "pending_findings",
    "signed_atoms",
    "spelt_out",
    "to_text",
    "truth",
    "walk",
]
