"""What all tests share: the shipped knowledge base, the toy one, and ``--update-golden``."""

from __future__ import annotations

import errno
import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
# `--import-mode=importlib` leaves `tests` and `benchmarks` unimportable; the checkout is where they stand.
if str(HERE.parent) not in sys.path:
    sys.path.insert(0, str(HERE.parent))

from tests.support import TOY  # noqa: E402
from triage.knowledge import load_knowledge  # noqa: E402
from triage.models import KnowledgeBase  # noqa: E402


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write the golden files anew; review the diff"
    )


@pytest.fixture(scope="session", autouse=True)
def kept_apart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What the commands keep between runs lies in a folder of the tests, not of the user."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRIAGE_CACHE", str(tmp_path_factory.mktemp("kept")))
        yield


@pytest.fixture(autouse=True)
def thawed() -> Iterator[None]:
    """What a command made to last as long as the program lasts no longer than its test."""
    yield
    gc.unfreeze()


@pytest.fixture(scope="session")
def kb() -> KnowledgeBase:
    """The knowledge base that comes with the program."""
    return load_knowledge()


@pytest.fixture(scope="session")
def toy() -> KnowledgeBase:
    """A small complete knowledge base about bicycles."""
    return load_knowledge(TOY)


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch):
    """A function that makes a folder which nobody may look into, the superuser included."""
    scandir = os.scandir

    def close(folder: Path) -> Path:
        def refusing(path):
            if Path(path) == folder:
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
            return scandir(path)

        folder.mkdir()
        monkeypatch.setattr(os, "scandir", refusing)
        return folder

    return close


@pytest.fixture
def golden(request: pytest.FixtureRequest):
    """A function that compares a text with ``tests/golden/NAME``, or writes it with ``--update-golden``."""

    def check(name: str, text: str) -> None:
        path = HERE / "golden" / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            return
        assert path.is_file(), f"{name} is missing; write it with `pytest --update-golden`"
        assert text == path.read_text(encoding="utf-8"), (
            f"{name} differs; `pytest --update-golden` and review the diff"
        )

    return check
