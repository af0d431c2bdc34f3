"""Which step comes next. A pure function of the answers: the same answers always lead to the same question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from triage.assessment import assemble, decide, world_of
from triage.assessment.nerves import nerves_of
from triage.interview.memory import Memory
from triage.interview.relevance import Contender, Outlook, askable_findings
from triage.interview.state import Answer, Answers
from triage.interview.steps import Ending, Finished, Question, Step, TickStep, asked_in
from triage.logic import FindingType, Truth, World, evaluate
from triage.models import Band, KnowledgeBase, NerveModality

MAX_QUESTIONS = 40
TOPIC_BONUS = 1.5
COMPLAINTS = "complaints"


def next_step(
    kb: KnowledgeBase, answers: Answers, answered_by: str = "patient", memory: Memory | None = None
) -> Step:
    """The next thing to ask, or why there is nothing left; with a ``memory`` it is found sooner."""
    memory = memory or Memory(kb)
    world = memory.at(answers.facts)
    complaints = TickStep(COMPLAINTS, "", tuple(entry.finding for entry in kb.interview.complaints))
    if any(name not in answers.given for name in complaints.findings):
        return complaints
    for name in kb.interview.opening:
        if name not in answers.given and applicable(kb, world, name):
            return Question(name)
    present = [e.id for e in kb.interview.complaints if world.truths[f"complaint.{e.id}"] is not Truth.FALSE]
    screen = _screen(kb, world, answers, present)
    if screen is not None:
        return screen
    if not present:
        return Finished(Ending.OUTSIDE)
    if len(answers.steps) >= MAX_QUESTIONS:
        return Finished(Ending.LIMIT)
    return _question(memory, world, answers, present, answered_by)


def replayed(kb: KnowledgeBase, given: Mapping[str, Answer], answered_by: str = "patient") -> Answers:
    """Answers read from a file, in the steps in which they would have been asked; the others are steps of their own."""
    memory = Memory(kb)
    answers = Answers()
    left = dict(given)
    while left:
        step = next_step(kb, answers, answered_by, memory)
        asked = asked_in(step) if not isinstance(step, Finished) else ()
        told = {name: left.pop(name) for name in asked if name in left}
        if not told:
            break
        answers = answers.add(told)
    for name, value in left.items():
        answers = answers.add({name: value})
    # The order of the file is that in which the answers were given.
    return replace(answers, given=dict(given))


def visit_step(kb: KnowledgeBase, answers: Answers) -> TickStep | None:
    """The next list of illnesses or medicines that decides a caveat of a shown path; None if none is left."""
    facts = answers.facts
    truths = decide(kb, facts)
    shown = assemble(kb, "", facts, truths)
    missing = {name for path in shown.treatments for caveat in path.caveats for name in caveat.missing}
    world = world_of(kb, facts, truths)
    for ticks in kb.interview.before_visit:
        left = [
            name
            for name in ticks.findings
            if name in missing - set(answers.given) and applicable(kb, world, name)
        ]
        if left:
            return TickStep(ticks.id, ticks.title, tuple(left))
    return None


def applicable(kb: KnowledgeBase, world: World, finding: str) -> bool:
    """Whether a finding may be asked: its guard is not false."""
    guard = kb.guards.get(finding)
    return guard is None or evaluate(guard, world.facts, world.truths) is not Truth.FALSE


def _screen(kb: KnowledgeBase, world: World, answers: Answers, present: list[str]) -> TickStep | None:
    """The first danger screen of a present complaint with something left to ask, then what an answer brings at once.

    A sign shown on an earlier screen is not shown again.
    """
    for screen in kb.interview.screens:
        if not set(screen.complaints) & set(present):
            continue
        left, also = (
            [name for name in names if name not in answers.given and applicable(kb, world, name)]
            for names in (screen.findings, screen.also)
        )
        if left or also:
            return TickStep(screen.id, screen.title, tuple(left), tuple(also), danger=True)
        follow = _follow_up(kb, world, answers)
        if follow is not None:
            return follow
    return _follow_up(kb, world, answers)


def _follow_up(kb: KnowledgeBase, world: World, answers: Answers) -> TickStep | None:
    """What the answers so far bring at once, as one page."""
    wanted: dict[str, None] = {}
    for condition, findings in kb.follow_ups:
        if evaluate(condition, world.facts, world.truths) is Truth.TRUE:
            wanted |= {
                name: None for name in findings if name not in answers.given and applicable(kb, world, name)
            }
    if not wanted:
        return None
    ticks = [name for name in wanted if kb.findings[name].type is FindingType.YES_NO][:8]
    others = [name for name in wanted if kb.findings[name].type is not FindingType.YES_NO]
    return TickStep("follow_up", "More about what you ticked", tuple(ticks), tuple(others), danger=True)


def _question(memory: Memory, world: World, answers: Answers, present: list[str], answered_by: str) -> Step:
    kb = memory.kb
    unasked = askable_findings(kb, answered_by, answers.given)
    outlook = Outlook(memory, world, unasked)
    found = outlook.contenders(present)
    if _decided(kb, world, found):
        return Finished(Ending.DECIDED)
    scores = {name: value for name, value in outlook.values(found).items() if applicable(kb, world, name)}
    if not scores:
        return Finished(Ending.NOTHING_LEFT)
    topics = {name: topic.id for topic in kb.interview.topics for name in topic.findings}
    last = topics.get(answers.steps[-1][-1]) if answers.steps and answers.steps[-1] else None

    def rank(name: str) -> tuple[float, str]:
        bonus = TOPIC_BONUS if last is not None and topics.get(name) == last else 1.0
        return (-scores[name] * bonus, name)

    best = min(scores, key=rank)
    return Question(best, topics.get(best, ""))


def _decided(kb: KnowledgeBase, world: World, found: list[Contender]) -> bool:
    """Whether one family fits, no other could still reach its fit, and the nerve question is answered."""
    fitting = [one for one in found if one.band is Band.FITS]
    if not fitting or nerves_of(kb, world).modality is NerveModality.UNDETERMINED:
        return False
    family = kb.family(fitting[0].disorder.id)
    return all(kb.family(one.disorder.id) == family for one in found)
