"""How urgent it is, what could still raise it, and the signs to go at once for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice

from triage.models import Level, OpenRule, UrgencyRule
from triage.report import wording
from triage.report.document import Item, Items, Notice, Paragraph, Section
from triage.report.sheet import Sheet, sentences, some

OPEN_SHOWN = 5
LETTER_OPEN = 10
RULES_SHOWN = 1


def urgency_section(sheet: Sheet, *, clinician: bool = False) -> Section:
    """How urgent it is, which rules decided that, and what could still raise it.

    For a clinician rules of a lower level, and questions that nobody asked, are only named.
    """
    urgency = sheet.assessment.urgency
    words = sheet.kb.urgency.levels[urgency.now]
    notice = Notice(words.label, words.clinician if clinician else sentences(words.lay, words.action))
    blocks: list[Notice | Paragraph | Items] = [notice]
    if urgency.now is Level.EMERGENCY and sheet.kb.urgency.emergency_number:
        blocks.append(Paragraph(sheet.kb.urgency.emergency_number, strong=True))
    blocks += unsure_of(sheet, clinician=clinician)
    items = []
    lower = []
    said = [notice.text]
    for held in urgency.because:
        rule = sheet.kb.urgency_rules[held.rule]
        title = f"{rule.label} ({sheet.kb.urgency.levels[held.level].label})"
        decisive = held.level is urgency.now or rule.id in sheet.kb.urgency.suicide
        if clinician and not decisive:
            lower.append(title)
            continue
        because = sheet.because(f"{rule.id}.when")
        children = [Item(f"because {because}")] if because else []
        if decisive:
            children += _what_to_do(sheet, rule, said, clinician=clinician)
        items.append(Item(title, tuple(children)))
    if lower:
        items.append(Item("; ".join(lower), mark=wording.LESS_URGENT))
    if items:
        blocks.append(Items(tuple(items)))
    elif urgency.now is Level.ROUTINE:
        blocks.append(Paragraph("No danger rule holds with the answers given."))
    blocks += open_danger(sheet, clinician=clinician)
    return Section("How urgent", tuple(blocks), kind="urgent" if urgency.now is Level.EMERGENCY else "plain")


def _what_to_do(sheet: Sheet, rule: UrgencyRule, said: list[str], *, clinician: bool) -> list[Item]:
    """Reason and action; where a person must be met with care, the words written for that.

    An action that is among ``said`` is left out, any other put there.
    """
    own = sheet.kb.urgency.suicide.get(rule.id)
    reason = Item(rule.reason + sheet.cite(rule.source))
    if own and not clinician:
        return [Item(own), reason]
    action = rule.action_clinician or rule.action if clinician else rule.action
    if is_said(action, said):
        return [reason]
    said.append(action)
    return [Item(action, mark=wording.TO_DO), reason]


def is_said(text: str, said: Sequence[str]) -> bool:
    """Whether one of the texts says this already, word for word."""
    return any(text in one for one in said)


def unsure_of(sheet: Sheet, *, clinician: bool = False) -> list[Paragraph]:
    """What a level below the same day hangs on: the danger signs that the person was asked about and not sure of."""
    urgency, case = sheet.assessment.urgency, sheet.case
    if urgency.now.rank >= Level.SAME_DAY.rank or case.answered_by != "patient":
        return []
    raising = {name for rule in urgency.open if rule.level.rank > urgency.now.rank for name in rule.findings}
    signs = [name for screen in sheet.kb.interview.screens for name in screen.findings]
    unsure = [name for name in dict.fromkeys(signs) if name in case.not_known and name in raising]
    if not unsure:
        return []
    labels = [sheet.kb.findings[name].label for name in unsure]
    words = wording.PERSON_UNSURE_OF if clinician else wording.UNSURE_OF
    return [Paragraph(words.format(signs=some(labels, OPEN_SHOWN)), strong=True)]


def open_danger(sheet: Sheet, *, clinician: bool = False) -> list[Paragraph | Items]:
    """The questions that could still raise urgency with the danger rules that hang on them, highest first.

    A clinician gets more questions; of those nobody asked only the names, as a rule among twenty tells little.
    """
    questions = _open_questions(sheet)
    if not questions:
        return []
    shown = LETTER_OPEN if clinician else OPEN_SHOWN
    items = _by_level(sheet, dict(islice(questions.items(), shown)), clinician=clinician)
    more = len(questions) - shown
    if more > 0:
        plural = "question" if more == 1 else "questions"
        items.append(Item(wording.MORE_OPEN.format(count=more, questions=plural)))
    level = sheet.kb.urgency.levels[sheet.assessment.urgency.could_become].label
    return [Paragraph(wording.COULD_RISE.format(level=level)), Items(tuple(items))]


def _open_questions(sheet: Sheet) -> dict[str, list[OpenRule]]:
    """By finding, the most urgent first: the rules above the level now that hang on it."""
    urgency, not_known = sheet.assessment.urgency, sheet.case.not_known
    questions: dict[str, list[OpenRule]] = {}
    for rule in urgency.open:
        if rule.level.rank > urgency.now.rank:
            for finding in rule.findings:
                questions.setdefault(finding, []).append(rule)

    def order(finding: str) -> tuple[int, bool, int, str]:
        rules = questions[finding]
        top = max(rule.level.rank for rule in rules)
        # Asked and not known comes first: there somebody has to look.
        return -top, finding not in not_known, -sum(rule.level.rank == top for rule in rules), finding

    return {finding: questions[finding] for finding in sorted(questions, key=order)}


def _by_level(sheet: Sheet, questions: Mapping[str, list[OpenRule]], *, clinician: bool) -> list[Item]:
    """An item for each level, and whether the question was asked, in the order of ``questions``."""
    kb, not_known = sheet.kb, sheet.case.not_known
    unknown = wording.PERSON_DID_NOT_KNOW if clinician else wording.DID_NOT_KNOW
    groups: dict[str, list[str]] = {}
    only_named: set[str] = set()
    told: set[str] = set()
    for finding, open_rules in questions.items():
        level = max((rule.level for rule in open_rules), key=lambda one: one.rank)
        state = unknown if finding in not_known else wording.NOT_ASKED
        title = wording.COULD_MEAN.format(state=state, level=kb.urgency.levels[level].label)
        label = kb.findings[finding].label
        if clinician and finding not in not_known:
            only_named.add(title)
            groups.setdefault(title, []).append(label)
            continue
        rules = [kb.urgency_rules[rule.rule].label for rule in open_rules if rule.level is level]
        # A rule named beside an earlier question says nothing new here.
        rules.sort(key=lambda rule: rule in told)
        told.update(rules[:RULES_SHOWN])
        groups.setdefault(title, []).append(f"{label}: {some(rules, RULES_SHOWN)}")
    return [
        Item("; ".join(texts), mark=title) if title in only_named else Item(title, tuple(map(Item, texts)))
        for title, texts in groups.items()
    ]


def go_at_once_section(sheet: Sheet) -> Section | None:
    """The short list of signs to go at once for; below emergency only."""
    if sheet.assessment.urgency.now is Level.EMERGENCY:
        return None
    return Section("Go at once if", (Items(tuple(Item(text) for text in sheet.kb.urgency.go_at_once)),))
