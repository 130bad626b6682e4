<#--
  What queries have beyond Calcite's own grammar; patches.xml says where it is called.
-->

/** {@code DISTINCT ON (expression, ...)}. */
SqlNodeList DistinctOn() :
{
    final Span s;
    final SqlNodeList keys;
}
{
    <DISTINCT> { s = span(); } <ON> <LPAREN>
    keys = ExpressionCommaList(s, ExprContext.ACCEPT_SUB_QUERY)
    <RPAREN>
    { return keys; }
}

/** The number of LIMIT, OFFSET and FETCH: a constant, as yet any expression. */
SqlNode RowCount() :
{
    final SqlNode count;
}
{
    count = Expression(ExprContext.ACCEPT_SUB_QUERY)
    { return count; }
}
