<#--
  The statements about the life of materialized views.
-->

StatementSyntax ExplainAnalyzeView() :
{
    final SqlIdentifier name;
    boolean[] options = {true, false, true};
}
{
    (
        <ANALYZE>
    |
        <LPAREN> <ANALYZE> ( <COMMA> ExplainOption(options) )* <RPAREN>
    )
    <MATERIALIZED> <VIEW> name = SimpleIdentifier()
    { return new StatementSyntax.ExplainView(name, true, options[2]); }
}

SqlNode AlterViewStatement() :
{
    final Span s;
    final boolean ifExists;
    final SqlIdentifier name;
    final StatementSyntax.ViewCommand command;
}
{
    <ALTER> { s = span(); } <MATERIALIZED> <VIEW> ifExists = IfExists() name = SimpleIdentifier()
    (
        <PAUSE> { command = StatementSyntax.ViewCommand.PAUSE; }
    |
        <RESUME> { command = StatementSyntax.ViewCommand.RESUME; }
    )
    { return new StatementNode(s.end(this), new StatementSyntax.AlterView(name, ifExists, command)); }
}
