package io.caisson.sql.validate;

import io.caisson.function.external.JavaAggregate;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.util.Optionality;
import org.apache.calcite.util.Static;
import org.jspecify.annotations.Nullable;

/**
 * The aggregates in Java of one name, of which a call means the one whose arguments are nearest to
 * its own. Immutable.
 */
public final class ExternalAggregate extends SqlAggFunction {
  private final List<JavaAggregate> overloads;

  ExternalAggregate(String name, List<JavaAggregate> overloads) {
    super(
        name,
        new SqlIdentifier(name, SqlParserPos.ZERO),
        SqlKind.OTHER_FUNCTION,
        binding -> resultType(overloads, binding),
        null,
        new Arguments(overloads),
        SqlFunctionCategory.USER_DEFINED_FUNCTION,
        false,
        false,
        Optionality.OPTIONAL);
    this.overloads = List.copyOf(overloads);
  }

  /** The aggregate that a checked call with arguments of these types means. */
  public JavaAggregate chosen(List<RelDataType> arguments) {
    return choose(overloads, arguments).orElseThrow();
  }

  /** The types that the arguments of a call have. */
  public static List<TypeKind> given(JavaAggregate aggregate, List<RelDataType> arguments) {
    var kinds = new ArrayList<TypeKind>();
    for (int i = 0; i < arguments.size(); i++) {
      TypeKind wanted = aggregate.signature().arguments().get(i).kind();
      kinds.add(SqlTypes.fromCalcite(arguments.get(i)).map(SqlType::kind).orElse(wanted));
    }
    return List.copyOf(kinds);
  }

  private static Optional<JavaAggregate> choose(
      List<JavaAggregate> overloads, List<RelDataType> arguments) {
    JavaAggregate best = null;
    int least = Overloads.IMPOSSIBLE;
    for (JavaAggregate aggregate : overloads) {
      int cost = Overloads.cost(aggregate.signature().arguments(), arguments);
      if (cost < least && converts(aggregate, arguments)) {
        best = aggregate;
        least = cost;
      }
    }
    return Optional.ofNullable(best);
  }

  private static boolean converts(JavaAggregate aggregate, List<RelDataType> arguments) {
    List<TypeKind> given = given(aggregate, arguments);
    for (int i = 0; i < given.size(); i++) {
      TypeKind wanted = aggregate.signature().arguments().get(i).kind();
      if (!JavaAggregate.converts(given.get(i), wanted)) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable RelDataType resultType(
      List<JavaAggregate> overloads, SqlOperatorBinding call) {
    JavaAggregate aggregate = choose(overloads, call.collectOperandTypes()).orElse(null);
    if (aggregate == null) {
      return null;
    }
    if (aggregate.missing() != null) {
      throw aggregate.missing();
    }
    return SqlTypes.toCalcite(
        aggregate.signature().result().withNullable(true), call.getTypeFactory());
  }

  /** Checks calls. Immutable. */
  private record Arguments(List<JavaAggregate> overloads) implements SqlOperandTypeChecker {
    @Override
    public boolean checkOperandTypes(SqlCallBinding call, boolean throwOnFailure) {
      boolean found = choose(overloads, call.collectOperandTypes()).isPresent();
      if (!found && throwOnFailure) {
        throw call.newError(Static.RESOURCE.validatorUnknownFunction(Overloads.signature(call)));
      }
      return found;
    }

    @Override
    public SqlOperandCountRange getOperandCountRange() {
      List<Integer> counts =
          overloads.stream().map(a -> a.signature().arguments().size()).sorted().toList();
      return SqlOperandCountRanges.between(counts.get(0), counts.get(counts.size() - 1));
    }

    @Override
    public String getAllowedSignatures(SqlOperator operator, String name) {
      return String.join("\n", overloads.stream().map(a -> a.signature().toString()).toList());
    }
  }
}
