package io.caisson.engine.compile;

import io.caisson.column.BytesColumn;
import io.caisson.column.Column;
import io.caisson.column.ColumnBuilder;
import io.caisson.column.Columns;
import io.caisson.column.DoubleColumn;
import io.caisson.column.LongColumn;
import io.caisson.column.Nulls;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.plan.Expression;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.codehaus.commons.compiler.CompileException;
import org.codehaus.janino.SimpleCompiler;

/**
 * A class in the making: constants, the columns it reads, methods. For one thread, used once.
 *
 * <pre>
 *   k0, k1, …        constants that have no literal, handed to the constructor
 *   c3, n3, o3       column 3 of the batch at hand: values (or bytes), null bits, offsets
 *   isNull           whether the value that an outlined method just gave back is NULL
 * </pre>
 */
final class GeneratedClass {
  private static final String NAME = "io.caisson.generated.Expressions";

  private final List<SqlType> input;
  private final Map<Object, String> constantNames = new HashMap<>();
  private final List<Object> constants = new ArrayList<>();
  private final StringBuilder fields = new StringBuilder();
  private final StringBuilder constructor = new StringBuilder();
  private final StringBuilder methods = new StringBuilder();
  private final SortedSet<Integer> columns = new TreeSet<>();
  private final Map<OutlinedKey, String> outlined = new HashMap<>();
  private int names;

  private record OutlinedKey(Expression expression, boolean nullable) {}

  private record BytesKey(String text) {}

  GeneratedClass(List<SqlType> input) {
    this.input = input;
  }

  /** The type of an input column. */
  SqlType columnType(int column) {
    if (column >= input.size()) {
      throw new IllegalArgumentException(
          "column " + column + " of an input with " + input.size() + " columns");
    }
    return input.get(column);
  }

  /** A name that nothing else has. */
  String name(String prefix) {
    return prefix + "_" + names++;
  }

  /** The name of a constant; equal values share it. */
  String constant(Object value) {
    return constant(value, value, value.getClass().getCanonicalName());
  }

  /** The name of a constant that holds the UTF-8 of a text. */
  String bytesConstant(String text) {
    return constant(new BytesKey(text), text.getBytes(StandardCharsets.UTF_8), "byte[]");
  }

  private String constant(Object key, Object value, String javaType) {
    return constantNames.computeIfAbsent(
        key,
        any -> {
          String name = "k" + constants.size();
          field("final " + javaType + " " + name);
          constructor.append(
              Java.format("    %s = (%s) constants[%d];\n", name, javaType, constants.size()));
          constants.add(value);
          return name;
        });
  }

  void field(String declaration) {
    fields.append("  private ").append(declaration).append(";\n");
  }

  void method(String source) {
    methods.append(source).append('\n');
  }

  void useColumn(int column) {
    columns.add(column);
  }

  /**
   * The name of the method of an expression; the first to ask for it has it written.
   *
   * @param nullable whether the method reads null bits
   * @param writer gives the source of the method of a name
   */
  String outlined(Expression expression, boolean nullable, UnaryOperator<String> writer) {
    var key = new OutlinedKey(expression, nullable);
    String known = outlined.get(key);
    if (known == null) {
      known = name("value");
      outlined.put(key, known);
      method(writer.apply(known));
    }
    return known;
  }

  /** Code that is true if no column that the class reads has any NULL. */
  String noNulls() {
    return columns.isEmpty()
        ? "true"
        : columns.stream().map(c -> "n" + c + " == null").collect(Collectors.joining(" && "));
  }

  /** The names of the arrays of a column with their Java types. */
  Map<String, String> arrays(int column) {
    return switch (columnType(column).physical()) {
      case LONG -> Map.of("c" + column, "long[]", "n" + column, "long[]");
      case DOUBLE -> Map.of("c" + column, "double[]", "n" + column, "long[]");
      case BYTES -> Map.of("c" + column, "byte[]", "o" + column, "int[]", "n" + column, "long[]");
    };
  }

  /** Compiles the class and makes its only instance. */
  <T> T instance(Class<T> contract) {
    String source = source(contract);
    try {
      var compiler = new SimpleCompiler();
      compiler.setParentClassLoader(ExpressionCompiler.class.getClassLoader());
      compiler.cook(source);
      Class<?> made = compiler.getClassLoader().loadClass(NAME);
      return contract.cast(
          made.getConstructor(Object[].class).newInstance((Object) constants.toArray()));
    } catch (CompileException
        | ClassNotFoundException
        | NoSuchMethodException
        | InstantiationException
        | IllegalAccessException
        | InvocationTargetException e) {
      throw new CaissonException(
          SqlState.INTERNAL_ERROR, "the code made for an expression does not compile", e);
    }
  }

  /** The source of the class. */
  String source(Class<?> contract) {
    var text = new StringBuilder("package io.caisson.generated;\n");
    for (Class<?> used :
        List.of(
            Column.class,
            Columns.class,
            LongColumn.class,
            DoubleColumn.class,
            BytesColumn.class,
            ColumnBuilder.class,
            Nulls.class,
            TypeKind.class)) {
      text.append("import ").append(used.getCanonicalName()).append(";\n");
    }
    text.append("public final class Expressions implements ")
        .append(contract.getCanonicalName())
        .append(
            " {\n  private static final byte[] EMPTY = new byte[0];\n  private boolean isNull;\n")
        .append(fields);
    columns.forEach(
        column ->
            arrays(column)
                .forEach(
                    (name, type) -> text.append(Java.format("  private %s %s;\n", type, name))));
    text.append("  public Expressions(Object[] constants) {\n")
        .append(constructor)
        .append("  }\n")
        .append(methods);
    appendBinding(text);
    return text.append("}\n").toString();
  }

  /** Taking the arrays out of a batch, and letting go of them. */
  private void appendBinding(StringBuilder text) {
    text.append("  private void bind(Columns rows) {\n");
    for (int column : columns) {
      switch (columnType(column).physical()) {
        case LONG -> appendBinding(text, column, "LongColumn", "values");
        case DOUBLE -> appendBinding(text, column, "DoubleColumn", "values");
        case BYTES -> {
          appendBinding(text, column, "BytesColumn", "bytes");
          text.append(
              Java.format("    o%1$d = ((BytesColumn) rows.column(%1$d)).offsets();\n", column));
        }
      }
    }
    text.append("  }\n  private void unbind() {\n");
    columns.forEach(
        column ->
            arrays(column).keySet().forEach(name -> text.append("    " + name + " = null;\n")));
    text.append("  }\n");
  }

  private static void appendBinding(
      StringBuilder text, int column, String columnClass, String values) {
    text.append(
        Java.format(
            """
            c%1$d = ((%2$s) rows.column(%1$d)).%3$s();
            n%1$d = ((%2$s) rows.column(%1$d)).nulls();
        """,
            column, columnClass, values));
  }
}
