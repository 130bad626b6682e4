<#--
  Subscriptions: statements that follow what changes.
-->

SqlNode SubscribeStatement() :
{
    final Span s;
    SqlIdentifier name = null;
    ExpressionSyntax query = null;
    SqlNode token = null;
    List<OptionSyntax> options = new ArrayList<OptionSyntax>();
}
{
    <SUBSCRIBE> { s = span(); } [ LOOKAHEAD(1) <TO> ]
    (
        LOOKAHEAD({ getToken(1).kind == SELECT || getToken(1).kind == VALUES || getToken(1).kind == WITH })
        query = FollowedQuery()
    |
        <LPAREN> query = FollowedQuery() <RPAREN>
    |
        name = SimpleIdentifier()
    )
    [ <AS> <OF> token = Token() ]
    [ <WITH> options = OptionList() ]
    { return new StatementNode(s.end(this), new StatementSyntax.Subscribe(name, query, token, options)); }
}

/** A query with the place of all of its text. */
ExpressionSyntax FollowedQuery() :
{
    final SqlParserPos begin;
    final SqlNode query;
}
{
    { begin = new SqlParserPos(getToken(1).beginLine, getToken(1).beginColumn); }
    query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
    { return new ExpressionSyntax(query, begin.plus(getPos())); }
}

SqlNode Token() :
{
    final SqlNode token;
}
{
    ( token = StringLiteral() | token = DynamicParam() ) { return token; }
}

StatementSyntax CreateSubscription(boolean replace) :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
    final SqlIdentifier source;
    List<OptionSyntax> options = new ArrayList<OptionSyntax>();
}
{
    <SUBSCRIPTION> ifNotExists = IfNotExists() name = SimpleIdentifier() <FROM> source = SimpleIdentifier()
    [ <WITH> options = OptionList() ]
    { return new StatementSyntax.CreateSubscription(name, replace, ifNotExists, source, options); }
}

SqlNode AlterSubscriptionStatement() :
{
    final Span s;
    final boolean ifExists;
    final SqlIdentifier name;
    SqlNode to = null;
    List<OptionSyntax> options = null;
}
{
    <ALTER> { s = span(); } <SUBSCRIPTION> ifExists = IfExists() name = SimpleIdentifier()
    (
        <RESET> [ <TO> ( to = Token() | to = SimpleIdentifier() ) ]
    |
        <SET> options = OptionList()
    )
    { return new StatementNode(s.end(this), new StatementSyntax.AlterSubscription(name, ifExists, to, options)); }
}

SqlNode AcknowledgeStatement() :
{
    final Span s;
    final SqlIdentifier name;
    final SqlIdentifier up;
    final SqlNode token;
}
{
    <ACKNOWLEDGE> { s = span(); } name = SimpleIdentifier()
    up = SimpleIdentifier() {
        if (!up.getSimple().equals("up")) {
            throw QuerySyntax.refusal("ACKNOWLEDGE " + up.getSimple(), up.getParserPosition());
        }
    }
    <TO> token = Token()
    { return new StatementNode(s.end(this), new StatementSyntax.Acknowledge(name, token)); }
}
