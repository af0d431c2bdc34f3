"""experta is imported, and nothing else is changed by that."""

from __future__ import annotations

import collections
import subprocess
import sys

import pytest

from triage.engine import compat

PROBE = """
import collections, logging, sys
before = (set(vars(collections)), list(logging.root.handlers), logging.root.level)
import triage.engine
assert "experta" in sys.modules
after = (set(vars(collections)), list(logging.root.handlers), logging.root.level)
assert after[0] - before[0] <= {"abc"}, after[0] - before[0]
assert after[1:] == before[1:], after[1:]
"""


def test_the_import_leaves_collections_and_logging_as_they_were() -> None:
    done = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout == done.stderr == ""


def test_the_old_names_exist_only_inside() -> None:
    with compat._surroundings_of_old():
        assert collections.Mapping is collections.abc.Mapping  # type: ignore[attr-defined]
    assert not hasattr(collections, "Mapping")


def test_a_failing_import_leaves_no_old_names_behind() -> None:
    with pytest.raises(ImportError), compat._surroundings_of_old():
        raise ImportError("no such module")
    assert not hasattr(collections, "Mapping")


def test_a_name_that_collections_still_has_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collections, "Sized", object, raising=False)
    with compat._surroundings_of_old():
        pass
    assert collections.Sized is object  # type: ignore[attr-defined]
