package io.caisson.catalog;

import io.caisson.type.SqlType;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A function or an aggregate that users have made. They have a name space of their own, in which
 * several may have one name and differ in their arguments. Immutable.
 *
 * @param kind whether it is an aggregate
 * @param name its name
 * @param arguments the types of its arguments
 * @param result the type of its result
 * @param target the Java class and the method that carry it out, a dot between them; of an
 *     aggregate the class
 * @param volatility how its result depends on more than its arguments
 */
public record FunctionDefinition(
    Kind kind,
    String name,
    List<SqlType> arguments,
    SqlType result,
    String target,
    Volatility volatility) {
  /** What becomes one value. */
  public enum Kind {
    /** The arguments of one row. */
    FUNCTION,
    /** The arguments of the rows of a group. */
    AGGREGATE;

    /** As it is written in statements. */
    public String words() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How the result of a function depends on more than its arguments. */
  public enum Volatility {
    /** Not at all: standing queries may have it. */
    IMMUTABLE,
    /** It is the same within one statement. */
    STABLE,
    /** It may be another each time. */
    VOLATILE
  }

  /** Copies the list. */
  public FunctionDefinition {
    arguments = List.copyOf(arguments);
  }

  /** Its name and the types of its arguments, by which it is known: {@code slug(TEXT)}. */
  public String signature() {
    return name
        + arguments.stream()
            .map(type -> type.kind().sql())
            .collect(Collectors.joining(", ", "(", ")"));
  }
}
