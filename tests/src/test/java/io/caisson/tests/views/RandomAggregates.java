package io.caisson.tests.views;

import io.caisson.plan.AggregateCall;
import io.caisson.type.TypeKind;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Random calls of all aggregates that views keep and of one in Java, each also with DISTINCT and
 * FILTER, and with an order where rows are taken one after the other. For one thread.
 */
record RandomAggregates(
    SplittableRandom random, List<StreamColumn> columns, RandomExpressions expressions) {
  /** Makes the aggregate in Java that is called, too. */
  static final String DEFINITION =
      "CREATE AGGREGATE mixed(TEXT, DOUBLE PRECISION) RETURNS BIGINT LANGUAGE java IMMUTABLE"
          + " AS 'io.caisson.tests.slt.SampleAggregates$Mixed'";

  /** A random call. */
  String next() {
    AggregateCall.Function[] functions = AggregateCall.Function.values();
    int function = random.nextInt(functions.length + 1);
    String call = function < functions.length ? call(functions[function]) : inJava();
    return random.nextInt(4) == 0
        ? call + " FILTER (WHERE " + expressions.condition(1) + ")"
        : call;
  }

  private String call(AggregateCall.Function function) {
    return switch (function) {
      case COUNT -> random.nextInt(3) == 0 ? "COUNT(*)" : of(function, expressions.any(1));
      case SUM -> of(function, extreme(StreamColumn.WILD));
      case AVG, VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP ->
          of(function, extreme(StreamColumn.WILD, StreamColumn.BIG));
      case MIN, MAX -> of(function, ordered());
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
          of(function, extreme(StreamColumn.WILD) + ", " + extreme(StreamColumn.WILD));
      case BIT_AND, BIT_OR, BIT_XOR -> of(function, bits());
      case STRING_AGG -> texts();
      case ARRAY_AGG -> collected(function, ordered());
      case JSONB_AGG, JSONB_AGG_STRICT -> collected(function, expressions.any(1));
      case JSONB_OBJECT_AGG, JSONB_OBJECT_AGG_STRICT ->
          collected(function, "COALESCE(" + expressions.text(1) + ", 'none'), " + ordered());
      case APPROX_COUNT_DISTINCT -> function + "(" + expressions.any(1) + ")";
      case APPROX_TOP_K ->
          function + "(" + expressions.any(1) + ", " + (1 + random.nextInt(4)) + ")";
      case APPROX_PERCENTILE -> function + "(" + extreme(StreamColumn.WILD) + ", 0.7)";
      case MODE -> "MODE() WITHIN GROUP (ORDER BY " + ordered() + direction() + ")";
      case PERCENTILE_CONT -> percentile(function, extreme(StreamColumn.WILD));
      case PERCENTILE_DISC -> percentile(function, ordered());
      case FIRST_VALUE, LAST_VALUE ->
          function + "(" + ordered() + ") WITHIN GROUP (ORDER BY " + order() + ")";
    };
  }

  private String inJava() {
    String arguments = expressions.text(1) + ", " + number();
    return switch (random.nextInt(3)) {
      case 0 -> "mixed(" + arguments + ")";
      case 1 -> "mixed(DISTINCT " + arguments + ")";
      default -> "mixed(" + arguments + " ORDER BY " + order() + ")";
    };
  }

  private String of(AggregateCall.Function function, String arguments) {
    String distinct = random.nextInt(4) == 0 ? "DISTINCT " : "";
    return function + "(" + distinct + arguments + ")";
  }

  private String texts() {
    String text = expressions.text(1);
    return switch (random.nextInt(4)) {
      case 0 -> "STRING_AGG(" + text + ", ',')";
      case 1 -> "STRING_AGG(DISTINCT " + text + ", '-')";
      case 2 -> "STRING_AGG(DISTINCT " + text + ", ', ' ORDER BY " + text + direction() + ")";
      default -> "STRING_AGG(" + text + ", '|' ORDER BY " + order() + ")";
    };
  }

  private String collected(AggregateCall.Function function, String arguments) {
    return switch (random.nextInt(3)) {
      case 0 -> function + "(" + arguments + ")";
      case 1 -> function + "(DISTINCT " + arguments + ")";
      default -> function + "(" + arguments + " ORDER BY " + order() + ")";
    };
  }

  private String percentile(AggregateCall.Function function, String value) {
    String fraction = List.of("0", "0.5", "0.25", "0.9", "1").get(random.nextInt(5));
    return function + "(" + fraction + ") WITHIN GROUP (ORDER BY " + value + direction() + ")";
  }

  private String order() {
    String first = ordered() + direction();
    return random.nextBoolean() ? first : first + ", " + ordered() + direction();
  }

  private String direction() {
    return List.of("", " DESC", " NULLS FIRST", " DESC NULLS LAST").get(random.nextInt(4));
  }

  private String bits() {
    return columns.contains(StreamColumn.BIG) && random.nextBoolean()
        ? StreamColumn.BIG.sql()
        : expressions.integer(1);
  }

  /** Now and then one of the columns with extreme values. */
  private String extreme(StreamColumn... extremes) {
    StreamColumn column = extremes[random.nextInt(extremes.length)];
    return columns.contains(column) && random.nextInt(3) == 0 ? column.sql() : number();
  }

  private String number() {
    return switch (random.nextInt(3)) {
      case 0 -> expressions.integer(1);
      case 1 -> expressions.real(1);
      default -> expressions.numeric(1);
    };
  }

  private String ordered() {
    List<StreamColumn> ordered =
        columns.stream().filter(column -> column.kind() != TypeKind.BOOLEAN).toList();
    return random.nextInt(3) == 0 ? number() : ordered.get(random.nextInt(ordered.size())).sql();
  }
}
