package io.caisson.sql.convert;

import io.caisson.function.external.JavaAggregate;
import io.caisson.plan.AggregateCall;
import io.caisson.plan.AggregateFunction;
import io.caisson.plan.Plan;
import io.caisson.plan.SortKey;
import io.caisson.sql.validate.AggregateOrder;
import io.caisson.sql.validate.ExternalAggregate;
import io.caisson.sql.validate.SqlTypes;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlKind;

/** Calcite's calls of aggregates as ours. Stateless. */
final class AggregateCalls {
  private AggregateCalls() {}

  /**
   * A call.
   *
   * @param call Calcite's call
   * @param rowType the type of the rows that it is of, as Calcite has it
   * @param source the rows that it is of
   * @param name the name of its output
   */
  static AggregateCall of(
      org.apache.calcite.rel.core.AggregateCall call,
      RelDataType rowType,
      Plan source,
      String name) {
    AggregateOrder.check(call);
    AggregateFunction function =
        call.getAggregation() instanceof ExternalAggregate external
            ? external(external, call, rowType)
            : function(call);
    boolean severalArguments =
        !List.of(
                AggregateCall.Function.MIN,
                AggregateCall.Function.MAX,
                AggregateCall.Function.SUM,
                AggregateCall.Function.AVG)
            .contains(function);
    if (!severalArguments && call.getArgList().size() > 1) {
      throw Refusal.of(call.getAggregation().getName() + " of several columns", "Use one column.");
    }
    requireText(function, call, source);
    List<SortKey> order =
        call.getCollation().getFieldCollations().stream()
            .map(
                by ->
                    new SortKey(
                        by.getFieldIndex(),
                        by.getDirection().isDescending(),
                        AggregateOrder.nullsFirst(by)))
            .toList();
    var rows =
        new AggregateCall.Rows(
            call.getArgList(),
            call.hasFilter() ? OptionalInt.of(call.filterArg) : OptionalInt.empty(),
            call.isDistinct(),
            order);
    return new AggregateCall(function, rows, name, type(call));
  }

  private static AggregateFunction external(
      ExternalAggregate function,
      org.apache.calcite.rel.core.AggregateCall call,
      RelDataType rowType) {
    JavaAggregate aggregate =
        function.chosen(
            call.getArgList().stream().map(c -> rowType.getFieldList().get(c).getType()).toList());
    if (!aggregate.signature().immutable()) {
      throw Refusal.of(
          "aggregates that are not IMMUTABLE, such as " + aggregate.signature().name(),
          "Create the aggregate as IMMUTABLE, if its result depends on its rows alone.");
    }
    return new AggregateFunction.External(aggregate);
  }

  private static void requireText(
      AggregateFunction function, org.apache.calcite.rel.core.AggregateCall call, Plan source) {
    boolean text =
        function != AggregateCall.Function.STRING_AGG
            || call.getArgList().stream()
                .allMatch(c -> source.fields().get(c).type().kind() == TypeKind.TEXT);
    if (!text) {
      throw Refusal.of(
          call.getAggregation().getName() + " of other values than texts",
          "Cast the values to TEXT.");
    }
  }

  private static AggregateCall.Function function(org.apache.calcite.rel.core.AggregateCall call) {
    SqlKind kind = call.getAggregation().getKind();
    return switch (kind) {
      case COUNT -> AggregateCall.Function.COUNT;
      case SUM, SUM0 -> AggregateCall.Function.SUM;
      case MIN, ANY_VALUE -> AggregateCall.Function.MIN;
      case MAX -> AggregateCall.Function.MAX;
      case AVG -> AggregateCall.Function.AVG;
      case VAR_POP -> AggregateCall.Function.VAR_POP;
      case VAR_SAMP -> AggregateCall.Function.VAR_SAMP;
      case STDDEV_POP -> AggregateCall.Function.STDDEV_POP;
      case STDDEV_SAMP -> AggregateCall.Function.STDDEV_SAMP;
      case BIT_AND -> AggregateCall.Function.BIT_AND;
      case BIT_OR -> AggregateCall.Function.BIT_OR;
      case BIT_XOR -> AggregateCall.Function.BIT_XOR;
      case ARRAY_AGG -> AggregateCall.Function.ARRAY_AGG;
      case LISTAGG -> AggregateCall.Function.STRING_AGG;
      default -> named(call.getAggregation().getName());
    };
  }

  private static AggregateCall.Function named(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "string_agg" -> AggregateCall.Function.STRING_AGG;
      case "jsonb_agg", "json_agg" -> AggregateCall.Function.JSONB_AGG;
      case "jsonb_object_agg", "json_object_agg" -> AggregateCall.Function.JSONB_OBJECT_AGG;
      case "jsonb_agg_strict", "json_agg_strict" -> AggregateCall.Function.JSONB_AGG_STRICT;
      case "jsonb_object_agg_strict", "json_object_agg_strict" ->
          AggregateCall.Function.JSONB_OBJECT_AGG_STRICT;
      case "mode" -> AggregateCall.Function.MODE;
      case "percentile_cont" -> AggregateCall.Function.PERCENTILE_CONT;
      case "percentile_disc" -> AggregateCall.Function.PERCENTILE_DISC;
      case "first_in_order" -> AggregateCall.Function.FIRST_VALUE;
      case "last_in_order" -> AggregateCall.Function.LAST_VALUE;
      case "approx_count_distinct" -> AggregateCall.Function.APPROX_COUNT_DISTINCT;
      case "approx_percentile" -> AggregateCall.Function.APPROX_PERCENTILE;
      case "approx_top_k" -> AggregateCall.Function.APPROX_TOP_K;
      case "corr" -> AggregateCall.Function.CORR;
      case "covar_pop" -> AggregateCall.Function.COVAR_POP;
      case "covar_samp" -> AggregateCall.Function.COVAR_SAMP;
      case "regr_count" -> AggregateCall.Function.REGR_COUNT;
      case "regr_avgx" -> AggregateCall.Function.REGR_AVGX;
      case "regr_avgy" -> AggregateCall.Function.REGR_AVGY;
      case "regr_sxx" -> AggregateCall.Function.REGR_SXX;
      case "regr_syy" -> AggregateCall.Function.REGR_SYY;
      case "regr_sxy" -> AggregateCall.Function.REGR_SXY;
      case "regr_slope" -> AggregateCall.Function.REGR_SLOPE;
      case "regr_intercept" -> AggregateCall.Function.REGR_INTERCEPT;
      case "regr_r2" -> AggregateCall.Function.REGR_R2;
      default ->
          throw Refusal.of(
              "the aggregate " + name,
              "Keep what it is of, and ask for it when you query the view.");
    };
  }

  private static SqlType type(org.apache.calcite.rel.core.AggregateCall call) {
    SqlType type =
        SqlTypes.fromCalcite(call.getType())
            .orElseThrow(
                () ->
                    Refusal.of(
                        "the result of " + call.getAggregation().getName(), "Cast the argument."));
    if (call.getAggregation().getKind() == SqlKind.SUM0) {
      return type.withNullable(true);
    }
    return type.kind() == TypeKind.TEXT
        ? SqlType.of(TypeKind.TEXT).withNullable(type.nullable())
        : type;
  }
}
