"""Writes the generated documentation: reference pages of the rules, JSON Schemas of their files, the commands,
the blank case files, the figures of the evaluation and the transcript in the README.

``python -m tools.docs`` writes them, ``python -m tools.docs --check`` only says which are not current (exit code 1).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.case_templates import with_templates
from tools.commands import commands_page
from tools.evaluation import evaluation_pages
from tools.reference import pages
from tools.schemas import schemas
from tools.transcript import with_transcript
from triage.knowledge import load_knowledge

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("docs/rules", "docs/schema")
"""folders that hold nothing but generated files"""


def generated_files() -> Iterator[tuple[Path, str]]:
    """Every generated file with its text."""
    kb = load_knowledge(ROOT / "rules")
    for name, text in pages(kb):
        yield ROOT / "docs" / "rules" / name, text
    for name, schema in schemas():
        yield (
            ROOT / "docs" / "schema" / f"{name}.schema.json",
            json.dumps(schema, indent=2, ensure_ascii=False) + "\n",
        )
    yield ROOT / "docs" / "commands.md", commands_page()
    cases = ROOT / "docs" / "cases.md"
    yield cases, with_templates(kb, cases.read_text("utf-8"))
    for path, text in evaluation_pages(kb):
        yield path, with_transcript(kb, text)


def main() -> int:
    """Write or check all generated files; 0 if all is current."""
    check = "--check" in sys.argv[1:]
    wanted = dict(generated_files())
    present = {path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file()}
    stale = [path for path, text in wanted.items() if not path.is_file() or path.read_text("utf-8") != text]
    orphans = sorted(present - set(wanted))
    if check:
        for path in [*stale, *orphans]:
            print(f"{path.relative_to(ROOT)}: not current; run `make docs`", file=sys.stderr)
        return 1 if stale or orphans else 0
    for path in orphans:
        path.unlink()
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted[path], "utf-8")
    print(f"{len(wanted)} files, {len(stale)} written, {len(orphans)} removed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
