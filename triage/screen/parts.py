"""One question as widgets: choices, ticks, an amount, or places on the drawn face; and the answer they give."""

from __future__ import annotations

from collections.abc import Mapping
from time import monotonic
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from triage.errors import CaseError
from triage.interview import NOT_KNOWN, Answer, Answers, TickStep
from triage.interview.consultation import Part, left_open, tick_answers, tick_labels, ticked
from triage.interview.prompts import unit_text
from triage.interview.replies import picked_amount, read_reply
from triage.interview.state import told_list
from triage.logic import FindingType, Interval
from triage.models import Finding, KnowledgeBase
from triage.models.settings import SiteFinding
from triage.report.picture import HALVES
from triage.screen import words
from triage.screen.choices import Choices
from triage.screen.dialogs import Ticking
from triage.screen.facemap import FaceMap, place_words, places_at
from triage.screen.raster import Spot

Page = Mapping[str, Answer]
NOTHING = Answers()
FACE_SIZE = (80, 30)
"""columns and rows of a window from which the places of the drawn face can be told apart"""


class Answered(Message):
    """The question was answered."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page


class Amount(Input):
    """A field for an amount; letters are commands until a digit was typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Whether the field takes the key itself."""
        mine = bool(self.value) or (character or "").isdecimal()
        return mine and super().check_consume_key(key, character)

    async def _on_key(self, event: events.Key) -> None:
        # textual calls the handler of the base class by itself, unless told otherwise.
        if event.is_printable and not self.check_consume_key(event.key, event.character):
            event.prevent_default()


class Asking(Widget):
    """What is asked now; posts ``Answered``."""

    class Fitted(Message):
        """The drawn face came or went, as there is room for it or not."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("d", "done", show=False)]
    settle_seconds: ClassVar[float] = 0.15
    """how long a question stands before it can be answered: a trembling finger presses twice"""

    def __init__(self, kb: KnowledgeBase, part: Part, side_known: str = "", said: Answers = NOTHING) -> None:
        super().__init__(id="asking")
        self.kb = kb
        self.part = part
        self.side_known = side_known
        self.said = said
        """what was answered before; it is offered again"""
        sites = (one for one in kb.face.sites if kb.face.outlines and not isinstance(part, TickStep))
        self.site: SiteFinding | None = next((one for one in sites if one.finding == _id(part)), None)
        self.answered = False
        self.halves: dict[str, set[str]] = {}
        """the halves marked of each ticked place; empty while its side is not said"""

    def compose(self) -> ComposeResult:
        """The widgets of its kind."""
        part = self.part
        if isinstance(part, TickStep):
            yield Choices(tick_labels(self.kb, part), ticks=True)
            return
        match part.type:
            case FindingType.YES_NO:
                yield Choices([words.YES, words.NO], letters="yn")
            case FindingType.ONE_OF:
                yield Choices([one.label for one in part.choices.values()])
            case FindingType.ANY_OF if self.site is not None:
                yield from self._face(part, self.site)
            case FindingType.ANY_OF:
                yield Choices([one.label for one in part.choices.values()], ticks=True)
            case FindingType.NUMBER:
                yield from self._amount(part)

    def _face(self, part: Finding, site: SiteFinding) -> ComposeResult:
        with Horizontal(id="face"):
            with Vertical(id="drawn"):
                yield FaceMap(self.kb, site)
                yield Static(id="spot")
            yield Choices([one.label for one in part.choices.values()], ticks=True)

    def _amount(self, part: Finding) -> ComposeResult:
        unit = unit_text(part)
        if part.picks:
            yield Choices([one.label for one in part.picks], digits=False)
        text = words.AMOUNT if part.picks else words.AMOUNT_ALONE
        yield Static(Text(text.format(unit=unit)), classes="hint")
        # Selected text would be replaced by the next digit.
        yield Amount(id="amount", select_on_focus=False)
        yield Static(id="fault")
        if not part.picks:
            yield Choices([])

    @property
    def face_shown(self) -> bool:
        """Whether places can be marked on the drawn face; in a small window there is only their list."""
        wide, high = FACE_SIZE
        return self.site is not None and self.app.size.width >= wide and self.app.size.height >= high

    def on_resize(self) -> None:
        """The drawn face goes where nobody could tell its places apart."""
        for drawn in self.query("#drawn"):
            if drawn.display != self.face_shown:
                drawn.display = self.face_shown
                self.take_keys()
                self.post_message(self.Fitted())

    def on_mount(self) -> None:
        """The earlier answer, and the keys."""
        self.take_keys()
        self._offer_again()
        self.shown_at = monotonic()

    def take_keys(self) -> None:
        """Focus the first thing that takes keys."""
        amounts = self.query(Amount)
        picks = isinstance(self.part, Finding) and bool(self.part.picks)
        if amounts and not picks:
            amounts.first().focus()
        else:
            self.query_one(Choices).focus()

    def _answer(self, page: Page) -> None:
        """Hand the answer on, once; what is pressed as the question appears was meant for the one before."""
        if self.answered or monotonic() - self.shown_at < self.settle_seconds:
            return
        self.answered = True
        self.post_message(Answered(page))

    def _offer_again(self) -> None:
        """Ticks, line or amount as they were answered before."""
        part, choices = self.part, self.query_one(Choices)
        if isinstance(part, TickStep):
            choices.mark(ticked(self.kb, part, self.said), left_open(part.findings, self.said))
            return
        if part.type is FindingType.ANY_OF and part.id in self.said.not_known:
            choices.mark((), range(len(part.choices)))
            return
        match self.said.facts.get(part.id):
            case bool(answer):
                choices.point(0 if answer else 1)
            case str(answer):
                choices.point(list(part.choices).index(answer))
            case int() | float() | Interval() as answer:
                amounts = [picked_amount(part, index) for index in range(len(part.picks))]
                if answer in amounts:
                    choices.point(amounts.index(answer))
                else:
                    # Not typed into the field, where letters would no longer be commands.
                    self.query_one(Amount).placeholder = str(answer)
            case Mapping() as answer:
                names = list(enumerate(part.choices))
                choices.mark(
                    (index for index, name in names if answer.get(name)),
                    (index for index, name in names if name not in answer),
                )
            case _:
                pass

    def action_done(self) -> None:
        """End a tick list, also from the drawn face."""
        self.query_one(Choices).action_close()

    def on_key(self, event: events.Key) -> None:
        """A digit beside offered amounts begins an amount."""
        digit = event.character or ""
        if digit.isdecimal() and digit.isascii() and self.query(Amount):
            amount = self.query_one(Amount)
            if not amount.has_focus:
                event.stop()
                amount.focus()
                amount.insert_text_at_cursor(digit)

    def unsure(self) -> None:
        """Not sure, or not sure about the rest of a list."""
        self.query_one(Choices).say_unsure()

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        """One choice, or not sure."""
        event.stop()
        part = self.part
        assert isinstance(part, Finding)
        if event.index < 0:
            self._answer({part.id: NOT_KNOWN})
        elif part.type is FindingType.YES_NO:
            self._answer({part.id: event.index == 0})
        elif part.type is FindingType.ONE_OF:
            self._answer({part.id: list(part.choices)[event.index]})
        else:
            self._answer({part.id: picked_amount(part, event.index)})

    def on_choices_closed(self, event: Choices.Closed) -> None:
        """A finished tick list."""
        event.stop()
        part = self.part
        if isinstance(part, TickStep):
            rest: Answer = False if event.rest_known else NOT_KNOWN
            ticks = {
                name: True if index in event.ticked else NOT_KNOWN if index in event.open else rest
                for index, name in enumerate(part.findings)
            }
            self._answer(tick_answers(self.kb, part, ticks))
            return
        names = list(part.choices)
        present = [names[index] for index in sorted(event.ticked)]
        unsure = [names[index] for index in event.open] if event.rest_known else names
        self._answer({part.id: told_list(self.kb, part.id, present, unsure), **self._side()})

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """An amount; nothing typed keeps the one said before."""
        event.stop()
        assert isinstance(self.part, Finding)
        text = event.value.strip() or event.input.placeholder
        if not text:
            return
        try:
            # Lines are chosen above the field, so no letter is one of them here.
            answer = read_reply(self.kb, self.part.model_copy(update={"picks": ()}), text)
        except CaseError as error:
            self.query_one("#fault", Static).update(Text(error.message))
            return
        self._answer({self.part.id: answer})

    def on_face_map_picked(self, event: FaceMap.Picked) -> None:
        """A spot was marked: tick the place that lies there, or ask which."""
        event.stop()
        assert self.site is not None
        places = places_at(self.site, event.spot[0])
        if len(places) == 1:
            chosen = event.spot[1] in self.halves.get(places[0], set())
            self._mark(event.spot, {places[0]: not chosen})
            return
        labels = [place_words(self.kb, self.site, name) for name in places]
        at, half = self.halves, event.spot[1]
        marked = [i for i, name in enumerate(places) if name in at and (not at[name] or half in at[name])]

        def done(ticked: frozenset[int] | None) -> None:
            if ticked is not None:
                self._mark(event.spot, {name: index in ticked for index, name in enumerate(places)})

        self.app.push_screen(Ticking(words.FACE_WHICH, labels, frozenset(marked)), done)

    def _mark(self, spot: Spot, wanted: Mapping[str, bool]) -> None:
        assert isinstance(self.part, Finding)
        for name, marked in wanted.items():
            halves = self.halves.setdefault(name, set())
            (halves.add if marked else halves.discard)(spot[1])
            if not halves:
                del self.halves[name]
        names = list(self.part.choices)
        self.query_one(Choices).mark(names.index(name) for name in self.halves)
        self._draw()

    def on_choices_changed(self, event: Choices.Changed) -> None:
        """Ticks in the list are shown on the face, on the known side or as places whose side is not said."""
        event.stop()
        if self.site is None or not isinstance(self.part, Finding):
            return
        known = set(HALVES) if self.side_known else set()
        if self.side_known in HALVES:
            known = {self.side_known}
        names = [
            name for index, name in enumerate(self.part.choices) if index in self.query_one(Choices).ticked
        ]
        self.halves = {name: self.halves.get(name, set(known)) for name in names}
        self._draw()

    def _draw(self) -> None:
        assert self.site is not None
        places, face = self.site.places, self.query_one(FaceMap)
        drawn = [(place.outline, self.halves[name]) for name, place in places.items() if name in self.halves]
        face.marked = frozenset((outline, half) for outline, halves in drawn if outline for half in halves)
        face.unsided = frozenset(outline for outline, halves in drawn if outline and not halves)

    def on_face_map_pointed(self, event: FaceMap.Pointed) -> None:
        """Say what the cursor is on: place, side and nerve area."""
        event.stop()
        at = self.query_one(FaceMap).at
        if at is None or self.site is None:
            return
        names = places_at(self.site, at[0])
        said = [place_words(self.kb, self.site, name, at[1]) for name in names[:1]]
        if len(names) > 1:
            side = self.kb.face.sides.get(at[1], at[1])
            said = [f"{self.kb.face.outlines[at[0]].label}, {side}: {len(names)} places"]
        self.query_one("#spot", Static).update(Text("; ".join(said)))

    def _side(self) -> dict[str, Answer]:
        """The side, where every mark lies on one half and the side was not said before."""
        site = self.site
        if site is None or site.side is None or self.side_known:
            return {}
        if not self.halves or not all(self.halves.values()):
            return {}
        marked = set().union(*self.halves.values())
        choices = self.kb.findings[site.side].choices
        if len(marked) == 1 and (half := next(iter(marked))) in choices:
            return {site.side: half}
        return {}


def _id(part: Part) -> str:
    return part.id
