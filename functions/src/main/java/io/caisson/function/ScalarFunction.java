package io.caisson.function;

import io.caisson.type.SqlType;
import java.lang.reflect.Method;
import java.util.List;

/**
 * A built-in scalar function: a deterministic static method over non-null physical values and what
 * SQL has to know of it. A NULL argument makes the result NULL without a call. Parameters and
 * result are {@code long} for types whose physical form is LONG (but {@code boolean} for BOOLEAN),
 * {@code double} for DOUBLE, {@code String} for TEXT. Immutable.
 *
 * @param name its SQL name, in lower case
 * @param arguments the types of its arguments
 * @param result the type of its result
 * @param method the public static method of a public class
 * @param description what it does, in one sentence
 * @param example an SQL expression that is true, for documentation and tests
 */
public record ScalarFunction(
    String name,
    List<SqlType> arguments,
    SqlType result,
    Method method,
    String description,
    String example) {
  /** Copies the argument list. */
  public ScalarFunction {
    arguments = List.copyOf(arguments);
  }

  /** The function as documentation writes it: {@code left(TEXT, BIGINT) → TEXT}. */
  public String signature() {
    return name
        + arguments.stream()
            .map(SqlType::sql)
            .collect(java.util.stream.Collectors.joining(", ", "(", ")"))
        + " → "
        + result.sql();
  }
}
