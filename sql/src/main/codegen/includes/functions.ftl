<#-- CREATE FUNCTION and CREATE AGGREGATE, and what DROP names. -->

StatementSyntax CreateFunction(boolean replace) :
{
    final SqlIdentifier name;
    final List<SqlDataTypeSpec> arguments;
    final SqlDataTypeSpec result;
    final FunctionSyntax function;
    FunctionDefinition.Kind kind = FunctionDefinition.Kind.FUNCTION;
}
{
    ( <FUNCTION> | <AGGREGATE> { kind = FunctionDefinition.Kind.AGGREGATE; } )
    name = SimpleIdentifier() arguments = ArgumentTypes() <RETURNS> result = DataType()
    { function = new FunctionSyntax(kind, name, arguments, result); }
    ( FunctionClause(function) )+
    { return new StatementSyntax.CreateFunction(function, replace); }
}

void FunctionClause(FunctionSyntax function) :
{
    final SqlIdentifier word;
    final SqlNode text;
}
{
    LOOKAHEAD(1)
    <LANGUAGE> word = SimpleIdentifier() { function.setLanguage(word); }
|
    <AS> text = StringLiteral() { function.setBody(text); }
|
    LOOKAHEAD(2)
    <RETURNS> <NULL> <ON> <NULL> <INPUT>
|
    LOOKAHEAD(2)
    <CALLED> <ON> <NULL> <INPUT> { if (true) throw QuerySyntax.refusal("CALLED ON NULL INPUT", getPos()); }
|
    word = SimpleIdentifier() { function.addWord(word); }
}

/** Types in parentheses, each with a name before it or none. */
List<SqlDataTypeSpec> ArgumentTypes() :
{
    final List<SqlDataTypeSpec> types = new ArrayList<SqlDataTypeSpec>();
}
{
    <LPAREN> [ ArgumentType(types) ( <COMMA> ArgumentType(types) )* ] <RPAREN>
    { return types; }
}

void ArgumentType(List<SqlDataTypeSpec> types) :
{
    final SqlDataTypeSpec type;
}
{
    [ LOOKAHEAD(SimpleIdentifier() DataType()) SimpleIdentifier() ]
    type = DataType() { types.add(type); }
}
