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
    |
        statement = CreateIndex()
    |
        statement = CreateFunction(replace)
    |
        statement = CreateSubscription(replace)
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

SqlNode AlterStatement() :
{
    final SqlNode statement;
}
{
    (
        LOOKAHEAD(2)
        statement = AlterStreamStatement()
    |
        LOOKAHEAD(2)
        statement = AlterViewStatement()
    |
        LOOKAHEAD(2)
        statement = AlterSubscriptionStatement()
    |
        statement = AlterTableStatement()
    )
    { return statement; }
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
    final ColumnSyntax column;
    SqlNode value = null;
}
{
    [ LOOKAHEAD(2) <COLUMN> ] ifNotExists = IfNotExists() name = SimpleIdentifier() type = DataType() { column = new ColumnSyntax(name, type); }
    (
        <NOT> <NULL> { column.forbidNull(); }
    |
        <NULL>
    |
        <DEFAULT_> value = Expression(ExprContext.ACCEPT_NON_QUERY)
    )*
    { return new StreamChangeSyntax.AddColumn(column, value, ifNotExists); }
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
    List<OptionSyntax> options = new ArrayList<OptionSyntax>();
    final SqlNode query;
    SqlParserPos emit = null;
}
{
    [ <MATERIALIZED> { materialized = true; } ]
    <VIEW> ifNotExists = IfNotExists() name = SimpleIdentifier()
    [ columns = ParenthesizedSimpleIdentifierList() ]
    [ <WITH> options = OptionList() ]
    <AS> query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
    [ <EMIT> { emit = getPos(); } <ON> <WINDOW> <CLOSE> ]
    {
        return new StatementSyntax.CreateView(
            name, replace, materialized, ifNotExists, columns, options, query, emit);
    }
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
    TableConstraint(elements)
|
    ColumnElement(elements)
}

void TableConstraint(TableElements elements) :
{
    SqlIdentifier name = null;
    final SqlNodeList key;
    final SqlNodeList columns;
    final ExpressionSyntax condition;
    final ConstraintSyntax constraint;
}
{
    [ <CONSTRAINT> name = SimpleIdentifier() ]
    (
        <PRIMARY> <KEY> key = ParenthesizedSimpleIdentifierList() { elements.addPrimaryKey(key); }
    |
        <UNIQUE> columns = ParenthesizedSimpleIdentifierList()
        { elements.add(new ConstraintSyntax.Unique(name, columns)); }
    |
        <CHECK> condition = ParenthesizedExpressionSyntax()
        { elements.add(new ConstraintSyntax.Check(name, condition)); }
    |
        <FOREIGN> <KEY> columns = ParenthesizedSimpleIdentifierList()
        constraint = References(name, columns) { elements.add(constraint); }
    )
}

/** An expression with the place of all of its text. */
ExpressionSyntax ExpressionWithText() :
{
    final SqlParserPos begin;
    final SqlNode expression;
}
{
    { begin = new SqlParserPos(getToken(1).beginLine, getToken(1).beginColumn); }
    expression = Expression(ExprContext.ACCEPT_NON_QUERY)
    { return new ExpressionSyntax(expression, begin.plus(getPos())); }
}

ExpressionSyntax ParenthesizedExpressionSyntax() :
{
    final ExpressionSyntax expression;
}
{
    <LPAREN> expression = ExpressionWithText() <RPAREN> { return expression; }
}

ConstraintSyntax References(SqlIdentifier name, SqlNodeList columns) :
{
    final SqlIdentifier table;
    SqlNodeList referenced = SqlNodeList.EMPTY;
    String onDelete = "NO ACTION";
    String onUpdate = "NO ACTION";
}
{
    <REFERENCES> table = SimpleIdentifier()
    [ referenced = ParenthesizedSimpleIdentifierList() ]
    (
        LOOKAHEAD(2)
        <ON> <DELETE> onDelete = ReferentialAction()
    |
        LOOKAHEAD(2)
        <ON> <UPDATE> onUpdate = ReferentialAction()
    )*
    { return new ConstraintSyntax.ForeignKey(name, columns, table, referenced, onDelete, onUpdate); }
}

String ReferentialAction() :
{
}
{
    <NO> <ACTION> { return "NO ACTION"; }
|
    <RESTRICT> { return "RESTRICT"; }
|
    <CASCADE> { return "CASCADE"; }
|
    LOOKAHEAD(2)
    <SET> <NULL> { return "SET NULL"; }
|
    <SET> <DEFAULT_> { return "SET DEFAULT"; }
}

void ColumnElement(TableElements elements) :
{
    final SqlIdentifier name;
    final SqlIdentifier function;
    final SqlDataTypeSpec type;
    final ColumnSyntax column;
}
{
    name = SimpleIdentifier()
    (
        <AS> function = SimpleIdentifier() <LPAREN> <RPAREN>
        {
            type = QuerySyntax.processingTime(function, function.getParserPosition());
            column = new ColumnSyntax(name, type);
            column.setArrival();
        }
    |
        type = DataType() { column = new ColumnSyntax(name, type); }
    )
    ( ColumnRule(column, elements) )*
    { elements.add(column); }
}

void ColumnRule(ColumnSyntax column, TableElements elements) :
{
    SqlIdentifier name = null;
    final ExpressionSyntax expression;
    final ConstraintSyntax constraint;
    final SqlNodeList columns = new SqlNodeList(Collections.singletonList(column.name()), column.name().getParserPosition());
}
{
    [ <CONSTRAINT> name = SimpleIdentifier() ]
    (
        <NOT> <NULL> { column.forbidNull(); }
    |
        <NULL>
    |
        <PRIMARY> <KEY> { column.makePrimaryKey(); }
    |
        <UNIQUE> { elements.add(new ConstraintSyntax.Unique(name, columns)); }
    |
        <CHECK> expression = ParenthesizedExpressionSyntax()
        { elements.add(new ConstraintSyntax.Check(name, expression)); }
    |
        constraint = References(name, columns) { elements.add(constraint); }
    |
        <DEFAULT_> expression = ExpressionWithText() { column.setDefault(expression); }
    |
        <GENERATED> GeneratedValue(column)
    )
}

void GeneratedValue(ColumnSyntax column) :
{
    final ExpressionSyntax expression;
}
{
    <BY> <DEFAULT_> <AS> <IDENTITY> { column.setIdentity(false); }
|
    <ALWAYS> <AS>
    (
        <IDENTITY> { column.setIdentity(true); }
    |
        expression = ParenthesizedExpressionSyntax() <STORED> { column.setGenerated(expression); }
    )
}

StatementSyntax CreateIndex() :
{
    boolean unique = false;
    boolean concurrently = false;
    final boolean ifNotExists;
    SqlIdentifier name = null;
    final SqlIdentifier table;
    final List<IndexSyntax.Key> keys = new ArrayList<IndexSyntax.Key>();
    SqlNodeList included = SqlNodeList.EMPTY;
}
{
    [ <UNIQUE> { unique = true; } ]
    <INDEX>
    [ LOOKAHEAD(2, { getToken(2).kind != ON }) <CONCURRENTLY> { concurrently = true; } ]
    ifNotExists = IfNotExists()
    [ name = SimpleIdentifier() ]
    <ON> table = SimpleIdentifier()
    [ <USING> SimpleIdentifier() ]
    <LPAREN> IndexKey(keys) ( <COMMA> IndexKey(keys) )* <RPAREN>
    [ <INCLUDE> included = ParenthesizedSimpleIdentifierList() ]
    {
        return new StatementSyntax.CreateIndex(
            new IndexSyntax(name, table, unique, keys, included), concurrently, ifNotExists);
    }
}

void IndexKey(List<IndexSyntax.Key> keys) :
{
    final ExpressionSyntax expression;
    boolean descending = false;
    Boolean nullsFirst = null;
}
{
    expression = ExpressionWithText()
    [ <ASC> | <DESC> { descending = true; } ]
    [ <NULLS> ( <FIRST> { nullsFirst = true; } | <LAST> { nullsFirst = false; } ) ]
    { keys.add(new IndexSyntax.Key(expression, descending, nullsFirst == null ? descending : nullsFirst)); }
}

SqlNode AlterTableStatement() :
{
    final Span s;
    final boolean ifExists;
    final SqlIdentifier table;
    final List<TableChangeSyntax> changes = new ArrayList<TableChangeSyntax>();
}
{
    <ALTER> { s = span(); } <TABLE> ifExists = IfExists() table = SimpleIdentifier()
    TableChange(changes) ( <COMMA> TableChange(changes) )*
    { return new StatementNode(s.end(this), new StatementSyntax.AlterTable(table, ifExists, changes)); }
}

void TableChange(List<TableChangeSyntax> changes) :
{
    TableElements elements = new TableElements();
    final SqlIdentifier name;
    final SqlIdentifier newName;
    boolean ifExists = false;
}
{
    <ADD>
    (
        TableConstraint(elements) { changes.add(new TableChangeSyntax.AddConstraint(elements)); }
    |
        [ LOOKAHEAD(1) <COLUMN> ] ifExists = IfNotExists() ColumnElement(elements)
        { changes.add(new TableChangeSyntax.AddColumn(elements, ifExists)); }
    )
|
    <DROP>
    (
        <CONSTRAINT> ifExists = IfExists() name = SimpleIdentifier() DropBehavior()
        { changes.add(new TableChangeSyntax.DropConstraint(name, ifExists)); }
    |
        [ LOOKAHEAD(1) <COLUMN> ] ifExists = IfExists() name = SimpleIdentifier() DropBehavior()
        { changes.add(new TableChangeSyntax.DropColumn(name, ifExists)); }
    )
|
    <RENAME>
    (
        <TO> newName = SimpleIdentifier() { changes.add(new TableChangeSyntax.Rename(newName)); }
    |
        [ LOOKAHEAD(1) <COLUMN> ] name = SimpleIdentifier() <TO> newName = SimpleIdentifier()
        { changes.add(new TableChangeSyntax.RenameColumn(name, newName)); }
    )
|
    <ALTER> [ LOOKAHEAD(1) <COLUMN> ] name = SimpleIdentifier() ColumnChange(name, changes)
}

void DropBehavior() :
{
}
{
    [ <RESTRICT> ]
}

void ColumnChange(SqlIdentifier column, List<TableChangeSyntax> changes) :
{
    final ExpressionSyntax expression;
}
{
    <SET>
    (
        <DEFAULT_> expression = ExpressionWithText()
        { changes.add(new TableChangeSyntax.SetDefault(column, expression)); }
    |
        <NOT> <NULL> { changes.add(new TableChangeSyntax.SetNotNull(column, true)); }
    )
|
    <DROP>
    (
        <DEFAULT_> { changes.add(new TableChangeSyntax.SetDefault(column, null)); }
    |
        <NOT> <NULL> { changes.add(new TableChangeSyntax.SetNotNull(column, false)); }
    )
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
    List<SqlDataTypeSpec> arguments = null;
    FunctionDefinition.Kind made = FunctionDefinition.Kind.FUNCTION;
}
{
    <DROP> { s = span(); }
    (
        LOOKAHEAD(2)
        ( <FUNCTION> | <AGGREGATE> { made = FunctionDefinition.Kind.AGGREGATE; } )
        ifExists = IfExists() name = SimpleIdentifier() [ arguments = ArgumentTypes() ]
        { return new StatementNode(s.end(this), new StatementSyntax.DropFunction(made, name, arguments, ifExists)); }
    |
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
    |
        <SUBSCRIPTION> { kind = StatementSyntax.ObjectKind.SUBSCRIPTION; }
    |
        <INDEX> [ LOOKAHEAD(2, { getToken(2).kind != SEMICOLON && getToken(2).kind != EOF }) <CONCURRENTLY> ]
        { kind = StatementSyntax.ObjectKind.INDEX; }
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
        LOOKAHEAD(1)
        <SUBSCRIPTIONS> { statement = new StatementSyntax.Show(StatementSyntax.ShowKind.SUBSCRIPTIONS, null); }
    |
        <ALL> { statement = new StatementSyntax.Show(StatementSyntax.ShowKind.ALL, null); }
    |
        LOOKAHEAD(2)
        statement = ShowColumns()
    |
        LOOKAHEAD(1)
        statement = ShowIndexes()
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

StatementSyntax ShowIndexes() :
{
    SqlIdentifier name = null;
}
{
    <INDEXES> [ <FROM> name = SimpleIdentifier() ]
    { return new StatementSyntax.Show(StatementSyntax.ShowKind.INDEXES, name); }
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
    <STREAM> | <CHANGELOG> | [ <RECORD> ] <TABLE> | <COLLECTION> | <BUCKET> | [ <MATERIALIZED> ] <VIEW> | <SUBSCRIPTION>
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
    boolean[] options = {false, false, true};
}
{
    <EXPLAIN> { s = span(); }
    (
        LOOKAHEAD(2)
        <MATERIALIZED> <VIEW> name = SimpleIdentifier()
        { statement = new StatementSyntax.ExplainView(name, false, false); }
    |
        LOOKAHEAD(ExplainAnalyzeView())
        statement = ExplainAnalyzeView()
    |
        LOOKAHEAD(1)
        <STORAGE> { statement = new StatementSyntax.ExplainStorage(); }
    |
        [ LOOKAHEAD(2) <PLAN> <FOR> ]
        [ LOOKAHEAD(1) <ANALYZE> { options[0] = true; } ]
        [
            LOOKAHEAD({ getToken(1).kind == LPAREN && (getToken(2).kind == FORMAT || getToken(2).kind == ANALYZE) })
            <LPAREN> ExplainOption(options) ( <COMMA> ExplainOption(options) )* <RPAREN>
        ]
        query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
        { statement = new StatementSyntax.ExplainQuery(query, options[0], options[1], options[2]); }
    )
    { return new StatementNode(s.end(this), statement); }
}

/** ANALYZE, FORMAT TEXT or JSON, TIMING; whether to analyze, to answer JSON and to say the times. */
void ExplainOption(boolean[] options) :
{
    final SqlIdentifier format;
    final SqlIdentifier name;
}
{
    <ANALYZE> { options[0] = true; } [ <TRUE> | <FALSE> { options[0] = false; } ]
|
    <FORMAT>
    (
        <JSON> { options[1] = true; }
    |
        format = SimpleIdentifier() {
            options[1] = false;
            if (!format.getSimple().equals("text")) {
                throw QuerySyntax.refusal("EXPLAIN FORMAT " + format.getSimple(), format.getParserPosition());
            }
        }
    )
|
    name = SimpleIdentifier() {
        if (!name.getSimple().equals("timing")) {
            throw QuerySyntax.refusal("EXPLAIN option " + name.getSimple(), name.getParserPosition());
        }
    }
    [ <ON> | <TRUE> | <FALSE> { options[2] = false; } | format = SimpleIdentifier() { options[2] = !format.getSimple().equals("off"); } ]
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

/** PostgreSQL's {@code value::type}, which binds as tightly as a dot. */
void InfixCast(List<Object> list, ExprContext exprContext, Span s) :
{
    final SqlDataTypeSpec type;
}
{
    <INFIX_CAST> {
        checkNonQueryExpression(exprContext);
        list.add(new SqlParserUtil.ToTreeListItem(SqlLibraryOperators.INFIX_CAST, getPos()));
    }
    type = DataType() { list.add(type); }
}

/** PostgreSQL's operators of documents and regular expressions. */
void InfixOperator(List<Object> list, ExprContext exprContext, Span s) :
{
}
{
    (
        <ARROW> | <TEXT_ARROW> | <PATH_ARROW> | <PATH_TEXT_ARROW> | <PATH_MINUS> | <JSON_CONTAINS> | <JSON_CONTAINED> | <OVERLAP>
    |
        <VERTICAL_BAR> | <EXCLUSIVE_OR> | <SHIFT_RIGHT> | <CARET>
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

/** {@code jsonb '{}'}: a constant of any type that has a name. */
SqlNode TypedConstant() :
{
    final Span s;
    final String type;
    final String text;
}
{
    <IDENTIFIER> { s = span(); type = unquotedIdentifier(); }
    text = SimpleStringLiteral() {
        return QuerySyntax.constant(type, text, s.end(this));
    }
}
