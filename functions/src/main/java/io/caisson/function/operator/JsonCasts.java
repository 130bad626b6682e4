package io.caisson.function.operator;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.type.json.Json;
import java.math.BigDecimal;

/** Casts from and to JSONB, which functions see as its canonical text. Thread-safe. */
public final class JsonCasts {
  private JsonCasts() {}

  /** The JSONB that a text says. */
  public static String parse(String text) {
    return Json.parse(text).write();
  }

  /** A JSONB as text. */
  public static String text(String json) {
    return json;
  }

  /** The BOOLEAN that a JSONB is. */
  public static boolean toBoolean(String json) {
    Json value = Json.parse(json);
    if (value instanceof Json.Truth truth) {
      return truth.value();
    }
    throw misfit(value, "boolean");
  }

  /** The NUMERIC that a JSONB is. */
  public static BigDecimal toNumeric(String json) {
    return number(json, "numeric");
  }

  /** The SMALLINT that is nearest to the number of a JSONB. */
  public static long toSmallint(String json) {
    return DecimalCasts.toSmallint(number(json, "smallint"));
  }

  /** The INTEGER that is nearest to the number of a JSONB. */
  public static long toInteger(String json) {
    return DecimalCasts.toInteger(number(json, "integer"));
  }

  /** The BIGINT that is nearest to the number of a JSONB. */
  public static long toBigint(String json) {
    return DecimalCasts.toBigint(number(json, "bigint"));
  }

  /** The DOUBLE PRECISION that is nearest to the number of a JSONB. */
  public static double toDouble(String json) {
    return DecimalCasts.toDouble(number(json, "double precision"));
  }

  /** The REAL that is nearest to the number of a JSONB. */
  public static double toReal(String json) {
    return DecimalCasts.toReal(number(json, "real"));
  }

  private static BigDecimal number(String json, String type) {
    Json value = Json.parse(json);
    if (value instanceof Json.Numeric number) {
      return number.value();
    }
    throw misfit(value, type);
  }

  private static CaissonException misfit(Json value, String type) {
    return new CaissonException(
        SqlState.INVALID_PARAMETER, "cannot cast jsonb " + value.typeName() + " to type " + type);
  }
}
