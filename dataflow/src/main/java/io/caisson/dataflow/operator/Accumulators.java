package io.caisson.dataflow.operator;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.external.JavaAggregate;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Makes the accumulators of an operator. For one operator. */
final class Accumulators {
  private final List<SqlType> input;
  private final boolean appendOnly;
  private final ArrangementOpener opener;

  /**
   * Makes accumulators.
   *
   * @param input types of the input's columns
   * @param appendOnly whether the input never takes rows back
   * @param opener gives the arrangements of those that keep values
   */
  Accumulators(List<SqlType> input, boolean appendOnly, ArrangementOpener opener) {
    this.input = List.copyOf(input);
    this.appendOnly = appendOnly;
    this.opener = opener;
  }

  /** The accumulator of the operator's aggregate with a number. */
  Accumulator of(AggregateSpec spec, int number) {
    boolean extremum =
        spec.function() == AggregateSpec.Function.MIN
            || spec.function() == AggregateSpec.Function.MAX;
    return spec.distinct() && !extremum ? distinct(spec, number) : plain(spec, number);
  }

  private Accumulator plain(AggregateSpec spec, int number) {
    return switch (spec.function()) {
      case COUNT -> new CountAccumulator(spec);
      case SUM, AVG ->
          switch (argument(spec).physical()) {
            case LONG -> new LongSumAccumulator(spec);
            case DOUBLE -> new DoubleSumAccumulator(spec);
            case BYTES -> numeric(spec);
          };
      case MIN, MAX ->
          appendOnly
              ? new ExtremumAccumulator(spec, argument(spec).physical())
              : new RetractableExtremumAccumulator(spec, input, opener.open("values-" + number));
      case VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP ->
          argument(spec).physical() == TypeKind.Physical.BYTES
              ? numeric(spec)
              : new MomentsAccumulator(spec);
      case COVAR_POP,
          COVAR_SAMP,
          CORR,
          REGR_COUNT,
          REGR_AVGX,
          REGR_AVGY,
          REGR_SXX,
          REGR_SYY,
          REGR_SXY,
          REGR_SLOPE,
          REGR_INTERCEPT,
          REGR_R2 ->
          new MomentsAccumulator(spec);
      case BIT_AND, BIT_OR, BIT_XOR -> new BitsAccumulator(spec, argument(spec));
      case STRING_AGG,
          MODE,
          PERCENTILE_CONT,
          PERCENTILE_DISC,
          FIRST_VALUE,
          LAST_VALUE,
          APPROX_COUNT_DISTINCT,
          APPROX_PERCENTILE,
          ARRAY_AGG,
          JSONB_AGG,
          JSONB_OBJECT_AGG,
          JSONB_AGG_STRICT,
          JSONB_OBJECT_AGG_STRICT,
          EXTERNAL ->
          new OrderedAccumulator(spec, input, appendOnly, opener.open("sorted-" + number));
      case APPROX_TOP_K ->
          new TopCountsAccumulator(
              spec, input, opener.open("counts-" + number), opener.open("ranked-" + number));
    };
  }

  private Accumulator distinct(AggregateSpec spec, int number) {
    List<SqlType> arguments = spec.arguments().stream().map(input::get).toList();
    boolean oneForm =
        arguments.stream()
            .noneMatch(t -> t.physical() == TypeKind.Physical.DOUBLE || t.hasManyForms());
    var order = new ArrayList<OverSpec.SortColumn>();
    for (OverSpec.SortColumn key : spec.order()) {
      int place = spec.arguments().indexOf(key.column());
      if (place < 0) {
        throw new IllegalArgumentException("DISTINCT in the order of another column");
      }
      order.add(new OverSpec.SortColumn(place, key.descending(), key.nullsFirst()));
    }
    var ofDistinct =
        new AggregateSpec(
            spec.function(),
            IntStream.range(0, arguments.size()).boxed().toList(),
            OptionalInt.empty(),
            false,
            order,
            spec.external());
    var inner = new Accumulators(arguments, appendOnly && oneForm, opener);
    return new DistinctAccumulator(
        spec, arguments, inner.plain(ofDistinct, number), opener.open("distinct-" + number));
  }

  private Accumulator numeric(AggregateSpec spec) {
    if (argument(spec).kind() == TypeKind.NUMERIC) {
      return new NumericAccumulator(spec);
    }
    throw new CaissonException(
        SqlState.FEATURE_NOT_SUPPORTED,
        spec.function() + " of " + argument(spec).sql() + " cannot be kept in a view");
  }

  private SqlType argument(AggregateSpec spec) {
    return input.get(spec.arguments().get(0));
  }

  /** The type of an aggregate's result. */
  static SqlType resultType(AggregateSpec spec, List<SqlType> input) {
    List<SqlType> arguments = spec.arguments().stream().map(input::get).toList();
    return switch (spec.function()) {
      case COUNT, REGR_COUNT, APPROX_COUNT_DISTINCT ->
          SqlType.of(TypeKind.BIGINT).withNullable(false);
      case MIN, MAX, BIT_AND, BIT_OR, BIT_XOR, MODE, FIRST_VALUE, LAST_VALUE ->
          arguments.get(0).withNullable(true);
      case PERCENTILE_DISC, APPROX_PERCENTILE -> arguments.get(1).withNullable(true);
      case STRING_AGG -> SqlType.of(TypeKind.TEXT);
      case ARRAY_AGG -> SqlType.arrayOf(arguments.get(0));
      case JSONB_AGG, JSONB_OBJECT_AGG, JSONB_AGG_STRICT, JSONB_OBJECT_AGG_STRICT, APPROX_TOP_K ->
          SqlType.of(TypeKind.JSONB);
      case EXTERNAL -> external(spec).signature().result().withNullable(true);
      case SUM -> ofNumbers(arguments.get(0), TypeKind.BIGINT);
      case AVG, VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP ->
          ofNumbers(arguments.get(0), TypeKind.DOUBLE);
      default -> SqlType.of(TypeKind.DOUBLE);
    };
  }

  /** The class that carries out an aggregate that users have made. */
  static JavaAggregate external(AggregateSpec spec) {
    return java.util.Objects.requireNonNull(spec.external());
  }

  private static SqlType ofNumbers(SqlType argument, TypeKind ofIntegers) {
    return SqlType.of(
        switch (argument.physical()) {
          case BYTES -> TypeKind.NUMERIC;
          case LONG -> ofIntegers;
          case DOUBLE -> TypeKind.DOUBLE;
        });
  }
}
