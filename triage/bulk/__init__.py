"""The columnar engine: every rule as SQL on whole columns of cases, for cohorts from a laptop to a cluster."""
