"""Cases from files, folders and standard input: YAML, JSON, JSON Lines and CSV.

Whatever is wrong with a case, a line or a whole file comes out as a ``Reject`` with its reasons, and the reading
goes on: one bad case never stops the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Literal

from triage.cases.notes import notes
from triage.cases.raw import RawCase, Reject, reject
from triage.cases.streams import MAX_LINE, STDIN, Line, OnBytes, lines, opened, read_all
from triage.cases.strict_json import parse_items, parse_line
from triage.cases.table import CASE_ID, table_cases
from triage.cases.tokens import shown
from triage.cases.validate import read_case
from triage.errors import CaseError, InputError, Place, Problems
from triage.knowledge.yaml_reader import parse_yaml
from triage.models import Case, KnowledgeBase

Form = Literal["yaml", "json", "jsonl", "csv"]
FORMS: Mapping[str, Form] = {
    ".yaml": "yaml",
    ".yml": "yaml",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
}
IN_FOLDERS = (".yaml", ".yml", ".json")


def read_cases(
    kb: KnowledgeBase,
    sources: Iterable[str | Path],
    *,
    form: Form | None = None,
    folders: bool = True,
    stdin: BinaryIO | None = None,
    on_note: Callable[[Case, str], None] | None = None,
    on_bytes: OnBytes | None = None,
) -> Iterator[Case | Reject]:
    """Every case of every source in turn, or why it cannot be used; nothing is raised for a bad source.

    A source is a file, ``-`` for standard input, or a folder of YAML and JSON files. ``form`` overrides what the
    suffix says. Ids are unique within the run: a later case with the id of an earlier one is rejected.
    """
    places: dict[str, Place] = {}
    for source in sources:
        for raw in _raw_cases(kb, str(source), form, folders, stdin, on_bytes):
            if isinstance(raw, Reject):
                yield raw
                continue
            try:
                case = read_case(kb, raw)
            except Problems as found:
                yield Reject(raw.source, raw.line, _raw_id(raw), tuple(found.problems))
                continue
            here = Place(raw.source, raw.line)
            if case.id in places:
                message = f"the id {shown(case.id)} is taken by {places[case.id]}"
                problem = CaseError(
                    message, place=here, rule=f"case {case.id}", hint="give every case an id of its own"
                )
                yield Reject(raw.source, raw.line, case.id, (problem,))
                continue
            places[case.id] = here
            if on_note is not None:
                for text in notes(kb, case):
                    on_note(case, text)
            yield case


def case_files(source: str) -> list[str]:
    """The case files in a folder, sorted, or the source itself if it is no folder.

    Raises ``InputError`` for a folder without any.
    """
    folder = Path(source)
    if source == STDIN or not folder.is_dir():
        return [source]
    found = [path for path in folder.rglob("*") if path.suffix.lower() in IN_FOLDERS and path.is_file()]
    hidden = [path for path in found if any(part.startswith(".") for part in path.relative_to(folder).parts)]
    files = sorted(str(path) for path in found if path not in hidden)
    if not files:
        raise InputError(
            "the folder holds no case file", place=Place(source), hint="case files end in .yaml or .json"
        )
    return files


def _raw_cases(
    kb: KnowledgeBase,
    source: str,
    form: Form | None,
    folders: bool,
    stdin: BinaryIO | None,
    on_bytes: OnBytes | None,
) -> Iterator[RawCase | Reject]:
    try:
        files = case_files(source) if folders else [source]
    except InputError as error:
        yield reject(source, error)
        return
    for path in files:
        name = "standard input" if path == STDIN else path
        try:
            with opened(path, stdin) as stream:
                yield from _stream_cases(kb, stream, path, name, form, on_bytes)
        except InputError as error:
            yield reject(name, error)
        except Problems as found:
            yield Reject(name, found.place.line, "", tuple(found.problems))


def _stream_cases(
    kb: KnowledgeBase, stream: BinaryIO, path: str, name: str, form: Form | None, on_bytes: OnBytes | None
) -> Iterator[RawCase | Reject]:
    start = b""
    if form is None and path == STDIN:
        start = stream.readline(MAX_LINE + 1)
        form = _guess(start)
    form = form or FORMS.get(Path(path).suffix.lower())
    if form is None:
        hint = f"case files end in {', '.join(FORMS)}; `--input-format` overrides this"
        raise InputError("unknown kind of file", place=Place(name), hint=hint)
    match form:
        case "csv":
            yield from table_cases(kb, lines(stream, name, start, on_bytes), name)
        case "jsonl":
            yield from _json_lines(lines(stream, name, start, on_bytes), name)
        case "json":
            text = read_all(stream, name, start)
            _count(on_bytes, text)
            yield from _json_cases(text, name)
        case "yaml":
            text = read_all(stream, name, start)
            _count(on_bytes, text)
            yield from _yaml_cases(text, name)


def _count(on_bytes: OnBytes | None, text: str) -> None:
    if on_bytes is not None:
        on_bytes(len(text.encode()))


def _guess(start: bytes) -> Form:
    """The form of standard input by its first line."""
    text = start.decode("utf-8-sig", errors="replace").strip()
    if text.startswith("{"):
        try:
            parse_line(text, "", 1)
        except InputError:
            return "json"
        return "jsonl"
    if text.startswith("["):
        return "json"
    return "csv" if CASE_ID in text.replace('"', "").split(",") else "yaml"


def _json_lines(source: Iterable[Line], name: str) -> Iterator[RawCase | Reject]:
    seen = False
    for line in source:
        if line.problem is not None:
            seen = True
            yield reject(name, line.problem)
        elif line.text.strip():
            seen = True
            try:
                data = parse_line(line.text, name, line.number)
            except InputError as error:
                yield reject(name, error)
                continue
            yield _one(data, name, Place(name, line.number), "")
    if not seen:
        yield reject(name, InputError("is empty", place=Place(name)))


def _json_cases(text: str, name: str) -> Iterator[RawCase | Reject]:
    seen = False
    for index, line, data in parse_items(text.removeprefix("\ufeff"), name):
        seen = True
        yield _one(data, name, Place(name, line), "" if index is not None else _stem(name))
    if not seen:
        raise InputError("holds no case", place=Place(name, 1))


def _yaml_cases(text: str, name: str) -> Iterator[RawCase | Reject]:
    longest = max(len(line) for line in text.split("\n"))
    if longest > MAX_LINE:
        raise InputError(f"a line is longer than {MAX_LINE:,} characters", place=Place(name))
    document = parse_yaml(text, name)
    if document.data is None or document.data == []:
        raise InputError("holds no case", place=Place(name, 1))
    if isinstance(document.data, list):
        for index, data in enumerate(document.data):
            place = document.place((index,))

            def inside(key: tuple[str | int, ...], index: int = index) -> Place:
                return document.place((index, *key))

            if isinstance(data, dict):
                yield RawCase(name, place.line, data, inside)
            else:
                yield _no_case(data, name, place)
    elif isinstance(document.data, dict):
        yield RawCase(name, document.place(()).line, document.data, document.place, _stem(name))
    else:
        yield _no_case(document.data, name, document.place(()))


def _one(data: Any, name: str, place: Place, default_id: str) -> RawCase | Reject:
    if not isinstance(data, dict):
        return _no_case(data, name, place)
    return RawCase(name, place.line, data, lambda key: place, default_id)


def _no_case(data: Any, name: str, place: Place) -> Reject:
    message = f"expected a case with `id` and `facts`, found {shown(data)}"
    return reject(
        name, InputError(message, place=place, hint="write `id: ...` and `facts: {finding: answer}`")
    )


def _stem(name: str) -> str:
    return Path(name).stem


def _raw_id(raw: RawCase) -> str:
    id = raw.data.get("id", raw.default_id)
    return str(id)[:200] if isinstance(id, str | int) and not isinstance(id, bool) else ""
