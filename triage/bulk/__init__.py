"""The columnar engine: every rule as SQL on whole columns of cases, for cohorts from a laptop to a cluster.

Its floors, in the order in which to read them; a module imports from its own and from those before it.

1. ``sql``: how SQL is written and run.
2. ``assessment``: what the statement says of a case.
3. ``cases``: how files become typed columns, and which of their rows are no case.
4. What is called stands beside them: ``tables`` (``assess_table``), ``cohort`` (``triage batch``) and ``written`` (its
   table); ``export`` (the statement as a file); on Spark ``spark`` (its SQL) and ``cluster`` (its cohort), which
   ``extra`` loads when they are asked for.
"""

from triage.bulk.assessment.statement import Detail, statement
from triage.bulk.cohort import Cohort
from triage.bulk.extra import spark_cohort
from triage.bulk.sql.database import stoppable
from triage.bulk.tables import assess_table
from triage.bulk.written import tallies

__all__ = ["Cohort", "Detail", "assess_table", "spark_cohort", "statement", "stoppable", "tallies"]
