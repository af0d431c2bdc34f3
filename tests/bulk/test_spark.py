"""Spark gives what DuckDB gives, on the same cases with the same statement (``make test-spark``)."""

from __future__ import annotations

import json
from random import Random

import pytest

from tests.bulk.at_length import blended, differences, facts_of
from tests.bulk.support import some_facts
from tests.bulk.test_assessments import tangled
from tests.properties.strategies import toy_base
from tests.support import TOY
from triage.assessment import assemble, decide
from triage.bulk import Cohort, spark_cohort
from triage.cli.main import run
from triage.errors import UsageError
from triage.models import Case

SHIPPED_CASES = 1000
"""planning takes a few minutes of processor time, however many there are"""
AHEAD_OFTEN = 30
"""a seed whose cases have several lines that are ahead, some of them by a member"""


def written(kind, kb, folder, facts, detail):
    """The lines that a cohort writes."""
    folder.mkdir()
    cohort = kind(kb, folder, detail=detail)
    for number, one in enumerate(facts):
        cohort.take(Case(id=f"c{number}", person="p", facts=one))
    assert cohort.write(folder / "out.jsonl", "jsonl") == len(facts)
    return [json.loads(line) for line in (folder / "out.jsonl").read_text().splitlines()]


@pytest.mark.spark
@pytest.mark.parametrize("detail", ["summary", "full"])
def test_spark_gives_what_duckdb_gives(toy, tmp_path, detail):
    facts = some_facts(toy, 6, 1000)
    on_spark = written(spark_cohort("local[2]"), toy, tmp_path / "spark", facts, detail)
    assert on_spark == written(Cohort, toy, tmp_path / "duckdb", facts, detail)


@pytest.mark.spark
def test_spark_moves_a_line_that_is_ahead_as_duckdb_does(tmp_path):
    kb = tangled(Random(AHEAD_OFTEN))
    facts = some_facts(toy_base(), AHEAD_OFTEN, 25, (0.3, 0.6, 0.9))
    assert any(assemble(kb, "", one, decide(kb, one)).ahead for one in facts)
    # A whole assessment needs treatments, which the tangled rules have not.
    on_spark = written(spark_cohort("local[2]"), kb, tmp_path / "spark", facts, "summary")
    assert on_spark == written(Cohort, kb, tmp_path / "duckdb", facts, "summary")


@pytest.mark.spark
def test_spark_agrees_with_the_definition_on_the_shipped_rules(kb, tmp_path):
    known = facts_of(kb, "examples", "examples/vignettes/*", "examples/none_of_these")
    cases = list(blended(kb, known, seed=1, count=SHIPPED_CASES))
    assert differences(kb, cases, tmp_path, spark_cohort("local[2]")) == []


@pytest.mark.spark
def test_the_command_runs_on_spark(tmp_path):
    (tmp_path / "in.jsonl").write_text('{"id": "a", "facts": {"rim_cracked": true}}\n')
    for engine in ("spark", "duckdb"):
        words = ["batch", tmp_path / "in.jsonl", "-o", tmp_path / f"{engine}.csv", "--engine", engine]
        assert run([*map(str, words), "--knowledge", str(TOY)]) == 0
    assert (tmp_path / "spark.csv").read_text() == (tmp_path / "duckdb.csv").read_text()


def test_what_spark_lacks_is_said(monkeypatch):
    monkeypatch.setattr("triage.bulk.extra.find_spec", lambda name: None)
    monkeypatch.setenv("JAVA_HOME", "somewhere")
    with pytest.raises(UsageError, match="Spark needs pyspark and sqlglot"):
        spark_cohort("local[1]")
    monkeypatch.delenv("JAVA_HOME")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UsageError, match="Spark needs Java"):
        spark_cohort("local[1]")
