"""One question as widgets: choices, ticks, an amount, or places on the drawn face; and the answer they give."""

from __future__ import annotations

from collections.abc import Mapping
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
from triage.interview import NOT_KNOWN, Answer, TickStep
from triage.interview.consultation import Part, tick_answers, tick_labels
from triage.interview.prompts import unit_text
from triage.interview.replies import picked_amount, read_reply
from triage.interview.state import closed_list, open_list
from triage.logic import FindingType
from triage.models import Finding, KnowledgeBase
from triage.models.settings import SiteFinding
from triage.report.picture import HALVES
from triage.screen import words
from triage.screen.choices import Choices
from triage.screen.dialogs import Ticking
from triage.screen.facemap import FaceMap, place_words, places_at
from triage.screen.raster import Spot

Page = Mapping[str, Answer]


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

    def __init__(self, kb: KnowledgeBase, part: Part, side_known: str = "") -> None:
        super().__init__(id="asking")
        self.kb = kb
        self.part = part
        self.side_known = side_known
        sites = (one for one in kb.face.sites if kb.face.outlines and not isinstance(part, TickStep))
        self.site: SiteFinding | None = next((one for one in sites if one.finding == _id(part)), None)
        self.halves: dict[str, set[str]] = {}

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

    def on_mount(self) -> None:
        """The first thing that takes keys."""
        amounts = self.query(Amount)
        picks = isinstance(self.part, Finding) and bool(self.part.picks)
        if amounts and not picks:
            amounts.first().focus()
        else:
            self.query_one(Choices).focus()

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
            self.post_message(Answered({part.id: NOT_KNOWN}))
        elif part.type is FindingType.YES_NO:
            self.post_message(Answered({part.id: event.index == 0}))
        elif part.type is FindingType.ONE_OF:
            self.post_message(Answered({part.id: list(part.choices)[event.index]}))
        else:
            self.post_message(Answered({part.id: picked_amount(part, event.index)}))

    def on_choices_closed(self, event: Choices.Closed) -> None:
        """A finished tick list."""
        event.stop()
        part = self.part
        if isinstance(part, TickStep):
            rest: Answer = False if event.rest_known else NOT_KNOWN
            ticks = {
                name: True if index in event.ticked else rest for index, name in enumerate(part.findings)
            }
            self.post_message(Answered(tick_answers(self.kb, part, ticks)))
            return
        names = list(part.choices)
        present = [names[index] for index in sorted(event.ticked)]
        answer: Answer = closed_list(self.kb, part.id, present) if event.rest_known else open_list(present)
        self.post_message(Answered({part.id: answer, **self._side()}))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """An amount."""
        event.stop()
        assert isinstance(self.part, Finding)
        text = event.value.strip()
        if not text:
            return
        try:
            # Lines are chosen above the field, so no letter is one of them here.
            answer = read_reply(self.kb, self.part.model_copy(update={"picks": ()}), text)
        except CaseError as error:
            self.query_one("#fault", Static).update(Text(error.message))
            return
        self.post_message(Answered({self.part.id: answer}))

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
        marked = [index for index, name in enumerate(places) if event.spot[1] in self.halves.get(name, set())]

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
        """Ticks in the list are shown on the face, on the known side or on both."""
        event.stop()
        if self.site is None or not isinstance(self.part, Finding):
            return
        names = list(self.part.choices)
        ticked = {names[index] for index in self.query_one(Choices).ticked}
        known = {self.side_known} if self.side_known in HALVES else set(HALVES)
        self.halves = {name: self.halves.get(name, set(known)) for name in names if name in ticked}
        self._draw()

    def _draw(self) -> None:
        assert self.site is not None
        places = self.site.places
        self.query_one(FaceMap).marked = frozenset(
            (outline, half)
            for name, halves in self.halves.items()
            if name in places and (outline := places[name].outline)
            for half in halves
        )

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
        marked = set().union(*self.halves.values()) if self.halves else set()
        choices = self.kb.findings[site.side].choices
        if len(marked) == 1 and (half := next(iter(marked))) in choices:
            return {site.side: half}
        return {}


def _id(part: Part) -> str:
    return part.id
