"""Documented treatment paths for the leading disorders, with the caveats that apply to this person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from triage.assessment.ranking import Family
from triage.logic import Truth, World, pending_findings
from triage.models import Caveat, CaveatResult, Grade, KnowledgeBase, Path, Severity, Treatment, TreatmentPath

FIRM = (Grade.PROBABLE, Grade.ESTABLISHED)


def treatment_paths(
    kb: KnowledgeBase, world: World, leading: Iterable[Family]
) -> tuple[list[TreatmentPath], bool]:
    """The paths, in the order of leading disorders and lines, and whether some are withheld because of age."""
    grown = world.truths.get("adult", Truth.UNKNOWN) is not Truth.FALSE
    paths: list[TreatmentPath] = []
    withheld = False
    for family in leading:
        for item in sorted(family.fitting(), key=lambda item: (item.disorder != family.head, item.key)):
            found = []
            for treatment, path in documented(kb, item.disorder):
                context = world.truths[f"{treatment.id}.{path.id}.context"] if path.context else Truth.TRUE
                if context is Truth.FALSE:
                    continue
                if not grown and path.ages == "adults":
                    withheld = True
                    continue
                found.append(_path(kb, world, treatment, path, context, if_confirmed=item.grade not in FIRM))
            paths += sorted(found, key=lambda one: (one.line.rank, one.treatment, one.path))
    return paths, withheld


def documented(kb: KnowledgeBase, disorder: str) -> Iterator[tuple[Treatment, Path]]:
    """Every path whose disorder is this one."""
    for treatment in kb.treatments.values():
        for path in treatment.paths:
            if path.disorder == disorder:
                yield treatment, path


def caveats_of(kb: KnowledgeBase, treatment: Treatment, path: Path) -> Iterator[tuple[str, Caveat]]:
    """The caveats of a path with the ids of their rules: those of its sets, of its treatment, and its own."""
    for used in treatment.caveat_sets:
        for caveat in kb.caveat_sets[used].caveats:
            yield f"{used}.{caveat.id}", caveat
    for caveat in treatment.caveats:
        yield f"{treatment.id}.{caveat.id}", caveat
    for caveat in path.caveats:
        yield f"{treatment.id}.{path.id}.{caveat.id}", caveat


def _path(
    kb: KnowledgeBase, world: World, treatment: Treatment, path: Path, context: Truth, *, if_confirmed: bool
) -> TreatmentPath:
    results: list[CaveatResult] = []
    for rule, caveat in caveats_of(kb, treatment, path):
        truth = world.truths[rule]
        missing = tuple(sorted(pending_findings(kb.exprs[rule], world)))
        if truth is Truth.TRUE or missing:
            results.append(CaveatResult(id=rule, severity=caveat.severity, truth=truth, missing=missing))
    order = list(Severity)
    results.sort(key=lambda one: (one.truth is not Truth.TRUE, order.index(one.severity), one.id))
    return TreatmentPath(
        disorder=path.disorder,
        treatment=treatment.id,
        path=path.id,
        line=path.line,
        context=context,
        against=any(one.truth is Truth.TRUE and one.severity is Severity.CONTRAINDICATED for one in results),
        if_confirmed=if_confirmed,
        caveats=tuple(results),
    )
