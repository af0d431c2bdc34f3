"""The compiled knowledge base is kept for the same files only, and nothing depends on it."""

import os
import shutil

import pytest

from tests.support import TOY
from triage.errors import InputError, Problems
from triage.knowledge import kept, load_knowledge

load_kept = kept.load_kept


@pytest.fixture
def home(tmp_path, monkeypatch):
    """An empty folder in which knowledge bases are kept."""
    folder = tmp_path / "cache"
    monkeypatch.setenv(kept.VARIABLE, str(folder))
    return folder


@pytest.fixture
def rules(tmp_path):
    """A copy of the toy rules that a test may change."""
    return shutil.copytree(TOY, tmp_path / "rules")


@pytest.fixture
def compiled(monkeypatch):
    """The folders that were read and compiled, in order."""
    seen = []

    def load(folder=None):
        seen.append(folder)
        return load_knowledge(folder)

    monkeypatch.setattr(kept, "load_knowledge", load)
    return seen


def files(home):
    return sorted(home.iterdir()) if home.is_dir() else []


def test_what_is_kept_is_the_knowledge_base_itself(home, rules, compiled):
    first = load_kept(rules)
    again = load_kept(rules)
    assert again == first == load_knowledge(rules) and again is not first
    assert list(again.rules) == list(first.rules), "in the same order"
    assert compiled == [rules]
    assert len(files(home)) == 1


def test_a_changed_file_is_read_anew(home, rules, compiled):
    load_kept(rules)
    changed = next(rules.rglob("*.yaml"))
    changed.write_text(changed.read_text("utf-8") + "\n# one more line\n", encoding="utf-8")
    assert load_kept(rules).content_hash == load_knowledge(rules).content_hash
    assert compiled == [rules, rules]


def test_changed_code_reads_anew(home, rules, compiled, monkeypatch):
    load_kept(rules)
    monkeypatch.setattr(kept.pydantic, "VERSION", "another")
    load_kept(rules)
    assert compiled == [rules, rules]


def test_files_that_change_while_they_are_read_are_not_kept(home, rules, monkeypatch):
    changed = next(rules.rglob("*.yaml"))

    def load(folder=None):
        changed.write_text(changed.read_text("utf-8") + "\n# one more line\n", encoding="utf-8")
        return load_knowledge(folder)

    monkeypatch.setattr(kept, "load_knowledge", load)
    load_kept(rules)
    assert files(home) == []


def test_the_same_files_elsewhere_have_places_of_their_own(home, rules, tmp_path):
    other = shutil.copytree(rules, tmp_path / "other")
    assert load_kept(rules).places != load_kept(other).places
    assert load_kept(other).places == load_knowledge(other).places


@pytest.mark.parametrize(
    "damage", [b"", b"\x80\x05nonsense", b"\x80\x05]."], ids=["empty", "broken", "a list"]
)
def test_a_damaged_file_is_written_anew(home, rules, compiled, damage):
    load_kept(rules)
    (file,) = files(home)
    file.write_bytes(damage)
    assert load_kept(rules) == load_knowledge(rules)
    assert compiled == [rules, rules]
    load_kept(rules)
    assert compiled == [rules, rules]


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="owners and modes are of Unix")
def test_a_file_that_others_can_write_is_not_read(home, rules, compiled):
    load_kept(rules)
    (file,) = files(home)
    file.chmod(0o666)
    load_kept(rules)
    assert compiled == [rules, rules]
    assert files(home)[0].stat().st_mode & 0o077 == 0


def test_rules_with_problems_are_never_kept(home, rules):
    (rules / "patterns.yaml").write_text("- id: half\n  label: a pattern\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(Problems):
            load_kept(rules)
    assert files(home) == []
    with pytest.raises(InputError, match="no such knowledge folder"):
        load_kept(rules / "missing")


def test_nothing_is_kept_where_the_variable_is_empty(monkeypatch, rules, compiled):
    monkeypatch.setenv(kept.VARIABLE, "")
    monkeypatch.setattr(kept, "user_cache_path", None)
    load_kept(rules)
    load_kept(rules)
    assert compiled == [rules, rules]


def test_a_cache_folder_that_cannot_be_made_is_done_without(tmp_path, monkeypatch, rules, compiled):
    blocked = tmp_path / "file"
    blocked.write_text("no folder", encoding="utf-8")
    monkeypatch.setenv(kept.VARIABLE, str(blocked / "cache"))
    assert load_kept(rules) == load_knowledge(rules)
    assert blocked.read_text("utf-8") == "no folder"


def test_the_last_used_ones_stay(home, rules, tmp_path):
    copies = [shutil.copytree(rules, tmp_path / f"copy{number}") for number in range(kept.KEPT + 1)]
    for copy in copies[:-1]:
        load_kept(copy)
    for age, file in enumerate(files(home)):
        os.utime(file, (1000 + age, 1000 + age))
    oldest = files(home)[0]
    load_kept(copies[-1])
    assert len(files(home)) == kept.KEPT
    assert oldest not in files(home)
    assert all(file.suffix == kept.SUFFIX for file in files(home)), "no half-written file is left"


def test_without_the_variable_it_is_the_cache_folder_of_the_user(monkeypatch, tmp_path, rules):
    monkeypatch.delenv(kept.VARIABLE, raising=False)
    monkeypatch.setattr(kept, "user_cache_path", lambda name, appauthor: tmp_path / name)
    load_kept(rules)
    assert len(files(tmp_path / "facial-triage")) == 1


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="needs users as Unix has them")
@pytest.mark.parametrize("odd", ["folder", "link", "pipe"])
def test_what_others_could_have_put_there_is_not_read(home, rules, compiled, odd):
    load_kept(rules)
    (file,) = files(home)
    if odd == "folder":
        home.chmod(0o777)
    else:
        moved = file.rename(home / "moved")
        file.symlink_to(moved) if odd == "link" else os.mkfifo(file)
    load_kept(rules)
    assert compiled == [rules, rules]
