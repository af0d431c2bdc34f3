"""A cohort on Spark: the same cases and the same layers of columns, run by PySpark on this machine or on a cluster.

DuckDB takes in the cases and writes the table, so that what is refused and what the table looks like do not depend on
who does the work between.

Spark is given one layer after the other. It goes through a whole plan dozens of times, and a plan of thirty layers of
thousands of columns takes it hours; cut off behind each layer, minutes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pyspark.sql import DataFrame, SparkSession

from triage.bulk.assessment.statement import stages
from triage.bulk.cases.intake import ROW
from triage.bulk.cohort import Cohort, OnProgress
from triage.bulk.spark import to_spark
from triage.bulk.sql.columns import PERSON
from triage.bulk.sql.database import literal, run
from triage.bulk.sql.program import quoted
from triage.bulk.written import TableForm, cells, copied

SETTINGS = {
    # Merging the layers again would write every column out as often as others name it, and code for thousands of
    # columns is larger than what Java compiles.
    "spark.sql.optimizer.excludedRules": "org.apache.spark.sql.catalyst.optimizer.CollapseProject",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    # What is known of one column says nothing about another here, and looking for it takes longer than the rest.
    "spark.sql.constraintPropagation.enabled": "false",
    # A part that is used twice has a column of its own already.
    "spark.sql.subexpressionElimination.enabled": "false",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.optimizer.maxIterations": "1",
    "spark.sql.ansi.enabled": "false",
    "spark.ui.enabled": "false",
    "spark.driver.memory": "4g",
}


class SparkCohort(Cohort):
    """A cohort whose statement Spark runs; ``master`` is where, in Spark's words."""

    master = "local[*]"

    def write(self, out: Path, form: TableForm, on_progress: OnProgress | None = None) -> int:
        """Assesses everything and writes the table; the number of cases."""
        self.settle()
        source, given = self.source()
        taken, concluded = self.scratch / "spark-in", self.scratch / "spark-out"
        taken.mkdir()
        numbered = f"SELECT *, row_number() OVER () AS {quoted(ROW)} FROM {source}"
        run(self.connection, f"COPY ({numbered}) TO {literal(str(taken / 'cases.parquet'))} (FORMAT parquet)")
        session = self._session()
        try:
            cases = session.read.parquet(str(taken))
            tasks = session.sparkContext.defaultParallelism
            few = cases.rdd.getNumPartitions() < tasks
            (cases.repartition(tasks) if few else cases).createOrReplaceTempView("cases")
            table = cases
            for sql in stages(self.kb, "cases", given, self.detail, keep=[PERSON, ROW]):
                table = _planned(session.sql(to_spark(sql)))
                table.createOrReplaceTempView("layer")
            table.write.parquet(str(concluded))
        finally:
            session.stop()
        read = f"read_parquet({literal(str(concluded / '*.parquet'))}, hive_partitioning = false)"
        listed = ", ".join(cells(self.detail, form))
        found = f"SELECT {listed} FROM (SELECT * FROM {read} ORDER BY {quoted(ROW)}) AS assessed"
        done = copied(self.connection, found, out, form)
        self.unchanged()
        return done

    def _session(self) -> Any:
        builder = SparkSession.builder.master(self.master).appName("triage")
        for name, value in SETTINGS.items():
            builder = builder.config(name, value)
        session = builder.getOrCreate()
        session.sparkContext.setLogLevel("ERROR")
        return session


def _planned(table: DataFrame) -> DataFrame:
    """The same rows with nothing to plan below them; nothing runs yet.

    ``localCheckpoint`` would say it too, but keeps the rows of every layer, some hundred kilobytes a case.
    """
    session, found = table.sparkSession, table._jdf
    rows = found.queryExecution().toRdd()
    return DataFrame(session._jsparkSession.internalCreateDataFrame(rows, found.schema(), False), session)


def cohort_on(master: str) -> type[Cohort]:
    """The class of cohorts that run on ``master``."""
    return type("SparkCohort", (SparkCohort,), {"master": master})
