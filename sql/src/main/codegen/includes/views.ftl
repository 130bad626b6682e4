<#--
  The statements about the life of materialized views.
-->

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
