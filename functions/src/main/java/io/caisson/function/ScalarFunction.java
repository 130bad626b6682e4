package io.caisson.function;

import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.lang.reflect.Method;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A scalar function: a deterministic static method over non-null physical values and what SQL has
 * to know of it. A NULL argument makes the result NULL without a call. Parameters and result are
 * {@code long} for types whose physical form is LONG (but {@code boolean} for BOOLEAN), {@code
 * double} for DOUBLE, and otherwise {@link TypeKind#physicalObject}. A parameter that is marked as
 * {@link Nullable} is null for NULL; elements of arrays, of whatever type, are objects. Immutable.
 *
 * @param name its SQL name, in lower case
 * @param arguments the types of its arguments
 * @param result the type of its result
 * @param method the public static method of a public class
 * @param description what it does, in one sentence
 * @param example an SQL expression that is true, for documentation and tests
 * @param external how a method of another than physical types is called, or null for a built-in
 *     function
 */
public record ScalarFunction(
    String name,
    List<SqlType> arguments,
    SqlType result,
    Method method,
    String description,
    String example,
    @Nullable ExternalCall external) {
  /** A built-in function. */
  public ScalarFunction(
      String name,
      List<SqlType> arguments,
      SqlType result,
      Method method,
      String description,
      String example) {
    this(name, arguments, result, method, description, example, null);
  }

  /** Copies the argument list. */
  public ScalarFunction {
    arguments = List.copyOf(arguments);
  }

  /** Whether it depends on the session's time zone, which its method takes before its arguments. */
  public boolean zoned() {
    Class<?>[] parameters = method.getParameterTypes();
    return external == null && parameters.length > 0 && parameters[0] == ZoneId.class;
  }

  /**
   * Whether its method takes the kind of its array's elements before its arguments: of the array
   * that it gives.
   */
  public boolean typed() {
    Class<?>[] parameters = method.getParameterTypes();
    int first = zoned() ? 1 : 0;
    return external == null && parameters.length > first && parameters[first] == TypeKind.class;
  }

  /** The class as which its method takes an argument, before {@link #toJava}. */
  public Class<?> parameter(int argument) {
    Class<?>[] parameters = method.getParameterTypes();
    int index = before() + argument;
    return method.isVarArgs() && index >= parameters.length - 1 ? Object.class : parameters[index];
  }

  private int before() {
    return (zoned() ? 1 : 0) + (typed() ? 1 : 0);
  }

  /** Whether it is called for NULL too, which its method takes as null. */
  public boolean takesNull(int argument) {
    return external == null
        && (method.isVarArgs()
            || method.getAnnotatedParameterTypes()[before() + argument].isAnnotationPresent(
                Nullable.class));
  }

  /** Whether it gives something else each time. */
  public boolean random() {
    if (external != null) {
      return !external.immutable();
    }
    SqlFunction annotation = method.getAnnotation(SqlFunction.class);
    return annotation != null && annotation.random();
  }

  /** Whether its result may be NULL though no argument is. */
  public boolean mayBeNull() {
    return external != null
        ? external.mayBeNull()
        : method.getAnnotatedReturnType().isAnnotationPresent(Nullable.class);
  }

  /**
   * The method that makes an argument's physical value what the function's method takes, or null.
   */
  public @Nullable Method toJava(int argument) {
    return external == null ? null : external.arguments().get(argument).orElse(null);
  }

  /** The method that makes a physical value of what the function's method gives, or null. */
  public @Nullable Method toPhysical() {
    return external == null ? null : external.result().orElse(null);
  }

  /** Whether it is an operator, with a sign instead of a name. */
  public boolean operator() {
    return !Character.isJavaIdentifierStart(name.charAt(0));
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
