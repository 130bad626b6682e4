package io.caisson.function.operator;

import static io.caisson.type.TypeKind.BIGINT;
import static io.caisson.type.TypeKind.BOOLEAN;
import static io.caisson.type.TypeKind.BYTEA;
import static io.caisson.type.TypeKind.DATE;
import static io.caisson.type.TypeKind.DOUBLE;
import static io.caisson.type.TypeKind.INTEGER;
import static io.caisson.type.TypeKind.INTERVAL;
import static io.caisson.type.TypeKind.JSONB;
import static io.caisson.type.TypeKind.NUMERIC;
import static io.caisson.type.TypeKind.REAL;
import static io.caisson.type.TypeKind.SMALLINT;
import static io.caisson.type.TypeKind.TEXT;
import static io.caisson.type.TypeKind.TIME;
import static io.caisson.type.TypeKind.TIMESTAMP;
import static io.caisson.type.TypeKind.TIMESTAMPTZ;
import static io.caisson.type.TypeKind.UUID;

import io.caisson.type.Interval;
import io.caisson.type.TypeKind;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The casts that are calls of a method, found by the families of the two types; queries that are
 * asked once and standing queries call the same. Immutable and thread-safe.
 */
public final class CastFunctions {
  private static final Map<Pair, Method> METHODS = new HashMap<>();

  private record Pair(TypeKind from, TypeKind to) {}

  static {
    add(TEXT, NUMERIC, DecimalCasts.class, "parse", String.class);
    for (TypeKind integer : new TypeKind[] {SMALLINT, INTEGER, BIGINT}) {
      add(integer, NUMERIC, DecimalCasts.class, "ofBigint", long.class);
    }
    add(DOUBLE, NUMERIC, DecimalCasts.class, "ofDouble", double.class);
    add(REAL, NUMERIC, DecimalCasts.class, "ofReal", double.class);
    add(NUMERIC, TEXT, DecimalCasts.class, "text", BigDecimal.class);
    add(NUMERIC, SMALLINT, DecimalCasts.class, "toSmallint", BigDecimal.class);
    add(NUMERIC, INTEGER, DecimalCasts.class, "toInteger", BigDecimal.class);
    add(NUMERIC, BIGINT, DecimalCasts.class, "toBigint", BigDecimal.class);
    add(NUMERIC, REAL, DecimalCasts.class, "toReal", BigDecimal.class);
    add(NUMERIC, DOUBLE, DecimalCasts.class, "toDouble", BigDecimal.class);
    for (TypeKind floating : new TypeKind[] {REAL, DOUBLE}) {
      add(floating, BIGINT, NumberCasts.class, "toBigint", double.class);
      add(floating, INTEGER, NumberCasts.class, "toInteger", double.class);
      add(floating, SMALLINT, NumberCasts.class, "toSmallint", double.class);
    }
    add(DOUBLE, TEXT, NumberCasts.class, "doubleText", double.class);
    add(REAL, TEXT, NumberCasts.class, "realText", double.class);
    add(TEXT, BIGINT, NumberCasts.class, "parseBigint", String.class);
    add(TEXT, INTEGER, NumberCasts.class, "parseInteger", String.class);
    add(TEXT, SMALLINT, NumberCasts.class, "parseSmallint", String.class);
    add(TEXT, DOUBLE, NumberCasts.class, "parseDouble", String.class);
    add(TEXT, REAL, NumberCasts.class, "parseReal", String.class);
    add(TEXT, BOOLEAN, NumberCasts.class, "parseBoolean", String.class);
    add(BOOLEAN, TEXT, NumberCasts.class, "booleanText", boolean.class);
    add(TEXT, INTERVAL, IntervalCasts.class, "parse", String.class);
    add(INTERVAL, TEXT, IntervalCasts.class, "text", Interval.class);
    add(TIME, INTERVAL, IntervalCasts.class, "ofTime", long.class);
    add(INTERVAL, TIME, IntervalCasts.class, "toTime", Interval.class);
    addTimes();
    add(TEXT, BYTEA, ByteCasts.class, "parse", String.class);
    add(BYTEA, TEXT, ByteCasts.class, "text", byte[].class);
    add(BOOLEAN, INTEGER, NumberCasts.class, "ofBoolean", boolean.class);
    add(TEXT, UUID, UuidCasts.class, "parse", String.class);
    add(UUID, TEXT, UuidCasts.class, "text", String.class);
    addJson();
    add(TEXT, TIMESTAMPTZ, ZonedTimes.class, "parse", ZoneId.class, String.class);
    add(TIMESTAMPTZ, TEXT, ZonedTimes.class, "text", ZoneId.class, long.class);
    add(TIMESTAMPTZ, TIMESTAMP, ZonedTimes.class, "toLocal", ZoneId.class, long.class);
    add(TIMESTAMP, TIMESTAMPTZ, ZonedTimes.class, "toInstant", ZoneId.class, long.class);
    add(TIMESTAMPTZ, DATE, ZonedTimes.class, "toDate", ZoneId.class, long.class);
    add(TIMESTAMPTZ, TIME, ZonedTimes.class, "toTime", ZoneId.class, long.class);
    add(DATE, TIMESTAMPTZ, ZonedTimes.class, "ofDate", ZoneId.class, long.class);
  }

  private CastFunctions() {}

  private static void addTimes() {
    add(DATE, TEXT, TimeCasts.class, "dateText", long.class);
    add(TIME, TEXT, TimeCasts.class, "timeText", long.class);
    add(TIMESTAMP, TEXT, TimeCasts.class, "timestampText", long.class);
    add(TEXT, DATE, TimeCasts.class, "parseDate", String.class);
    add(TEXT, TIME, TimeCasts.class, "parseTime", String.class);
    add(TEXT, TIMESTAMP, TimeCasts.class, "parseTimestamp", String.class);
  }

  private static void addJson() {
    add(TEXT, JSONB, JsonCasts.class, "parse", String.class);
    add(JSONB, TEXT, JsonCasts.class, "text", String.class);
    add(JSONB, BOOLEAN, JsonCasts.class, "toBoolean", String.class);
    add(JSONB, SMALLINT, JsonCasts.class, "toSmallint", String.class);
    add(JSONB, INTEGER, JsonCasts.class, "toInteger", String.class);
    add(JSONB, BIGINT, JsonCasts.class, "toBigint", String.class);
    add(JSONB, NUMERIC, JsonCasts.class, "toNumeric", String.class);
    add(JSONB, DOUBLE, JsonCasts.class, "toDouble", String.class);
    add(JSONB, REAL, JsonCasts.class, "toReal", String.class);
  }

  private static void add(
      TypeKind from, TypeKind to, Class<?> owner, String method, Class<?>... parameters) {
    try {
      METHODS.put(new Pair(from, to), owner.getMethod(method, parameters));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("there is no cast " + method, e);
    }
  }

  /** Whether a cast depends on the session's time zone, which its method takes first. */
  public static boolean zoned(TypeKind from, TypeKind to) {
    return find(from, to).filter(m -> m.getParameterTypes()[0] == ZoneId.class).isPresent();
  }

  /** The method that casts, or nothing where there is none. */
  public static Optional<Method> find(TypeKind from, TypeKind to) {
    return Optional.ofNullable(METHODS.get(new Pair(from, to)));
  }
}
