"""The columnar engine: every rule as SQL on whole columns of cases, for cohorts from a laptop to a cluster."""

from triage.bulk.cohort import Cohort
from triage.bulk.database import stoppable
from triage.bulk.extra import spark_cohort
from triage.bulk.statement import Detail, statement
from triage.bulk.tables import assess_table
from triage.bulk.written import tallies

__all__ = ["Cohort", "Detail", "assess_table", "spark_cohort", "statement", "stoppable", "tallies"]
