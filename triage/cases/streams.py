"""Files and standard input as bytes and lines, with limits, so that no input can fill the memory."""

from __future__ import annotations

import bz2
import gzip
import lzma
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from triage.errors import InputError, Place
from triage.files import MAX_BYTES, open_file

MAX_LINE = 1_000_000
MAX_SKIPPED = 1_000_000_000
"""bytes of a line that is too long; what lies behind more of them is not looked for"""
MAX_BLANK_LINES = 2_000_000
"""in a row, more than the rows of a spreadsheet; a compressed file of a few kilobytes can hold billions of them"""
BLANK = b' \t\r\n\v\f,"'
"""what a line without any answer is made of: an empty row of a table has its commas"""
STDIN = "-"
OnBytes = Callable[[int], None]
GIVEN = ("/dev/stdin", "/dev/fd/", "/proc/self/fd/")
"""names of what is open when the program begins: ``<(zcat cases.gz)`` is such a name in the shell"""
COMPRESSED: Mapping[str, Callable[[BinaryIO], Any]] = {".gz": gzip.open, ".bz2": bz2.open, ".xz": lzma.open}
"""by the end of a file's name: what unpacks it while it is read"""
UNPACKED_BY = {".zst": "zstd -d", ".lz4": "lz4 -d", ".zip": "unzip", ".7z": "7z x", ".tgz": "tar -xzf"}
"""what cannot be read, and the command that unpacks it"""
PACKED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd", b"PK\x03\x04", b"PAR1")
"""how compressed files begin, and Parquet"""


@dataclass(frozen=True, slots=True)
class Line:
    """One line with its end, or the problem that made it unreadable."""

    number: int
    text: str
    problem: InputError | None = None


@contextmanager
def opened(path: str, stdin: BinaryIO | None = None) -> Iterator[BinaryIO]:
    """The bytes of a file, unpacked if its name says that it is compressed, or of standard input for ``-``.

    Raises ``InputError`` for what cannot be opened or read.
    """
    if path == STDIN:
        try:
            yield stdin or sys.stdin.buffer
        except OSError as error:
            if error.filename is not None:
                raise
            message = f"cannot be read: {error.strerror or error}"
            raise InputError(message, place=Place("standard input")) from None
        return
    ending = Path(path).suffix.lower()
    if ending in UNPACKED_BY and Path(path).is_file():
        hint = f"unpack it with `{UNPACKED_BY[ending]}`; {', '.join(COMPRESSED)} are read as they are"
        raise InputError(f"`{ending}` cannot be read", place=Place(path), hint=hint)
    try:
        # What the shell has opened already is ready to be read, a pipe too.
        given = path.startswith(GIVEN)
        with Path(path).open("rb") if given else open_file(Path(path)) as stream:
            yield COMPRESSED[ending](stream) if ending in COMPRESSED else stream
    except (EOFError, zlib.error, gzip.BadGzipFile, lzma.LZMAError) as error:
        hint = "it may be cut off, or not be what its name says"
        raise InputError(f"cannot be unpacked: {error}", place=Place(path), hint=hint) from None
    except FileNotFoundError:
        raise InputError("no such file", place=Place(path), hint="check the path") from None
    except IsADirectoryError:
        hint = "name a file in it, or give the folder to `triage batch`"
        raise InputError("is a folder, not a file", place=Place(path), hint=hint) from None
    except OSError as error:
        if error.filename not in (None, path):
            raise  # of a file that is written while this one is read
        raise InputError(f"cannot be read: {error.strerror or error}", place=Place(path)) from None


def read_all(stream: BinaryIO, name: str, start: bytes = b"") -> str:
    """The whole text, ``start`` being what was read before.

    Raises ``InputError`` if it is empty, too large or not UTF-8.
    """
    data = start + stream.read(MAX_BYTES + 1 - len(start))
    if len(data) > MAX_BYTES:
        hint = "JSON Lines and CSV are read line by line and may be of any size"
        raise InputError(f"is larger than {MAX_BYTES // 1_000_000} MB", place=Place(name), hint=hint)
    text = decoded(data, name, 0)
    if not text.strip():
        raise InputError("is empty", place=Place(name))
    return text


def lines(stream: BinaryIO, name: str, start: bytes = b"", on_bytes: OnBytes | None = None) -> Iterator[Line]:
    """The lines of the stream; of one that is too long only the fault is kept.

    Raises ``InputError`` where blank lines, or a line, do not end.
    """
    number = blank = 0
    while True:
        data = start + stream.readline(MAX_LINE + 1 - len(start)) if not start.endswith(b"\n") else start
        start = b""
        if not data:
            return
        number += 1
        blank = 0 if data.strip(BLANK) else blank + 1
        if blank > MAX_BLANK_LINES:
            message = f"holds more than {MAX_BLANK_LINES:,} blank lines in a row"
            raise InputError(message, place=Place(name, number), hint="take them out")
        size = len(data)
        too_long = size > MAX_LINE and not data.endswith(b"\n")
        if too_long:
            size += _skip_line(stream, Place(name, number))
        if on_bytes is not None:
            on_bytes(size)
        if too_long:
            message = f"the line is longer than {MAX_LINE:,} bytes"
            yield Line(
                number, "", InputError(message, place=Place(name, number), hint="one case stands on one line")
            )
            continue
        try:
            yield Line(number, decoded(data, name, number))
        except InputError as error:
            yield Line(number, "", error)


def decoded(data: bytes, name: str, line: int) -> str:
    """The text of UTF-8 bytes; a byte order mark is dropped at the beginning.

    Raises ``InputError``.
    """
    try:
        return data.decode("utf-8-sig" if line <= 1 else "utf-8")
    except UnicodeDecodeError as error:
        line = line or data.count(b"\n", 0, error.start) + 1
        message = f"is not UTF-8 text (byte {error.start + 1})"
        packed = any(data.startswith(mark) for mark in PACKED)
        hint = "it looks packed: unpack it first" if packed and line <= 1 else "save the file as UTF-8"
        raise InputError(message, place=Place(name, line), hint=hint) from None


def _skip_line(stream: BinaryIO, place: Place) -> int:
    """Reads to the end of the line; how many bytes that were.

    Raises ``InputError`` where it does not end.
    """
    skipped = 0
    while part := stream.readline(1 << 16):
        skipped += len(part)
        if part.endswith(b"\n"):
            break
        if skipped > MAX_SKIPPED:
            raise InputError(f"the line is longer than {MAX_SKIPPED // 1_000_000} MB", place=place)
    return skipped
