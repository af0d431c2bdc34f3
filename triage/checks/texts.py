"""``dose-in-text``, ``probability-in-text``, ``duplicate-rule`` and ``unused-source``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import BaseModel

from triage.checks.report import Gravity, Remark
from triage.errors import Place
from triage.models import CaveatSet, Cite, KnowledgeBase, RuleKind, Treatment

_DOSE = re.compile(
    r"\b\d+([.,]\d+)?\s?(mg|mcg|µg|microgram(me)?s?|ml|millilit(re|er)s?|units|iu|gray|gy)\b", re.IGNORECASE
)
_YOURS = re.compile(r"\byour (risk|chance|chances|odds|likelihood|probability)\b", re.IGNORECASE)
_FIGURE = re.compile(r"\d\s?%|\d\s?per ?cent\b|\b(\d+|one) (in|out of) (\d+|ten|a hundred)\b", re.IGNORECASE)
# A ratio is a figure of a study.
_CHANCE = re.compile(
    r"\b(chances?|odds|likelihood|probabilit(y|ies))\b(?! ratio)|(%|per ?cent) (likely|probable|certain)\b",
    re.IGNORECASE,
)
_RISK_TO_YOU = re.compile(r"\byou\b.*\brisks?\b|\brisks?\b.*\byou\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.;:])\s")


def check(kb: KnowledgeBase) -> Iterator[Remark]:
    """Texts that name a dose or a probability for the person, rules written twice, sources nobody cites."""
    groups: tuple[dict[str, BaseModel], ...] = (
        dict(kb.patterns),
        dict(kb.urgency_rules),
        dict(kb.disorders),
        dict(kb.treatments),
        dict(kb.caveat_sets),
    )
    cited: set[str] = set()
    for group in groups:
        for name, model in group.items():
            place = kb.places.get(name, Place())
            for text in _texts(model, cited):
                if dose := _DOSE.search(text):
                    yield Remark(
                        "dose-in-text", place, name, f"names a dose: `{dose[0]}`", "leave the amount out"
                    )
                if told := _probability(text, of_treatment=isinstance(model, Treatment | CaveatSet)):
                    yield Remark(
                        "probability-in-text",
                        place,
                        name,
                        f"speaks of a probability for the person: `{told}`",
                        "say how usual it is in words; figures of treatments and of studies may stand",
                    )
    for text in _texts(kb.urgency, cited):
        if _DOSE.search(text):
            yield Remark("dose-in-text", Place("urgency.yaml"), "urgency", "names a dose")
    yield from _duplicates(kb)
    for name in sorted(set(kb.sources) - cited):
        yield Remark(
            "unused-source", Place("sources.yaml"), name, "nothing cites it", "delete it", Gravity.WARNING
        )


def _probability(text: str, *, of_treatment: bool) -> str:
    """The sentence that gives the person a probability; empty if none does.

    A chance with a figure is one of having the disorder, except with treatments, where it is one of recovery.
    """
    for sentence in _SENTENCE_END.split(text):
        figured = _FIGURE.search(sentence) is not None
        if (
            _YOURS.search(sentence)
            or (figured and _RISK_TO_YOU.search(sentence))
            or (figured and not of_treatment and _CHANCE.search(sentence))
        ):
            return sentence
    return ""


def _texts(model: BaseModel, cited: set[str]) -> Iterator[str]:
    for field in type(model).model_fields:
        value = getattr(model, field)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Cite):
                cited.add(item.ref)
            elif isinstance(item, BaseModel):
                yield from _texts(item, cited)
            elif isinstance(item, str) and field not in ("when", "unless", "id", "must"):
                yield item


def _duplicates(kb: KnowledgeBase) -> Iterator[Remark]:
    seen: dict[object, str] = {}
    for rule in kb.rules.values():
        if rule.kind in (RuleKind.PATTERN, RuleKind.URGENCY_WHEN):
            key = (
                rule.kind,
                rule.expr,
                kb.exprs.get(f"{rule.owner}.unless") if rule.kind is RuleKind.URGENCY_WHEN else None,
            )
            if key in seen and not _concludes(kb, rule.owner):
                message = f"says the same as `{seen[key]}`"
                yield Remark(
                    "duplicate-rule", rule.place, rule.owner, message, "keep one of them", Gravity.WARNING
                )
            seen.setdefault(key, rule.owner)


def _concludes(kb: KnowledgeBase, name: str) -> bool:
    pattern = kb.patterns.get(name)
    return pattern is not None and bool(pattern.involvement or pattern.origin)
