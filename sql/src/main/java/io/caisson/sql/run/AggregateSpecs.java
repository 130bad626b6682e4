package io.caisson.sql.run;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.sql.runtime.Aggregate;
import io.caisson.sql.runtime.AggregateFunction;
import io.caisson.sql.runtime.AggregateSpec;
import io.caisson.sql.runtime.SortField;
import io.caisson.sql.validate.AggregateOrder;
import io.caisson.sql.validate.ExternalAggregate;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/** Calcite's calls of aggregates as ours. For one input. */
final class AggregateSpecs {
  private final RelDataType input;

  AggregateSpecs(RelDataType input) {
    this.input = input;
  }

  /** Whether a call asks how a row is grouped. */
  static boolean isGrouping(AggregateCall call) {
    return switch (call.getAggregation().getKind()) {
      case GROUPING, GROUPING_ID, GROUP_ID -> true;
      default -> false;
    };
  }

  AggregateSpec of(AggregateCall call) {
    AggregateOrder.check(call);
    if (call.getAggregation().getKind() == SqlKind.LITERAL_AGG) {
      Object constant = WindowSpecs.value((RexLiteral) call.rexList.get(0));
      return new AggregateSpec(
          Aggregate.COUNT, List.of(), -1, false, List.of(), anything -> constant);
    }
    AggregateFunction function =
        isGrouping(call)
            ? Aggregate.COUNT
            : function(call.getAggregation(), types(call.getArgList()));
    return new AggregateSpec(
        function,
        call.getArgList(),
        call.filterArg,
        call.isDistinct(),
        sorted(function, call),
        RuntimeValues.of(call.getType()));
  }

  /** Where no order is asked for but matters, that of the arguments, as in a view. */
  private static List<SortField> sorted(AggregateFunction function, AggregateCall call) {
    List<SortField> order = order(call.getCollation());
    return order.isEmpty() && function.ordered()
        ? call.getArgList().stream().map(f -> new SortField(f, false, false)).toList()
        : order;
  }

  private List<RelDataType> types(List<Integer> fields) {
    return fields.stream().map(f -> input.getFieldList().get(f).getType()).toList();
  }

  static List<SortField> order(RelCollation collation) {
    return collation.getFieldCollations().stream().map(AggregateSpecs::sortField).toList();
  }

  private static SortField sortField(RelFieldCollation by) {
    return new SortField(
        by.getFieldIndex(), by.getDirection().isDescending(), AggregateOrder.nullsFirst(by));
  }

  /** The function that a call means, by the types of its arguments. */
  static AggregateFunction function(SqlAggFunction function, List<RelDataType> arguments) {
    if (function instanceof ExternalAggregate external) {
      return ExternalRows.of(external, arguments);
    }
    Aggregate byKind = byKind(function.getKind(), arguments);
    if (byKind != null) {
      return byKind;
    }
    return switch (function.getName().toLowerCase(Locale.ROOT)) {
      case "string_agg" -> Aggregate.TEXT_LIST;
      case "first_in_order" -> Aggregate.FIRST;
      case "last_in_order" -> Aggregate.LAST;
      case "mode" -> Aggregate.MODE;
      case "jsonb_agg", "json_agg" -> Aggregate.JSON_ARRAY;
      case "jsonb_object_agg", "json_object_agg" -> Aggregate.JSON_OBJECT;
      case "jsonb_agg_strict", "json_agg_strict" -> Aggregate.JSON_ARRAY_STRICT;
      case "jsonb_object_agg_strict", "json_object_agg_strict" -> Aggregate.JSON_OBJECT_STRICT;
      case "percentile_cont" -> Aggregate.PERCENTILE_CONTINUOUS;
      case "percentile_disc" -> Aggregate.PERCENTILE_DISCRETE;
      case "approx_count_distinct" -> Aggregate.DISTINCT_ESTIMATE;
      case "approx_percentile" -> Aggregate.PERCENTILE_ESTIMATE;
      case "approx_top_k" -> Aggregate.TOP_COUNTS;
      case "corr" -> Aggregate.CORRELATION;
      case "covar_pop" -> Aggregate.COVARIANCE_OF_ALL;
      case "covar_samp" -> Aggregate.COVARIANCE_OF_SAMPLE;
      case "regr_count" -> Aggregate.REGRESSION_COUNT;
      case "regr_avgx" -> Aggregate.REGRESSION_AVERAGE_X;
      case "regr_avgy" -> Aggregate.REGRESSION_AVERAGE_Y;
      case "regr_sxx" -> Aggregate.REGRESSION_SXX;
      case "regr_syy" -> Aggregate.REGRESSION_SYY;
      case "regr_sxy" -> Aggregate.REGRESSION_SXY;
      case "regr_slope" -> Aggregate.REGRESSION_SLOPE;
      case "regr_intercept" -> Aggregate.REGRESSION_INTERCEPT;
      case "regr_r2" -> Aggregate.REGRESSION_R2;
      default ->
          throw new CaissonException(
              SqlState.FEATURE_NOT_SUPPORTED,
              "the aggregate function "
                  + function.getName().toLowerCase(Locale.ROOT)
                  + " is not supported");
    };
  }

  private static @Nullable Aggregate byKind(SqlKind kind, List<RelDataType> arguments) {
    return switch (kind) {
      case COUNT -> Aggregate.COUNT;
      case SUM, SUM0 -> sum(kind, arguments.get(0));
      case AVG ->
          byNumber(
              arguments.get(0),
              Aggregate.AVERAGE_OF_INTEGERS,
              Aggregate.AVERAGE_OF_DOUBLES,
              Aggregate.AVERAGE_OF_NUMERICS);
      case MIN -> Aggregate.LEAST;
      case MAX -> Aggregate.GREATEST;
      case ANY_VALUE -> Aggregate.ANY;
      case SINGLE_VALUE -> Aggregate.ONLY;
      case BIT_AND -> Aggregate.BITS_AND;
      case BIT_OR -> Aggregate.BITS_OR;
      case BIT_XOR -> Aggregate.BITS_XOR;
      case LISTAGG, STRING_AGG -> Aggregate.TEXT_LIST;
      case ARRAY_AGG, COLLECT -> Aggregate.LIST;
      case VAR_POP ->
          exactOr(arguments, Aggregate.NUMERIC_VARIANCE_OF_ALL, Aggregate.VARIANCE_OF_ALL);
      case VAR_SAMP ->
          exactOr(arguments, Aggregate.NUMERIC_VARIANCE_OF_SAMPLE, Aggregate.VARIANCE_OF_SAMPLE);
      case STDDEV_POP ->
          exactOr(arguments, Aggregate.NUMERIC_DEVIATION_OF_ALL, Aggregate.DEVIATION_OF_ALL);
      case STDDEV_SAMP ->
          exactOr(arguments, Aggregate.NUMERIC_DEVIATION_OF_SAMPLE, Aggregate.DEVIATION_OF_SAMPLE);
      default -> null;
    };
  }

  private static Aggregate sum(SqlKind kind, RelDataType argument) {
    return byNumber(
        argument,
        kind == SqlKind.SUM0 ? Aggregate.SUM_OR_ZERO : Aggregate.SUM_OF_INTEGERS,
        Aggregate.SUM_OF_DOUBLES,
        Aggregate.SUM_OF_NUMERICS);
  }

  private static Aggregate exactOr(
      List<RelDataType> arguments, Aggregate numerics, Aggregate others) {
    return arguments.get(0).getSqlTypeName() == SqlTypeName.DECIMAL ? numerics : others;
  }

  private static Aggregate byNumber(
      RelDataType type, Aggregate integers, Aggregate doubles, Aggregate numerics) {
    if (SqlTypeUtil.isIntType(type)) {
      return integers;
    }
    return type.getSqlTypeName() == SqlTypeName.DECIMAL ? numerics : doubles;
  }
}
