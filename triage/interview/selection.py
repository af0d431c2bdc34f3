"""Which step comes next. A pure function of the answers: the same answers always lead to the same question.

First the complaints, then their danger screens, what everybody with a complaint is asked, and what else there is
something to tell of; then the details of that, and what most decides between the disorders that could still lead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from triage.assessment import assemble, decide, world_of
from triage.assessment.nerves import nerves_of
from triage.interview.memory import Memory
from triage.interview.openers import openings
from triage.interview.pages import best_page, detail_page
from triage.interview.relevance import Contender, Outlook, askable_findings
from triage.interview.state import Answer, Answers
from triage.interview.steps import Ending, Finished, Step, TickStep, asked_in
from triage.logic import FindingType, Truth, World, evaluate
from triage.models import AskedOf, Band, KnowledgeBase, Line, NerveModality
from triage.models.settings import Basics, Overview

MAX_QUESTIONS = 40
COMPLAINTS = "complaints"
OPENING = "opening"
VISIT_DETAILS = "visit_details"


def next_step(
    kb: KnowledgeBase, answers: Answers, answered_by: str = "patient", memory: Memory | None = None
) -> Step:
    """The next thing to ask, or why there is nothing left; with a ``memory`` it is found sooner."""
    memory = memory or Memory(kb)
    world = memory.at(answers.facts)
    opening = tuple(
        name for name in kb.interview.opening if name not in answers.given and applicable(kb, world, name)
    )
    complaints = tuple(entry.finding for entry in kb.interview.complaints)
    if any(name not in answers.given for name in complaints):
        return TickStep(COMPLAINTS, "", complaints, opening)
    if opening:
        return TickStep(OPENING, "", (), opening)
    present = complaints_of(kb, world)
    everyone = [entry.id for entry in kb.interview.complaints]
    able = askable_findings(kb, answered_by, answers.given)
    screen = _screen(kb, world, answers, present or everyone, able, for_all=not present)
    if screen is not None:
        return screen
    if len(answers.steps) >= MAX_QUESTIONS:
        return Finished(Ending.LIMIT)
    page = _fixed_page(kb, world, present, able)
    if page is not None:
        return page
    step = _question(memory, world, answers, present, answered_by)
    outside = not present and isinstance(step, Finished) and step.ending is not Ending.DECIDED
    return Finished(Ending.OUTSIDE) if outside else step


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
    """What decides the caveats of shown paths and is not told yet; None if nothing is left.

    First the lists of illnesses and medicines, one by one; then what no list can ask, for the paths named first.
    """
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
    first = {
        name
        for path in shown.treatments
        if path.line is Line.FIRST
        for caveat in path.caveats
        for name in caveat.missing
    }
    details = [
        one.id
        for one in kb.findings.values()
        if one.id in first - set(answers.given)
        and one.asked_of is AskedOf.PATIENT
        and one.type is not FindingType.YES_NO
        and _told_of(kb, world, one.id)
    ]
    if not details:
        return None
    return TickStep(VISIT_DETAILS, "More that decides which treatments suit you", (), tuple(details))


def complaints_of(kb: KnowledgeBase, world: World) -> list[str]:
    """The complaints that are present; where none is known to be, those that may be."""
    by_truth = {
        truth: [one.id for one in kb.interview.complaints if world.truths[f"complaint.{one.id}"] is truth]
        for truth in (Truth.TRUE, Truth.UNKNOWN)
    }
    return by_truth[Truth.TRUE] or by_truth[Truth.UNKNOWN]


def applicable(kb: KnowledgeBase, world: World, finding: str) -> bool:
    """Whether a finding may be asked: its guard is not false."""
    guard = kb.guards.get(finding)
    return guard is None or evaluate(guard, world.facts, world.truths) is not Truth.FALSE


def _screen(
    kb: KnowledgeBase,
    world: World,
    answers: Answers,
    present: list[str],
    able: frozenset[str],
    *,
    for_all: bool = False,
) -> TickStep | None:
    """The first danger screen of a present complaint with something left to ask, then what an answer brings at once.

    Without a complaint (``for_all``) only the screens of all complaints are shown, and those that name none.

    A sign shown on an earlier screen is not shown again.
    """
    for screen in kb.interview.screens:
        if for_all and screen.complaints and set(present) - set(screen.complaints):
            continue
        if not for_all and not set(screen.complaints) & set(present):
            continue
        left, also = (
            [name for name in names if name in able and applicable(kb, world, name)]
            for names in (screen.findings, screen.also)
        )
        if left or also:
            return TickStep(screen.id, screen.title, tuple(left), tuple(also), danger=True)
        follow = _follow_up(kb, world, answers)
        if follow is not None:
            return follow
    return _follow_up(kb, world, answers)


def _fixed_page(kb: KnowledgeBase, world: World, present: list[str], able: frozenset[str]) -> TickStep | None:
    """What everybody with a complaint is asked: its basics, then what else there is something to tell of.

    Without a complaint, but with a sign that brings people all the same, a clinician is asked what was examined.
    """
    pages: list[Basics | Overview] = [
        page for page in kb.interview.basics if world.truths[f"complaint.{page.complaint}"] is Truth.TRUE
    ]
    wanted = able if present else able & _results(kb, world)
    for page in (*pages, *kb.interview.overviews):
        left = [name for name in page.findings if name in wanted and applicable(kb, world, name)]
        if left:
            ticks = [name for name in left if kb.findings[name].type is FindingType.YES_NO]
            others = [name for name in left if name not in ticks]
            return TickStep(page.id, page.title, tuple(ticks), tuple(others))
    return None


def _results(kb: KnowledgeBase, world: World) -> frozenset[str]:
    """What only a clinician can tell, if a sign for people without a complaint is there; else nothing."""
    signs = (name for screen in kb.interview.screens if not screen.complaints for name in screen.findings)
    if not any(world.facts.get(name) is True for name in signs):
        return frozenset()
    return frozenset(one.id for one in kb.findings.values() if one.asked_of is not AskedOf.PATIENT)


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
    return TickStep("follow_up", "More about what you said", tuple(ticks), tuple(others), danger=True)


def _question(memory: Memory, world: World, answers: Answers, present: list[str], answered_by: str) -> Step:
    kb = memory.kb
    said = openings(kb, world, answers.given)
    unasked = askable_findings(kb, answered_by, answers.given, said)
    outlook = Outlook(memory, world, unasked, answers.effort, said)
    details = _details(outlook, present)
    if details is not None:
        return details
    # Without a complaint only what needs none could lead.
    found = outlook.contenders(present or [entry.id for entry in kb.interview.complaints])
    dangers = outlook.dangers(present)
    decided = _decided(memory, world, found, present)
    if decided and not dangers:
        return Finished(Ending.DECIDED)
    # Where no disorder is left, the nerves are asked about as long as patience lasts.
    worth = not decided and (found or (present and outlook.patient))
    values = Counter(outlook.values(found, present) if worth else {}) + Counter(dangers)
    scores = {name: value for name, value in values.items() if _told_of(outlook.kb, outlook.world, name)}
    if not scores:
        return Finished(Ending.DECIDED if decided else Ending.NOTHING_LEFT)
    last = answers.steps[-1][-1] if answers.steps and answers.steps[-1] else ""
    return best_page(kb, scores, last, said.opened, only_dangers=decided)


def _details(outlook: Outlook, present: list[str]) -> Step | None:
    """A page about what there is something to tell of; such details are asked for whoever leads so far.

    Without a complaint nothing leads, and only danger is asked about.
    """
    left = [
        name for name in outlook.said.opened & outlook.unasked if _told_of(outlook.kb, outlook.world, name)
    ]
    if not left:
        return None
    dangers = outlook.dangers(present, nearest=0.0)
    values = Counter(outlook.details(left, present))
    values.update({name: dangers[name] for name in left if name in dangers})
    return detail_page(outlook.kb, values)


def _told_of(kb: KnowledgeBase, world: World, finding: str) -> bool:
    """Whether what a question takes for granted was told: its finding has no guard, or one that holds."""
    guard = kb.guards.get(finding)
    return guard is None or evaluate(guard, world.facts, world.truths) is Truth.TRUE


def _decided(memory: Memory, world: World, found: list[Contender], present: list[str]) -> bool:
    """Whether families that fit lead, each with a complaint of its own, no other could, and the nerve is settled."""
    kb = memory.kb
    leading: dict[str, None] = {}
    open_complaints = set(present)
    for one in found:
        if one.band is Band.FITS and (not leading or open_complaints & set(one.disorder.explains)):
            leading[kb.family(one.disorder.id)] = None
            open_complaints -= set(one.disorder.explains)
    if not leading or nerves_of(kb, world).modality is NerveModality.UNDETERMINED:
        return False
    return all(kb.family(one.disorder.id) in leading for one in found) and memory.lines().ahead is None
