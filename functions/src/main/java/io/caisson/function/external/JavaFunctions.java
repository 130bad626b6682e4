package io.caisson.function.external;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.ExternalCall;
import io.caisson.function.ScalarFunction;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Finds the methods of functions that are written in Java. Stateless. */
public final class JavaFunctions {
  private static final String HINT =
      "It must be a public static method of a public class on the class path, without checked"
          + " exceptions: ";

  private JavaFunctions() {}

  /**
   * A function that a public static method carries out.
   *
   * @param name its name in SQL
   * @param arguments the types of its arguments
   * @param result the type of its result
   * @param target the class and the method, a dot between them
   * @param immutable whether it gives the same for the same arguments, always
   * @throws CaissonException 42883 where there is no such method, 42P13 where it is not one that
   *     can be called
   */
  public static ScalarFunction find(
      String name, List<SqlType> arguments, SqlType result, String target, boolean immutable) {
    int dot = target.lastIndexOf('.');
    if (dot <= 0) {
      throw new CaissonException(
              SqlState.INVALID_FUNCTION_DEFINITION, "\"" + target + "\" names no class and method")
          .withHint("Write AS 'com.example.Class.method'.");
    }
    Class<?> owner = owner(target.substring(0, dot));
    Method method = method(owner, target.substring(dot + 1), arguments, result);
    Class<?>[] parameters = method.getParameterTypes();
    var call =
        new ExternalCall(
            IntStream.range(0, parameters.length)
                .mapToObj(i -> JavaForm.of(arguments.get(i).kind(), parameters[i]).orElseThrow())
                .map(JavaForm::toJava)
                .toList(),
            JavaForm.of(result.kind(), method.getReturnType()).orElseThrow().toPhysical(),
            immutable,
            !method.getReturnType().isPrimitive() && isBytes(result),
            null);
    return new ScalarFunction(name, arguments, result, method, "A function in Java.", "", call);
  }

  /** A function that can't be called, for the given reason. */
  public static ScalarFunction missing(
      String name, List<SqlType> arguments, SqlType result, CaissonException reason) {
    var call =
        new ExternalCall(
            arguments.stream().map(a -> Optional.<Method>empty()).toList(),
            Optional.empty(),
            true,
            true,
            reason);
    Method nothing = JavaFunctions.class.getMethods()[0];
    return new ScalarFunction(name, arguments, result, nothing, "A function in Java.", "", call);
  }

  private static boolean isBytes(SqlType type) {
    return type.physical() == TypeKind.Physical.BYTES;
  }

  /**
   * The class of a name.
   *
   * @throws CaissonException 42883 where there is none
   */
  static Class<?> owner(String name) {
    for (ClassLoader loader : loaders()) {
      try {
        return Class.forName(name, true, loader);
      } catch (ClassNotFoundException | LinkageError e) {
        // the next one may have it
      }
    }
    throw new CaissonException(
            SqlState.UNDEFINED_FUNCTION, "class " + name + " is not on the class path")
        .withHint("Start the database with the class path of the program that has it.");
  }

  private static List<ClassLoader> loaders() {
    ClassLoader own = JavaFunctions.class.getClassLoader();
    @Nullable ClassLoader context = Thread.currentThread().getContextClassLoader();
    return context == null || context == own ? List.of(own) : List.of(own, context);
  }

  private static Method method(
      Class<?> owner, String name, List<SqlType> arguments, SqlType result) {
    List<Method> named =
        Arrays.stream(owner.getMethods()).filter(method -> method.getName().equals(name)).toList();
    if (named.isEmpty()) {
      throw new CaissonException(
              SqlState.UNDEFINED_FUNCTION,
              owner.getName() + " has no public method \"" + name + "\"")
          .withHint(HINT + signature(name, arguments, result) + ".");
    }
    List<Method> fitting =
        named.stream().filter(method -> fits(method, arguments, result)).toList();
    if (fitting.size() != 1) {
      String what = fitting.isEmpty() ? "no method that fits" : "several methods that fit";
      throw new CaissonException(
              SqlState.INVALID_FUNCTION_DEFINITION,
              owner.getName() + " has " + what + " " + signature(name, arguments, result))
          .withHint(HINT + signature(name, arguments, result) + ".");
    }
    return fitting.get(0);
  }

  private static boolean fits(Method method, List<SqlType> arguments, SqlType result) {
    Class<?>[] parameters = method.getParameterTypes();
    boolean callable =
        Modifier.isStatic(method.getModifiers())
            && Modifier.isPublic(method.getDeclaringClass().getModifiers())
            && Arrays.stream(method.getExceptionTypes())
                .allMatch(RuntimeException.class::isAssignableFrom);
    return callable
        && parameters.length == arguments.size()
        && JavaForm.of(result.kind(), method.getReturnType()).isPresent()
        && IntStream.range(0, parameters.length)
            .allMatch(i -> JavaForm.of(arguments.get(i).kind(), parameters[i]).isPresent());
  }

  private static String signature(String name, List<SqlType> arguments, SqlType result) {
    return JavaForm.usual(result.kind())
        + " "
        + name
        + arguments.stream()
            .map(type -> JavaForm.usual(type.kind()))
            .collect(Collectors.joining(", ", "(", ")"));
  }
}
