<#-- COPY, with the options in parentheses and as they were written before. -->

SqlNode CopyStatement() :
{
    final Span s;
    SqlIdentifier table = null;
    SqlNodeList columns = null;
    SqlNode query = null;
    boolean from = false;
    final SqlNode end;
    SqlNode where = null;
    final List<OptionSyntax> options = new ArrayList<OptionSyntax>();
}
{
    <COPY> { s = span(); }
    (
        <LPAREN> query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY) <RPAREN> <TO>
    |
        table = CompoundTableIdentifier() [ columns = ParenthesizedSimpleIdentifierList() ]
        ( <FROM> { from = true; } | <TO> )
    )
    ( end = StringLiteral() | end = SimpleIdentifier() )
    [ <WITH> ]
    (
        <LPAREN> CopyOption(options) ( <COMMA> CopyOption(options) )* <RPAREN>
    |
        ( FormerCopyOption(options) )*
    )
    [ <WHERE> where = Expression(ExprContext.ACCEPT_SUB_QUERY) ]
    {
        return new StatementNode(s.end(this),
            new StatementSyntax.Copy(new CopySyntax(from, table, columns, query, end, options, where)));
    }
}

/** Option names are words that may be reserved. */
SqlIdentifier CopyOptionName() :
{
    final SqlIdentifier name;
}
{
    ( <NULL> | <ESCAPE> )
    { return new SqlIdentifier(token.image.toLowerCase(java.util.Locale.ROOT), getPos()); }
|
    name = SimpleIdentifier() { return name; }
}

void CopyOption(List<OptionSyntax> options) :
{
    final SqlIdentifier name;
    SqlNode value = null;
}
{
    name = CopyOptionName()
    [
        value = OptionValue()
    |
        <STAR> { value = new SqlIdentifier("*", getPos()); }
    |
        value = ParenthesizedSimpleIdentifierList()
    ]
    { options.add(new OptionSyntax(name, value)); }
}

/** {@code CSV HEADER DELIMITER AS ';'}. */
void FormerCopyOption(List<OptionSyntax> options) :
{
    final SqlIdentifier name;
    SqlNode value = null;
}
{
    name = CopyOptionName()
    [ [ <AS> ] value = StringLiteral() ]
    { options.add(CopySyntax.former(name, value)); }
}
