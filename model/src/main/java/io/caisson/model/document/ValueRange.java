package io.caisson.model.document;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which values of an index: those of one kind between two. An index keeps values shortened, in
 * their order, so what it finds for a range may lie a little outside and has to be looked at; none
 * that lies inside is missing. Immutable.
 *
 * @param kind the kind of the values
 * @param lower the least, or null for no bound
 * @param upper the greatest, or null for no bound
 */
public record ValueRange(Kind kind, @Nullable Object lower, @Nullable Object upper) {
  /** Kinds of values, which never compare with each other. */
  public enum Kind {
    NULL(0),
    NUMBER(1),
    TEXT(2),
    BOOLEAN(3),
    OTHER(4);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    /** How keys of an index say it. */
    int code() {
      return code;
    }

    /** The kind of a value; null also where nothing is. */
    static Kind of(@Nullable Object value) {
      if (value == null) {
        return NULL;
      }
      if (value instanceof Number) {
        return NUMBER;
      }
      if (value instanceof String) {
        return TEXT;
      }
      return value instanceof Boolean ? BOOLEAN : OTHER;
    }
  }

  /** The values that equal one. */
  public static ValueRange of(@Nullable Object value) {
    boolean bounded = !(value instanceof List<?>) && !(value instanceof Map<?, ?>);
    return new ValueRange(Kind.of(value), bounded ? value : null, bounded ? value : null);
  }

  /** The values of the same kind as one and at least that. */
  public static ValueRange from(Object value) {
    return new ValueRange(Kind.of(value), value, null);
  }

  /** The values of the same kind as one and at most that. */
  public static ValueRange to(Object value) {
    return new ValueRange(Kind.of(value), null, value);
  }
}
