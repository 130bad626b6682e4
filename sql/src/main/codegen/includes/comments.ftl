<#-- COMMENT ON. -->

SqlNode CommentStatement() :
{
    final Span s;
    StatementSyntax.ObjectKind kind = null;
    final SqlIdentifier name;
    SqlNode text = null;
}
{
    <COMMENT> { s = span(); } <ON>
    (
        <COLUMN> name = CompoundIdentifier()
    |
        kind = ObjectKind() name = CompoundTableIdentifier()
    )
    <IS> ( text = StringLiteral() | <NULL> )
    { return new StatementNode(s.end(this), new StatementSyntax.Comment(kind, name, text)); }
}

StatementSyntax.ObjectKind ObjectKind() :
{
}
{
    ( <STREAM> | <CHANGELOG> ) { return StatementSyntax.ObjectKind.STREAM; }
|
    [ <RECORD> ] <TABLE> { return StatementSyntax.ObjectKind.TABLE; }
|
    <COLLECTION> { return StatementSyntax.ObjectKind.COLLECTION; }
|
    <BUCKET> { return StatementSyntax.ObjectKind.BUCKET; }
|
    <MATERIALIZED> <VIEW> { return StatementSyntax.ObjectKind.MATERIALIZED_VIEW; }
|
    <VIEW> { return StatementSyntax.ObjectKind.VIEW; }
|
    <INDEX> { return StatementSyntax.ObjectKind.INDEX; }
}
