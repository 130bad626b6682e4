<#--
  Statements that change rows, and those that begin and end transactions. Each production gives back a StatementNode, which
  wraps a record of io.caisson.sql.syntax. They come before Calcite's own INSERT, UPDATE, DELETE and MERGE, which know less.
-->

SqlNode InsertStatement() :
{
    final Span s;
    final SqlIdentifier table;
    SqlIdentifier alias = null;
    SqlNodeList columns = null;
    SqlNode source = null;
    WriteSyntax.OnConflict onConflict = null;
    SqlNodeList returning = SqlNodeList.EMPTY;
}
{
    <INSERT> { s = span(); } <INTO> table = CompoundTableIdentifier()
    [ <AS> alias = SimpleIdentifier() ]
    [ LOOKAHEAD(2) columns = ParenthesizedSimpleIdentifierList() ]
    (
        <DEFAULT_> <VALUES>
    |
        source = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
    )
    [ onConflict = OnConflict() ]
    [ returning = Returning() ]
    {
        WriteSyntax.Target target = new WriteSyntax.Target(table, alias);
        return StatementNode.of(s.end(this),
            new WriteSyntax.Insert(target, columns, source, onConflict, returning));
    }
}

WriteSyntax.OnConflict OnConflict() :
{
    final Span s;
    SqlNodeList columns = null;
    final List<WriteSyntax.Assignment> assignments = new ArrayList<WriteSyntax.Assignment>();
    SqlNode where = null;
}
{
    <ON> { s = span(); } <CONFLICT>
    [ columns = ParenthesizedSimpleIdentifierList() ]
    <DO>
    (
        <NOTHING>
    |
        <UPDATE> <SET> AssignmentList(assignments) [ where = Where() ]
    )
    { return new WriteSyntax.OnConflict(s.end(this), columns, assignments, where); }
}

SqlNodeList Returning() :
{
    final List<SqlNode> items = new ArrayList<SqlNode>();
    final Span s;
}
{
    <RETURNING> { s = span(); }
    AddSelectItem(items) ( <COMMA> AddSelectItem(items) )*
    { return new SqlNodeList(items, s.end(this)); }
}

void AssignmentList(List<WriteSyntax.Assignment> assignments) :
{
}
{
    AddAssignment(assignments) ( <COMMA> AddAssignment(assignments) )*
}

void AddAssignment(List<WriteSyntax.Assignment> assignments) :
{
    final SqlIdentifier column;
    final SqlNodeList columns;
    final SqlNode value;
    final SqlNode subscript;
    final SqlNodeList values;
}
{
    column = SimpleIdentifier()
    (
        <EQ>
        ( value = Default() | value = Expression(ExprContext.ACCEPT_SUB_QUERY) )
        { assignments.add(WriteSyntax.Assignment.of(column, value)); }
    |
        <LBRACKET> subscript = Subscript() <RBRACKET> <EQ>
        value = Expression(ExprContext.ACCEPT_SUB_QUERY)
        { SubscriptSyntax.assign(assignments, column, subscript, value); }
    )
|
    columns = ParenthesizedSimpleIdentifierList() <EQ> [ <ROW> ]
    values = ParenthesizedQueryOrCommaListWithDefault(ExprContext.ACCEPT_NONCURSOR)
    { assignments.add(new WriteSyntax.Assignment(columns, values)); }
}

WriteSyntax.Target WriteTarget() :
{
    final SqlIdentifier table;
    SqlIdentifier alias = null;
}
{
    table = CompoundTableIdentifier()
    [ [ <AS> ] alias = SimpleIdentifier() ]
    { return new WriteSyntax.Target(table, alias); }
}

SqlNode UpdateStatement() :
{
    final Span s;
    final WriteSyntax.Target target;
    final List<WriteSyntax.Assignment> assignments = new ArrayList<WriteSyntax.Assignment>();
    SqlNode from = null;
    SqlNode where = null;
    SqlNodeList returning = SqlNodeList.EMPTY;
}
{
    <UPDATE> { s = span(); } target = WriteTarget()
    <SET> AssignmentList(assignments)
    [ <FROM> from = FromClause() ]
    [ where = Where() ]
    [ returning = Returning() ]
    {
        return StatementNode.of(s.end(this),
            new WriteSyntax.Update(target, assignments, from, where, returning));
    }
}

SqlNode DeleteStatement() :
{
    final Span s;
    final WriteSyntax.Target target;
    SqlNode using = null;
    SqlNode where = null;
    SqlNodeList returning = SqlNodeList.EMPTY;
}
{
    <DELETE> { s = span(); } <FROM> target = WriteTarget()
    [ <USING> using = FromClause() ]
    [ where = Where() ]
    [ returning = Returning() ]
    { return StatementNode.of(s.end(this), new WriteSyntax.Delete(target, using, where, returning)); }
}

SqlNode TruncateStatement() :
{
    final Span s;
    SqlIdentifier table;
    final List<SqlIdentifier> tables = new ArrayList<SqlIdentifier>();
}
{
    <TRUNCATE> { s = span(); } [ <TABLE> ]
    table = CompoundTableIdentifier() { tables.add(table); }
    ( <COMMA> table = CompoundTableIdentifier() { tables.add(table); } )*
    { return StatementNode.of(s.end(this), new WriteSyntax.Truncate(tables)); }
}

SqlNode MergeStatement() :
{
    final Span s;
    final WriteSyntax.Target target;
    final SqlNode source;
    final SqlNode condition;
    WriteSyntax.When when;
    final List<WriteSyntax.When> whens = new ArrayList<WriteSyntax.When>();
    SqlNodeList returning = SqlNodeList.EMPTY;
}
{
    <MERGE> { s = span(); } <INTO> target = WriteTarget()
    <USING> source = TableRef()
    <ON> condition = Expression(ExprContext.ACCEPT_SUB_QUERY)
    ( when = MergeWhen() { whens.add(when); } )+
    [ returning = Returning() ]
    {
        return StatementNode.of(s.end(this),
            new WriteSyntax.Merge(target, source, condition, whens, returning));
    }
}

WriteSyntax.When MergeWhen() :
{
    final Span s;
    boolean matched = true;
    SqlNode condition = null;
    final WriteSyntax.Action action;
}
{
    <WHEN> { s = span(); } [ <NOT> { matched = false; } ] <MATCHED>
    [ <AND> condition = Expression(ExprContext.ACCEPT_SUB_QUERY) ]
    <THEN> action = MergeAction()
    { return new WriteSyntax.When(s.end(this), matched, condition, action); }
}

WriteSyntax.Action MergeAction() :
{
    final List<WriteSyntax.Assignment> assignments = new ArrayList<WriteSyntax.Assignment>();
    SqlNodeList columns = null;
    SqlNodeList values = null;
}
{
    <UPDATE> <SET> AssignmentList(assignments) { return new WriteSyntax.UpdateAction(assignments); }
|
    <DELETE> { return new WriteSyntax.DeleteAction(); }
|
    <DO> <NOTHING> { return new WriteSyntax.NoAction(); }
|
    <INSERT> [ columns = ParenthesizedSimpleIdentifierList() ]
    (
        <DEFAULT_> <VALUES>
    |
        <VALUES> values = ParenthesizedQueryOrCommaListWithDefault(ExprContext.ACCEPT_NONCURSOR)
    )
    { return new WriteSyntax.InsertAction(columns, values); }
}

SqlNode BeginStatement() :
{
    final Span s;
    final boolean readOnly;
}
{
    (
        <BEGIN> { s = span(); } [ <WORK> | <TRANSACTION> ]
    |
        <START> { s = span(); } <TRANSACTION>
    )
    readOnly = TransactionModes()
    {
        return new StatementNode(s.end(this),
            new StatementSyntax.Transaction(StatementSyntax.TransactionKind.BEGIN, readOnly));
    }
}

/** All isolation levels are given the highest. */
boolean TransactionModes() :
{
    boolean readOnly = false;
}
{
    ( LOOKAHEAD(2) [ <COMMA> ] readOnly = TransactionMode(readOnly) )*
    { return readOnly; }
}

boolean TransactionMode(boolean readOnly) :
{
}
{
    LOOKAHEAD(2)
    <READ> <ONLY> { return true; }
|
    <READ> <WRITE> { return false; }
|
    <ISOLATION> <LEVEL>
    (
        <SERIALIZABLE>
    |
        <REPEATABLE> <READ>
    |
        LOOKAHEAD(2)
        <READ> <COMMITTED>
    |
        <READ> <UNCOMMITTED>
    )
    { return readOnly; }
}

SqlNode EndStatement() :
{
    final Span s;
    StatementSyntax.TransactionKind kind;
    SqlIdentifier name;
}
{
    (
        ( <COMMIT> | <END> ) { s = span(); kind = StatementSyntax.TransactionKind.COMMIT; }
        [ <WORK> | <TRANSACTION> ]
    |
        ( <ROLLBACK> | <ABORT> ) { s = span(); kind = StatementSyntax.TransactionKind.ROLLBACK; }
        [ <WORK> | <TRANSACTION> ]
        [
            <TO> [ LOOKAHEAD(2) <SAVEPOINT> ] name = SimpleIdentifier()
            { kind = StatementSyntax.TransactionKind.SAVEPOINT; }
        ]
    |
        <SAVEPOINT> { s = span(); kind = StatementSyntax.TransactionKind.SAVEPOINT; } name = SimpleIdentifier()
    |
        <RELEASE> { s = span(); kind = StatementSyntax.TransactionKind.SAVEPOINT; }
        [ <SAVEPOINT> ] name = SimpleIdentifier()
    )
    { return new StatementNode(s.end(this), new StatementSyntax.Transaction(kind, false)); }
}
