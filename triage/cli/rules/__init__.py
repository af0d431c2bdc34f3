"""``triage rules``: looking at the knowledge base, checking and testing it."""

from __future__ import annotations

import click

from triage.cli.lazy import LazyGroup


class RulesCommands(LazyGroup):
    """The commands of ``triage rules``."""

    home = "triage.cli.rules"
    table = {
        "check": "Check that every rule has a meaning, and that the meaning is sound.",
        "list": "List findings, patterns, urgency rules, disorders or treatments.",
        "show": "Show one entry or rule, where it stands and what uses it.",
        "test": "Run rule cases and name those that come out differently.",
        "coverage": "Say which rules no case decides both ways.",
        "mutate": "Change rules one by one and say which changes no case notices.",
        "graph": "Draw what depends on what.",
        "diff": "Compare two knowledge bases on cases.",
        "export": "Write rules in another form.",
        "count": "Count what labelled cases told, disorder by disorder.",
        "new": "Write the skeleton of a rule and of its cases.",
    }


@click.group("rules", cls=RulesCommands, short_help="Look at the knowledge base, check and test it.")
def command() -> None:
    """Look at the knowledge base, check and test it.

    \b
    Examples:
      triage rules check
      triage rules list disorders
      triage rules show trigeminal_neuralgia
      triage rules test tests/cases/red_flags
    """
