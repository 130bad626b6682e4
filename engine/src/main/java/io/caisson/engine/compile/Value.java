package io.caisson.engine.compile;

import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import org.jspecify.annotations.Nullable;

/**
 * The value of an expression for the row at hand, as names and literals of generated code: reading
 * them costs nothing and has no effect. Immutable.
 *
 * @param form how it is held
 * @param isNull code that says whether it is NULL: {@code true}, {@code false} or a variable
 * @param code the value, anything where it is NULL; of a slice the byte array
 * @param begin of a slice, where it begins
 * @param end of a slice, where it ends
 * @param text of a slice of a constant, the text itself, else null
 */
record Value(
    Form form, String isNull, String code, String begin, String end, @Nullable String text) {

  /** Java's side of physical values. */
  enum Form {
    LONG("long", "0L"),
    BOOLEAN("boolean", "false"),
    DOUBLE("double", "0.0"),
    STRING("String", "\"\""),
    /** A text that is no TEXT: a UUID. */
    UUID("String", "\"\""),
    DECIMAL("java.math.BigDecimal", "java.math.BigDecimal.ZERO"),
    INTERVAL("io.caisson.type.Interval", "io.caisson.type.Interval.ZERO"),
    ARRAY("io.caisson.type.SqlArray", "io.caisson.type.SqlArray.NONE"),
    /** Part of a byte array: text that stays UTF-8. */
    SLICE("byte[]", "EMPTY");

    final String javaType;
    final String anything;

    Form(String javaType, String anything) {
      this.javaType = javaType;
      this.anything = anything;
    }

    /** The form that values of a type have when they are not slices. */
    static Form of(SqlType type) {
      return switch (type.physical()) {
        case LONG -> type.kind() == TypeKind.BOOLEAN ? BOOLEAN : LONG;
        case DOUBLE -> DOUBLE;
        case BYTES ->
            switch (type.kind()) {
              case TEXT, JSONB -> STRING;
              case UUID -> UUID;
              case NUMERIC -> DECIMAL;
              case INTERVAL -> INTERVAL;
              case ARRAY -> ARRAY;
              default -> SLICE;
            };
      };
    }
  }

  static final String NEVER = "false";
  static final String ALWAYS = "true";

  static Value of(Form form, String isNull, String code) {
    return new Value(form, isNull, code, "", "", null);
  }

  static Value slice(String isNull, String bytes, String begin, String end) {
    return new Value(Form.SLICE, isNull, bytes, begin, end, null);
  }

  /** NULL. */
  static Value nullOf(Form form) {
    return form == Form.SLICE
        ? slice(ALWAYS, form.anything, "0", "0")
        : of(form, ALWAYS, form.anything);
  }

  /** The three parts of a slice as arguments of a call. */
  String sliceArguments() {
    return code + ", " + begin + ", " + end;
  }
}
