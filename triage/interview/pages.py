"""Which findings share a page: yes_no questions as a list to tick, other questions of one topic or near to it."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from triage.interview.steps import Question, Step, TickStep
from triage.logic import FindingType
from triage.models import AskedOf, KnowledgeBase
from triage.models.settings import Topic

# What goes on with the topic of the last answer counts so much more.
TOPIC_BONUS = 1.5
# What stands later in the conversation counts so much less, topic after topic.
TOPIC_FADES = 0.95
# Yes_no questions are shown as one list: at most so many, of so many topics, if each tells this share of the best one.
LIST_LENGTH = 8
LIST_TOPICS = 3
COMPANION_SHARE = 0.1
# Other questions are shown together, those of one topic first: at most so many, if each tells this share of the best.
TOGETHER_LENGTH = 3
TOGETHER_SHARE = 0.2
# Details of what there is something to tell of: how many beside the list, what share of the best one each tells, and
# how much a person's own signs, and what was found in them, must tell to be asked about at all.
DETAILS_LENGTH = 4
DETAIL_SHARE = 0.02
DETAIL_LEAST = 1.0
RESULT_LEAST = 0.5
# A heading stands on one line of a small terminal, the number of the question before it.
HEADING_LENGTH = 60
AND_MORE = "and more"
SIGNS = "signs"
TOGETHER = "together"
DETAILS = "details"


@dataclass(frozen=True)
class Ranking:
    """Findings that may be asked, best first; those of no topic are left out."""

    kb: KnowledgeBase
    scores: Mapping[str, float]
    places: Mapping[str, tuple[int, int]]
    """the topic of a finding and its place there, counted from 0"""
    names: Sequence[str]

    def topic(self, name: str) -> Topic:
        """The topic of a finding."""
        return self.kb.interview.topics[self.places[name][0]]

    def signs(self, names: Sequence[str]) -> list[str]:
        """Those answered yes or no."""
        return [name for name in names if self.kb.findings[name].type is FindingType.YES_NO]

    def in_topic(self, like: str, share: float) -> list[str]:
        """The findings of the topic of one, itself included, that tell a share of the best of all."""
        least = share * self.scores[self.names[0]]
        return [
            name
            for name in self.names
            if self.places[name][0] == self.places[like][0] and self.scores[name] >= least
        ]

    def page(self, id: str, signs: Sequence[str], others: Sequence[str]) -> Step:
        """One page in the order of the conversation."""
        listed, also = sorted(signs, key=self.places.__getitem__), sorted(others, key=self.places.__getitem__)
        if len(listed) + len(also) == 1:
            [name] = (*listed, *also)
            return Question(name, self.topic(name).id)
        titles = dict.fromkeys(self.topic(name).title for name in (*listed, *also))
        return TickStep(id, heading_of(list(titles)), tuple(listed), tuple(also))


def heading_of(titles: Sequence[str]) -> str:
    """The titles of the topics of one page, as many as fit on a line."""
    for count in range(len(titles), 1, -1):
        shown = [*titles[:count], *([AND_MORE] if count < len(titles) else [])]
        if len(heading := "; ".join(shown)) <= HEADING_LENGTH:
            return heading
    return "; ".join([titles[0], *([AND_MORE] if titles[1:] else [])])


def _ranking(kb: KnowledgeBase, scores: Mapping[str, float], last: str = "", fades: float = 1.0) -> Ranking:
    weighed: dict[str, float] = {}
    places: dict[str, tuple[int, int]] = {}
    for number, topic in enumerate(kb.interview.topics):
        factor = fades**number * (TOPIC_BONUS if last in topic.findings else 1.0)
        for place, name in enumerate(topic.findings):
            if scores.get(name, 0.0) > 0:
                weighed[name] = scores[name] * factor
                places[name] = (number, place)
    return Ranking(kb, weighed, places, sorted(weighed, key=lambda name: (-weighed[name], name)))


def best_page(
    kb: KnowledgeBase,
    scores: Mapping[str, float],
    last: str,
    opened: Container[str] = (),
    *,
    only_dangers: bool = False,
) -> Step:
    """What tells most by its score, as a question or list; what stands earlier in the conversation comes sooner.

    With ``only_dangers`` nothing else is left to be asked, and questions stand below the list on one page.
    """
    ranking = _ranking(kb, scores, last, TOPIC_FADES)
    if not ranking.names:
        return Question(min(scores, key=lambda name: (-scores[name], name)))
    best = ranking.names[0]
    if best in opened:
        return _details(ranking, [ranking.places[best][0]])
    signs = ranking.signs(ranking.names)
    others = [name for name in ranking.names if name not in signs]
    if only_dangers:
        return ranking.page(SIGNS, signs[:LIST_LENGTH], others[:TOGETHER_LENGTH])
    listed = _list_of(ranking, signs)
    if not others or ranking.scores[others[0]] < sum(ranking.scores[name] for name in listed):
        return ranking.page(SIGNS, listed, ())
    alone = others[0]
    least = TOGETHER_SHARE * ranking.scores[alone]
    near = [name for name in others if ranking.scores[name] >= least]
    # Those of the same topic first.
    near.sort(key=lambda name: ranking.places[name][0] != ranking.places[alone][0])
    return ranking.page(TOGETHER, (), near[:TOGETHER_LENGTH])


def detail_page(kb: KnowledgeBase, scores: Mapping[str, float]) -> Step | None:
    """A page of the topic whose details tell most; None if none tells enough."""
    ranking = _ranking(kb, scores)
    begun = dict.fromkeys(
        ranking.places[name][0]
        for name in ranking.names
        if ranking.scores[name]
        >= (DETAIL_LEAST if kb.findings[name].asked_of is AskedOf.PATIENT else RESULT_LEAST)
    )
    return _details(ranking, list(begun)) if begun else None


def _details(ranking: Ranking, topics: Sequence[int]) -> Step:
    """What tells most of the first topic, and all of the next ones for which there is room."""
    signs: list[str] = []
    others: list[str] = []
    shown = 0
    for number in topics:
        first = next(name for name in ranking.names if ranking.places[name][0] == number)
        near = ranking.in_topic(first, DETAIL_SHARE)
        ticks = ranking.signs(near)
        rest = [name for name in near if name not in ticks]
        fits = len(signs) + len(ticks) <= LIST_LENGTH and len(others) + len(rest) <= DETAILS_LENGTH
        if not shown or (fits and shown < LIST_TOPICS):
            shown += 1
            signs += ticks[:LIST_LENGTH]
            others += rest[:DETAILS_LENGTH]
    return ranking.page(DETAILS, signs, others)


def _list_of(ranking: Ranking, signs: Sequence[str]) -> list[str]:
    """The yes_no questions that tell most, of a few topics, as one list."""
    topics: set[int] = set()
    listed: list[str] = []
    for name in signs:
        if len(listed) == LIST_LENGTH or ranking.scores[name] < COMPANION_SHARE * ranking.scores[signs[0]]:
            break
        if ranking.places[name][0] in topics or len(topics) < LIST_TOPICS:
            topics.add(ranking.places[name][0])
            listed.append(name)
    return listed
