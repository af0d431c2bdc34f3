"""The parts that sheets are composed of: each turns one side of an assessment into a section."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from triage.assessment import exclusions_of
from triage.explain import (
    CriterionAccount,
    asked_but_unknown,
    criteria_account,
    derive,
    fact_text,
    labels,
    separating_findings,
)
from triage.logic import Truth, World
from triage.models import (
    Assessment,
    Case,
    Cite,
    Disorder,
    Entry,
    Involved,
    KnowledgeBase,
    Level,
    NerveModality,
    Severity,
    Statement,
    Territory,
    Treatment,
    TreatmentPath,
)
from triage.models.rules import Caveat
from triage.models.rules import Path as DocumentedPath
from triage.report import wording
from triage.report.document import Item, Items, Notice, Paragraph, References, Section

OPEN_RULES_SHOWN = 5
FINDINGS_SHOWN = 6
OPEN_SHOWN = 4


@dataclass
class Sheet:
    """What every section needs: the knowledge base, the case, its assessment and the sources cited so far."""

    kb: KnowledgeBase
    case: Case
    assessment: Assessment
    world: World
    refs: References = field(init=False)

    def __post_init__(self) -> None:
        self.refs = References(self.kb)

    def cite(self, cites: Iterable[Cite]) -> str:
        """The numbers of sources, with a space before them."""
        return self.refs.mark(cites)

    def name(self, disorder: str) -> str:
        """The medical name with the plain one."""
        entry = self.kb.disorders[disorder]
        return f"{entry.name} ({entry.lay_name})"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def some(words: list[str], limit: int = FINDINGS_SHOWN) -> str:
    """The first words of a list, and how many more there are."""
    shown = "; ".join(words[:limit])
    return f"{shown}; and {len(words) - limit} more" if len(words) > limit else shown


def answers(sheet: Sheet, findings: Iterable[str]) -> str:
    """The person's own answers to these findings, in one line."""
    known = [name for name in findings if name in sheet.world.facts]
    return "; ".join(fact_text(sheet.kb, name, sheet.world.facts[name]) for name in known)


def urgency_section(sheet: Sheet) -> Section:
    """How urgent it is, which rules decided that, and what could still raise it."""
    urgency = sheet.assessment.urgency
    words = sheet.kb.urgency.levels[urgency.now]
    blocks: list[Notice | Paragraph | Items] = [Notice(words.label, f"{words.lay} {words.action}")]
    items = []
    for held in urgency.because:
        rule = sheet.kb.urgency_rules[held.rule]
        because = answers(sheet, sorted(derive(sheet.world, f"{rule.id}.when").all_used()))
        level = sheet.kb.urgency.levels[held.level].label
        children = [Item(f"because {because}")] if because else []
        if held.level is urgency.now:
            children += [Item(rule.reason + sheet.cite(rule.source)), Item(f"What to do: {rule.action}")]
        items.append(Item(f"{rule.label} ({level})", tuple(children)))
    if items:
        blocks.append(Items(tuple(items)))
    elif urgency.now is Level.ROUTINE:
        blocks.append(Paragraph("No danger rule holds with the answers given."))
    blocks += open_danger(sheet)
    return Section("How urgent", tuple(blocks), kind="urgent" if urgency.now is Level.EMERGENCY else "plain")


def open_danger(sheet: Sheet) -> list[Paragraph | Items]:
    """The danger rules that could still hold, grouped by the questions that would decide them, highest first."""
    urgency = sheet.assessment.urgency
    higher = [rule for rule in urgency.open if rule.level.rank > urgency.now.rank]
    if not higher:
        return []
    level = sheet.kb.urgency.levels[urgency.could_become].label
    groups: dict[tuple[str, ...], list[str]] = {}
    for rule in higher:
        groups.setdefault(rule.findings, []).append(rule.rule)
    lines: list[Item] = []
    for findings, rules in list(groups.items())[:OPEN_RULES_SHOWN]:
        unknown, unasked = asked_but_unknown(sheet.case, findings)
        parts = []
        if unknown:
            parts.append(f"you did not know: {some(labels(sheet.kb, unknown), 3)}")
        if unasked:
            parts.append(f"not asked: {some(labels(sheet.kb, unasked), 3)}")
        first = sheet.kb.urgency_rules[rules[0]]
        lines.append(
            Item(f"{first.label} ({sheet.kb.urgency.levels[first.level].label}): {'; '.join(parts)}")
        )
    more = len(groups) - len(lines)
    if more > 0:
        lines.append(Item(f"{more} more danger {'question' if more == 1 else 'questions'} open"))
    return [Paragraph(f"With further answers it could still become: {level}."), Items(tuple(lines))]


def nerves_section(sheet: Sheet) -> Section:
    """Which nerves are involved and how, where it is felt or moves, and what else it comes from."""
    nerves = sheet.assessment.nerves
    blocks: list[Paragraph | Items] = [Paragraph(wording.MODALITY[nerves.modality] + ".", strong=True)]
    items: list[Item] = []
    by_pattern: dict[str, list[Involved]] = {}
    for involved in nerves.involved:
        by_pattern.setdefault(involved.pattern, []).append(involved)
    for pattern, found in by_pattern.items():
        rule = sheet.kb.patterns[pattern]
        because = answers(sheet, sorted(derive(sheet.world, pattern).all_used()))
        text = f"{_nerve_words(sheet, found)}: {rule.label}{sheet.cite(rule.source)}"
        items.append(Item(text, (Item(f"because {because}"),) if because else ()))
    for origin in nerves.origins:
        rule = sheet.kb.patterns[origin.pattern]
        because = answers(sheet, sorted(derive(sheet.world, origin.pattern).all_used()))
        children = (Item(f"because {because}"),) if because else ()
        items.append(
            Item(f"{sheet.kb.face.origins[origin.origin]}: {rule.label}{sheet.cite(rule.source)}", children)
        )
    if nerves.territory:
        items.append(Item(f"Where it is felt or seen: {_territory_words(sheet, nerves.territory)}"))
    if items:
        blocks.append(Items(tuple(items)))
    if nerves.modality is NerveModality.UNDETERMINED and not items:
        blocks.append(Paragraph("Where it is felt or moves, and what it is like, would show it."))
    return Section("Which nerves", tuple(blocks))


def _nerve_words(sheet: Sheet, found: list[Involved]) -> str:
    face = sheet.kb.face
    nerve = face.nerves[found[0].nerve].label
    branches = [face.areas[one.branch].label for one in found if one.branch is not None]
    side = face.sides.get(found[0].side or "", "")
    kinds = " and ".join(sorted({one.modality.value for one in found}))
    return ", ".join(
        part for part in (f"{nerve} ({kinds})", " and ".join(dict.fromkeys(branches)), side) if part
    )


def _territory_words(sheet: Sheet, territory: Iterable[Territory]) -> str:
    face = sheet.kb.face
    grouped: dict[tuple[str, str | None], list[str]] = {}
    for one in territory:
        area = face.areas[one.area].lay if one.area else face.nerves[one.nerve].lay
        grouped.setdefault((one.complaint, one.side), []).append(area)
    names = {entry.id: entry.label for entry in sheet.kb.interview.complaints}
    return "; ".join(
        f"{names.get(complaint, complaint)}: {', '.join(dict.fromkeys(areas))}"
        + (f" ({face.sides.get(side, side)})" if side else "")
        for (complaint, side), areas in grouped.items()
    )


def differential_section(sheet: Sheet, *, detailed: int = 3) -> Section:
    """Which disorders fit and why; criteria in full for the leading ones and the first ``detailed`` lines."""
    assessment = sheet.assessment
    if not assessment.differential:
        return _nothing_fits(sheet)
    sections = []
    others: list[Item] = []
    top = [entry for entry in assessment.differential if entry.parent is None]
    for rank, entry in enumerate(top, start=1):
        beneath = _beneath(assessment, entry)
        if rank <= detailed or entry.disorder in assessment.leading:
            sections.append(_disorder_section(sheet, rank, entry, beneath))
        else:
            others.append(
                Item(f"{sheet.name(entry.disorder)}: {wording.GRADE[entry.grade]}", mark=f"{rank}.")
            )
    if others:
        sections.append(Section("Also fitting, less well", (Items(tuple(others)),)))
    if assessment.open:
        open_items = [
            Item(f"{sheet.name(entry.disorder)}: {_would_settle(sheet, entry, 3)}")
            for entry in assessment.open
        ]
        sections.append(Section("Not enough known to tell", (Items(tuple(open_items)),)))
    return Section("What fits", (Paragraph(_why_leading(sheet, top)),), tuple(sections))


def _beneath(assessment: Assessment, entry: Entry) -> list[Entry]:
    names = {entry.disorder}
    found = []
    for other in assessment.differential:
        if other.parent in names and other is not entry:
            names.add(other.disorder)
            found.append(other)
    return found


def _why_leading(sheet: Sheet, top: list[Entry]) -> str:
    first = top[0]
    text = f"{sheet.kb.disorders[first.disorder].name} leads: it {wording.GRADE[first.grade]}"
    if len(top) == 1:
        return text + ", and no other disorder of this program fits."
    second = top[1]
    rival = sheet.kb.disorders[second.disorder].name
    separating = [
        name
        for name in separating_findings(sheet.kb, first.disorder, second.disorder)
        if name in sheet.world.facts
    ]
    if separating:
        return f"{text}. What sets it apart from {rival}: {answers(sheet, separating)}."
    if first.fit > second.fit:
        return f"{text}, and more of its picture is met than of the next, {rival}."
    return f"{text}; {rival} fits as well so far."


def _disorder_section(sheet: Sheet, rank: int, entry: Entry, beneath: list[Entry]) -> Section:
    disorder = sheet.kb.disorders[entry.disorder]
    leading = " - leading" if entry.disorder in sheet.assessment.leading else ""
    items = [
        _criterion(sheet, disorder, account)
        for account in criteria_account(sheet.kb, sheet.world, disorder.id)
    ]
    for effect, ids in (("speaks for it", entry.evidence_for), ("speaks against it", entry.evidence_against)):
        for name in ids:
            item = next(one for one in disorder.evidence if one.id == name)
            items.append(Item(item.text + sheet.cite(item.source), mark=effect))
    excludes = dict(exclusions_of(sheet.kb, disorder))
    for name in entry.excluded_by:
        exclusion = excludes[name]
        items.append(Item(exclusion.text + sheet.cite(exclusion.source), mark="speaks for something else"))
    blocks: list[Paragraph | Items] = [
        Paragraph(f"{_capital(wording.GRADE[entry.grade])}; {wording.CONFIRMED[entry.confirmed]}."),
        Items(tuple(items)),
    ]
    if entry.settle:
        blocks.append(Paragraph(f"What would settle it: {_would_settle(sheet, entry)}."))
    if entry.confirmed is not Truth.TRUE:
        confirm = disorder.confirmed_by
        blocks.append(Paragraph(f"What confirms it: {confirm.text}{sheet.cite(confirm.source)}"))
    if beneath:
        lines = [
            Item(
                f"{sheet.name(other.disorder)}: {wording.GRADE[other.grade]}; what confirms it: "
                f"{sheet.kb.disorders[other.disorder].confirmed_by.text}"
            )
            for other in beneath
        ]
        blocks += [Paragraph("Beneath it:"), Items(tuple(lines))]
    return Section(f"{rank}. {sheet.name(disorder.id)}{leading}", tuple(blocks))


def _criterion(sheet: Sheet, disorder: Disorder, account: CriterionAccount) -> Item:
    criterion = next(one for one in disorder.criteria if one.id == account.id)
    text = f"{criterion.id.upper()}. {criterion.text}{sheet.cite(criterion.source)}"
    if account.derivation is None:
        return Item(text, mark=wording.FOR_A_CLINICIAN)
    if account.truth is Truth.UNKNOWN:
        mark = wording.NEEDS_EXAMINATION if account.needs_examination else wording.CRITERION[account.truth]
        missing = some(labels(sheet.kb, account.derivation.missing), 3)
        return Item(f"{text} (open: {missing})" if missing else text, mark=mark)
    own = answers(sheet, sorted(account.derivation.all_used()))
    return Item(f"{text} ({own})" if own else text, mark=wording.CRITERION[account.truth])


def _would_settle(sheet: Sheet, entry: Entry, limit: int = FINDINGS_SHOWN) -> str:
    patient_first = sorted(
        entry.settle, key=lambda name: (sheet.kb.findings[name].asked_of.value != "patient", name)
    )
    return some(labels(sheet.kb, patient_first), limit) or "an examination"


def _nothing_fits(sheet: Sheet) -> Section:
    interview = sheet.kb.interview
    present = [c.label for c in interview.complaints if sheet.world.truths[f"complaint.{c.id}"] is Truth.TRUE]
    denied = all(sheet.world.truths[f"complaint.{c.id}"] is Truth.FALSE for c in interview.complaints)
    blocks: list[Paragraph | Items] = []
    if denied:
        blocks += [
            Paragraph(wording.NO_DISORDER, strong=True),
            Paragraph(interview.outside),
            Paragraph(interview.covers),
        ]
        return Section("What fits", tuple(blocks))
    if sheet.assessment.open:
        blocks.append(Paragraph(wording.NONE_KNOWN, strong=True))
        items = [
            Item(f"{sheet.name(one.disorder)}: {_would_settle(sheet, one, 3)}")
            for one in sheet.assessment.open
        ]
        blocks += [Paragraph("Not enough known to tell, and what would settle it:"), Items(tuple(items))]
    else:
        blocks.append(Paragraph(wording.NO_DISORDER if present else wording.NONE_KNOWN, strong=True))
        ask = [name for name in interview.ask_first_when_nothing_known if name not in sheet.world.facts]
        if ask:
            blocks += [
                Paragraph("What to ask first:"),
                Items(tuple(Item(sheet.kb.findings[name].question) for name in ask)),
            ]
    blocks.append(Paragraph(interview.covers))
    return Section("What fits", tuple(blocks))


def treatments_section(sheet: Sheet, *, full: bool = False) -> Section | None:
    """The documented paths of the leading disorders with the caveats for this person; None if there are none."""
    assessment = sheet.assessment
    if not assessment.treatments:
        if assessment.treatments_withheld:
            return Section("Documented treatment paths", (Paragraph(wording.WITHHELD),))
        return None
    sections = []
    for disorder in dict.fromkeys(path.disorder for path in assessment.treatments):
        paths = [path for path in assessment.treatments if path.disorder == disorder]
        sections.append(_disorder_paths(sheet, disorder, paths, full=full))
    blocks = [Paragraph(wording.OPTIONS)]
    if assessment.treatments_withheld:
        blocks.append(Paragraph(wording.WITHHELD))
    return Section("Documented treatment paths", tuple(blocks), tuple(sections))


def _disorder_paths(sheet: Sheet, disorder: str, paths: list[TreatmentPath], *, full: bool) -> Section:
    blocks: list[Paragraph | Items] = []
    if paths[0].if_confirmed:
        blocks.append(Paragraph(wording.IF_CONFIRMED.format(name=sheet.kb.disorders[disorder].name)))
    # What is documented for a situation nobody has confirmed is only named on the short sheet.
    shown = [path for path in paths if not path.against and (full or path.context is Truth.TRUE)]
    for line, title in wording.LINE.items():
        group = [path for path in shown if path.line is line]
        if group:
            items = tuple(_path(sheet, one, full=full) for one in group)
            blocks += [Paragraph(f"{title}:", strong=True), Items(items)]
    against = [path for path in paths if path.against]
    if against:
        items = tuple(_path(sheet, one, full=full) for one in against)
        blocks += [Paragraph(f"{wording.AGAINST}:", strong=True), Items(items)]
    left_out = [path for path in paths if path not in shown and path not in against]
    if left_out:
        situations: dict[str, list[str]] = {}
        for one in left_out:
            context = _documented_path(sheet.kb, one).context
            situations.setdefault(context.text if context else "", []).append(
                sheet.kb.treatments[one.treatment].name
            )
        lines = tuple(Item(f"{situation}: {', '.join(names)}") for situation, names in situations.items())
        blocks += [Paragraph(wording.OTHER_SITUATIONS, strong=True), Items(lines)]
    return Section(f"For {sheet.kb.disorders[disorder].name}", tuple(blocks))


def _documented_path(kb: KnowledgeBase, result: TreatmentPath) -> DocumentedPath:
    return next(one for one in kb.treatments[result.treatment].paths if one.id == result.path)


def _path(sheet: Sheet, result: TreatmentPath, *, full: bool) -> Item:
    treatment = sheet.kb.treatments[result.treatment]
    path = _documented_path(sheet.kb, result)
    situation = f", {path.context.text}" if path.context else ""
    unsure = " (if that applies to you)" if path.context and result.context is Truth.UNKNOWN else ""
    children = [_statement(sheet, one, "what it is") for one in treatment.about] if full else []
    children += [_statement(sheet, one) for one in path.says]
    for mark, statements in (
        ("effect", path.effect),
        ("time", path.time_course),
        ("complications", path.complications),
    ):
        children += [_statement(sheet, one, mark) for one in (statements if full else statements[:1])]
    if full:
        shared = [one for used in treatment.caveat_sets for one in sheet.kb.caveat_sets[used].monitoring]
        watch = (*path.monitoring, *treatment.monitoring, *shared)
        children += [_statement(sheet, one, "checks") for one in watch]
    children += _caveats(sheet, treatment, path, result, full=full)
    return Item(f"{treatment.name}{situation}{unsure}", tuple(children), strong=True)


def _statement(sheet: Sheet, statement: Statement, mark: str = "") -> Item:
    return Item(statement.text + sheet.cite(statement.source), mark=f"{mark}:" if mark else "")


def _caveats(
    sheet: Sheet, treatment: Treatment, path: DocumentedPath, result: TreatmentPath, *, full: bool
) -> list[Item]:
    """Caveats that apply, each with the answer; those that hang on an unknown answer by what is not known."""
    items: list[Item] = []
    open_questions: dict[Severity, dict[str, None]] = {}
    for one in result.caveats:
        caveat = caveat_by_rule(sheet.kb, treatment, path, one.id)
        if one.truth is Truth.TRUE:
            own = answers(sheet, sorted(derive(sheet.world, one.id).all_used()))
            text = f"{caveat.text}{sheet.cite(caveat.source)}"
            items.append(
                Item(f"{text} (applies: {own})" if own else text, mark=f"{wording.SEVERITY[one.severity]}:")
            )
        elif full:
            names = some(labels(sheet.kb, one.missing), OPEN_SHOWN)
            text = f"{caveat.text}{sheet.cite(caveat.source)} (not known: {names})"
            items.append(Item(text, mark=f"possible {wording.SEVERITY[one.severity]}:"))
        else:
            open_questions.setdefault(one.severity, {}).update(dict.fromkeys(labels(sheet.kb, one.missing)))
    for severity, known in open_questions.items():
        # Checks during use are no reason to decide on; the full sheet lists them.
        if severity is not Severity.MONITOR:
            mark = wording.POSSIBLE[severity]
            items.append(Item(some(list(known), OPEN_SHOWN), mark=mark))
    return items


def caveat_by_rule(kb: KnowledgeBase, treatment: Treatment, path: DocumentedPath, rule: str) -> Caveat:
    """The caveat behind a rule id of a path."""
    owner, _, name = rule.rpartition(".")
    if owner in kb.caveat_sets:
        pool = kb.caveat_sets[owner].caveats
    else:
        pool = treatment.caveats if owner == treatment.id else path.caveats
    return next(one for one in pool if one.id == name)


def next_section(sheet: Sheet) -> Section | None:
    """The work-up a clinician would consider and whom to see; None without a leading disorder."""
    items: list[Item] = []
    for name in sheet.assessment.leading:
        disorder = sheet.kb.disorders[name]
        children = [_statement(sheet, one) for one in disorder.workup]
        children += [_statement(sheet, one, "see") for one in disorder.referral]
        if children:
            items.append(Item(disorder.name, tuple(children), strong=True))
    return Section("What a clinician would consider next", (Items(tuple(items)),)) if items else None


def go_at_once_section(sheet: Sheet) -> Section | None:
    """The short list of signs to go at once for; below emergency only."""
    if sheet.assessment.urgency.now is Level.EMERGENCY:
        return None
    return Section("Go at once if", (Items(tuple(Item(text) for text in sheet.kb.urgency.go_at_once)),))
