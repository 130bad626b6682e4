package io.caisson.function.external;

import io.caisson.type.Interval;
import io.caisson.type.TypeKind;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A Java class that stands for a SQL type, and how physical values become its. Immutable.
 *
 * @param kind the SQL type
 * @param java the Java class
 * @param toJava makes a Java value of a physical one; empty where they are the same
 * @param toPhysical makes a physical value of a Java one; empty where they are the same
 */
record JavaForm(
    TypeKind kind, Class<?> java, Optional<Method> toJava, Optional<Method> toPhysical) {
  /** The usual form of a type comes first. */
  private static final List<JavaForm> ALL =
      List.of(
          plain(TypeKind.BOOLEAN, boolean.class),
          of(TypeKind.SMALLINT, short.class, "toShort", ""),
          plain(TypeKind.SMALLINT, long.class),
          of(TypeKind.INTEGER, int.class, "toInt", ""),
          plain(TypeKind.INTEGER, long.class),
          plain(TypeKind.BIGINT, long.class),
          of(TypeKind.REAL, float.class, "toFloat", ""),
          plain(TypeKind.REAL, double.class),
          plain(TypeKind.DOUBLE, double.class),
          plain(TypeKind.NUMERIC, BigDecimal.class),
          plain(TypeKind.TEXT, String.class),
          plain(TypeKind.BYTEA, byte[].class),
          of(TypeKind.DATE, LocalDate.class, "toDate", "ofDate"),
          of(TypeKind.TIME, LocalTime.class, "toTime", "ofTime"),
          of(TypeKind.TIMESTAMP, LocalDateTime.class, "toTimestamp", "ofTimestamp"),
          of(TypeKind.TIMESTAMPTZ, OffsetDateTime.class, "toInstant", "ofInstant"),
          plain(TypeKind.INTERVAL, Interval.class),
          of(TypeKind.UUID, UUID.class, "toUuid", "ofUuid"),
          plain(TypeKind.UUID, String.class),
          plain(TypeKind.JSONB, String.class));

  private static JavaForm plain(TypeKind kind, Class<?> java) {
    return new JavaForm(kind, java, Optional.empty(), Optional.empty());
  }

  private static JavaForm of(TypeKind kind, Class<?> java, String toJava, String toPhysical) {
    return new JavaForm(kind, java, method(toJava), method(toPhysical));
  }

  private static Optional<Method> method(String name) {
    return Arrays.stream(JavaValues.class.getMethods())
        .filter(method -> method.getName().equals(name))
        .findFirst();
  }

  /** How values of a type become those of a class; empty where the class can't stand for it. */
  static Optional<JavaForm> of(TypeKind kind, Class<?> java) {
    return ALL.stream().filter(form -> form.kind == kind && form.java == java).findFirst();
  }

  /** The class that is usual for a type, as Java writes it. */
  static String usual(TypeKind kind) {
    return ALL.stream()
        .filter(form -> form.kind == kind)
        .map(form -> form.java.getSimpleName())
        .findFirst()
        .orElse("?");
  }
}
