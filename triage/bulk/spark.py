"""The same statement in the SQL of Spark.

sqlglot translates it; what it cannot know of (lists with positions, slices) is rewritten in the tree before.
"""

from __future__ import annotations

from sqlglot import exp, parse_one

SETTINGS = {
    # Merging the layers again would write every column out as often as others name it.
    "spark.sql.optimizer.excludedRules": "org.apache.spark.sql.catalyst.optimizer.CollapseProject",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.ansi.enabled": "false",
    "spark.sql.parquet.inferTimestampNTZ.enabled": "false",
}


def to_spark(sql: str) -> str:
    """DuckDB's statement as Spark reads it."""
    tree = parse_one(sql, read="duckdb").transform(_rewritten, copy=False)
    return tree.sql(dialect="spark", pretty=False)


def _rewritten(node: exp.Expression) -> exp.Expression:
    if isinstance(node, exp.Anonymous) and node.name.upper() == "LIST_WHERE":
        names, flags = node.expressions
        return _called("FILTER", names, _chosen(flags))
    if isinstance(node, exp.Bracket) and any(isinstance(one, exp.Slice) for one in node.expressions):
        (span,) = node.expressions
        return _called("SLICE", node.this, span.this, span.expression)
    if isinstance(node, exp.Filter | exp.ArrayFilter) and isinstance(node.expression, exp.Lambda):
        if len(node.expression.expressions) == 2:
            # "The first of equal items", which Spark's array_distinct keeps in order.
            return _called("ARRAY_DISTINCT", node.this)
    return node


def _called(name: str, *args: exp.Expression) -> exp.Anonymous:
    return exp.Anonymous(this=name, expressions=list(args))


def _chosen(flags: exp.Expression) -> exp.Expression:
    """``(x, i) -> flags[i]``: Spark counts positions from 0."""
    return exp.Lambda(
        this=exp.Bracket(this=flags, expressions=[exp.column("i")]),
        expressions=[exp.to_identifier("x"), exp.to_identifier("i")],
    )
