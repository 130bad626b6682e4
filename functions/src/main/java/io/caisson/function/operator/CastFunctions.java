package io.caisson.function.operator;

import static io.caisson.type.TypeKind.BIGINT;
import static io.caisson.type.TypeKind.BOOLEAN;
import static io.caisson.type.TypeKind.DOUBLE;
import static io.caisson.type.TypeKind.INTEGER;
import static io.caisson.type.TypeKind.NUMERIC;
import static io.caisson.type.TypeKind.REAL;
import static io.caisson.type.TypeKind.SMALLINT;
import static io.caisson.type.TypeKind.TEXT;

import io.caisson.type.TypeKind;
import java.lang.reflect.Method;
import java.math.BigDecimal;
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
  }

  private CastFunctions() {}

  private static void add(
      TypeKind from, TypeKind to, Class<?> owner, String method, Class<?>... parameters) {
    try {
      METHODS.put(new Pair(from, to), owner.getMethod(method, parameters));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("there is no cast " + method, e);
    }
  }

  /** The method that casts, or nothing where there is none. */
  public static Optional<Method> find(TypeKind from, TypeKind to) {
    return Optional.ofNullable(METHODS.get(new Pair(from, to)));
  }
}
