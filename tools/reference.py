"""Reference pages: one per disorder, danger rule and treatment, for a reader who sees nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from tools.conditions import condition, pictures, words
from tools.markdown import Item, Page, escape, link
from triage.assessment.grading import exclusions_of
from triage.assessment.likeness import LISTED, clearly_more_often, table_of
from triage.assessment.paths import caveats_of, documented
from triage.logic import Atom, signed_atoms
from triage.models import (
    EVERY_CASE,
    Cite,
    Direction,
    Disorder,
    Effect,
    KnowledgeBase,
    Statement,
    Treatment,
    UrgencyRule,
    Usualness,
    finding_of,
)
from triage.models.rules import Caveat, Criterion, Evidence, Exclusion, LookAlike
from triage.models.rules import Path as DocumentedPath
from triage.report.wording import LINE, SEVERITY

FOOTER = "Generated from rules/; for education, not a medical device. No doses, no probabilities."
GRADES = ("established", "probable", "possible")
EFFECTS = {Effect.RULES_OUT: "rules it out", Effect.UNLIKELY: "makes it unlikely"}
WORDS = {
    Usualness.USUALLY: "usually (80 of 100 or more)",
    Usualness.OFTEN: "often (40 to 80 of 100)",
    Usualness.SOMETIMES: "sometimes (12 to 40 of 100)",
    Usualness.SELDOM: "seldom (3 to 12 of 100)",
    Usualness.HARDLY_EVER: "hardly ever (below 3 of 100)",
}
SYSTEMS = {
    "icd10cm": "ICD-10-CM",
    "icd11": "ICD-11",
    "ichd3": "ICHD-3",
    "icop": "ICOP",
    "hpo": "HPO",
    "mondo": "Mondo",
}
RULES_SHOWN = 15
INDEX = "[All pages](../README.md)"


def pages(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """The file name below docs/rules/ and the text of every page, the index included."""
    book = Book(kb)
    for disorder in kb.disorders.values():
        yield f"disorders/{disorder.id}.md", book.disorder(disorder)
    for rule in kb.urgency_rules.values():
        yield f"red_flags/{rule.id}.md", book.red_flag(rule)
    for treatment in kb.treatments.values():
        yield f"treatments/{treatment.id}.md", book.treatment(treatment)
    yield "README.md", book.index()


class Book:
    """All pages of one knowledge base."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb

    def disorder(self, disorder: Disorder) -> str:
        """The page of a disorder."""
        kb = self.kb
        page = Page(
            kb, disorder.name, f"In plain words: {escape(disorder.lay_name)}. Id: `{disorder.id}`. {INDEX}"
        )
        page.heading("What it is")
        page.items(_statements(page, [*disorder.about, *disorder.cause]))
        page.heading("At a glance")
        page.items(self._glance(page, disorder))
        page.heading("Criteria")
        page.items([self._criterion(page, disorder, one) for one in disorder.criteria])
        page.text("How far they must be met:")
        page.items(self._grades(page, disorder))
        page.heading("What speaks for and against")
        page.items(self._weighed(page, disorder))
        if disorder.look_alikes:
            page.heading("Easily taken for it")
            page.items([self._look_alike(page, one) for one in disorder.look_alikes])
        self._usual(page, disorder)
        self._counted(page, disorder)
        self._how_urgent(page, disorder)
        page.heading("What confirms it")
        page.text(
            _told(
                page,
                disorder.confirmed_by.text,
                disorder.confirmed_by.source,
                disorder.confirmed_by.rationale,
            )
        )
        if steps := _statements(page, [*disorder.workup, *disorder.referral]):
            page.heading("What a clinician would consider next")
            page.items(steps)
        page.heading("What is documented to help, and for whom not")
        paths = sorted(
            documented(kb, disorder.id),
            key=lambda pair: (pair[1].line.rank, pair[0].name.lower(), pair[1].id),
        )
        page.text(
            "Documented options to discuss, not advice; for adults unless it says otherwise."
            if paths
            else "No treatment of its own is documented here."
        )
        for treatment, path in paths:
            name = link(treatment.name, f"../treatments/{treatment.id}.md")
            self._path(page, name, path, list(caveats_of(kb, treatment, path)))
        pictures(page)
        page.sources()
        return page.markdown(FOOTER)

    def red_flag(self, rule: UrgencyRule) -> str:
        """The page of a danger rule."""
        kb = self.kb
        level = kb.urgency.levels[rule.level]
        page = Page(kb, rule.label[:1].upper() + rule.label[1:], f"A danger rule. Id: `{rule.id}`. {INDEX}")
        page.heading("How urgent")
        page.text(f"**{escape(level.label)}.** {escape(level.lay)}", f"What to do: {escape(rule.action)}")
        if rule.action_clinician:
            page.text(f"For the clinician: {escape(rule.action_clinician)}")
        page.heading("When it holds")
        page.text(f"It belongs to: {self._complaints(rule.about)}.")
        conditions = [condition(page, "It holds when this is true:", kb.exprs[f"{rule.id}.when"])]
        if rule.unless is not None:
            lead = "It does not hold when this is known (what is not known never reassures):"
            conditions.append(condition(page, lead, kb.exprs[f"{rule.id}.unless"]))
        page.items(conditions)
        page.heading("Why")
        page.text(_told(page, rule.reason, rule.source, rule.rationale))
        raising = [name for name, rules in self.raised.items() if rule.id in rules]
        if raising:
            page.heading("Disorders whose picture can raise it")
            page.items([self._disorder_link(name) for name in sorted(raising)])
        pictures(page)
        page.sources()
        return page.markdown(FOOTER)

    def treatment(self, treatment: Treatment) -> str:
        """The page of a treatment."""
        kb = self.kb
        plain = f"In plain words: {escape(treatment.lay_name)}. Id: `{treatment.id}`. {INDEX}"
        page = Page(kb, treatment.name, plain, "Documented options to discuss, not advice.")
        page.heading("What it is")
        page.items(_statements(page, treatment.about))
        page.heading("What it is documented for")
        for path in treatment.paths:
            self._path(page, self._disorder_link(path.disorder), path, [])
        caveats: dict[str, Caveat] = {}
        for path in treatment.paths:
            caveats |= dict(caveats_of(kb, treatment, path))
        page.heading("For whom not, and what to watch")
        page.items(
            [self._caveat(page, rule, caveat) for rule, caveat in caveats.items()]
            or ["No caveat is recorded."]
        )
        shared = [one for used in treatment.caveat_sets for one in kb.caveat_sets[used].monitoring]
        if watch := _statements(page, [*treatment.monitoring, *shared]):
            page.heading("Checks before and during use")
            page.items(watch)
        pictures(page)
        page.sources()
        return page.markdown(FOOTER)

    def index(self) -> str:
        """The list of all pages."""
        kb = self.kb
        page = Page(kb, "The rules, page by page", f"{escape(kb.title.title)} {escape(kb.title.version)}.")
        page.heading("Disorders")
        heads = sorted(
            (one for one in kb.disorders.values() if one.parent is None), key=lambda one: one.name.lower()
        )
        page.items(
            [
                (_entry("disorders", head.id, head.name, head.lay_name), self._members(head.id))
                for head in heads
            ]
        )
        page.heading("Danger rules")
        rules = sorted(
            kb.urgency_rules.values(), key=lambda one: (-one.level.rank, one.label.lower(), one.id)
        )
        page.items([self._rule_link(one, "red_flags") for one in rules])
        page.heading("Treatments")
        treatments = sorted(kb.treatments.values(), key=lambda one: (one.name.lower(), one.id))
        page.items([_entry("treatments", one.id, one.name, one.lay_name) for one in treatments])
        return page.markdown(FOOTER)

    @cached_property
    def raised(self) -> dict[str, set[str]]:
        """By disorder: the danger rules of its own, and those with a danger sign that its criteria name."""
        signs = {rule: self._signs([f"{rule}.when"]) & self.kb.danger_signs for rule in self.kb.urgency_rules}
        found: dict[str, set[str]] = {}
        for disorder in self.kb.disorders.values():
            names = [one.id for one in disorder.criteria if not one.judgement]
            shown = self._signs([f"{disorder.id}.{name}" for name in names])
            found[disorder.id] = {rule for rule, atoms in signs.items() if atoms & shown}
            found[disorder.id] |= {rule.id for rule in disorder.urgency}
        return found

    def _signs(self, rules: Iterable[str]) -> set[Atom]:
        """What stands positively in rules; complaints, which nearly every rule names, are left out."""
        exprs = self.kb.exprs
        complaints = {
            atom
            for entry in self.kb.interview.complaints
            for atom, _ in signed_atoms(exprs[f"complaint.{entry.id}"], {})
        }
        return {atom for rule in rules for atom, yes in signed_atoms(exprs[rule], exprs) if yes} - complaints

    def _complaints(self, names: Iterable[str]) -> str:
        labels = {entry.id: entry.label for entry in self.kb.interview.complaints}
        return ", ".join(escape(labels.get(name, "anybody")) for name in names)

    def _disorder_link(self, name: str) -> str:
        return link(self.kb.disorders[name].name, f"../disorders/{name}.md")

    def _rule_link(self, rule: UrgencyRule, folder: str = "../red_flags") -> str:
        level = escape(self.kb.urgency.levels[rule.level].label)
        return f"{level}: {link(rule.label, f'{folder}/{rule.id}.md')}"

    def _members(self, head: str) -> list[str]:
        members = [self.kb.disorders[name] for name in self.kb.members.get(head, ())]
        return [_entry("disorders", one.id, one.name, one.lay_name) for one in members]

    def _glance(self, page: Page, disorder: Disorder) -> list[str]:
        kb = self.kb
        facts = [f"Complaints it explains: {self._complaints(disorder.explains)}."]
        if disorder.synonyms:
            facts.append(f"Also called: {escape('; '.join(disorder.synonyms))}.")
        if disorder.parent:
            facts.append(f"A form of {self._disorder_link(disorder.parent)}.")
        if members := kb.members.get(disorder.id):
            facts.append(f"Its forms: {', '.join(map(self._disorder_link, members))}.")
        if disorder.combines:
            facts.append(f"Combines {' and '.join(map(self._disorder_link, disorder.combines))}.")
        often = disorder.frequency_source
        facts.append(
            f"How often: {disorder.frequency.value}. {_told(page, often.text, often.source, often.rationale)}"
        )
        if disorder.codes:
            codes = [
                f"{SYSTEMS.get(system, system)} {', '.join(codes)}"
                for system, codes in disorder.codes.items()
            ]
            facts.append(f"Codes: {escape('; '.join(codes))}.")
        return facts

    def _criterion(self, page: Page, disorder: Disorder, one: Criterion) -> Item:
        text = f"**{one.id.upper()}.** {_told(page, one.text, one.source, one.rationale)}"
        if one.judgement:
            return text, ["for a clinician to judge"]
        extra = ["if this is known not to be so, it rules the disorder out"] if one.if_false else []
        expr = self.kb.exprs[f"{disorder.id}.{one.id}"]
        return text, [condition(page, "decided by:", expr, disorder.id), *extra]

    def _grades(self, page: Page, disorder: Disorder) -> list[str]:
        present = [grade for grade in GRADES if getattr(disorder.grades, grade) is not None]
        exprs = {grade: self.kb.exprs[f"{disorder.id}.{grade}"] for grade in present}
        found = [f"**{grade}:** {words(page, expr, disorder.id)}" for grade, expr in exprs.items()]
        return [*found, f"The best that answers alone can reach: {disorder.best_by_answers.value}."]

    def _weighed(self, page: Page, disorder: Disorder) -> list[Item]:
        ordered = sorted(
            disorder.evidence,
            key=lambda one: (one.direction is not Direction.FOR, -one.weight.points, one.id),
        )
        found = [self._evidence(page, disorder, one) for one in ordered]
        found += [
            self._exclusion(page, disorder, rule, one) for rule, one in exclusions_of(self.kb, disorder)
        ]
        return found or [("Nothing beside the criteria.", [])]

    def _evidence(self, page: Page, disorder: Disorder, one: Evidence) -> Item:
        mark = f"**{one.direction.value} ({one.weight.value}):**"
        text = f"{mark} {_told(page, one.text, one.source, one.rationale)}"
        return text, [condition(page, "if", self.kb.exprs[f"{disorder.id}.{one.id}"], disorder.id)]

    def _exclusion(self, page: Page, disorder: Disorder, rule: str, one: Exclusion) -> Item:
        owner = self.kb.rules[rule].owner
        family = "" if owner == disorder.id else f" (of the family {self._disorder_link(owner)})"
        text = f"**{EFFECTS[one.effect]}:** {_told(page, one.text, one.source, one.rationale)}{family}"
        return text, [condition(page, "if", self.kb.exprs[rule], owner)]

    def _look_alike(self, page: Page, one: LookAlike) -> Item:
        labels = [escape(self.kb.findings[name].label) for name in one.findings]
        told = [f"what tells them apart: {'; '.join(labels)}"] if labels else []
        return (
            f"{self._disorder_link(one.disorder)}: {_told(page, one.text, one.source, one.rationale)}",
            told,
        )

    def _usual(self, page: Page, disorder: Disorder) -> None:
        """Which answers are more usual, and which less, than in the average patient: what its profile is for."""
        listed: dict[tuple[bool, Usualness], dict[str, list[str]]] = {}
        table = table_of(self.kb).judged
        profile = self.kb.profiles.get(disorder.id)
        for answer, word in profile.answers().items() if profile else ():
            finding, choice = finding_of(answer)
            points = table.get((finding, choice), {}).get(disorder.id, 0)
            if points > LISTED or points < 0:
                listed.setdefault((points > 0, word), {}).setdefault(finding, []).append(choice or "")
        if not listed:
            return
        page.heading("How usual answers are in it")
        page.text(
            "The project's judgement, not a source's: it orders disorders and decides nothing"
            f" ({link('why', '../../decisions/0011-profiles-order-what-fits.md')})."
            " Only answers that are more or less usual here than in the average patient are shown."
        )
        for more, title in ((True, "more usual"), (False, "less usual")):
            items = [
                f"**{title}, {WORDS[word]}:** {'; '.join(self._answer(*one) for one in listed[more, word].items())}"
                for word in reversed(Usualness)
                if (more, word) in listed
            ]
            page.items(items)

    def _counted(self, page: Page, disorder: Disorder) -> None:
        """What published cases of it told clearly more often than all of them: what its case count is for."""
        count, every = self.kb.case_counts.get(disorder.id), self.kb.case_counts.get(EVERY_CASE)
        if count is None or every is None:
            return
        here = [one for one in count.told.items() if clearly_more_often(count, every, one[0])]
        if not here:
            return
        page.heading("What published cases of it told")
        why = link("why", "../../decisions/0014-published-cases-count-in-the-order.md")
        page.text(
            f"Told at least twice as often in the {count.cases} published cases of it as in all {every.cases:,} that"
            " this project counts; in brackets by how many of the ones and of the others. This orders disorders and"
            f" decides nothing, and whom somebody reports on is no average patient ({why})."
        )
        items = []
        for answer, told in sorted(here, key=lambda one: (-one[1], one[0])):
            finding, choice = finding_of(answer)
            words = self._answer(finding, [choice or ""])
            items.append(f"{words} ({told} of {count.cases}; {every.told[answer]} of {every.cases:,})")
        page.items(items)

    def _answer(self, name: str, choices: list[str]) -> str:
        finding = self.kb.findings[name]
        told = " or ".join(finding.choices[one].label for one in choices if one)
        return escape(f"{finding.label}: {told}" if told else finding.label)

    def _how_urgent(self, page: Page, disorder: Disorder) -> None:
        kb = self.kb
        page.heading("How urgent, and why")
        usual = kb.urgency.levels[disorder.usual_urgency]
        page.text(f"Usually: **{escape(usual.label)}** ({escape(usual.lay)}), unless a danger rule holds.")
        if disorder.self_care_when is not None:
            expr = kb.exprs[f"{disorder.id}.self_care_when"]
            page.items([condition(page, "Care at home is documented when:", expr)])
        if disorder.urgency:
            page.text("Danger rules of this disorder's picture alone:")
            page.items(
                [
                    f"{self._rule_link(one)}. {_told(page, one.reason, one.source, one.rationale)}"
                    for one in disorder.urgency
                ]
            )
        own = {one.id for one in disorder.urgency}
        others = [kb.urgency_rules[name] for name in self.raised[disorder.id] - own]
        if others:
            page.text("Danger rules that signs of this picture can raise:")
            ordered = sorted(others, key=lambda one: (-one.level.rank, one.label.lower(), one.id))
            page.items([f"{self._rule_link(one)}. {escape(one.reason)}" for one in ordered[:RULES_SHOWN]])
            if len(ordered) > RULES_SHOWN:
                page.text(f"And {len(ordered) - RULES_SHOWN} more of the same or lower urgency.")

    def _path(self, page: Page, name: str, path: DocumentedPath, caveats: list[tuple[str, Caveat]]) -> None:
        page.heading(name + (f", {escape(path.context.text)}" if path.context else ""), 3)
        items: list[Item] = [
            f"**place:** {escape(LINE[path.line])}" + ("; for all ages" if path.ages == "all" else "")
        ]
        for mark, statements in (
            ("", path.says),
            ("**effect:** ", path.effect),
            ("**time:** ", path.time_course),
            ("**complications:** ", path.complications),
            ("**checks:** ", path.monitoring),
        ):
            items += [mark + text for text in _statements(page, statements)]
        items += [self._caveat(page, rule, caveat) for rule, caveat in caveats]
        page.items(items)

    def _caveat(self, page: Page, rule: str, caveat: Caveat) -> Item:
        told = _told(page, caveat.text, caveat.source, caveat.rationale)
        when = condition(page, "if", self.kb.exprs[rule])
        return f"**{escape(SEVERITY[caveat.severity])}:** {told}", [when]


def _told(page: Page, text: str, source: Iterable[Cite], rationale: str | None) -> str:
    """A sentence with who says so and, where it is ours, why."""
    ours = f" (Our reason: {escape(rationale)})" if rationale else ""
    return escape(text) + page.cite(source) + ours


def _statements(page: Page, statements: Iterable[Statement]) -> list[str]:
    return [_told(page, one.text, one.source, one.rationale) for one in statements]


def _entry(folder: str, id: str, name: str, lay_name: str) -> str:
    plain = "" if lay_name.lower() == name.lower() else f": {escape(lay_name)}"
    return f"{link(name, f'{folder}/{id}.md')}{plain}"
