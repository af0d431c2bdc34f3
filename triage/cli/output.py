"""Results into a file, a pipe or standard output, and the tables written there."""

from __future__ import annotations

import csv
import errno
import json
import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, TextIO

from triage.errors import OutputError, Place, UsageError
from triage.files import is_special, named, real, replacing, workspace

TableForm = Literal["csv", "jsonl", "parquet"]
TABLE_FORMS: Mapping[str, TableForm] = {
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
}
STDOUT = "-"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_PLAIN_NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?", re.ASCII)


def table_form(path: str, form: TableForm | None = None) -> TableForm:
    """CSV, JSON Lines or Parquet, by the suffix unless ``form`` says it.

    Raises ``UsageError`` where neither does.
    """
    found = form or TABLE_FORMS.get(Path(path).suffix.lower())
    if found is None:
        hint = f"end the name in {', '.join(TABLE_FORMS)}, or add `--format csv`"
        raise UsageError(f"`{path}`: neither CSV nor JSON Lines nor Parquet", hint=hint)
    return found


@contextmanager
def written(path: str) -> Iterator[TextIO]:
    """A text file that takes the place of ``path`` when the block ends without an error, and leaves no trace otherwise.

    ``-`` is standard output; a device or a pipe is written to directly. Raises ``OutputError``.
    """
    with _faults(path) as own:
        if path == STDOUT:
            own.append(Path(str(getattr(sys.stdout, "name", ""))))
            yield sys.stdout
            sys.stdout.flush()
        elif is_special(Path(path)):
            with _text(Path(path)) as stream:
                yield stream
        else:
            with replacing(Path(path)) as part, _text(part) as stream:
                own.append(part)
                yield stream


def _text(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8", errors="backslashreplace", newline="")


@contextmanager
def placed(path: str) -> Iterator[Path]:
    """A file to be written by somebody else, that takes the place of ``path`` when the block ends without an error.

    For standard output, a device or a pipe it is copied there. Raises ``OutputError``.
    """
    with _faults(path) as own:
        if path != STDOUT and not is_special(Path(path)):
            with replacing(Path(path)) as part:
                own.append(part)
                yield part
            return
        with workspace() as folder:
            part = folder / "table"
            own.append(part)
            yield part
            _copied(part, path)


@contextmanager
def _faults(path: str) -> Iterator[list[Path]]:
    """Tells what goes wrong with ``path``, and with the parts of it that are put into the list, as of ``path``.

    What names another file is passed on: it may be the input, or another output.
    """
    if path != STDOUT and not real(Path(path)).parent.is_dir():
        raise OutputError("its folder does not exist", place=Place(path), hint="make the folder first")
    own: list[Path] = []
    place = Place("standard output" if path == STDOUT else path)
    hint = "nothing was written" if path != STDOUT else ""
    try:
        yield own
    except BrokenPipeError:
        raise
    except OSError as error:
        if error.filename is not None and Path(error.filename) not in (Path(path), real(Path(path)), *own):
            raise
        message = f"cannot be written: {error.strerror or error}"
        raise OutputError(message, place=place, hint=hint) from None
    except OutputError as error:
        if Path(error.place.path) in own:
            error.place = place
            # The database tells it at length, with the name that the file has for now.
            full = os.strerror(errno.ENOSPC)
            error.message = f"cannot be written: {full}" if full in error.message else error.message
        raise


def _copied(part: Path, path: str) -> None:
    with part.open("rb") as source:
        if path != STDOUT:
            with Path(path).open("wb") as target:
                shutil.copyfileobj(source, target)
        elif hasattr(sys.stdout, "buffer"):
            sys.stdout.flush()
            shutil.copyfileobj(source, sys.stdout.buffer)
            sys.stdout.buffer.flush()
        else:
            sys.stdout.write(source.read().decode("utf-8"))


class Table:
    """Rows written one by one as CSV or JSON Lines; lists are joined with ; in CSV."""

    def __init__(self, stream: TextIO, form: TableForm, columns: Sequence[str]) -> None:
        self.stream = stream
        self.form = form
        self.columns = columns
        self.csv = csv.writer(stream, lineterminator="\n")
        if form == "csv":
            self.csv.writerow(columns)

    def write(self, row: Mapping[str, Any]) -> None:
        """One row; a column it lacks stays empty."""
        try:
            if self.form == "csv":
                self.csv.writerow([cell(row.get(column)) for column in self.columns])
            else:
                line = {column: row.get(column) for column in self.columns}
                self.stream.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
        except OSError as error:
            raise named(error, str(getattr(self.stream, "name", ""))) from None


def cell(value: Any) -> Any:
    """A value as a CSV cell; text that a spreadsheet would run as a formula gets an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    text = "; ".join(str(part) for part in value) if isinstance(value, list | tuple) else str(value)
    risky = text.startswith(_FORMULA) and not _PLAIN_NUMBER.fullmatch(text)
    return f"'{text}" if risky else text
