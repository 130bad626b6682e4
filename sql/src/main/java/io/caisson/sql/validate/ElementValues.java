package io.caisson.sql.validate;

import io.caisson.type.SqlArray;
import io.caisson.type.TypeKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Elements of arrays in their two forms: as functions take them, and as Calcite's runtime has
 * values of their type. Generated code calls it. Stateless.
 */
public final class ElementValues {
  private static final long MICROS_PER_MILLI = 1_000L;

  private ElementValues() {}

  /** A value of the runtime as an element. */
  public static @Nullable Object toElement(@Nullable Object value, TypeKind kind) {
    if (value == null) {
      return null;
    }
    return switch (kind) {
      case SMALLINT, INTEGER, BIGINT, DATE -> ((Number) value).longValue();
      case TIME, TIMESTAMP, TIMESTAMPTZ -> ((Number) value).longValue() * MICROS_PER_MILLI;
      case REAL, DOUBLE -> ((Number) value).doubleValue();
      case NUMERIC ->
          value instanceof BigDecimal exact
              ? SqlTypes.written(exact)
              : new BigDecimal(value.toString());
      case BYTEA -> value instanceof ByteString bytes ? bytes.getBytes() : value;
      default -> value;
    };
  }

  /** An element as a value of the runtime. */
  public static @Nullable Object fromElement(@Nullable Object element, TypeKind kind) {
    if (element == null) {
      return null;
    }
    return switch (kind) {
      case SMALLINT -> ((Long) element).shortValue();
      case INTEGER, DATE -> ((Long) element).intValue();
      case TIME -> (int) ((Long) element / MICROS_PER_MILLI);
      case TIMESTAMP, TIMESTAMPTZ -> Math.floorDiv((Long) element, MICROS_PER_MILLI);
      case REAL -> ((Double) element).floatValue();
      case BYTEA -> new ByteString((byte[]) element);
      default -> element;
    };
  }

  /** The elements of an array as a list of values of the runtime; none where it is NULL. */
  public static List<@Nullable Object> list(@Nullable SqlArray array) {
    var list = new ArrayList<@Nullable Object>();
    if (array == null) {
      return list;
    }
    for (Object element : array.elements()) {
      list.add(fromElement(element, array.kind()));
    }
    return list;
  }

  /** The array of values of the runtime. */
  public static SqlArray array(List<? extends @Nullable Object> values, TypeKind kind) {
    var elements = new ArrayList<@Nullable Object>();
    for (Object value : values) {
      elements.add(toElement(value, kind));
    }
    return SqlArray.of(kind, elements);
  }
}
