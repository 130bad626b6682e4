package io.caisson.type;

/**
 * The families of SQL types, each with the physical form its columns take and the Java class of its
 * values in the API.
 */
public enum TypeKind {
  /** Physical 0 or 1. */
  BOOLEAN("BOOLEAN", Physical.LONG, Boolean.class),
  SMALLINT("SMALLINT", Physical.LONG, Short.class),
  INTEGER("INTEGER", Physical.LONG, Integer.class),
  BIGINT("BIGINT", Physical.LONG, Long.class),
  REAL("REAL", Physical.DOUBLE, Float.class),
  DOUBLE("DOUBLE PRECISION", Physical.DOUBLE, Double.class),
  /** Exact decimals. Physical {@link DecimalForm}. */
  NUMERIC("NUMERIC", Physical.BYTES, java.math.BigDecimal.class),
  /** Physical UTF-8. */
  TEXT("TEXT", Physical.BYTES, String.class),
  BYTEA("BYTEA", Physical.BYTES, byte[].class),
  /** Physical days since 1970-01-01. */
  DATE("DATE", Physical.LONG, java.time.LocalDate.class),
  /** Physical microseconds since midnight. */
  TIME("TIME", Physical.LONG, java.time.LocalTime.class),
  /** Physical microseconds since 1970-01-01 00:00:00, without a time zone. */
  TIMESTAMP("TIMESTAMP", Physical.LONG, java.time.LocalDateTime.class),
  /** An instant: physical microseconds since 1970-01-01 00:00:00 UTC. */
  TIMESTAMPTZ("TIMESTAMPTZ", Physical.LONG, java.time.OffsetDateTime.class),
  /** Physical {@link Interval}. */
  INTERVAL("INTERVAL", Physical.BYTES, Interval.class),
  /** Physical {@link UuidForm}; to functions its text. */
  UUID("UUID", Physical.BYTES, java.util.UUID.class),
  /** Physical the UTF-8 of its canonical text. */
  JSONB("JSONB", Physical.BYTES, String.class),
  /** Values of one type in a row, {@link SqlType#element} says which. Physical {@link SqlArray}. */
  ARRAY("ARRAY", Physical.BYTES, java.util.List.class);

  /** How a column of a type lies in memory. */
  public enum Physical {
    LONG,
    DOUBLE,
    BYTES
  }

  private final String sql;
  private final Physical physical;
  private final Class<?> javaClass;

  TypeKind(String sql, Physical physical, Class<?> javaClass) {
    this.sql = sql;
    this.physical = physical;
    this.javaClass = javaClass;
  }

  /** The type's name in SQL, without precision. */
  public String sql() {
    return sql;
  }

  /** How a column of this type lies in memory. */
  public Physical physical() {
    return physical;
  }

  /** The class as which functions see values whose physical form is BYTES. */
  public Class<?> physicalObject() {
    return switch (this) {
      case NUMERIC -> java.math.BigDecimal.class;
      case BYTEA -> byte[].class;
      case INTERVAL -> Interval.class;
      case ARRAY -> SqlArray.class;
      default -> String.class;
    };
  }

  /**
   * The class of this type's values in rows of the API; the elements of an array's list are of the
   * class of their own type, or null.
   */
  public Class<?> javaClass() {
    return javaClass;
  }
}
