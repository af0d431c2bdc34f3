"""The columnar engine: every rule as SQL on whole columns of cases, for cohorts from a laptop to a cluster.

A map, in the order in which to read it; a module imports from its own group and from those before it.

1. How SQL is written: ``columns`` (of a table of cases), ``digits`` (truths as small numbers), ``comparisons`` (of
   numbers), ``program`` (named columns become layers of one statement), ``remembered``.
2. What the statement says, each module beside the one of ``assessment`` or ``logic`` that defines it: ``truths``
   (``evaluation``), ``pending``, ``likeness``, ``standings`` (``grading``), ``lines`` (``ranking``), ``nerves``,
   ``urgency``, ``paths``; put together by ``summary`` (flat columns), ``full`` (an ``Assessment``), ``statement``.
3. How files become typed columns: ``database``, ``tokens`` (what a cell says), ``staging`` (records as plain lines),
   ``intake`` (typed columns, and which rows are no case), ``texts`` (columns of text), ``json_texts``, ``sources``.
4. What is called: ``tables`` (``assess_table``), ``cohort`` (``triage batch``) and ``written`` (its table).
5. The same elsewhere: ``export`` (the statement as a file); on Spark ``spark`` (its SQL), ``cluster`` (its cohort),
   ``extra`` (loads both when they are asked for).
"""

from triage.bulk.cohort import Cohort
from triage.bulk.database import stoppable
from triage.bulk.extra import spark_cohort
from triage.bulk.statement import Detail, statement
from triage.bulk.tables import assess_table
from triage.bulk.written import tallies

__all__ = ["Cohort", "Detail", "assess_table", "spark_cohort", "statement", "stoppable", "tallies"]
