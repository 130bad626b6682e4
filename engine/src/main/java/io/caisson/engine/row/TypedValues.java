package io.caisson.engine.row;

import io.caisson.catalog.ColumnDefinition;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.array.ArrayLists;
import io.caisson.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values that programs give, held against the types of columns. Stateless. */
final class TypedValues {
  private TypedValues() {}

  /** The value in the class that the column's type names, or null for NULL. */
  static @Nullable Object of(ColumnDefinition column, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    SqlType type = column.type();
    Object typed =
        switch (type.kind()) {
          case SMALLINT -> whole(type, value, Short.MIN_VALUE, Short.MAX_VALUE);
          case INTEGER -> whole(type, value, Integer.MIN_VALUE, Integer.MAX_VALUE);
          case BIGINT -> whole(type, value, Long.MIN_VALUE, Long.MAX_VALUE);
          case REAL, DOUBLE -> value instanceof Number number ? number.doubleValue() : null;
          case TEXT -> value instanceof CharSequence text ? text.toString() : null;
          case ARRAY -> ArrayLists.isGiven(value) ? elements(column, value) : null;
          default -> type.kind().javaClass().isInstance(value) ? value : null;
        };
    if (typed == null) {
      throw new CaissonException(
              SqlState.DATATYPE_MISMATCH,
              "column \""
                  + column.name()
                  + "\" is of type "
                  + type.sql().toLowerCase(Locale.ROOT)
                  + " but the value is of class "
                  + value.getClass().getName())
          .withHint("Give a " + type.kind().javaClass().getSimpleName() + ".");
    }
    return typed;
  }

  private static List<@Nullable Object> elements(ColumnDefinition column, Object value) {
    var element = new ColumnDefinition(column.name(), column.type().elements());
    var elements = new ArrayList<@Nullable Object>();
    for (Object each : ArrayLists.elements(value)) {
      elements.add(of(element, each));
    }
    return elements;
  }

  private static @Nullable Object whole(SqlType type, Object value, long least, long greatest) {
    boolean fits =
        value instanceof Long
            || value instanceof Integer
            || value instanceof Short
            || value instanceof Byte;
    if (!fits || !(value instanceof Number number)) {
      return null;
    }
    long whole = number.longValue();
    if (whole < least || whole > greatest) {
      throw new CaissonException(
          SqlState.NUMERIC_OUT_OF_RANGE,
          "value " + whole + " is out of range for type " + type.sql().toLowerCase(Locale.ROOT));
    }
    return whole;
  }
}
