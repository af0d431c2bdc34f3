"""What the interview and the face point at exists (complaints, findings, nerves, places); no finding goes unasked."""

from __future__ import annotations

import re

from triage.knowledge.names import NameCheck
from triage.knowledge.parts import Part
from triage.logic import FindingType
from triage.models.finding import AskedOf, Finding
from triage.models.rules import Pattern
from triage.models.settings import Face, Interview


class InterviewCheck(NameCheck):
    """Reports every name of the interview and of the face that points nowhere, and findings that nothing asks."""

    def run(self) -> None:
        """Report all problems to ``parts.problems``."""
        self._face()
        self._interview()

    def _face(self) -> None:
        face = self.parts.single(Face)
        if face is None:
            return
        model = face.model
        for area, entry in model.areas.items():
            self._known("nerve", entry.nerve, model.nerves, face.at("areas", area), "face")
        self._sites(face)
        self._involvements(model)

    def _sites(self, face: Part[Face]) -> None:
        """Every choice of a site finding has a place on the face."""
        model = face.model
        for index, site in enumerate(model.sites):
            place = face.at("sites", index)
            if not self._known("finding", site.finding, self.findings, place, "face"):
                continue
            choices = self.findings[site.finding].choices
            for name, spot in site.places.items():
                self._known("choice", name, choices, face.at("sites", index, "places", name), "face")
                for what, value, names in (
                    ("nerve area", spot.area, list(model.areas)),
                    ("nerve", spot.nerve, list(model.nerves)),
                    ("outline", spot.outline, list(model.outlines)),
                ):
                    if value is not None:
                        self._known(what, value, names, face.at("sites", index, "places", name), "face")
            for missing in sorted(set(choices) - set(site.places)):
                self._problem(f"the choice `{missing}` of `{site.finding}` has no place", place, "face")
            if site.side is not None:
                self._known("finding", site.side, self.findings, place, "face")

    def _involvements(self, model: Face) -> None:
        """What patterns say of nerves is on the face."""
        involving = [name for name, part in self.parts.of(Pattern).items() if part.model.involvement]
        for name, part in self.parts.of(Pattern).items():
            if part.model.origin is not None:
                self._known("origin", part.model.origin, model.origins, part.at("origin"), name)
            for other in part.model.instead_of:
                self._known("pattern with an involvement", other, involving, part.at("instead_of"), name)
            for nerve in part.model.involvement:
                place = part.at("involvement")
                self._known("nerve", nerve.nerve, model.nerves, place, name)
                if nerve.branch is not None:
                    self._known("nerve area", nerve.branch, model.areas, place, name)
                if nerve.branch_from is not None:
                    self._known(
                        "site finding", nerve.branch_from, [site.finding for site in model.sites], place, name
                    )
                if nerve.side_from is not None:
                    self._known("finding", nerve.side_from, self.findings, place, name)

    def _interview(self) -> None:
        part = self.parts.single(Interview)
        if part is None:
            return
        model = part.model
        lists: list[tuple[str, int, tuple[str, ...]]] = [("opening", -1, model.opening)]
        lists += [
            ("screens", index, (*entry.findings, *entry.also)) for index, entry in enumerate(model.screens)
        ]
        lists += [("follow_ups", index, entry.findings) for index, entry in enumerate(model.follow_ups)]
        lists += [("basics", index, entry.findings) for index, entry in enumerate(model.basics)]
        lists += [("overviews", index, entry.findings) for index, entry in enumerate(model.overviews)]
        lists += [("topics", index, entry.findings) for index, entry in enumerate(model.topics)]
        lists += [("before_visit", index, entry.findings) for index, entry in enumerate(model.before_visit)]
        lists += [("ask_first_when_nothing_known", -1, model.ask_first_when_nothing_known)]
        for field, index, names in lists:
            place = part.at(field) if index < 0 else part.at(field, index)
            for name in names:
                self._known("finding", name, self.findings, place, "interview")
        self._complaint_pages(part)
        self._openers(part)
        listed = {name for _, _, names in lists for name in names}
        self._unasked(listed | {entry.finding for entry in model.complaints})

    def _complaint_pages(self, part: Part[Interview]) -> None:
        """Screens, basics and complaints name complaints, and what is screened is answered yes or no."""
        model = part.model
        complaints = [entry.id for entry in model.complaints]
        for index, screen in enumerate(model.screens):
            for name in screen.findings:
                if name in self.findings and self.findings[name].type is not FindingType.YES_NO:
                    self._problem(
                        f"`{name}` is not answered yes or no",
                        part.at("screens", index),
                        "interview",
                        "put it in `also:`",
                    )
            for complaint in screen.complaints:
                self._known("complaint", complaint, complaints, part.at("screens", index), "interview")
        for index, page in enumerate(model.basics):
            self._known("complaint", page.complaint, complaints, part.at("basics", index), "interview")
        for complaint in model.diary.complaints if model.diary else ():
            self._known("complaint", complaint, complaints, part.at("diary", "complaints"), "interview")
        for index, entry in enumerate(model.complaints):
            for used in (entry.finding, entry.side):
                if used is not None:
                    self._known("finding", used, self.findings, part.at("complaints", index), "interview")

    def _openers(self, part: Part[Interview]) -> None:
        """What opens a topic is asked by an overview."""
        asked = {name for page in part.model.overviews for name in page.findings}
        for index, topic in enumerate(part.model.topics):
            for name in re.findall(r"[a-z0-9_]+", topic.opened_by or ""):
                if name in self.findings and name not in asked:
                    place, hint = part.at("topics", index), "put it into a page of `overviews:`"
                    self._problem(f"no overview asks `{name}`, which opens `{topic.id}`", place, name, hint)

    def _unasked(self, listed: set[str]) -> None:
        """Every finding of the person is asked somewhere."""
        for name, finding in self.findings.items():
            if finding.asked_of is AskedOf.PATIENT and name not in listed:
                hint = "put it into a topic of interview.yaml"
                self._problem("no topic asks this finding", self.parts.of(Finding)[name].place, name, hint)
