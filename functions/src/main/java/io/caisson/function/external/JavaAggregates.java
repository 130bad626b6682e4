package io.caisson.function.external;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.type.SqlType;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds the classes of aggregates that are written in Java, and their methods. Stateless. */
public final class JavaAggregates {
  private JavaAggregates() {}

  /**
   * The aggregate that a class carries out.
   *
   * @throws CaissonException 42883 where there is no such class, 42P13 where it is not one that can
   *     be called
   */
  public static JavaAggregate find(JavaAggregate.Signature signature) {
    Class<?> owner = JavaFunctions.owner(signature.target());
    Constructor<?> start =
        Arrays.stream(owner.getConstructors())
            .filter(c -> c.getParameterCount() == 0 && isPlain(c))
            .filter(c -> !Modifier.isAbstract(owner.getModifiers()))
            .findFirst()
            .orElseThrow(() -> unfit(owner, "no public constructor without parameters", signature));
    Method accumulate =
        only(
            owner,
            Arrays.stream(owner.getMethods())
                .filter(m -> m.getName().equals("accumulate") && takes(m, signature.arguments()))
                .toList(),
            "accumulate",
            signature);
    Method result =
        only(
            owner,
            Arrays.stream(owner.getMethods())
                .filter(m -> m.getName().equals("result") && gives(m, signature.result()))
                .toList(),
            "result",
            signature);
    Class<?>[] parameters = accumulate.getParameterTypes();
    var calls =
        new JavaAggregate.Calls(
            start,
            accumulate,
            result,
            IntStream.range(0, parameters.length)
                .mapToObj(i -> form(signature.arguments().get(i), parameters[i]).toJava())
                .toList(),
            form(signature.result(), plain(result.getReturnType())).toPhysical());
    return new JavaAggregate(signature, calls, null);
  }

  /** An aggregate that can't be called, for the given reason. */
  public static JavaAggregate missing(JavaAggregate.Signature signature, CaissonException reason) {
    return new JavaAggregate(signature, null, reason);
  }

  private static JavaForm form(SqlType type, Class<?> java) {
    return JavaForm.of(type.kind(), java).orElseThrow();
  }

  private static boolean takes(Method method, List<SqlType> arguments) {
    Class<?>[] parameters = method.getParameterTypes();
    return isPlain(method)
        && parameters.length == arguments.size()
        && IntStream.range(0, parameters.length)
            .allMatch(i -> JavaForm.of(arguments.get(i).kind(), parameters[i]).isPresent());
  }

  private static boolean gives(Method method, SqlType result) {
    return isPlain(method)
        && method.getParameterCount() == 0
        && JavaForm.of(result.kind(), plain(method.getReturnType())).isPresent();
  }

  /** Whether it can be called on an instance and says of no exception that it may throw it. */
  private static boolean isPlain(Executable method) {
    return !Modifier.isStatic(method.getModifiers())
        && Modifier.isPublic(method.getDeclaringClass().getModifiers())
        && Arrays.stream(method.getExceptionTypes())
            .allMatch(RuntimeException.class::isAssignableFrom);
  }

  /** A number's class in its primitive form: a result may be null, which is NULL. */
  private static Class<?> plain(Class<?> java) {
    return MethodType.methodType(java).unwrap().returnType();
  }

  private static Method only(
      Class<?> owner, List<Method> fitting, String name, JavaAggregate.Signature signature) {
    List<Method> own = fitting.stream().filter(method -> !method.isBridge()).toList();
    if (own.size() == 1) {
      return own.get(0);
    }
    String what = own.isEmpty() ? "no method that fits \"" : "several methods that fit \"";
    throw unfit(owner, what + name + "\"", signature);
  }

  private static CaissonException unfit(
      Class<?> owner, String what, JavaAggregate.Signature signature) {
    String parameters =
        signature.arguments().stream()
            .map(type -> JavaForm.usual(type.kind()))
            .collect(Collectors.joining(", "));
    return new CaissonException(
            SqlState.INVALID_FUNCTION_DEFINITION, owner.getName() + " has " + what)
        .withHint(
            "It must be a public class with a public constructor without parameters and the public"
                + " methods void accumulate("
                + parameters
                + ") and "
                + JavaForm.usual(signature.result().kind())
                + " result(), without checked exceptions.");
  }
}
