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

/** A call of an aggregate whose arguments may be followed by ORDER BY. */
SqlCall OrderedAggregateCall() :
{
    final SqlIdentifier name;
    final Span s;
    SqlLiteral quantifier = null;
    final List<SqlNode> arguments = new ArrayList<SqlNode>();
    SqlNodeList order = null;
}
{
    name = SimpleIdentifier() { s = span(); }
    <LPAREN>
    [
        [ quantifier = AllOrDistinct() ]
        AddArg(arguments, ExprContext.ACCEPT_SUB_QUERY)
        ( <COMMA> AddArg(arguments, ExprContext.ACCEPT_SUB_QUERY) )*
        [ order = OrderBy(true) ]
    ]
    <RPAREN>
    {
        SqlCall call = createCall(name, s.end(this),
            SqlFunctionCategory.USER_DEFINED_FUNCTION, quantifier, arguments);
        return order == null
            ? call
            : SqlStdOperatorTable.WITHIN_GROUP.createCall(s.end(this), call, order);
    }
}

/** {@code JSON_TABLE (...)}. */
SqlNode JsonTable() :
{
    final SqlIdentifier name;
}
{
    name = SimpleIdentifier()
    {
        throw QuerySyntax.refusal("JSON_TABLE", name.getParserPosition())
            .withHint("Use jsonb_path_query(json, path) AS v in FROM, and JSON_VALUE(v, path) of its rows.");
    }
}
