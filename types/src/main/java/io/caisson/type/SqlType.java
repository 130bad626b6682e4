package io.caisson.type;

/**
 * A SQL type: family, precision and whether NULL is allowed. Immutable.
 *
 * @param kind the family
 * @param precision digits of a NUMERIC (-1 for one without limits), fraction digits of a TIME or
 *     TIMESTAMP, maximum length of a TEXT; -1 where the type has none
 * @param scale digits behind the point of a NUMERIC, else 0
 * @param nullable whether NULL is a value
 */
public record SqlType(TypeKind kind, int precision, int scale, boolean nullable) {
  /** The precision of a TIMESTAMP when none is given: milliseconds. */
  public static final int DEFAULT_TIMESTAMP_PRECISION = 3;

  /** No NUMERIC is declared with more digits. */
  public static final int MAX_NUMERIC_PRECISION = 1_000;

  /** A nullable type without precision (a TIMESTAMP gets the default one). */
  public static SqlType of(TypeKind kind) {
    boolean timed =
        kind == TypeKind.TIMESTAMP || kind == TypeKind.TIME || kind == TypeKind.TIMESTAMPTZ;
    return new SqlType(kind, timed ? DEFAULT_TIMESTAMP_PRECISION : -1, 0, true);
  }

  /** The same type that allows, or refuses, NULL. */
  public SqlType withNullable(boolean value) {
    return value == nullable ? this : new SqlType(kind, precision, scale, value);
  }

  /** How columns of this type lie in memory. */
  public TypeKind.Physical physical() {
    return kind.physical();
  }

  /** Whether equal values may have different forms, of which one is then their key. */
  public boolean hasManyForms() {
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
      default -> length;
    };
  }

  /** The physical form of a value of which only the key was kept. */
  public byte[] ofKey(byte[] bytes, int start, int length) {
    byte[] key = java.util.Arrays.copyOfRange(bytes, start, start + length);
    return kind == TypeKind.NUMERIC && precision >= 0 ? DecimalForm.withScale(key, scale) : key;
  }

  /**
   * The type as SQL writes it, without NOT NULL: {@code TIMESTAMP(3)}, {@code NUMERIC(10, 2)},
   * {@code TEXT}.
   */
  public String sql() {
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
