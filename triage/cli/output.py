"""Results into a file, a pipe or standard output, and the tables written there."""

from __future__ import annotations

import csv
import json
import re
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, TextIO

from triage.errors import OutputError, Place, UsageError
from triage.files import is_special, replacing, workspace

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
    if path != STDOUT and not Path(path).resolve().parent.is_dir():
        raise OutputError("its folder does not exist", place=Place(path), hint="make the folder first")
    try:
        if path == STDOUT:
            yield sys.stdout
            sys.stdout.flush()
        elif is_special(Path(path)):
            with Path(path).open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
                yield stream
        else:
            with (
                replacing(Path(path)) as part,
                part.open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream,
            ):
                yield stream
    except BrokenPipeError:
        raise
    except OSError as error:
        hint = "nothing was written" if path != STDOUT else ""
        message = f"cannot be written: {error.strerror or error}"
        raise OutputError(
            message, place=Place("standard output" if path == STDOUT else path), hint=hint
        ) from None


@contextmanager
def placed(path: str) -> Iterator[Path]:
    """A file to be written by somebody else, that takes the place of ``path`` when the block ends without an error.

    For standard output, a device or a pipe it is copied there. Raises ``OutputError``.
    """
    if path != STDOUT and not Path(path).resolve().parent.is_dir():
        raise OutputError("its folder does not exist", place=Place(path), hint="make the folder first")
    try:
        if path != STDOUT and not is_special(Path(path)):
            with replacing(Path(path)) as part:
                yield part
            return
        with workspace() as folder:
            part = folder / "table"
            yield part
            _copied(part, path)
    except BrokenPipeError:
        raise
    except OSError as error:
        hint = "nothing was written" if path != STDOUT else ""
        place = Place("standard output" if path == STDOUT else path)
        raise OutputError(f"cannot be written: {error.strerror or error}", place=place, hint=hint) from None


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
        if self.form == "csv":
            self.csv.writerow([cell(row.get(column)) for column in self.columns])
        else:
            line = {column: row.get(column) for column in self.columns}
            self.stream.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")


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
