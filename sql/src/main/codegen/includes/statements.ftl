<#--
  The statements that Calcite's own grammar lacks. Each production gives back a StatementNode, which wraps a record of
  io.caisson.sql.syntax.
-->

boolean IfNotExists() :
{
}
{
    LOOKAHEAD(3)
    <IF> <NOT> <EXISTS> { return true; }
|
    { return false; }
}

boolean IfExists() :
{
}
{
    LOOKAHEAD(2)
    <IF> <EXISTS> { return true; }
|
    { return false; }
}

SqlNode CreateStatement() :
{
    final Span s;
    boolean replace = false;
    final StatementSyntax statement;
}
{
    <CREATE> { s = span(); }
    [ <OR> <REPLACE> { replace = true; } ]
    (
        statement = CreateStream(replace)
    |
        statement = CreateChangelog(replace)
    |
        statement = CreateTable(replace)
    |
        statement = CreateRecordTable(replace)
    |
        statement = CreateCollection(replace)
    |
        statement = CreateBucket(replace)
    |
        statement = CreateView(replace)
    )
    { return new StatementNode(s.end(this), statement); }
}

StatementSyntax CreateStream(boolean replace) :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
    final TableElements elements = new TableElements();
    SqlNodeList partitionBy = SqlNodeList.EMPTY;
    List<OptionSyntax> options = new ArrayList<OptionSyntax>();
}
{
    <STREAM> ifNotExists = IfNotExists() name = SimpleIdentifier()
    ElementList(elements)
    [ <PARTITION> <BY> partitionBy = ParenthesizedSimpleIdentifierList() ]
    [ <WITH> options = OptionList() ]
    {
        return new StatementSyntax.CreateStream(name, replace, ifNotExists, elements, partitionBy, options);
    }
}

StatementSyntax CreateChangelog(boolean replace) :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
    final SqlIdentifier table;
    List<OptionSyntax> options = new ArrayList<OptionSyntax>();
}
{
    <CHANGELOG> ifNotExists = IfNotExists() name = SimpleIdentifier() <FROM> table = SimpleIdentifier()
    [ <WITH> options = OptionList() ]
    { return new StatementSyntax.CreateChangelog(name, replace, ifNotExists, table, options); }
}

SqlNode AlterStreamStatement() :
{
    final Span s;
    boolean changelog = false;
    final boolean ifExists;
    final SqlIdentifier name;
    final StreamChangeSyntax change;
}
{
    <ALTER> { s = span(); } ( <STREAM> | <CHANGELOG> ) ifExists = IfExists() name = SimpleIdentifier()
    (
        <ADD> change = AddStreamColumn()
    |
        <RENAME> change = RenameInStream()
    |
        <DROP> change = DropStreamColumn()
    |
        <SET> change = SetStreamOptions()
    |
        <RESET> change = ResetStreamOptions()
    )
    { return new StatementNode(s.end(this), new StatementSyntax.AlterStream(name, ifExists, change)); }
}

StreamChangeSyntax AddStreamColumn() :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
    final SqlDataTypeSpec type;
    boolean notNull = false;
    SqlNode value = null;
}
{
    [ LOOKAHEAD(2) <COLUMN> ] ifNotExists = IfNotExists() name = SimpleIdentifier() type = DataType()
    (
        <NOT> <NULL> { notNull = true; }
    |
        <NULL>
    |
        <DEFAULT_> value = Expression(ExprContext.ACCEPT_NON_QUERY)
    )*
    { return new StreamChangeSyntax.AddColumn(new ColumnSyntax(name, type, notNull, false), value, ifNotExists); }
}

StreamChangeSyntax RenameInStream() :
{
    final SqlIdentifier name;
    final SqlIdentifier to;
}
{
    (
        <TO> to = SimpleIdentifier() { return new StreamChangeSyntax.Rename(to); }
    |
        [ LOOKAHEAD(2) <COLUMN> ] name = SimpleIdentifier() <TO> to = SimpleIdentifier()
        { return new StreamChangeSyntax.RenameColumn(name, to); }
    )
}

StreamChangeSyntax DropStreamColumn() :
{
    final SqlIdentifier name;
}
{
    [ LOOKAHEAD(2) <COLUMN> ] [ LOOKAHEAD(2) <IF> <EXISTS> ] name = SimpleIdentifier()
    { return new StreamChangeSyntax.DropColumn(name); }
}

StreamChangeSyntax SetStreamOptions() :
{
    final List<OptionSyntax> options;
}
{
    options = OptionList() { return new StreamChangeSyntax.SetOptions(options); }
}

StreamChangeSyntax ResetStreamOptions() :
{
    final SqlNodeList names;
}
{
    names = ParenthesizedSimpleIdentifierList() { return new StreamChangeSyntax.ResetOptions(names); }
}

StatementSyntax CreateTable(boolean replace) :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
    final TableElements elements = new TableElements();
}
{
    <TABLE> ifNotExists = IfNotExists() name = SimpleIdentifier()
    ElementList(elements)
    { return new StatementSyntax.CreateTable(name, replace, ifNotExists, elements); }
}

StatementSyntax CreateRecordTable(boolean replace) :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
}
{
    <RECORD> <TABLE> ifNotExists = IfNotExists() name = SimpleIdentifier()
    { return new StatementSyntax.CreateRecordTable(name, replace, ifNotExists); }
}

StatementSyntax CreateCollection(boolean replace) :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
}
{
    <COLLECTION> ifNotExists = IfNotExists() name = SimpleIdentifier()
    { return new StatementSyntax.CreateCollection(name, replace, ifNotExists); }
}

StatementSyntax CreateBucket(boolean replace) :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
    List<OptionSyntax> options = new ArrayList<OptionSyntax>();
}
{
    <BUCKET> ifNotExists = IfNotExists() name = SimpleIdentifier()
    [ <WITH> options = OptionList() ]
    { return new StatementSyntax.CreateBucket(name, replace, ifNotExists, options); }
}

StatementSyntax CreateView(boolean replace) :
{
    boolean materialized = false;
    final boolean ifNotExists;
    final SqlIdentifier name;
    SqlNodeList columns = SqlNodeList.EMPTY;
    final SqlNode query;
}
{
    [ <MATERIALIZED> { materialized = true; } ]
    <VIEW> ifNotExists = IfNotExists() name = SimpleIdentifier()
    [ columns = ParenthesizedSimpleIdentifierList() ]
    <AS> query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
    { return new StatementSyntax.CreateView(name, replace, materialized, ifNotExists, columns, query); }
}

void ElementList(TableElements elements) :
{
}
{
    <LPAREN> Element(elements) ( <COMMA> Element(elements) )* <RPAREN>
}

void Element(TableElements elements) :
{
    final SqlIdentifier column;
    final SqlNode expression;
    final SqlNodeList key;
    final Span s;
}
{
    LOOKAHEAD(2)
    <WATERMARK> { s = span(); } <FOR> column = SimpleIdentifier() <AS>
    expression = Expression(ExprContext.ACCEPT_NON_QUERY)
    { elements.add(new WatermarkSyntax(s.end(this), column, expression)); }
|
    <PRIMARY> <KEY> key = ParenthesizedSimpleIdentifierList() { elements.addPrimaryKey(key); }
|
    ColumnElement(elements)
}

void ColumnElement(TableElements elements) :
{
    final SqlIdentifier name;
    final SqlDataTypeSpec type;
    boolean notNull = false;
    boolean primaryKey = false;
}
{
    name = SimpleIdentifier() type = DataType()
    (
        <NOT> <NULL> { notNull = true; }
    |
        <NULL>
    |
        <PRIMARY> <KEY> { primaryKey = true; }
    )*
    { elements.add(new ColumnSyntax(name, type, notNull, primaryKey)); }
}

List<OptionSyntax> OptionList() :
{
    final List<OptionSyntax> options = new ArrayList<OptionSyntax>();
}
{
    <LPAREN> Option(options) ( <COMMA> Option(options) )* <RPAREN> { return options; }
}

void Option(List<OptionSyntax> options) :
{
    final SqlIdentifier name;
    SqlNode value = null;
}
{
    name = SimpleIdentifier() [ <EQ> value = OptionValue() ]
    { options.add(new OptionSyntax(name, value)); }
}

SqlNode OptionValue() :
{
    final SqlNode value;
}
{
    ( value = Literal() | value = SimpleIdentifier() | <ON> { value = new SqlIdentifier("on", getPos()); } )
    { return value; }
}

SqlNode DropStatement() :
{
    final Span s;
    final StatementSyntax.ObjectKind kind;
    final boolean ifExists;
    final SqlIdentifier name;
}
{
    <DROP> { s = span(); }
    (
        ( <STREAM> | <CHANGELOG> ) { kind = StatementSyntax.ObjectKind.STREAM; }
    |
        [ <RECORD> ] <TABLE> { kind = StatementSyntax.ObjectKind.TABLE; }
    |
        <COLLECTION> { kind = StatementSyntax.ObjectKind.COLLECTION; }
    |
        <BUCKET> { kind = StatementSyntax.ObjectKind.BUCKET; }
    |
        <MATERIALIZED> <VIEW> { kind = StatementSyntax.ObjectKind.MATERIALIZED_VIEW; }
    |
        <VIEW> { kind = StatementSyntax.ObjectKind.VIEW; }
    )
    ifExists = IfExists() name = SimpleIdentifier()
    { return new StatementNode(s.end(this), new StatementSyntax.Drop(kind, name, ifExists)); }
}

SqlNode ShowStatement() :
{
    final Span s;
    final StatementSyntax statement;
}
{
    <SHOW> { s = span(); }
    (
        LOOKAHEAD(1)
        <STREAMS> { statement = new StatementSyntax.Show(StatementSyntax.ShowKind.STREAMS, null); }
    |
        LOOKAHEAD(1)
        <TABLES> { statement = new StatementSyntax.Show(StatementSyntax.ShowKind.TABLES, null); }
    |
        LOOKAHEAD(1)
        <COLLECTIONS> { statement = new StatementSyntax.Show(StatementSyntax.ShowKind.COLLECTIONS, null); }
    |
        LOOKAHEAD(1)
        <BUCKETS> { statement = new StatementSyntax.Show(StatementSyntax.ShowKind.BUCKETS, null); }
    |
        LOOKAHEAD(2)
        <MATERIALIZED> <VIEWS> { statement = new StatementSyntax.Show(StatementSyntax.ShowKind.VIEWS, null); }
    |
        LOOKAHEAD(1)
        <VIEWS> { statement = new StatementSyntax.Show(StatementSyntax.ShowKind.VIEWS, null); }
    |
        <ALL> { statement = new StatementSyntax.Show(StatementSyntax.ShowKind.ALL, null); }
    |
        LOOKAHEAD(2)
        statement = ShowColumns()
    |
        statement = ShowCreate()
    |
        statement = ShowOption()
    )
    { return new StatementNode(s.end(this), statement); }
}

StatementSyntax ShowColumns() :
{
    final SqlIdentifier name;
}
{
    <COLUMNS> <FROM> name = SimpleIdentifier()
    { return new StatementSyntax.Show(StatementSyntax.ShowKind.COLUMNS, name); }
}

StatementSyntax ShowCreate() :
{
    final SqlIdentifier name;
}
{
    <CREATE>
    [ LOOKAHEAD(ShownKind() SimpleIdentifier()) ShownKind() ]
    name = SimpleIdentifier()
    { return new StatementSyntax.Show(StatementSyntax.ShowKind.CREATE, name); }
}

/** What kind of object it is, which may be said; the words are names of objects too. */
void ShownKind() :
{
}
{
    <STREAM> | <CHANGELOG> | [ <RECORD> ] <TABLE> | <COLLECTION> | <BUCKET> | [ <MATERIALIZED> ] <VIEW>
}

StatementSyntax ShowOption() :
{
    final SqlIdentifier name;
}
{
    name = SimpleIdentifier() { return new StatementSyntax.Show(StatementSyntax.ShowKind.OPTION, name); }
}

SqlNode ExplainStatement() :
{
    final Span s;
    boolean analyze = false;
    final SqlNode query;
    final SqlIdentifier name;
    final StatementSyntax statement;
}
{
    <EXPLAIN> { s = span(); }
    (
        LOOKAHEAD(2)
        <MATERIALIZED> <VIEW> name = SimpleIdentifier() { statement = new StatementSyntax.ExplainView(name); }
    |
        LOOKAHEAD(1)
        <STORAGE> { statement = new StatementSyntax.ExplainStorage(); }
    |
        [ LOOKAHEAD(1) <ANALYZE> { analyze = true; } ]
        [ LOOKAHEAD(2) <PLAN> <FOR> ]
        query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
        { statement = new StatementSyntax.ExplainQuery(query, analyze); }
    )
    { return new StatementNode(s.end(this), statement); }
}

SqlNode VacuumStatement() :
{
    final Span s;
    SqlIdentifier name = null;
}
{
    <VACUUM> { s = span(); } [ name = SimpleIdentifier() ]
    { return new StatementNode(s.end(this), new StatementSyntax.Vacuum(name)); }
}

SqlNode SubscribeStatement() :
{
    final Span s;
    final SqlIdentifier name;
    List<OptionSyntax> options = new ArrayList<OptionSyntax>();
}
{
    <SUBSCRIBE> { s = span(); } [ <TO> ] name = SimpleIdentifier() [ <WITH> options = OptionList() ]
    { return new StatementNode(s.end(this), new StatementSyntax.Subscribe(name, options)); }
}

SqlNode SetStatement() :
{
    final Span s;
    final SqlIdentifier name;
    final SqlNode value;
}
{
    <SET> { s = span(); } name = SimpleIdentifier() ( <EQ> | <TO> )
    ( value = OptionValue() | <DEFAULT_> { value = null; } )
    { return new StatementNode(s.end(this), new StatementSyntax.SetOption(name, value)); }
}

/** PostgreSQL's {@code value::type}, which binds as tightly as a dot. */
void InfixCast(List<Object> list, ExprContext exprContext, Span s) :
{
    final SqlDataTypeSpec type;
}
{
    <INFIX_CAST> { checkNonQueryExpression(exprContext); }
    type = DataType() {
        list.add(new SqlParserUtil.ToTreeListItem(SqlLibraryOperators.INFIX_CAST, getPos()));
        list.add(type);
    }
}
