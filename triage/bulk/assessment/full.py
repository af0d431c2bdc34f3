"""The whole ``Assessment`` of a case as one nested column, field by field what ``assemble`` gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from triage.assessment import exclusions_of
from triage.assessment.paths import caveats_of
from triage.bulk.assessment.nerves import INVOLVED, ORIGIN, TERRITORY, chosen
from triage.bulk.assessment.paths import Documented
from triage.bulk.assessment.standings import BANDS, LADDER
from triage.bulk.assessment.summary import Conclusions, settling
from triage.bulk.sql import digits
from triage.bulk.sql.columns import CASE_ID
from triage.bulk.sql.program import quoted
from triage.models import Caveat, Direction, Grade, Severity

NULLABLE = ("branch", "side", "area")
FIRM = LADDER.index(Grade.PROBABLE)


class Whole:
    """The columns of the nested assessment."""

    def __init__(self, found: Conclusions) -> None:
        self.found = found
        self.kb = found.kb
        self.truths = found.truths
        self.program = found.program
        self.severities = list(Severity)

    def assessment(self) -> str:
        """The ``Assessment`` as a struct."""
        lines, paths = self.found.lines, self.found.paths
        union = self.found.union
        heads = lines.name_of(lines.line_key("x"), of_heads=True)
        return struct(
            {
                "case_id": quoted(CASE_ID),
                "urgency": self._urgency(),
                "nerves": self._nerves(),
                "differential": self._differential(),
                "open": self._open(),
                "leading": f"list_transform({lines.leading}, lambda x: {heads})",
                "treatments": self._treatments(),
                "treatments_withheld": digits.holds(paths.withheld),
                "pending": chosen((union[name], f"'{name}'") for name in sorted(union)),
            }
        )

    def _urgency(self) -> str:
        urgency = self.found.urgency
        because = [
            (urgency.held(rule), struct({"rule": f"'{rule.id}'", "level": f"'{rule.level}'"}))
            for rule in urgency.rules
        ]
        open_rules = [
            (
                urgency.open(rule),
                struct(
                    {
                        "rule": f"'{rule.id}'",
                        "level": f"'{rule.level}'",
                        "findings": self._waiting([f"{rule.id}.when"]),
                    }
                ),
            )
            for rule in urgency.rules
        ]
        return struct(
            {
                "now": urgency.now,
                "could_become": urgency.could_become,
                "because": listed(because, "STRUCT(rule VARCHAR, level VARCHAR)"),
                "open": listed(open_rules, "STRUCT(rule VARCHAR, level VARCHAR, findings VARCHAR[])"),
            }
        )

    def _nerves(self) -> str:
        nerves = self.found.nerves
        return struct(
            {
                "modality": self.found.modality,
                "modality_of": self.found.modality_of,
                "territory": _fields(nerves.territory, TERRITORY),
                "involved": _fields(nerves.involved, INVOLVED),
                "origins": _fields(nerves.origins, ORIGIN),
            }
        )

    def _shown(self) -> str:
        """Entries with their places: the differential, then, from ``limit`` on, what stands under not enough known."""
        lines, standings = self.found.lines, self.found.standings
        items = []
        for name in sorted(self.kb.disorders):
            opened, key = lines.in_open(name), f"{lines.limit} + {standings.key(name)}"
            place = f"CASE WHEN {digits.holds(opened)} THEN {key} ELSE {lines.position(name)} END"
            items.append((lines.shown(name), place, self._entry(name)))
        return self.program.define("entries", _ordered(items), "entries by their places")

    def _differential(self) -> str:
        below = (
            f"list_filter({self._shown()}, lambda x: struct_extract(x, 'place') < {self.found.lines.limit})"
        )
        return _values(below)

    def _open(self) -> str:
        above = (
            f"list_filter({self._shown()}, lambda x: struct_extract(x, 'place') >= {self.found.lines.limit})"
        )
        return _values(above)

    def _entry(self, name: str) -> str:
        """The ``Entry`` of a disorder."""
        standings = self.found.standings
        disorder = self.kb.disorders[name]
        criteria = [one.id for one in disorder.criteria if not one.judgement]
        grades, bands = _words(LADDER), _words(BANDS)
        fields = {
            "disorder": f"'{name}'",
            "parent": self._parent(name),
            "band": f"{bands}[CAST({standings.key(name)} // {standings.band_width} AS INTEGER)]",
            "grade": f"{grades}[CAST({standings.grade(name)} AS INTEGER) + 1]",
            "confirmed": self._word(f"{name}.confirmed_by"),
            "fit": f"CAST({standings.fit(name)} AS INTEGER)",
            "likeness": f"CAST({standings.likeness(name)} AS INTEGER)",
            "criteria": mapping({one: self._word(f"{name}.{one}") for one in criteria}),
            "evidence_for": self._evidence(name, Direction.FOR),
            "evidence_against": self._evidence(name, Direction.AGAINST),
            "excluded_by": chosen(
                (digits.sure(self.truths.rule(rule)), f"'{rule}'")
                for rule, _ in exclusions_of(self.kb, disorder)
            ),
            "settle": self._settle(name),
        }
        return struct(fields)

    def _parent(self, name: str) -> str:
        head = self.kb.family(name)
        if name != head:
            return f"'{head}'"
        lines = self.found.lines
        cases = [
            f"WHEN {digits.holds(flag)} THEN '{combiner}'"
            for combiner in lines.combiners.get(head, ())
            if (flag := lines.combined_by(head, combiner)) != "0"
        ]
        return f"CASE {' '.join(cases)} END" if cases else "CAST(NULL AS VARCHAR)"

    def _evidence(self, name: str, direction: Direction) -> str:
        return chosen(
            (digits.sure(self.truths.rule(f"{name}.{one.id}")), f"'{one.id}'")
            for one in self.kb.disorders[name].evidence
            if one.direction is direction
        )

    def _word(self, rule: str) -> str:
        """The truth of a rule as a word."""
        digit = self.truths.rule(rule)
        constant = {digits.FALSE: "'false'", digits.UNKNOWN: "'unknown'", digits.TRUE: "'true'"}.get(digit)
        return constant or f"CASE {digit} WHEN 0 THEN 'false' WHEN 3 THEN 'true' ELSE 'unknown' END"

    def _waiting(self, rules: Iterable[str]) -> str:
        """The findings that could still change any of the rules, sorted."""
        flags = self.found.pending.of(rules)
        return chosen((flags[name], f"'{name}'") for name in sorted(flags))

    def _settle(self, name: str) -> str:
        """What could still change the grade, while the disorder is shown."""
        shown = self.found.lines.shown(name)
        sql = f"CASE WHEN {digits.holds(shown)} THEN {self._waiting(settling(self.kb, name))} END"
        return self.program.define(f"settle {name}", sql, f"{name}: what could still change its grade")

    def _treatments(self) -> str:
        paths = self.found.paths
        return _values(_ordered([(paths.shown(one), paths.order(one), self._path(one)) for one in paths.all]))

    def _path(self, one: Documented) -> str:
        grade = self.found.standings.grade(one.path.disorder)
        context = f"{one.treatment.id}.{one.path.id}.context"
        fields = {
            "disorder": f"'{one.path.disorder}'",
            "treatment": f"'{one.treatment.id}'",
            "path": f"'{one.path.id}'",
            "line": f"'{one.path.line}'",
            "context": self._word(context) if one.path.context is not None else "'true'",
            "against": digits.holds(self.found.paths.against(one)),
            "if_confirmed": f"{grade} < {FIRM}",
            "caveats": self._caveats(one),
        }
        return struct(fields)

    def _caveats(self, one: Documented) -> str:
        """Caveats that apply, then those that possibly do, each by severity and id."""
        caveats = sorted(
            caveats_of(self.kb, one.treatment, one.path),
            key=lambda pair: (self.severities.index(pair[1].severity), pair[0]),
        )
        columns = [self._caveat(rule, caveat) for rule, caveat in caveats]
        applying = [column for column in (pair[0] for pair in columns) if column]
        possible = [column for column in (pair[1] for pair in columns) if column]
        together = ", ".join([*applying, *possible])
        if not together:
            return "CAST([] AS STRUCT(id VARCHAR, severity VARCHAR, truth VARCHAR, missing VARCHAR[])[])"
        return f"list_filter([{together}], lambda x: x IS NOT NULL)"

    def _caveat(self, rule: str, caveat: Caveat) -> tuple[str, str]:
        """Two columns: the result while the caveat applies, and while it possibly does."""
        needed = self._needed.get(rule, "0")
        applies = digits.all_flags([needed, digits.sure(self.truths.rule(rule))])
        could = digits.all_flags([needed, self.found.pending.possible(self.kb.exprs[rule])])
        fields = {"id": f"'{rule}'", "severity": f"'{caveat.severity}'"}
        columns = []
        for flag, truth, missing in (
            (applies, "'true'", chosen([])),
            (could, "'unknown'", self._waiting([rule])),
        ):
            if flag == "0":
                columns.append("")
                continue
            result = struct({**fields, "truth": truth, "missing": missing})
            sql = f"CASE WHEN {digits.holds(flag)} THEN {result} END"
            columns.append(self.program.define(f"caveat {rule} {truth[1:-1]}", sql, f"{rule}: {truth[1:-1]}"))
        return columns[0], columns[1]

    @cached_property
    def _needed(self) -> Mapping[str, str]:
        """By caveat: the flag that a path with it is listed."""
        flags: dict[str, list[str]] = {}
        for one in self.found.paths.all:
            for rule, _ in caveats_of(self.kb, one.treatment, one.path):
                flags.setdefault(rule, []).append(self.found.paths.shown(one))
        joined = {rule: digits.any_flag(listed) for rule, listed in flags.items()}
        return {rule: self.program.define(f"needed {rule}", flag) for rule, flag in joined.items()}


def struct(fields: Mapping[str, str]) -> str:
    """A struct of named fields."""
    return "{" + ", ".join(f"'{name}': {sql}" for name, sql in fields.items()) + "}"


def mapping(entries: Mapping[str, str]) -> str:
    """A map from texts to texts."""
    if not entries:
        return "CAST(MAP {} AS MAP(VARCHAR, VARCHAR))"
    return "MAP {" + ", ".join(f"'{name}': {sql}" for name, sql in entries.items()) + "}"


def listed(items: Iterable[tuple[str, str]], type: str) -> str:
    """The values whose flag is set, in this order, as a list of ``type``."""
    values = [f"CASE WHEN {digits.holds(flag)} THEN {sql} END" for flag, sql in items if flag != "0"]
    return (
        f"list_filter([{', '.join(values)}], lambda x: x IS NOT NULL)" if values else f"CAST([] AS {type}[])"
    )


def _ordered(items: Iterable[tuple[str, str, str]]) -> str:
    """The values whose flag is set, each with its place, ordered by it."""
    values = [
        f"CASE WHEN {digits.holds(flag)} THEN {struct({'place': place, 'value': sql})} END"
        for flag, place, sql in items
        if flag != "0"
    ]
    return f"list_sort(list_filter([{', '.join(values)}], lambda x: x IS NOT NULL))"


def _values(ordered: str) -> str:
    """What ``_ordered`` holds, without places."""
    return f"list_transform({ordered}, lambda x: struct_extract(x, 'value'))"


def _fields(texts: str, names: Iterable[str]) -> str:
    """Texts of several words as structs; an empty word of a field that may be missing is NULL."""
    parts = {name: f"split_part(x, ' ', {place})" for place, name in enumerate(names, 1)}
    fields = {name: f"nullif({sql}, '')" if name in NULLABLE else sql for name, sql in parts.items()}
    return f"list_transform({texts}, lambda x: {struct(fields)})"


def _words(words: Iterable[str]) -> str:
    return "[" + ", ".join(f"'{word}'" for word in words) + "]"
