"""How SQL is written and run.

``columns`` (of a table of cases), ``digits`` (truths as small numbers), ``comparisons`` (of numbers), ``program``
(named columns become layers of one statement), ``remembered``; ``database`` (its setting, and files as its tables).
"""
