package io.caisson.function;

import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.lang.reflect.Method;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** The functions that a method with an {@link ArrayFunction} on it stands for. Stateless. */
final class ArrayOverloads {
  private ArrayOverloads() {}

  /** The functions of a method under one of its names. */
  static List<ScalarFunction> of(
      Method method, ArrayFunction annotation, String name, Function<TypeKind, SqlType> types) {
    check(method, annotation);
    var slots = new ArrayList<>(List.of(annotation.arguments()));
    slots.add(annotation.result());
    boolean generic = slots.contains(ArraySlot.ARRAY) || slots.contains(ArraySlot.ELEMENT);
    var functions = new ArrayList<ScalarFunction>();
    for (TypeKind kind : generic ? TypeKind.values() : new TypeKind[] {TypeKind.TEXT}) {
      if (concerns(annotation, kind)) {
        SqlType element = types.apply(kind);
        functions.add(
            new ScalarFunction(
                name,
                Arrays.stream(annotation.arguments()).map(slot -> slot.type(element)).toList(),
                annotation.result().type(element),
                method,
                annotation.description(),
                annotation.example()));
      }
    }
    return functions;
  }

  private static boolean concerns(ArrayFunction annotation, TypeKind kind) {
    List<TypeKind> only = List.of(annotation.only());
    return kind != TypeKind.ARRAY
        && (only.isEmpty() || only.contains(kind))
        && !List.of(annotation.except()).contains(kind);
  }

  private static void check(Method method, ArrayFunction annotation) {
    List<Class<?>> parameters = new ArrayList<>(List.of(method.getParameterTypes()));
    parameters.removeIf(type -> type == ZoneId.class || type == TypeKind.class);
    ArraySlot[] slots = annotation.arguments();
    boolean fits =
        parameters.size() == slots.length && annotation.result().fits(method.getReturnType());
    for (int i = 0; fits && i < slots.length; i++) {
      fits = slots[i].fits(parameters.get(i));
    }
    if (!fits) {
      throw new IllegalStateException(method + " is not what its annotation says");
    }
  }
}
