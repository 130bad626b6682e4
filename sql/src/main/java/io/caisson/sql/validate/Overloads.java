package io.caisson.sql.validate;

import io.caisson.function.ScalarFunction;
import io.caisson.function.operator.CastFunctions;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.Static;
import org.jspecify.annotations.Nullable;

/**
 * The functions of one name, of which a call means the one whose arguments are nearest to its own:
 * a type itself before a wider one, and a constant text or NULL, which has no type yet, before
 * nothing. Immutable and thread-safe.
 */
final class Overloads implements SqlOperandTypeChecker {
  /** What a call costs that a function does not fit. */
  static final int IMPOSSIBLE = 1_000;

  /** What a text without a type costs where anything but a text is wanted. */
  private static final int UNTYPED = 20;

  private static final List<TypeKind> NUMBERS =
      List.of(
          TypeKind.SMALLINT,
          TypeKind.INTEGER,
          TypeKind.BIGINT,
          TypeKind.NUMERIC,
          TypeKind.REAL,
          TypeKind.DOUBLE);
  private static final List<TypeKind> TIMES =
      List.of(TypeKind.DATE, TypeKind.TIMESTAMP, TypeKind.TIMESTAMPTZ);

  private final List<BuiltInFunction> functions;

  Overloads(List<ScalarFunction> functions) {
    this.functions = functions.stream().map(BuiltInFunction::of).toList();
  }

  /** Whether one of them has arguments of just these kinds. */
  boolean has(List<SqlType> arguments) {
    List<String> kinds = arguments.stream().map(Overloads::kind).toList();
    return functions.stream()
        .anyMatch(f -> f.scalar().arguments().stream().map(Overloads::kind).toList().equals(kinds));
  }

  private static String kind(SqlType type) {
    return type.element() == null ? type.kind().sql() : type.elements().kind().sql() + "[]";
  }

  /** The function that a call with arguments of these types means. */
  Optional<BuiltInFunction> choose(List<RelDataType> arguments) {
    BuiltInFunction best = null;
    int least = IMPOSSIBLE;
    for (BuiltInFunction function : functions) {
      int cost = cost(function.scalar().arguments(), arguments);
      if (cost < least) {
        best = function;
        least = cost;
      }
    }
    return Optional.ofNullable(best);
  }

  /** How far a call's arguments are from those that a function has. */
  static int cost(List<SqlType> parameters, List<RelDataType> arguments) {
    if (parameters.size() != arguments.size()) {
      return IMPOSSIBLE;
    }
    int cost = 0;
    boolean amongArrays = arguments.stream().anyMatch(Overloads::isArray);
    for (int i = 0; i < parameters.size(); i++) {
      SqlType parameter = parameters.get(i);
      cost +=
          parameter.element() == null
              ? cost(parameter.kind(), arguments.get(i))
              : arrayCost(parameter.elements().kind(), arguments.get(i), amongArrays);
    }
    return cost;
  }

  private static boolean isArray(RelDataType type) {
    return type instanceof ObjectType ours && ours.kind() == TypeKind.ARRAY;
  }

  /** As in PostgreSQL a text or NULL beside an array is rather an array than an element. */
  private static int arrayCost(TypeKind element, RelDataType argument, boolean amongArrays) {
    if (argument.getSqlTypeName() == SqlTypeName.NULL) {
      return amongArrays ? 0 : 2;
    }
    if (argument.getSqlTypeName() == SqlTypeName.CHAR) {
      return !amongArrays ? UNTYPED + 1 : element == TypeKind.TEXT ? 0 : UNTYPED - 1;
    }
    SqlType given = SqlTypes.fromCalcite(argument).orElse(null);
    return given == null || given.element() == null
        ? IMPOSSIBLE
        : wideningCost(element, given.elements().kind());
  }

  private static int cost(TypeKind parameter, RelDataType argument) {
    if (argument.getSqlTypeName() == SqlTypeName.NULL) {
      return 1;
    }
    if (argument.getSqlTypeName() == SqlTypeName.CHAR) {
      boolean readable =
          CastFunctions.find(TypeKind.TEXT, parameter).isPresent() || TIMES.contains(parameter);
      return parameter == TypeKind.TEXT ? 1 : readable ? UNTYPED : IMPOSSIBLE;
    }
    TypeKind given = SqlTypes.fromCalcite(argument).map(SqlType::kind).orElse(null);
    if (given == null) {
      return IMPOSSIBLE;
    }
    return wideningCost(parameter, given);
  }

  private static int wideningCost(TypeKind parameter, TypeKind given) {
    if (given == parameter) {
      return 0;
    }
    int wider = steps(NUMBERS, given, parameter);
    if (wider < IMPOSSIBLE) {
      // As in PostgreSQL an integer rather becomes a DOUBLE than a NUMERIC.
      boolean exact = parameter == TypeKind.NUMERIC;
      return exact ? NUMBERS.size() + 1 : wider;
    }
    return steps(TIMES, given, parameter);
  }

  private static int steps(List<TypeKind> order, TypeKind from, TypeKind to) {
    int begin = order.indexOf(from);
    int end = order.indexOf(to);
    return begin >= 0 && begin < end ? end - begin : IMPOSSIBLE;
  }

  /** The type of a call's result, or null where no function fits. */
  @Nullable RelDataType resultType(SqlOperatorBinding call) {
    return choose(call.collectOperandTypes())
        .map(function -> function.inferReturnType(call))
        .orElse(null);
  }

  /** Arguments without a type get the one that the chosen function wants. */
  void inferTypes(SqlCallBinding call, RelDataType unknown, RelDataType[] types) {
    RelDataTypeFactory factory = call.getTypeFactory();
    var known = new ArrayList<RelDataType>();
    for (int i = 0; i < call.getOperandCount(); i++) {
      known.add(call.getOperandType(i));
    }
    choose(known)
        .ifPresent(
            function -> {
              for (int i = 0; i < types.length; i++) {
                types[i] =
                    SqlTypes.toCalcite(
                        function.scalar().arguments().get(i).withNullable(true), factory);
              }
            });
  }

  @Override
  public boolean checkOperandTypes(SqlCallBinding call, boolean throwOnFailure) {
    boolean found = choose(call.collectOperandTypes()).isPresent();
    if (!found && throwOnFailure) {
      ArrayMisuse.check(call);
      throw call.newError(Static.RESOURCE.validatorUnknownFunction(signature(call)));
    }
    return found;
  }

  /** A call as it was written: its function and the types of its arguments. */
  static String signature(SqlCallBinding call) {
    String name = call.getOperator().getName();
    return call.collectOperandTypes().stream()
        .map(type -> SqlTypes.fromCalcite(type).map(SqlType::sql).orElse(type.toString()))
        .collect(Collectors.joining(", ", name + "(", ")"));
  }

  @Override
  public SqlOperandCountRange getOperandCountRange() {
    int least = Integer.MAX_VALUE;
    int most = 0;
    for (BuiltInFunction function : functions) {
      int count = function.scalar().arguments().size();
      least = Math.min(least, count);
      most = Math.max(most, count);
    }
    return SqlOperandCountRanges.between(least, most);
  }

  @Override
  public String getAllowedSignatures(SqlOperator operator, String name) {
    return functions.stream()
        .map(function -> function.scalar().signature())
        .collect(Collectors.joining("\n"));
  }
}
