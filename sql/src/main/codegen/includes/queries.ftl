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

/** A function in FROM, and WITH ORDINALITY. */
SqlNode RowFunction(SqlIdentifier name) :
{
    SqlNode rows;
}
{
    rows = ImplicitTableFunctionCallArgs(name)
    [
        LOOKAHEAD(2)
        <WITH> <ORDINALITY>
        { rows = QuerySyntax.WITH_ORDINALITY.createCall(getPos(), rows); }
    ]
    { return rows; }
}

/** {@code unnest(array)} where a value is wanted. */
SqlNode UnnestCall() :
{
    final Span s;
    final SqlNodeList arguments;
}
{
    <UNNEST> { s = span(); }
    arguments = ParenthesizedQueryOrCommaList(ExprContext.ACCEPT_SUB_QUERY)
    { return SqlStdOperatorTable.UNNEST.createCall(s.end(this), (List<SqlNode>) arguments); }
}
