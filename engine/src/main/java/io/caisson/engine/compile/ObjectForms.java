package io.caisson.engine.compile;

import io.caisson.engine.compile.Value.Form;
import io.caisson.type.DecimalForm;
import io.caisson.type.Interval;
import io.caisson.type.SqlArray;
import io.caisson.type.UuidForm;

/** Java that makes objects of byte strings, and byte strings of objects. Stateless. */
final class ObjectForms {
  private ObjectForms() {}

  /** The object that a slice holds. */
  static String decoded(Form form, Value slice) {
    String part = Java.format("%1$s, %2$s, %3$s - %2$s", slice.code(), slice.begin(), slice.end());
    return switch (form) {
      case DECIMAL -> Java.totalCall(DecimalForm.class, "decode", part).code();
      case INTERVAL -> Java.totalCall(Interval.class, "decode", part).code();
      case ARRAY -> Java.totalCall(SqlArray.class, "decode", part).code();
      case UUID -> Java.totalCall(UuidForm.class, "decode", part).code();
      case SLICE -> Java.format("java.util.Arrays.copyOfRange(%s)", slice.sliceArguments());
      default -> Java.format("new String(%s, java.nio.charset.StandardCharsets.UTF_8)", part);
    };
  }

  /** The byte string of an object. */
  static String encoded(Value value) {
    return switch (value.form()) {
      case DECIMAL -> Java.totalCall(DecimalForm.class, "encode", value.code()).code();
      case INTERVAL -> Java.totalCall(Interval.class, "encode", value.code()).code();
      case ARRAY -> Java.totalCall(SqlArray.class, "encode", value.code()).code();
      case UUID -> Java.totalCall(UuidForm.class, "encode", value.code()).code();
      default -> throw new IllegalArgumentException(value.form() + " has no byte string");
    };
  }
}
