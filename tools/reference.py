"""Reference pages: one per disorder, danger rule and treatment, for a reader who sees nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from triage.assessment.paths import caveats_of, documented
from triage.explain import to_words
from triage.models import Disorder, Evidence, KnowledgeBase, LookAlike, Statement, Treatment, UrgencyRule
from triage.models.rules import Caveat, Criterion, Exclusion
from triage.models.rules import Path as DocumentedPath
from triage.report.document import Document, Item, Items, Paragraph, References, Section
from triage.report.markdown import to_markdown
from triage.report.wording import LINE, SEVERITY

FOOTER = "Generated from rules/; for education, not a medical device."
GRADES = ("established", "probable", "possible")


def pages(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """The file name below docs/rules/ and the text of every page, indexes included."""
    for disorder in kb.disorders.values():
        yield f"disorders/{disorder.id}.md", to_markdown(_Page(kb).disorder(disorder))
    for rule in kb.urgency_rules.values():
        yield f"red_flags/{rule.id}.md", to_markdown(_Page(kb).red_flag(rule))
    for treatment in kb.treatments.values():
        yield f"treatments/{treatment.id}.md", to_markdown(_Page(kb).treatment(treatment))
    yield "README.md", _index(kb)


def _index(kb: KnowledgeBase) -> str:
    lines = [
        "# The rules, page by page",
        "",
        f"{kb.title.title} {kb.title.version}. {FOOTER}",
        "",
        "## Disorders",
        "",
    ]
    for family in sorted(
        (one for one in kb.disorders.values() if one.parent is None), key=lambda one: one.name
    ):
        lines.append(f"- [{family.name}](disorders/{family.id}.md): {family.lay_name}")
        lines += [
            f"  - [{kb.disorders[name].name}](disorders/{name}.md): {kb.disorders[name].lay_name}"
            for name in kb.members.get(family.id, ())
        ]
    lines += ["", "## Danger rules", ""]
    for rule in sorted(kb.urgency_rules.values(), key=lambda one: (-one.level.rank, one.label)):
        lines.append(f"- {kb.urgency.levels[rule.level].label}: [{rule.label}](red_flags/{rule.id}.md)")
    lines += ["", "## Treatments", ""]
    for treatment in sorted(kb.treatments.values(), key=lambda one: one.name.lower()):
        lines.append(f"- [{treatment.name}](treatments/{treatment.id}.md)")
    return "\n".join(lines) + "\n"


class _Page:
    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb
        self.refs = References(kb)

    def disorder(self, disorder: Disorder) -> Document:
        kb = self.kb
        sections = [Section("What it is", (Items(self._statements([*disorder.about, *disorder.cause])),))]
        facts = [f"Also called: {', '.join(disorder.synonyms)}."] if disorder.synonyms else []
        if disorder.parent:
            facts.append(f"A form of {kb.disorders[disorder.parent].name}.")
        if kb.members.get(disorder.id):
            facts.append(
                f"Its forms: {', '.join(kb.disorders[name].name for name in kb.members[disorder.id])}."
            )
        if disorder.combines:
            facts.append(f"Combines {' and '.join(kb.disorders[name].name for name in disorder.combines)}.")
        facts.append(f"How often: {disorder.frequency.value}. {self._text(disorder.frequency_source)}")
        if disorder.codes:
            facts.append(
                "Codes: "
                + "; ".join(f"{system} {', '.join(codes)}" for system, codes in disorder.codes.items())
            )
        sections.append(Section("At a glance", (Items(tuple(Item(fact) for fact in facts)),)))
        criteria = tuple(self._criterion(disorder, one) for one in disorder.criteria)
        sections.append(Section("Criteria", (Items(criteria), Items(self._grades(disorder)))))
        sections.append(Section("What speaks for and against", (Items(self._weighed(disorder)),)))
        if disorder.look_alikes:
            sections.append(
                Section("Easily taken for it", (Items(tuple(map(self._look_alike, disorder.look_alikes))),))
            )
        usual = f"Usually: {kb.urgency.levels[disorder.usual_urgency].label}, unless a danger rule holds."
        own = tuple(
            Item(f"{kb.urgency.levels[r.level].label}: {r.label}. {r.reason}") for r in disorder.urgency
        )
        sections.append(Section("How urgent", (Paragraph(usual), *((Items(own),) if own else ()))))
        sections.append(Section("What confirms it", (Paragraph(self._confirmation(disorder)),)))
        steps = self._statements([*disorder.workup, *disorder.referral])
        if steps:
            sections.append(Section("What a clinician would consider next", (Items(steps),)))
        paths = [self._path(treatment, path) for treatment, path in documented(kb, disorder.id)]
        if paths:
            sections.append(Section("What is documented to help, and for whom not", (), tuple(paths)))
        sections.append(self.refs.section())
        return Document(
            disorder.name, f"In plain words: {disorder.lay_name}. Id: {disorder.id}.", tuple(sections), FOOTER
        )

    def red_flag(self, rule: UrgencyRule) -> Document:
        kb = self.kb
        level = kb.urgency.levels[rule.level]
        when = [Paragraph(f"Holds when: {to_words(kb, kb.exprs[f'{rule.id}.when'])}.")]
        if rule.unless is not None:
            when.append(Paragraph(f"Unless it is known that: {to_words(kb, kb.exprs[f'{rule.id}.unless'])}."))
        reason = rule.reason + self.refs.mark(rule.source)
        why = [Paragraph(reason)] + ([Paragraph(f"What is ours: {rule.rationale}")] if rule.rationale else [])
        sections = (
            Section(
                "How urgent",
                (Paragraph(f"{level.label}: {level.lay}"), Paragraph(f"What to do: {rule.action}")),
            ),
            Section("When it holds", tuple(when)),
            Section("Why", tuple(why)),
            self.refs.section(),
        )
        return Document(rule.label, f"Danger rule. Id: {rule.id}.", sections, FOOTER)

    def treatment(self, treatment: Treatment) -> Document:
        sections = [Section("What it is", (Items(self._statements(treatment.about)),))]
        for path in treatment.paths:
            sections.append(
                self._path(treatment, path, name=self.kb.disorders[path.disorder].name, caveats=False)
            )
        caveats: dict[str, Caveat] = {}
        for path in treatment.paths:
            caveats |= dict(caveats_of(self.kb, treatment, path))
        if caveats:
            items = tuple(self._caveat(rule, caveat) for rule, caveat in caveats.items())
            sections.append(Section("For whom not, and what to watch", (Items(items),)))
        shared = [one for used in treatment.caveat_sets for one in self.kb.caveat_sets[used].monitoring]
        if watch := self._statements([*treatment.monitoring, *shared]):
            sections.append(Section("Checks before and during use", (Items(watch),)))
        sections.append(self.refs.section())
        plain = f"In plain words: {treatment.lay_name}."
        subtitle = f"{plain} Documented options to discuss, not advice. Id: {treatment.id}."
        return Document(treatment.name, subtitle, tuple(sections), FOOTER)

    def _text(self, statement: Statement) -> str:
        judged = f" ({statement.rationale})" if statement.rationale else ""
        return statement.text + self.refs.mark(statement.source) + judged

    def _statements(self, statements: Iterable[Statement]) -> tuple[Item, ...]:
        return tuple(Item(self._text(one)) for one in statements)

    def _criterion(self, disorder: Disorder, criterion: Criterion) -> Item:
        text = f"{criterion.text}{self.refs.mark(criterion.source)}"
        if criterion.judgement:
            return Item(f"{text} - for a clinician to judge", mark=f"{criterion.id.upper()}.")
        words = to_words(self.kb, self.kb.exprs[f"{disorder.id}.{criterion.id}"], disorder.id)
        extra = "; if not met, this rules it out" if criterion.if_false else ""
        return Item(text, (Item(f"decided by: {words}{extra}"),), mark=f"{criterion.id.upper()}.")

    def _grades(self, disorder: Disorder) -> tuple[Item, ...]:
        found = []
        for grade in GRADES:
            if getattr(disorder.grades, grade) is not None:
                found.append(
                    Item(
                        to_words(self.kb, self.kb.exprs[f"{disorder.id}.{grade}"], disorder.id),
                        mark=f"{grade}:",
                    )
                )
        return (*found, Item(disorder.best_by_answers.value, mark="best that answers alone can reach:"))

    def _weighed(self, disorder: Disorder) -> tuple[Item, ...]:
        ordered = sorted(
            disorder.evidence, key=lambda one: (one.direction.value != "for", -one.weight.points, one.id)
        )
        return (
            *(self._evidence(one) for one in ordered),
            *(self._exclusion(one) for one in disorder.excludes),
        )

    def _evidence(self, one: Evidence) -> Item:
        return Item(
            one.text + self.refs.mark(one.source), mark=f"{one.direction.value} ({one.weight.value}):"
        )

    def _exclusion(self, one: Exclusion) -> Item:
        effect = "rules it out" if one.effect.value == "rules_out" else "makes it unlikely"
        return Item(one.text + self.refs.mark(one.source), mark=f"{effect}:")

    def _look_alike(self, one: LookAlike) -> Item:
        return Item(one.text + self.refs.mark(one.source), mark=f"{self.kb.disorders[one.disorder].name}:")

    def _confirmation(self, disorder: Disorder) -> str:
        return disorder.confirmed_by.text + self.refs.mark(disorder.confirmed_by.source)

    def _path(
        self, treatment: Treatment, path: DocumentedPath, *, name: str | None = None, caveats: bool = True
    ) -> Section:
        title = (name or treatment.name) + (f", {path.context.text}" if path.context else "")
        items = [Item(LINE[path.line], mark="place:")]
        for mark, statements in (
            ("", path.says),
            ("effect:", path.effect),
            ("time:", path.time_course),
            ("complications:", path.complications),
            ("checks:", path.monitoring),
        ):
            items += [Item(self._text(one), mark=mark) for one in statements]
        if caveats:
            items += [self._caveat(rule, caveat) for rule, caveat in caveats_of(self.kb, treatment, path)]
        return Section(title, (Items(tuple(items)),))

    def _caveat(self, rule: str, caveat: Caveat) -> Item:
        words = to_words(self.kb, self.kb.exprs[rule])
        return Item(
            f"{caveat.text}{self.refs.mark(caveat.source)} (if {words})", mark=f"{SEVERITY[caveat.severity]}:"
        )
