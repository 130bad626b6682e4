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
        statement = CreateTable(replace)
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
        <STREAM> { kind = StatementSyntax.ObjectKind.STREAM; }
    |
        <TABLE> { kind = StatementSyntax.ObjectKind.TABLE; }
    |
        [ <MATERIALIZED> ] <VIEW> { kind = StatementSyntax.ObjectKind.VIEW; }
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
        <TIME> <ZONE> {
            statement = new StatementSyntax.Show(
                StatementSyntax.ShowKind.OPTION, new SqlIdentifier("timezone", getPos()));
        }
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
    [ <STREAM> | <TABLE> | LOOKAHEAD(2) <MATERIALIZED> <VIEW> | LOOKAHEAD(2) <VIEW> ]
    name = SimpleIdentifier()
    { return new StatementSyntax.Show(StatementSyntax.ShowKind.CREATE, name); }
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
        [ LOOKAHEAD(2) <PLAN> <FOR> ]
        query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY) { statement = new StatementSyntax.ExplainQuery(query); }
    )
    { return new StatementNode(s.end(this), statement); }
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

SqlNode TimeZone() :
{
    final SqlNode value;
}
{
    ( value = StringLiteral() | value = SimpleIdentifier() | value = NumericLiteral() )
    { return value; }
}

SqlNode SetStatement() :
{
    final Span s;
    final SqlIdentifier name;
    final SqlNode value;
}
{
    <SET> { s = span(); }
    (
        <TIME> <ZONE> { name = new SqlIdentifier("timezone", getPos()); }
        ( value = TimeZone() | <DEFAULT_> { value = null; } )
    |
        name = SimpleIdentifier() ( <EQ> | <TO> )
        ( value = OptionValue() | <DEFAULT_> { value = null; } )
    )
    { return new StatementNode(s.end(this), new StatementSyntax.SetOption(name, value)); }
}

/** PostgreSQL's {@code value::type}. */
void InfixCast(List<Object> list, ExprContext exprContext, Span s) :
{
    final SqlDataTypeSpec type;
}
{
    <INFIX_CAST> {
        checkNonQueryExpression(exprContext);
        list.add(new SqlParserUtil.ToTreeListItem(SqlLibraryOperators.INFIX_CAST, s.pos()));
    }
    type = DataType() { list.add(type); }
}

/** PostgreSQL's operators of documents and regular expressions. */
void InfixOperator(List<Object> list, ExprContext exprContext, Span s) :
{
}
{
    (
        <ARROW> | <TEXT_ARROW> | <PATH_ARROW> | <PATH_TEXT_ARROW> | <PATH_MINUS> | <JSON_CONTAINS> | <JSON_CONTAINED>
    |
        <HOOK> | <REGEX> | <REGEX_ANY_CASE> | <REGEX_NOT> | <REGEX_NOT_ANY_CASE>
    )
    {
        checkNonQueryExpression(exprContext);
        list.add(new SqlParserUtil.ToTreeListItem(InfixOperators.of(token.image), getPos()));
    }
    AddExpression2b(list, ExprContext.ACCEPT_SUB_QUERY)
}

/** {@code t AT TIME ZONE z}. */
void AtTimeZone(List<Object> list, ExprContext exprContext, Span s) :
{
}
{
    <AT> <TIME> <ZONE> {
        checkNonQueryExpression(exprContext);
        list.add(new SqlParserUtil.ToTreeListItem(InfixOperators.atTimeZone(), getPos()));
    }
    AddExpression2b(list, ExprContext.ACCEPT_SUB_QUERY)
}

/** INTERVAL as the type of a value that may have any units. */
SqlTypeNameSpec IntervalTypeName() :
{
}
{
    <INTERVAL> { return new SqlUserDefinedTypeNameSpec("interval", getPos()); }
}
