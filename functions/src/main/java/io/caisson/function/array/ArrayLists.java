package io.caisson.function.array;

import io.caisson.time.Timestamps;
import io.caisson.type.SqlArray;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.lang.reflect.Array;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Arrays as programs see them: a list whose elements are of the class that their type names, or
 * null. Programs may give an array of Java in its place. Stateless.
 */
public final class ArrayLists {
  private static final long NANOS_PER_MICRO = 1_000;

  private ArrayLists() {}

  /** The list of an array, instants as they are in a time zone; it can't be changed. */
  public static List<@Nullable Object> list(SqlArray array, ZoneId zone) {
    TypeKind kind = array.kind();
    var list = new ArrayList<@Nullable Object>();
    for (Object element : array.elements()) {
      list.add(element == null ? null : toJava(element, kind, zone));
    }
    return Collections.unmodifiableList(list);
  }

  private static Object toJava(Object element, TypeKind kind, ZoneId zone) {
    return switch (kind) {
      case SMALLINT -> ((Long) element).shortValue();
      case INTEGER -> ((Long) element).intValue();
      case REAL -> ((Double) element).floatValue();
      case DATE -> LocalDate.ofEpochDay((Long) element);
      case TIME -> LocalTime.ofNanoOfDay((Long) element * NANOS_PER_MICRO);
      case TIMESTAMP -> Timestamps.fromMicros((Long) element);
      case TIMESTAMPTZ ->
          Timestamps.fromMicros((Long) element)
              .atOffset(ZoneOffset.UTC)
              .atZoneSameInstant(zone)
              .toOffsetDateTime();
      case UUID -> UUID.fromString((String) element);
      default -> element;
    };
  }

  /** Whether a program's value stands for an array. */
  public static boolean isGiven(Object value) {
    return value instanceof List || (value.getClass().isArray() && !(value instanceof byte[]));
  }

  /** The elements of what stands for an array. */
  public static List<? extends @Nullable Object> elements(Object given) {
    if (given instanceof List<?> list) {
      return list;
    }
    var elements = new ArrayList<@Nullable Object>();
    for (int i = 0; i < Array.getLength(given); i++) {
      elements.add(Array.get(given, i));
    }
    return elements;
  }

  /**
   * The array of what a program gives.
   *
   * @param element the type of its elements
   * @param given a list or an array of Java
   * @param typed makes each element one of the class that its type names
   */
  public static SqlArray array(SqlType element, Object given, UnaryOperator<Object> typed) {
    var elements = new ArrayList<@Nullable Object>();
    for (Object each : elements(given)) {
      elements.add(each == null ? null : ofJava(typed.apply(each), element.kind()));
    }
    return SqlArray.of(element.kind(), elements);
  }

  private static Object ofJava(Object value, TypeKind kind) {
    return switch (kind) {
      case SMALLINT, INTEGER, BIGINT -> ((Number) value).longValue();
      case REAL, DOUBLE -> ((Number) value).doubleValue();
      case DATE -> ((LocalDate) value).toEpochDay();
      case TIME -> ((LocalTime) value).toNanoOfDay() / NANOS_PER_MICRO;
      case TIMESTAMP -> Timestamps.toMicros((LocalDateTime) value);
      case TIMESTAMPTZ ->
          Timestamps.toMicros(
              ((OffsetDateTime) value).withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime());
      case UUID -> value.toString();
      default -> value;
    };
  }
}
