"""Every rule case below tests/cases/, one test a file."""

from pathlib import Path

import pytest

from triage.workbench import deciding, rule_case_files, run_file

FOLDER = Path(__file__).parent / "cases"
FILES = rule_case_files(FOLDER) if FOLDER.is_dir() else []


@pytest.fixture(scope="module")
def reference(kb):
    return deciding(kb)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(FOLDER).as_posix())
def test_every_rule_case_comes_out_as_expected(kb, reference, path):
    result = run_file(
        kb, path, decided_by=reference, shown=f"tests/cases/{path.relative_to(FOLDER).as_posix()}"
    )
    assert not result.failures, "\n" + "\n".join(str(failure) for failure in result.failures)
    assert result.cases, "the file holds no case"
