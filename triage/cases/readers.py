"""Cases from files, folders and standard input: YAML, JSON, JSON Lines and CSV.

Whatever is wrong with a case, a line or a whole file comes out as a ``Reject`` with its reasons, and the reading
goes on: one bad case never stops the rest.
"""

from __future__ import annotations

import glob
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import takewhile
from pathlib import Path
from typing import BinaryIO, Literal

from triage.cases.json_lines import json_lines, mapped, no_case
from triage.cases.notes import notes
from triage.cases.raw import RawCase, Reject, id_taken, reject
from triage.cases.streams import COMPRESSED, MAX_LINE, STDIN, Line, OnBytes, lines, opened, read_all
from triage.cases.strict_json import parse_items, parse_line
from triage.cases.table import CASE_ID, table_cases
from triage.cases.validate import read_case
from triage.errors import InputError, Place, Problems
from triage.files import walked
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
PARQUET = ".parquet"
"""read by the columnar engine alone"""
LineForm = Literal["jsonl", "csv"]
TakeLines = Callable[[LineForm, Iterator[Line], str], Iterator[RawCase | Reject]]
"""takes the cases of a source of lines by itself, given its form and name; what it rejects or leaves comes back"""


def read_cases(
    kb: KnowledgeBase,
    sources: Iterable[str | Path] | str | Path,
    *,
    form: Form | None = None,
    folders: bool = True,
    stdin: BinaryIO | None = None,
    on_note: Callable[[Case, str], None] | None = None,
    on_bytes: OnBytes | None = None,
    take_lines: TakeLines | None = None,
    places: dict[str, Place] | None = None,
) -> Iterator[Case | Reject]:
    """Every case of every source in turn, or why it cannot be used; nothing is raised for a bad source.

    A source is a file, which may be compressed, ``-`` for standard input, or a folder of YAML and JSON files; one
    alone may be given without a list. ``form`` overrides what the suffix says. Ids are unique within the run: a
    later case with the id of an earlier one is rejected; ``places`` keeps the ids from one call to the next. The
    cases of CSV and JSON Lines go at their turn to ``take_lines``, if it is given, and only what it leaves comes out.
    """
    places = {} if places is None else places
    for source in [sources] if isinstance(sources, str | Path) else sources:
        for raw in _raw_cases(kb, str(source), form, folders, stdin, on_bytes, take_lines):
            if isinstance(raw, Reject):
                yield raw
                continue
            case = judged(kb, raw)
            if isinstance(case, Reject):
                yield case
                continue
            here = Place(raw.source, raw.line)
            if case.id in places:
                yield Reject(raw.source, raw.line, case.id, (id_taken(case.id, here, places[case.id]),))
                continue
            places[case.id] = here
            if on_note is not None:
                for text in notes(kb, case):
                    on_note(case, text)
            yield case


def judged(kb: KnowledgeBase, raw: RawCase) -> Case | Reject:
    """The case, or every reason why it is none."""
    try:
        return read_case(kb, raw)
    except Problems as found:
        return Reject(raw.source, raw.line, _raw_id(raw), tuple(found.problems))


def suffix(path: str) -> str:
    """The end of a file's name that says what it holds: ``.csv`` for ``cohort.CSV.gz``."""
    name = Path(path)
    return (Path(name.stem) if name.suffix.lower() in COMPRESSED else name).suffix.lower()


def case_files(source: str, *, tables: bool = False) -> tuple[list[str], list[Reject]]:
    """The case files in a folder, sorted, or the source itself if it is no folder; and what was left out.

    With ``tables`` a folder may hold files of every form, and a source may be a pattern such as ``cohort/*.csv``. Left
    out are folders that were not looked into, and a source without any file.
    """
    if source == STDIN:
        return [source], []
    if tables and not Path(source).exists() and glob.has_magic(source):
        files, left = _matching(source)
        missing = "no file matches this pattern", "check the path; `**` stands for folders within folders"
    elif Path(source).is_dir():
        endings = (*FORMS, PARQUET) if tables else IN_FOLDERS
        found, left = walked(Path(source))
        files = [str(path) for path in found if suffix(str(path)) in endings]
        hint = f"case files end in {', '.join(endings)}" if tables else "case files end in .yaml or .json"
        missing = "the folder holds no case file", hint
    else:
        return [source], []
    rejects = [
        reject(str(path), InputError(reason, place=Place(str(path)), hint=_left_hint(path)), whole=True)
        for path, reason in left
    ]
    if not files and not rejects:
        message, hint = missing
        rejects.append(reject(source, InputError(message, place=Place(source), hint=hint), whole=True))
    return files, rejects


def _left_hint(path: Path) -> str:
    return "name it as a source of its own" if path.is_symlink() else "check its permissions"


def _matching(source: str) -> tuple[list[str], list[tuple[Path, str]]]:
    """The files that a pattern fits, sorted, and the folders that ``**`` did not look into; hidden ones left out."""
    pattern = Path(source, "*") if source.endswith("**") else Path(source)
    below = Path(*takewhile(lambda part: not glob.has_magic(part), pattern.parts))
    # Unlike `glob`, `Path.glob` follows no link to a folder behind `**`: two that lead in a circle would take years.
    found = Path(pattern.anchor).glob(str(pattern.relative_to(pattern.anchor)))
    files = sorted(
        str(path)
        for path in found
        if path.is_file()
        and not any(part.startswith(".") for part in path.parts if part not in pattern.parts)
    )
    return files, walked(below)[1] if "**" in pattern.parts else []


def _raw_cases(
    kb: KnowledgeBase,
    source: str,
    form: Form | None,
    folders: bool,
    stdin: BinaryIO | None,
    on_bytes: OnBytes | None,
    take_lines: TakeLines | None,
) -> Iterator[RawCase | Reject]:
    files, left = case_files(source) if folders else ([source], [])
    yield from left
    for path in files:
        yield from _file_cases(kb, path, form, stdin, on_bytes, take_lines)


def _file_cases(
    kb: KnowledgeBase,
    path: str,
    form: Form | None,
    stdin: BinaryIO | None,
    on_bytes: OnBytes | None,
    take_lines: TakeLines | None,
) -> Iterator[RawCase | Reject]:
    """The cases of a file; what breaks it off is a reject of the whole file if nothing came before."""
    name = "standard input" if path == STDIN else path
    # What `take_lines` takes of a file does not come by here; its bytes do.
    taken_elsewhere = take_lines is not None and (form or FORMS.get(suffix(path))) not in ("yaml", "json")
    came = False

    def told(count: int) -> None:
        nonlocal came
        came = came or taken_elsewhere
        if on_bytes is not None:
            on_bytes(count)

    try:
        with opened(path, stdin) as stream:
            for raw in _stream_cases(kb, stream, path, name, form, told, take_lines):
                came = True
                yield raw
    except InputError as error:
        yield reject(name, error, whole=not came)
    except Problems as found:
        yield Reject(name, found.place.line, "", tuple(found.problems), whole=not came)


def _stream_cases(
    kb: KnowledgeBase,
    stream: BinaryIO,
    path: str,
    name: str,
    form: Form | None,
    on_bytes: OnBytes | None,
    take_lines: TakeLines | None,
) -> Iterator[RawCase | Reject]:
    start = b""
    if form is None and path == STDIN:
        start = stream.readline(MAX_LINE + 1)
        form = _guess(start)
    form = form or FORMS.get(suffix(path))
    if form is None and suffix(path) == PARQUET:
        raise InputError("Parquet is read by `triage batch` alone, and never compressed", place=Place(name))
    if form is None:
        hint = f"case files end in {', '.join(FORMS)}; `--input-format` overrides this"
        raise InputError("unknown kind of file", place=Place(name), hint=hint)
    if take_lines is not None and (form == "csv" or form == "jsonl"):
        yield from take_lines(form, lines(stream, name, start, on_bytes), name)
        return
    match form:
        case "csv":
            yield from table_cases(kb, lines(stream, name, start, on_bytes), name)
        case "jsonl":
            yield from json_lines(lines(stream, name, start, on_bytes), name)
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


def _json_cases(text: str, name: str) -> Iterator[RawCase | Reject]:
    seen = False
    for index, line, data in parse_items(text.removeprefix("\ufeff"), name):
        seen = True
        yield mapped(data, name, Place(name, line), "" if index is not None else _stem(name))
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
                yield no_case(data, name, place)
    elif isinstance(document.data, dict):
        yield RawCase(name, document.place(()).line, document.data, document.place, _stem(name))
    else:
        yield no_case(document.data, name, document.place(()))


def _stem(name: str) -> str:
    return Path(name).stem


def _raw_id(raw: RawCase) -> str:
    id = raw.data.get("id", raw.default_id)
    return str(id)[:200] if isinstance(id, str | int) and not isinstance(id, bool) else ""
