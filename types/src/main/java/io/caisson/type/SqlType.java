package io.caisson.type;

import org.jspecify.annotations.Nullable;

/**
 * A SQL type: family, precision and whether NULL is allowed. Immutable.
 *
 * @param kind the family
 * @param precision digits of a NUMERIC (-1 for one without limits), fraction digits of a TIME or
 *     TIMESTAMP, maximum length of a TEXT; -1 where the type has none
 * @param scale digits behind the point of a NUMERIC, else 0
 * @param nullable whether NULL is a value
 * @param element of an ARRAY the type of its elements, which may be NULL; else null
 */
public record SqlType(
    TypeKind kind, int precision, int scale, boolean nullable, @Nullable SqlType element) {
  /** The precision of a TIMESTAMP when none is given: milliseconds. */
  public static final int DEFAULT_TIMESTAMP_PRECISION = 3;

  /** No NUMERIC is declared with more digits. */
  public static final int MAX_NUMERIC_PRECISION = 1_000;

  /** Checks that arrays, and nothing else, have elements. */
  public SqlType {
    if ((kind == TypeKind.ARRAY) != (element != null)) {
      throw new IllegalArgumentException(kind + " with elements of " + element);
    }
    if (element != null && element.kind == TypeKind.ARRAY) {
      throw new IllegalArgumentException("an array of arrays");
    }
  }

  /** A type that is no array. */
  public SqlType(TypeKind kind, int precision, int scale, boolean nullable) {
    this(kind, precision, scale, nullable, null);
  }

  /** A nullable array of elements of a type. */
  public static SqlType arrayOf(SqlType element) {
    return new SqlType(TypeKind.ARRAY, -1, 0, true, element.withNullable(true));
  }

  /** A nullable type without precision (a TIMESTAMP gets the default one). */
  public static SqlType of(TypeKind kind) {
    boolean timed =
        kind == TypeKind.TIMESTAMP || kind == TypeKind.TIME || kind == TypeKind.TIMESTAMPTZ;
    return new SqlType(kind, timed ? DEFAULT_TIMESTAMP_PRECISION : -1, 0, true);
  }

  /** The same type that allows, or refuses, NULL. */
  public SqlType withNullable(boolean value) {
    return value == nullable ? this : new SqlType(kind, precision, scale, value, element);
  }

  /** How columns of this type lie in memory. */
  public TypeKind.Physical physical() {
    return kind.physical();
  }

  /** The type of an array's elements. */
  public SqlType elements() {
    return java.util.Objects.requireNonNull(element, "only arrays have elements");
  }

  /** Whether equal values may have different forms, of which one is then their key. */
  public boolean hasManyForms() {
    if (element != null) {
      return element.hasManyForms() || element.physical() == TypeKind.Physical.DOUBLE;
    }
    return (kind == TypeKind.NUMERIC && precision < 0) || kind == TypeKind.INTERVAL;
  }

  /**
   * How many bytes of a value's physical form decide whether it equals another one; the rest say
   * how it is written.
   */
  public int keyLength(byte[] bytes, int start, int length) {
    return switch (kind) {
      case NUMERIC -> DecimalForm.keyLength(bytes, start);
      case INTERVAL -> Interval.KEY_BYTES;
      case ARRAY -> ArrayForm.keyLength(bytes, start);
      default -> length;
    };
  }

  /** The physical form of a value of which only the key was kept. */
  public byte[] ofKey(byte[] bytes, int start, int length) {
    byte[] key = java.util.Arrays.copyOfRange(bytes, start, start + length);
    if (element != null && element.kind == TypeKind.NUMERIC && element.precision >= 0) {
      return ArrayForm.withScale(key, element.scale);
    }
    return kind == TypeKind.NUMERIC && precision >= 0 ? DecimalForm.withScale(key, scale) : key;
  }

  /**
   * The type as SQL writes it, without NOT NULL: {@code TIMESTAMP(3)}, {@code NUMERIC(10, 2)},
   * {@code TEXT}, {@code TEXT[]}.
   */
  public String sql() {
    if (element != null) {
      return element.sql() + "[]";
    }
    if (kind == TypeKind.NUMERIC && precision >= 0) {
      return "NUMERIC(" + precision + ", " + scale + ")";
    }
    if (kind == TypeKind.TEXT && precision >= 0) {
      return "VARCHAR(" + precision + ")";
    }
    if (precision >= 0) {
      return kind.sql() + "(" + precision + ")";
    }
    return kind.sql();
  }
}
