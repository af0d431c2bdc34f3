"""The columnar engine: every rule as SQL on whole columns of cases, for cohorts from a laptop to a cluster."""

from triage.bulk.cohort import Cohort, tallies
from triage.bulk.statement import Detail, statement
from triage.bulk.tables import assess_table

__all__ = ["Cohort", "Detail", "assess_table", "statement", "tallies"]
