"""Files that appear whole or not at all, and the tables written into them."""

from __future__ import annotations

import csv
import json
import os
import re
import stat
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Literal, TextIO

from triage.errors import OutputError, Place, UsageError

TableForm = Literal["csv", "jsonl"]
TABLE_FORMS: Mapping[str, TableForm] = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl"}
STDOUT = "-"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_PLAIN_NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?", re.ASCII)


def table_form(path: str, form: TableForm | None = None) -> TableForm:
    """CSV or JSON Lines, by the suffix unless ``form`` says it.

    Raises ``UsageError`` where neither does.
    """
    found = form or TABLE_FORMS.get(Path(path).suffix.lower())
    if found is None:
        hint = f"end the name in {', '.join(TABLE_FORMS)}, or add `--format csv`"
        raise UsageError(f"`{path}`: neither CSV nor JSON Lines", hint=hint)
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
        elif _is_special(Path(path)):
            with Path(path).open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
                yield stream
        else:
            with _replacing(Path(path).resolve()) as stream:
                yield stream
    except BrokenPipeError:
        raise
    except OSError as error:
        hint = "nothing was written" if path != STDOUT else ""
        message = f"cannot be written: {error.strerror or error}"
        raise OutputError(
            message, place=Place("standard output" if path == STDOUT else path), hint=hint
        ) from None


def _is_special(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode)


@contextmanager
def _replacing(path: Path) -> Iterator[TextIO]:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    part = Path(name)
    try:
        with open(handle, "w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
            part.chmod(_mode(path))
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise


def _mode(path: Path) -> int:
    """The rights of the file that is replaced, or those of any new file."""
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


class Table:
    """Rows written as CSV or JSON Lines; lists are joined with ; in CSV."""

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
            line = json.dumps({column: row.get(column) for column in self.columns}, ensure_ascii=False)
            self.stream.write(line + "\n")


def cell(value: Any) -> Any:
    """A value as a CSV cell; text that a spreadsheet would run as a formula gets an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    text = "; ".join(str(part) for part in value) if isinstance(value, list | tuple) else str(value)
    risky = text.startswith(_FORMULA) and not _PLAIN_NUMBER.fullmatch(text)
    return f"'{text}" if risky else text
