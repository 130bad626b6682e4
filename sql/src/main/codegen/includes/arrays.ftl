<#--
  What is written with arrays and Calcite's grammar has not; patches.xml says where it is called.
-->

/** What stands in the brackets behind an array: a subscript, or the bounds of a slice. */
SqlNode Subscript() :
{
    SqlNode from = null;
    SqlNode to = null;
    final Span s;
}
{
    (
        <COLON> { s = span(); }
        [ to = Expression(ExprContext.ACCEPT_SUB_QUERY) ]
        { return SubscriptSyntax.slice(null, to, s.end(this)); }
    |
        from = Expression(ExprContext.ACCEPT_SUB_QUERY) { s = span(); }
        [
            <COLON>
            [ to = Expression(ExprContext.ACCEPT_SUB_QUERY) ]
            { return SubscriptSyntax.slice(from, to, s.end(this)); }
        ]
        { return from; }
    )
}

/** {@code []} behind a type; as in PostgreSQL a number in it means nothing. */
void ArrayBound() :
{
}
{
    <LBRACKET> [ <UNSIGNED_INTEGER_LITERAL> ] <RBRACKET>
}
