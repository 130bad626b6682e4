package io.caisson.sql.validate;

import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlBasicAggFunction;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.util.Optionality;
import org.jspecify.annotations.Nullable;

/**
 * The aggregate functions that PostgreSQL has and Calcite has not, or has with other arguments. The
 * ordered-set aggregates take what they are WITHIN GROUP of as their last argument:
 *
 * <pre>
 *   PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY x DESC)
 *     = percentile_disc(0.5, x) WITHIN GROUP (ORDER BY x DESC)
 * </pre>
 *
 * Stateless.
 */
final class AggregateFunctions {
  /** FIRST_VALUE of rows in an order; the name itself is a window function's. */
  static final String FIRST = "first_in_order";

  /** LAST_VALUE of rows in an order. */
  static final String LAST = "last_in_order";

  /** Its argument is the place of a value among those that tell values apart. */
  static final String COUNT_ESTIMATE = "approx_count_distinct";

  /** Its arguments are the fraction and a number near the value. */
  static final String PERCENTILE_ESTIMATE = "approx_percentile";

  /** Its arguments are how many values, the value, and the value as JSON. */
  static final String TOP_COUNTS = "approx_top_k";

  private static final SqlReturnTypeInference DOUBLE =
      ReturnTypes.explicit(SqlTypeName.DOUBLE).andThen(SqlTypeTransforms.FORCE_NULLABLE);
  private static final SqlReturnTypeInference TEXT =
      ReturnTypes.VARCHAR.andThen(SqlTypeTransforms.FORCE_NULLABLE);
  private static final SqlOperandTypeChecker TWO_TEXTS =
      OperandTypes.family(SqlTypeFamily.CHARACTER, SqlTypeFamily.CHARACTER);
  private static final SqlOperandTypeChecker TWO_NUMBERS =
      OperandTypes.family(SqlTypeFamily.NUMERIC, SqlTypeFamily.NUMERIC);

  private static final Map<String, SqlAggFunction> BY_NAME =
      Stream.of(
              ArrayAggregate.FUNCTION,
              regression("corr"),
              regression("covar_pop"),
              regression("covar_samp"),
              regression("regr_avgx"),
              regression("regr_avgy"),
              regression("regr_intercept"),
              regression("regr_r2"),
              regression("regr_slope"),
              regression("regr_sxx"),
              regression("regr_sxy"),
              regression("regr_syy"),
              function("regr_count", ReturnTypes.BIGINT, TWO_NUMBERS),
              function("percentile_cont", DOUBLE, TWO_NUMBERS),
              function(
                  "percentile_disc",
                  argument(1),
                  OperandTypes.family(SqlTypeFamily.NUMERIC, SqlTypeFamily.ANY)),
              function("mode", argument(0), OperandTypes.ANY),
              function(COUNT_ESTIMATE, ReturnTypes.BIGINT, OperandTypes.NUMERIC),
              function(PERCENTILE_ESTIMATE, DOUBLE, TWO_NUMBERS),
              function(FIRST, argument(0), OperandTypes.ANY),
              function(LAST, argument(0), OperandTypes.ANY),
              function("string_agg", TEXT, TWO_TEXTS),
              function(
                  TOP_COUNTS,
                  AggregateFunctions::json,
                  OperandTypes.family(SqlTypeFamily.INTEGER, SqlTypeFamily.ANY, SqlTypeFamily.ANY)),
              json("jsonb_agg", 1),
              json("json_agg", 1),
              json("jsonb_object_agg", 2),
              json("json_object_agg", 2),
              json("jsonb_agg_strict", 1),
              json("json_agg_strict", 1),
              json("jsonb_object_agg_strict", 2),
              json("json_object_agg_strict", 2))
          .collect(Collectors.toMap(SqlAggFunction::getName, Function.identity()));

  private AggregateFunctions() {}

  /** The function of a name, or null. */
  static @Nullable SqlAggFunction named(String name) {
    return BY_NAME.get(name.toLowerCase(Locale.ROOT));
  }

  /** All of them. */
  static List<SqlAggFunction> all() {
    return List.copyOf(BY_NAME.values());
  }

  private static SqlAggFunction regression(String name) {
    return function(name, DOUBLE, TWO_NUMBERS);
  }

  /** An aggregate of JSON; behind its arguments may come the values that they were made of. */
  private static SqlAggFunction json(String name, int arguments) {
    return function(
        name,
        AggregateFunctions::json,
        OperandTypes.variadic(SqlOperandCountRanges.between(arguments, 2 * arguments)));
  }

  private static RelDataType json(SqlOperatorBinding binding) {
    return SqlTypes.toCalcite(SqlType.of(TypeKind.JSONB), binding.getTypeFactory());
  }

  private static SqlReturnTypeInference argument(int index) {
    return binding -> {
      RelDataType type = binding.getOperandType(index);
      return binding.getTypeFactory().createTypeWithNullability(type, true);
    };
  }

  private static SqlAggFunction function(
      String name, SqlReturnTypeInference result, SqlOperandTypeChecker arguments) {
    return SqlBasicAggFunction.create(name, SqlKind.OTHER_FUNCTION, result, arguments)
        .withFunctionType(SqlFunctionCategory.USER_DEFINED_FUNCTION)
        .withGroupOrder(Optionality.OPTIONAL);
  }
}
