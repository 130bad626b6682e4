<#--
  JSON_TABLE, and JSON_VALUE and its like, as the standard and PostgreSQL have them.
-->

/** {@code JSON_VALUE (context, path [PASSING ...] [RETURNING type] ...)}, JSON_QUERY or JSON_EXISTS. */
SqlNode JsonItemCall() :
{
    final JsonItemSyntax item;
    final SqlNode context;
    final SqlNode path;
    final SqlNodeList passing;
    SqlDataTypeSpec type = null;
    final Span s;
}
{
    (
        <JSON_VALUE> { item = new JsonItemSyntax(JsonItem.Kind.VALUE); }
    |
        <JSON_QUERY> { item = new JsonItemSyntax(JsonItem.Kind.QUERY); }
    |
        <JSON_EXISTS> { item = new JsonItemSyntax(JsonItem.Kind.EXISTS); }
    )
    { s = span(); }
    <LPAREN>
    context = Expression(ExprContext.ACCEPT_SUB_QUERY)
    [ JsonFormat() ]
    <COMMA>
    path = Expression(ExprContext.ACCEPT_SUB_QUERY)
    passing = JsonPassing()
    [ <RETURNING> type = DataType() [ JsonFormat() ] ]
    JsonItemClauses(item)
    <RPAREN>
    { return item.call(context, path, passing, type, s.end(this)); }
}

/** {@code FORMAT JSON [ENCODING UTF8]}. */
void JsonFormat() :
{
}
{
    <FORMAT> <JSON> [ <ENCODING> <UTF8> ]
}

/** {@code PASSING value AS name, ...}: names and values in turn. */
SqlNodeList JsonPassing() :
{
    final List<SqlNode> variables = new ArrayList<SqlNode>();
}
{
    [
        <PASSING>
        JsonVariable(variables)
        ( <COMMA> JsonVariable(variables) )*
    ]
    { return new SqlNodeList(variables, getPos()); }
}

void JsonVariable(List<SqlNode> variables) :
{
    final SqlNode value;
    final SqlIdentifier name;
}
{
    value = Expression(ExprContext.ACCEPT_SUB_QUERY)
    [ JsonFormat() ]
    <AS> name = SimpleIdentifier()
    {
        variables.add(SqlLiteral.createCharString(name.getSimple(), name.getParserPosition()));
        variables.add(value);
    }
}

/** Wrapper, quotes, and what is given for nothing and for errors. */
void JsonItemClauses(JsonItemSyntax item) :
{
}
{
    [
        <WITHOUT> [ <ARRAY> ] <WRAPPER> { item.wrapped(JsonItem.Wrapper.NONE, getPos()); }
    |
        <WITH>
        (
            <CONDITIONAL> [ <ARRAY> ] <WRAPPER> { item.wrapped(JsonItem.Wrapper.CONDITIONAL, getPos()); }
        |
            [ <UNCONDITIONAL> ] [ <ARRAY> ] <WRAPPER> { item.wrapped(JsonItem.Wrapper.ALWAYS, getPos()); }
        )
    ]
    [
        LOOKAHEAD({ getToken(1).image.equalsIgnoreCase("keep") })
        <IDENTIFIER> JsonWord("QUOTES") { item.quoted(true, getPos()); }
        [ LOOKAHEAD(2) <ON> <SCALAR> JsonWord("STRING") ]
    |
        <OMIT> JsonWord("QUOTES") { item.quoted(false, getPos()); }
        [ LOOKAHEAD(2) <ON> <SCALAR> JsonWord("STRING") ]
    ]
    ( JsonBehavior(item) )*
}

/** {@code NULL ON EMPTY}, {@code DEFAULT 0 ON ERROR} and their like. */
void JsonBehavior(JsonItemSyntax item) :
{
    final JsonItem.Behavior behavior;
    SqlNode value = null;
    final Span s;
}
{
    (
        <NULL> { s = span(); behavior = JsonItem.Behavior.NULL; }
    |
        <UNKNOWN> { s = span(); behavior = JsonItem.Behavior.NULL; }
    |
        <ERROR> { s = span(); behavior = JsonItem.Behavior.ERROR; }
    |
        <TRUE> { s = span(); behavior = JsonItem.Behavior.TRUE; }
    |
        <FALSE> { s = span(); behavior = JsonItem.Behavior.FALSE; }
    |
        <EMPTY> { s = span(); }
        (
            <OBJECT> { behavior = JsonItem.Behavior.EMPTY_OBJECT; }
        |
            [ <ARRAY> ] { behavior = JsonItem.Behavior.EMPTY_ARRAY; }
        )
    |
        <DEFAULT_> { s = span(); behavior = JsonItem.Behavior.DEFAULT; }
        value = Expression(ExprContext.ACCEPT_NON_QUERY)
    )
    <ON>
    (
        <EMPTY> { item.onEmpty(behavior, value, s.end(this)); }
    |
        <ERROR> { item.onError(behavior, value, s.end(this)); }
    )
}

/** A word that is no keyword. */
void JsonWord(String word) :
{
}
{
    <IDENTIFIER>
    {
        if (!getToken(0).image.equalsIgnoreCase(word)) {
            throw generateParseException();
        }
    }
}

/** {@code JSON_TABLE (context, path [AS name] [PASSING ...] COLUMNS (...) [ERROR ON ERROR])}. */
SqlNode JsonTable() :
{
    final JsonTableSyntax table = new JsonTableSyntax();
    final SqlNode context;
    final SqlNode path;
    final SqlNodeList passing;
    final SqlNodeList columns;
    boolean strict = false;
    final Span s;
}
{
    <IDENTIFIER> { s = span(); }
    <LPAREN>
    context = Expression(ExprContext.ACCEPT_SUB_QUERY)
    [ JsonFormat() ]
    <COMMA>
    path = Expression(ExprContext.ACCEPT_SUB_QUERY)
    [ JsonPathName(table) ]
    passing = JsonPassing()
    columns = JsonTableColumns(table)
    [
        (
            <ERROR> { strict = true; }
        |
            <EMPTY> [ <ARRAY> ]
        )
        <ON> <ERROR>
    ]
    <RPAREN>
    { return JsonTableSyntax.table(context, path, passing, columns, strict, s.end(this)); }
}

void JsonPathName(JsonTableSyntax table) :
{
    final SqlIdentifier name;
}
{
    <AS> name = SimpleIdentifier()
    { table.name(name); }
}

SqlNodeList JsonTableColumns(JsonTableSyntax table) :
{
    final List<SqlNode> columns = new ArrayList<SqlNode>();
    SqlNode column;
    final Span s;
}
{
    <COLUMNS> { s = span(); }
    <LPAREN>
    column = JsonTableColumn(table) { columns.add(column); }
    ( <COMMA> column = JsonTableColumn(table) { columns.add(column); } )*
    <RPAREN>
    { return new SqlNodeList(columns, s.end(this)); }
}

SqlNode JsonTableColumn(JsonTableSyntax table) :
{
    final SqlIdentifier name;
    final SqlNodeList columns;
    final SqlDataTypeSpec type;
    JsonItemSyntax item;
    SqlNode path = null;
    final Span s;
}
{
    LOOKAHEAD({ getToken(1).image.equalsIgnoreCase("nested")
        && (getToken(2).kind == PATH || getToken(2).kind == QUOTED_STRING) })
    <IDENTIFIER> { s = span(); }
    [ <PATH> ] path = StringLiteral()
    [ JsonPathName(table) ]
    columns = JsonTableColumns(table)
    { return JsonTableSyntax.nested(path, columns, s.end(this)); }
|
    name = SimpleIdentifier() { s = span(); table.name(name); }
    (
        <FOR> <ORDINALITY>
        { return JsonTableSyntax.ordinality(name, s.end(this)); }
    |
        type = DataType() { item = new JsonItemSyntax(name); }
        [ JsonFormat() { item.kind(JsonItem.Kind.QUERY); } ]
        [ <EXISTS> { item.kind(JsonItem.Kind.EXISTS); } ]
        [ <PATH> path = StringLiteral() ]
        JsonItemClauses(item)
        { return item.column(path, type, s.end(this)); }
    )
}
