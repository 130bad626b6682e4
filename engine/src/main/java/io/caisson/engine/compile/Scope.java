package io.caisson.engine.compile;

import io.caisson.plan.Expression;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is already computed at a place in generated code: in the block itself and in those around
 * it. For one thread.
 */
final class Scope {
  private final @Nullable Scope around;
  private final Map<Expression, Value> values = new HashMap<>();
  private final Map<Value, String> objects = new HashMap<>();

  Scope(@Nullable Scope around) {
    this.around = around;
  }

  /** The scope of the block around this one. */
  Scope around() {
    if (around == null) {
      throw new IllegalStateException("the outermost scope");
    }
    return around;
  }

  @Nullable Value find(Expression expression) {
    for (Scope scope = this; scope != null; scope = scope.around) {
      Value value = scope.values.get(expression);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  void put(Expression expression, Value value) {
    values.put(expression, value);
  }

  @Nullable String findObject(Value value) {
    for (Scope scope = this; scope != null; scope = scope.around) {
      String name = scope.objects.get(value);
      if (name != null) {
        return name;
      }
    }
    return null;
  }

  void putObject(Value value, String name) {
    objects.put(value, name);
  }
}
