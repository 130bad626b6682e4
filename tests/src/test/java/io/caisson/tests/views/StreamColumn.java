package io.caisson.tests.views;

import io.caisson.time.Timestamps;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The columns that random streams choose from, each with the values it takes. The columns of tame
 * values may be calculated with; the others hold what is extreme.
 */
enum StreamColumn {
  ID(TypeKind.BIGINT),
  TS(TypeKind.TIMESTAMP),
  SMALL(TypeKind.BIGINT),
  N(TypeKind.INTEGER),
  S(TypeKind.SMALLINT),
  X(TypeKind.DOUBLE),
  R(TypeKind.REAL),
  K(TypeKind.TEXT),
  T(TypeKind.TEXT),
  B(TypeKind.BOOLEAN),
  D(TypeKind.DATE),
  BIG(TypeKind.BIGINT),
  WILD(TypeKind.DOUBLE),
  PRICE(TypeKind.NUMERIC),
  NUM(TypeKind.NUMERIC);

  private static final List<String> KEYS = List.of("a", "b", "ab", "ä", "世界", "");
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "view",
          "Cart",
          "purchase",
          "50%",
          "a_b",
          "Straße",
          "🌍 x",
          "豈",
          "NULL",
          "\n\t'\"\\");
  private static final long[] EXTREMES = {
    Long.MIN_VALUE, Long.MIN_VALUE + 1, -1, 0, 1, Integer.MAX_VALUE, Long.MAX_VALUE
  };
  private static final double[] WILD_VALUES = {
    -Double.MAX_VALUE,
    -1e100,
    -0.1,
    -0.0,
    0,
    Double.MIN_VALUE,
    0.1,
    1 / 3.0,
    1e17,
    Double.MAX_VALUE,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY
  };
  private static final List<String> NUMBERS =
      List.of(
          "0", "0.00", "1", "1.0", "-1.50", "0.001", "100", "12.345", "-99999999999999999999.9");
  private static final int NULL_EVERY = 9;
  private static final int TAME = 1_000;
  private static final int DAYS = 40_000;

  private final TypeKind kind;

  StreamColumn(TypeKind kind) {
    this.kind = kind;
  }

  /** Its name in SQL. */
  String sql() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** Its type's family. */
  TypeKind kind() {
    return kind;
  }

  /** Its type. */
  SqlType type() {
    return this == PRICE ? new SqlType(kind, 12, 2, true) : SqlType.of(kind);
  }

  /** A random value in physical form: Long, Double, String, BigDecimal or null. */
  @Nullable Object value(SplittableRandom random) {
    if (random.nextInt(NULL_EVERY) == 0) {
      return null;
    }
    return switch (this) {
      case ID, TS -> throw new IllegalStateException(this + " comes from the history");
      case SMALL, N, S -> (long) random.nextInt(-TAME, TAME);
      case X, R -> random.nextInt(-TAME, TAME) / 4.0;
      case K -> KEYS.get(random.nextInt(KEYS.size()));
      case T -> TEXTS.get(random.nextInt(TEXTS.size()));
      case B -> (long) random.nextInt(2);
      case D -> (long) random.nextInt(-DAYS, DAYS);
      case BIG -> EXTREMES[random.nextInt(EXTREMES.length)];
      case WILD -> WILD_VALUES[random.nextInt(WILD_VALUES.length)];
      case PRICE -> BigDecimal.valueOf(random.nextInt(-TAME, TAME) * 25L, 2);
      case NUM -> new BigDecimal(NUMBERS.get(random.nextInt(NUMBERS.size())));
    };
  }

  /** A physical value as rows of the API carry it. */
  @Nullable Object apiValue(@Nullable Object physical) {
    if (physical == null) {
      return null;
    }
    return switch (kind) {
      case BOOLEAN -> (Long) physical != 0;
      case TIMESTAMP -> Timestamps.fromMicros((Long) physical);
      case DATE -> LocalDate.ofEpochDay((Long) physical);
      case REAL -> ((Double) physical).floatValue();
      default -> physical;
    };
  }
}
