package io.caisson.engine.compile;

import io.caisson.engine.compile.Value.Form;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;

/**
 * Java that collects a value of each row into a column. Immutable.
 *
 * @param position the column's place in the result
 * @param type its type
 * @param value the value of the row at hand
 */
record OutputCode(int position, SqlType type, Value value) {
  /** Writes what comes before the loop over the rows, in it, and after it. */
  void write(StringBuilder before, RowCode body, StringBuilder after) {
    if (type.physical() == TypeKind.Physical.BYTES) {
      writeBytes(before, body, after);
      return;
    }
    boolean isDouble = type.physical() == TypeKind.Physical.DOUBLE;
    String element = isDouble ? "double" : "long";
    String values = "values" + position;
    String nulls = "nulls" + position;
    before.append(Java.format("    final %1$s[] %2$s = new %1$s[size];\n", element, values));
    before.append("    long[] " + nulls + " = null;\n");
    String code = value.form() == Form.BOOLEAN ? value.code() + " ? 1L : 0L" : value.code();
    String store = values + "[row] = " + code + ";";
    if (value.isNull().equals(Value.NEVER)) {
      body.line(store);
    } else {
      body.line("if (" + value.isNull() + ") { " + nulls + " = Nulls.set(" + nulls + ", row); }");
      body.line("else { " + store + " }");
    }
    after.append(
        Java.format(
            "    outputs[%d] = new %s(%s, %s, size);\n",
            position, isDouble ? "DoubleColumn" : "LongColumn", values, nulls));
  }

  private void writeBytes(StringBuilder before, RowCode body, StringBuilder after) {
    String builder = "builder" + position;
    before.append(
        Java.format(
            "    final ColumnBuilder %s = new ColumnBuilder(TypeKind.Physical.BYTES);\n", builder));
    String add =
        builder
            + switch (value.form()) {
              case SLICE ->
                  Java.format(
                      ".addBytes(%s, %s, %s - %s);",
                      value.code(), value.begin(), value.end(), value.begin());
              case STRING -> ".addText(" + value.code() + ");";
              default -> ".addBytes(" + ObjectForms.encoded(value) + ");";
            };
    if (value.isNull().equals(Value.NEVER)) {
      body.line(add);
    } else {
      body.line("if (" + value.isNull() + ") { " + builder + ".addNull(); } else { " + add + " }");
    }
    after.append(Java.format("    outputs[%d] = %s.build();\n", position, builder));
  }
}
