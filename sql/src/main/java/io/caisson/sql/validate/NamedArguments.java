package io.caisson.sql.validate;

import io.caisson.error.CaissonException;
import io.caisson.error.Position;
import io.caisson.error.SqlState;
import io.caisson.function.FunctionRegistry;
import io.caisson.function.SqlFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * Arguments by their names, as {@code make_interval(days => 2)}, in the order that the function
 * declares; of an interval what is left out is 0. Stateless.
 */
final class NamedArguments {
  private NamedArguments() {}

  /** The call with its arguments in their places. */
  static SqlCall inOrder(String name, SqlCall call) {
    List<String> parameters = parameters(name);
    @Nullable SqlNode[] arguments = new @Nullable SqlNode[parameters.size()];
    List<SqlNode> given = call.getOperandList();
    boolean named = false;
    for (int i = 0; i < given.size(); i++) {
      SqlNode argument = given.get(i);
      int place = i;
      if (argument.getKind() == SqlKind.ARGUMENT_ASSIGNMENT && argument instanceof SqlCall pair) {
        named = true;
        place = parameters.indexOf(((SqlIdentifier) pair.operand(1)).getSimple());
        argument = pair.operand(0);
      } else if (named) {
        throw error(
            SqlState.SYNTAX_ERROR, "positional argument cannot follow named argument", argument);
      }
      if (place < 0 || place >= arguments.length) {
        throw error(
                SqlState.UNDEFINED_FUNCTION, "function " + name + " has no such argument", argument)
            .withHint(
                parameters.isEmpty()
                    ? "Its arguments have no names: give them in their order."
                    : "It has " + String.join(", ", parameters) + ".");
      }
      if (arguments[place] != null) {
        throw error(
            SqlState.SYNTAX_ERROR,
            "argument name \"" + parameters.get(place) + "\" used more than once",
            argument);
      }
      arguments[place] = argument;
    }
    return ArraySyntax.called(name, call.getParserPosition(), filled(name, arguments, call));
  }

  private static List<SqlNode> filled(String name, @Nullable SqlNode[] arguments, SqlCall call) {
    SqlParserPos place = call.getParserPosition();
    var filled = new ArrayList<SqlNode>();
    for (SqlNode argument : arguments) {
      if (argument == null && !name.equals("make_interval")) {
        throw error(SqlState.UNDEFINED_FUNCTION, "function " + name + " lacks an argument", call);
      }
      filled.add(
          Objects.requireNonNullElseGet(argument, () -> SqlLiteral.createExactNumeric("0", place)));
    }
    return filled;
  }

  private static List<String> parameters(String name) {
    return FunctionRegistry.builtIn().named(name).stream()
        .map(function -> function.method().getAnnotation(SqlFunction.class))
        .filter(annotation -> annotation != null && annotation.parameters().length > 0)
        .findFirst()
        .map(annotation -> Arrays.asList(annotation.parameters()))
        .orElse(List.of());
  }

  private static CaissonException error(SqlState state, String message, SqlNode node) {
    SqlParserPos place = node.getParserPosition();
    return new CaissonException(state, message)
        .withPosition(Position.at(place.getLineNum(), place.getColumnNum()));
  }
}
