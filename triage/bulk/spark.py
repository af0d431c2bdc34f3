"""The same statement in the SQL of Spark.

sqlglot translates it; what it cannot know of (lists with positions, slices) is rewritten in the tree before.
"""

from __future__ import annotations

from sqlglot import exp, parse_one

_KINDS = (exp.Anonymous, exp.Bracket, exp.ArrayFilter, exp.ToMap, exp.ArraySort)


def to_spark(sql: str) -> str:
    """DuckDB's statement as Spark reads it."""
    tree = parse_one(sql, read="duckdb")
    # Deepest first: what is put in place of a node holds its parts as they were rewritten.
    for node in reversed(list(tree.find_all(*_KINDS))):
        node.replace(_rewritten(node))
    return tree.sql(dialect="spark")


def _rewritten(node: exp.Expression) -> exp.Expression:
    if isinstance(node, exp.Anonymous) and node.name.upper() == "LIST_WHERE":
        return _where(*node.expressions)
    if isinstance(node, exp.Anonymous) and node.name.upper() == "LIST_SUM":
        return _summed(*node.expressions)
    if isinstance(node, exp.Bracket) and any(isinstance(one, exp.Slice) for one in node.expressions):
        (span,) = node.expressions
        return _called("SLICE", node.this, span.this, span.expression)
    if isinstance(node, exp.ArrayFilter) and isinstance(node.expression, exp.Lambda):
        if len(node.expression.expressions) == 2:
            # "The first of equal items", which Spark's array_distinct keeps in order.
            return _called("ARRAY_DISTINCT", node.this)
    if isinstance(node, exp.ToMap):
        entries = [part for pair in node.this.expressions for part in (pair.this, pair.expression)]
        return _called("MAP", *entries)
    if isinstance(node, exp.ArraySort) and _has_places(node):
        # Spark's maps have no order, so what holds one is sorted by its place alone.
        return _called("ARRAY_SORT", node.this, _BY_PLACE.copy())
    return node


def _has_places(node: exp.Expression) -> bool:
    return any(one.this.name == "place" for one in node.find_all(exp.PropertyEQ))


def _by_place() -> exp.Expression:
    left, right = (exp.column("place", table=name) for name in ("l", "r"))
    compared = exp.Case(
        ifs=[
            exp.If(this=exp.LT(this=left, expression=right), true=exp.Literal.number(-1)),
            exp.If(this=exp.GT(this=left.copy(), expression=right.copy()), true=exp.Literal.number(1)),
        ],
        default=exp.Literal.number(0),
    )
    return exp.Lambda(this=compared, expressions=[exp.to_identifier("l"), exp.to_identifier("r")])


_BY_PLACE = _by_place()


def _called(name: str, *args: exp.Expression) -> exp.Anonymous:
    return exp.Anonymous(this=name, expressions=list(args))


def _summed(numbers: exp.Expression) -> exp.Expression:
    """The sum of a list of numbers; 0 of none, where DuckDB says NULL."""
    added = exp.Add(this=exp.column("s"), expression=exp.column("x"))
    adding = exp.Lambda(this=added, expressions=[exp.to_identifier("s"), exp.to_identifier("x")])
    return _called("AGGREGATE", numbers, exp.cast(exp.Literal.number(0), "double"), adding)


def _where(names: exp.Expression, flags: exp.Expression) -> exp.Expression:
    """The names whose flag is set.

    A list of flags that a function looks into would be made anew for each name, so each name stands behind its flag.
    """
    pairs = zip(names.expressions, flags.expressions, strict=True)
    kept = [exp.Case(ifs=[exp.If(this=flag, true=name)]) for name, flag in pairs]
    known = exp.Not(this=exp.Is(this=exp.column("x"), expression=exp.Null()))
    test = exp.Lambda(this=known, expressions=[exp.to_identifier("x")])
    return _called("FILTER", exp.Array(expressions=kept), test)
