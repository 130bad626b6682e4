package io.caisson.function;

import io.caisson.type.SqlArray;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;

/** The type of an argument or a result of an {@link ArrayFunction}. */
public enum ArraySlot {
  /** An array of the elements that the function is for. */
  ARRAY,
  /** Such an element. */
  ELEMENT,
  TEXT,
  BOOLEAN,
  INTEGER,
  BIGINT,
  JSONB,
  /** TEXT[]. */
  TEXTS,
  /** INTEGER[]. */
  INTEGERS;

  /** The type, where the function is for elements of a type. */
  SqlType type(SqlType element) {
    return switch (this) {
      case ARRAY -> SqlType.arrayOf(element);
      case ELEMENT -> element;
      case TEXT -> SqlType.of(TypeKind.TEXT);
      case BOOLEAN -> SqlType.of(TypeKind.BOOLEAN);
      case INTEGER -> SqlType.of(TypeKind.INTEGER);
      case BIGINT -> SqlType.of(TypeKind.BIGINT);
      case JSONB -> SqlType.of(TypeKind.JSONB);
      case TEXTS -> SqlType.arrayOf(SqlType.of(TypeKind.TEXT));
      case INTEGERS -> SqlType.arrayOf(SqlType.of(TypeKind.INTEGER));
    };
  }

  /** Whether a parameter or a result of a Java class holds such values. */
  boolean fits(Class<?> javaClass) {
    return switch (this) {
      case ARRAY, TEXTS, INTEGERS -> javaClass == SqlArray.class;
      case ELEMENT -> javaClass == Object.class;
      case TEXT, JSONB -> javaClass == String.class;
      case BOOLEAN -> javaClass == boolean.class || javaClass == Boolean.class;
      case INTEGER, BIGINT -> javaClass == long.class || javaClass == Long.class;
    };
  }
}
