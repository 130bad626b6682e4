package io.caisson.function;

import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The scalar functions that SQL knows, found by name. A function is a method of one of the family
 * classes with a {@link SqlFunction} or an {@link ArrayFunction} on it; nothing else has to be told
 * of a new one. Immutable and thread-safe.
 */
public final class FunctionRegistry {
  private static final int MICROSECONDS = 6;
  private static final FunctionRegistry BUILT_IN =
      new FunctionRegistry(
          List.of(
              TextFunctions.class,
              MathFunctions.class,
              NumericFunctions.class,
              TimeFunctions.class,
              IntervalFunctions.class,
              ZonedFunctions.class,
              CalendarFunctions.class,
              PatternFunctions.class,
              SearchFunctions.class,
              EncodingFunctions.class,
              BitFunctions.class,
              QuotingFunctions.class,
              FormatFunctions.class,
              FinityFunctions.class,
              GeometryFunctions.class,
              SketchFunctions.class,
              JsonFunctions.class,
              JsonConversions.class,
              JsonPathFunctions.class,
              ArrayFunctions.class,
              ArrayChanges.class,
              ArrayOperators.class,
              ArrayTextFunctions.class));

  private final List<ScalarFunction> all;
  private final Map<String, List<ScalarFunction>> byName = new TreeMap<>();

  FunctionRegistry(List<Class<?>> families) {
    var found = new ArrayList<ScalarFunction>();
    for (Class<?> family : families) {
      for (Method method : family.getDeclaredMethods()) {
        SqlFunction annotation = method.getAnnotation(SqlFunction.class);
        if (annotation != null) {
          found.add(functionOf(method, annotation, annotation.name()));
          for (String alias : annotation.aliases()) {
            found.add(functionOf(method, annotation, alias));
          }
        }
        ArrayFunction ofArrays = method.getAnnotation(ArrayFunction.class);
        if (ofArrays != null) {
          checkCallable(method);
          found.addAll(
              ArrayOverloads.of(method, ofArrays, ofArrays.name(), FunctionRegistry::typeOf));
          for (String alias : ofArrays.aliases()) {
            found.addAll(ArrayOverloads.of(method, ofArrays, alias, FunctionRegistry::typeOf));
          }
        }
      }
    }
    found.sort(
        Comparator.comparing(ScalarFunction::name)
            .thenComparing(f -> f.arguments().size())
            .thenComparing(ScalarFunction::signature));
    all = List.copyOf(found);
    for (ScalarFunction function : all) {
      byName.merge(function.name(), List.of(function), FunctionRegistry::joined);
    }
  }

  /** The functions that Caisson brings along. */
  public static FunctionRegistry builtIn() {
    return BUILT_IN;
  }

  /** All functions, by name and then by number of arguments. */
  public List<ScalarFunction> all() {
    return all;
  }

  /** The functions of a name in lower case, fewest arguments first; empty where there is none. */
  public List<ScalarFunction> named(String name) {
    return byName.getOrDefault(name, List.of());
  }

  private static List<ScalarFunction> joined(
      List<ScalarFunction> some, List<ScalarFunction> others) {
    var both = new ArrayList<>(some);
    both.addAll(others);
    return List.copyOf(both);
  }

  private static void checkCallable(Method method) {
    int modifiers = method.getModifiers() & method.getDeclaringClass().getModifiers();
    if (!Modifier.isPublic(modifiers) || !Modifier.isStatic(method.getModifiers())) {
      throw new IllegalStateException(method + " is not a public static method of a public class");
    }
  }

  private static ScalarFunction functionOf(Method method, SqlFunction annotation, String name) {
    checkCallable(method);
    Class<?>[] declared =
        Arrays.stream(annotation.arguments())
            .map(FunctionRegistry::javaTypeOf)
            .toArray(Class<?>[]::new);
    Class<?>[] parameters = method.getParameterTypes();
    boolean zoned = parameters.length > 0 && parameters[0] == ZoneId.class;
    Class<?>[] taken = Arrays.copyOfRange(parameters, zoned ? 1 : 0, parameters.length);
    if (!Arrays.equals(declared, taken) || !isOf(annotation.result(), method.getReturnType())) {
      throw new IllegalStateException(method + " is not what its annotation says");
    }
    return new ScalarFunction(
        name,
        Arrays.stream(annotation.arguments()).map(FunctionRegistry::typeOf).toList(),
        typeOf(annotation.result()),
        method,
        annotation.description(),
        annotation.example());
  }

  /** What may be NULL is an object. */
  private static boolean isOf(TypeKind kind, Class<?> result) {
    return result == javaTypeOf(kind) || (kind == TypeKind.BOOLEAN && result == Boolean.class);
  }

  /** Times keep all their digits on the way through a function. */
  private static SqlType typeOf(TypeKind kind) {
    return kind == TypeKind.TIMESTAMP || kind == TypeKind.TIME || kind == TypeKind.TIMESTAMPTZ
        ? new SqlType(kind, MICROSECONDS, 0, true)
        : SqlType.of(kind);
  }

  private static Class<?> javaTypeOf(TypeKind kind) {
    if (kind == TypeKind.BOOLEAN) {
      return boolean.class;
    }
    return switch (kind.physical()) {
      case LONG -> long.class;
      case DOUBLE -> double.class;
      case BYTES -> kind.physicalObject();
    };
  }
}
