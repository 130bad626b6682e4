package io.caisson.function;

import static io.caisson.type.TypeKind.BIGINT;
import static io.caisson.type.TypeKind.BOOLEAN;
import static io.caisson.type.TypeKind.BYTEA;
import static io.caisson.type.TypeKind.DATE;
import static io.caisson.type.TypeKind.DOUBLE;
import static io.caisson.type.TypeKind.INTERVAL;
import static io.caisson.type.TypeKind.JSONB;
import static io.caisson.type.TypeKind.NUMERIC;
import static io.caisson.type.TypeKind.REAL;
import static io.caisson.type.TypeKind.TEXT;
import static io.caisson.type.TypeKind.TIME;
import static io.caisson.type.TypeKind.TIMESTAMP;
import static io.caisson.type.TypeKind.TIMESTAMPTZ;
import static io.caisson.type.TypeKind.UUID;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.operator.ByteCasts;
import io.caisson.function.operator.NumberCasts;
import io.caisson.function.operator.TimeCasts;
import io.caisson.function.operator.ZonedTimes;
import io.caisson.type.Interval;
import io.caisson.type.json.Json;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * Values of all types as JSONB, and objects and arrays of them. Times are written as ISO 8601 has
 * them. Constructors of many values are calls of those of one, joined. Thread-safe.
 */
public final class JsonConversions {
  private static final int SHORT_OFFSET = 3;

  private JsonConversions() {}

  /** A text as JSON. */
  @SqlFunction(
      name = "to_jsonb",
      aliases = "to_json",
      arguments = TEXT,
      result = JSONB,
      description = "The text as a JSON string",
      example = "to_jsonb('a\"b') = CAST('\"a\\\"b\"' AS JSONB)")
  public static String ofText(String value) {
    return new Json.Text(value).write();
  }

  /** A number as JSON. */
  @SqlFunction(
      name = "to_jsonb",
      aliases = "to_json",
      arguments = NUMERIC,
      result = JSONB,
      description = "The number as a JSON number",
      example = "to_jsonb(12.50) = CAST('12.5' AS JSONB)")
  public static String ofNumber(BigDecimal value) {
    return new Json.Numeric(value).write();
  }

  /** A floating-point number as JSON. */
  @SqlFunction(
      name = "to_jsonb",
      aliases = "to_json",
      arguments = DOUBLE,
      result = JSONB,
      description = "The number as a JSON number, or as a string where JSON has no such number",
      example = "to_jsonb(1.5e0) = CAST('1.5' AS JSONB)")
  public static String ofDouble(double value) {
    return floating(value, NumberCasts.doubleText(value));
  }

  /** A short floating-point number as JSON. */
  @SqlFunction(
      name = "to_jsonb",
      aliases = "to_json",
      arguments = REAL,
      result = JSONB,
      description = "The number as a JSON number, or as a string where JSON has no such number",
      example = "to_jsonb(CAST(0.1 AS REAL)) = CAST('0.1' AS JSONB)")
  public static String ofReal(double value) {
    return floating(value, NumberCasts.realText(value));
  }

  private static String floating(double value, String text) {
    return Double.isFinite(value)
        ? new Json.Numeric(new BigDecimal(text)).write()
        : new Json.Text(text).write();
  }

  /** A truth as JSON. */
  @SqlFunction(
      name = "to_jsonb",
      aliases = "to_json",
      arguments = BOOLEAN,
      result = JSONB,
      description = "True or false as JSON",
      example = "to_jsonb(1 = 1) = CAST('true' AS JSONB)")
  public static String ofTruth(boolean value) {
    return new Json.Truth(value).write();
  }

  /** JSON as JSON. */
  @SqlFunction(
      name = "to_jsonb",
      aliases = "to_json",
      arguments = JSONB,
      result = JSONB,
      description = "The JSON value itself",
      example = "to_jsonb(CAST('[1]' AS JSONB)) = CAST('[1]' AS JSONB)")
  public static String ofJson(String value) {
    return value;
  }

  /** A day as JSON. */
  @SqlFunction(
      name = "to_jsonb",
      aliases = "to_json",
      arguments = DATE,
      result = JSONB,
      description = "The day as a JSON string",
      example = "to_jsonb(DATE '2026-03-14') = CAST('\"2026-03-14\"' AS JSONB)")
  public static String ofDate(long days) {
    return ofText(TimeCasts.dateText(days));
  }

  /** A time of day as JSON. */
  @SqlFunction(
      name = "to_jsonb",
      aliases = "to_json",
      arguments = TIME,
      result = JSONB,
      description = "The time of day as a JSON string",
      example = "to_jsonb(TIME '15:09:26') = CAST('\"15:09:26\"' AS JSONB)")
  public static String ofTime(long micros) {
    return ofText(TimeCasts.timeText(micros));
  }

  /** A timestamp as JSON. */
  @SqlFunction(
      name = "to_jsonb",
      aliases = "to_json",
      arguments = TIMESTAMP,
      result = JSONB,
      description = "The timestamp as a JSON string, as ISO 8601 writes it",
      example =
          "to_jsonb(TIMESTAMP '2026-03-14 15:09:26')"
              + " = CAST('\"2026-03-14T15:09:26\"' AS JSONB)")
  public static String ofTimestamp(long micros) {
    return ofText(TimeCasts.timestampText(micros).replace(' ', 'T'));
  }

  /** An instant as JSON. */
  @SqlFunction(
      name = "to_jsonb",
      aliases = "to_json",
      arguments = TIMESTAMPTZ,
      result = JSONB,
      description = "The instant as a JSON string, as clocks of the session's time zone show it",
      example =
          "to_jsonb(timezone('UTC', TIMESTAMP '2026-03-14 15:09:26'))"
              + " = CAST('\"2026-03-14T15:09:26+00:00\"' AS JSONB)")
  public static String ofInstant(ZoneId zone, long micros) {
    String text = ZonedTimes.text(zone, micros).replace(' ', 'T');
    int offset = Math.max(text.lastIndexOf('+'), text.lastIndexOf('-'));
    return ofText(text.length() - offset == SHORT_OFFSET ? text + ":00" : text);
  }

  /** An interval as JSON. */
  @SqlFunction(
      name = "to_jsonb",
      aliases = "to_json",
      arguments = INTERVAL,
      result = JSONB,
      description = "The interval as a JSON string",
      example = "to_jsonb(INTERVAL '1 day') = CAST('\"1 day\"' AS JSONB)")
  public static String ofInterval(Interval value) {
    return ofText(value.toString());
  }

  /** A UUID as JSON. */
  @SqlFunction(
      name = "to_jsonb",
      aliases = "to_json",
      arguments = UUID,
      result = JSONB,
      description = "The UUID as a JSON string",
      example =
          "to_jsonb(CAST('7f3c5a10-0000-4000-8000-000000000001' AS UUID))"
              + " = CAST('\"7f3c5a10-0000-4000-8000-000000000001\"' AS JSONB)")
  public static String ofUuid(String value) {
    return ofText(value);
  }

  /** Bytes as JSON. */
  @SqlFunction(
      name = "to_jsonb",
      aliases = "to_json",
      arguments = BYTEA,
      result = JSONB,
      description = "The bytes as a JSON string of hexadecimal digits",
      example = "to_jsonb(CAST('\\x0aff' AS BYTEA)) = CAST('\"\\\\x0aff\"' AS JSONB)")
  public static String ofBytes(byte[] value) {
    return ofText(ByteCasts.text(value));
  }

  /** An object of one member. */
  @SqlFunction(
      name = "jsonb_build_object",
      aliases = "json_build_object",
      arguments = {JSONB, JSONB, BIGINT},
      result = JSONB,
      description = "The object of the names and values that are given in turn",
      example = "jsonb_build_object('a', 1, 'b', NULL) = CAST('{\"a\": 1, \"b\": null}' AS JSONB)")
  public static String object(String name, String value, long argument) {
    Json key = Json.parse(name);
    if (key instanceof Json.Null) {
      throw new CaissonException(
              SqlState.INVALID_PARAMETER, "argument " + argument + ": key must not be null")
          .withHint("Names of members are texts.");
    }
    if (key instanceof Json.Array || key instanceof Json.Members) {
      throw new CaissonException(
          SqlState.INVALID_PARAMETER, "key value must be scalar, not array, composite, or json");
    }
    return Json.Members.of(Map.of(key.unquoted(), Json.parse(value))).write();
  }

  /** An array of one element. */
  @SqlFunction(
      name = "jsonb_build_array",
      aliases = "json_build_array",
      arguments = JSONB,
      result = JSONB,
      description = "The array of the values",
      example = "jsonb_build_array(1, 'x', NULL) = CAST('[1, \"x\", null]' AS JSONB)")
  public static String array(String value) {
    return new Json.Array(List.of(Json.parse(value))).write();
  }
}
