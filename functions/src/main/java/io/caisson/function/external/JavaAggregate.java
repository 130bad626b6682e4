package io.caisson.function.external;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate that a class of others carries out: each instance is the aggregate over one group.
 * It takes rows one after the other and has a result at any time:
 *
 * <pre>
 *   public final class Longest {
 *     public void accumulate(String text)    for each row without NULL among its arguments
 *     public @Nullable String result()       null stands for NULL
 *   }
 * </pre>
 *
 * Values are objects of the class that {@link TypeKind#physicalObject} says. Immutable.
 */
public final class JavaAggregate {
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  private final Signature signature;
  private final @Nullable Calls calls;
  private final @Nullable CaissonException missing;

  /**
   * What SQL knows of it.
   *
   * @param name its name
   * @param arguments the types of its arguments
   * @param result the type of its result
   * @param target the class
   * @param immutable whether the result depends on the rows alone
   */
  public record Signature(
      String name, List<SqlType> arguments, SqlType result, String target, boolean immutable) {
    /** Copies the list. */
    public Signature {
      arguments = List.copyOf(arguments);
    }

    /** As it is written where it is called: {@code longest(TEXT)}. */
    @Override
    public String toString() {
      return name
          + arguments.stream().map(SqlType::sql).collect(Collectors.joining(", ", "(", ")"));
    }
  }

  /**
   * How its class is called.
   *
   * @param start makes an instance
   * @param accumulate takes a row
   * @param result gives the result, as Java has it
   * @param toJava for each argument the static method that makes a Java value of its physical one,
   *     where one is needed
   * @param toPhysical the static method that makes a physical value of the result, where one is
   *     needed
   */
  record Calls(
      Constructor<?> start,
      Method accumulate,
      Method result,
      List<Optional<Method>> toJava,
      Optional<Method> toPhysical) {}

  JavaAggregate(Signature signature, @Nullable Calls calls, @Nullable CaissonException missing) {
    this.signature = signature;
    this.calls = calls;
    this.missing = missing;
  }

  /** What SQL knows of it. */
  public Signature signature() {
    return signature;
  }

  /** Why it can't be called, or null where it can. */
  public @Nullable CaissonException missing() {
    return missing;
  }

  /** Whether values of a type can become those of an argument. */
  public static boolean converts(TypeKind given, TypeKind wanted) {
    return given == wanted
        || (isNumber(given) && isNumber(wanted))
        || (given == TypeKind.DATE && wanted == TypeKind.TIMESTAMP);
  }

  private static boolean isNumber(TypeKind kind) {
    return switch (kind) {
      case SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, NUMERIC -> true;
      default -> false;
    };
  }

  /**
   * The aggregate over a group without rows.
   *
   * @param given the types of the values that it will be given
   */
  public Running start(List<TypeKind> given) {
    return new Running(given);
  }

  @Override
  public String toString() {
    return signature + " " + signature.result().sql() + " " + signature.target();
  }

  /** The aggregate over one group. For one thread. */
  public final class Running {
    private final List<TypeKind> given;
    private @Nullable Object instance;

    private Running(List<TypeKind> given) {
      this.given = List.copyOf(given);
    }

    /** Forgets all rows. */
    public void clear() {
      instance = null;
    }

    /** Adds a row, of physical values, none of them null. */
    public void accumulate(Object[] values) {
      Calls found = calls();
      Object[] arguments = new Object[values.length];
      for (int i = 0; i < values.length; i++) {
        TypeKind wanted = signature.arguments().get(i).kind();
        arguments[i] = asJava(found.toJava.get(i), converted(values[i], given.get(i), wanted));
      }
      called(" for " + text(arguments), () -> found.accumulate.invoke(instance(), arguments));
    }

    /** The result, a physical value, or null for NULL. */
    public @Nullable Object result() {
      Calls found = calls();
      Object result = called("", () -> found.result.invoke(instance()));
      return result == null ? null : physical(asJava(found.toPhysical, result));
    }

    private Object instance() {
      Object group = instance;
      if (group == null) {
        group = Objects.requireNonNull(called("", () -> calls().start.newInstance()));
        instance = group;
      }
      return group;
    }
  }

  private Calls calls() {
    if (calls == null) {
      throw Objects.requireNonNull(missing);
    }
    return calls;
  }

  private static Object asJava(Optional<Method> form, Object value) {
    return form.isEmpty()
        ? value
        : Objects.requireNonNull(invoked(() -> form.get().invoke(null, value)));
  }

  /** A number as the physical form has it. */
  private Object physical(Object result) {
    return switch (signature.result().physical()) {
      case LONG -> result instanceof Number number ? (Object) number.longValue() : result;
      case DOUBLE -> result instanceof Number number ? (Object) number.doubleValue() : result;
      case BYTES -> result;
    };
  }

  private static String text(Object[] arguments) {
    return Arrays.stream(arguments)
        .map(value -> value instanceof byte[] b ? b.length + " bytes" : String.valueOf(value))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  /** A call of a method of others. */
  private interface Call {
    @Nullable Object call() throws ReflectiveOperationException;
  }

  private static @Nullable Object invoked(Call call) {
    try {
      return call.call();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a public method can be called", e);
    }
  }

  /** What the class throws is an error of the row. */
  private @Nullable Object called(String row, Call call) {
    try {
      return call.call();
    } catch (InvocationTargetException e) {
      Throwable thrown = e.getCause();
      if (thrown instanceof CaissonException ours) {
        throw ours;
      }
      if (thrown instanceof VirtualMachineError fatal) {
        throw fatal;
      }
      throw new CaissonException(
              SqlState.EXTERNAL_ROUTINE_EXCEPTION,
              "aggregate " + signature + " failed" + row + ": " + thrown,
              thrown)
          .withHint("It is " + signature.target() + " that failed.");
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(signature.target() + " can be called", e);
    }
  }

  private static Object converted(Object value, TypeKind given, TypeKind wanted) {
    if (given == wanted) {
      return value;
    }
    if (given == TypeKind.DATE && value instanceof Long days) {
      return days * MICROS_PER_DAY;
    }
    if (!(value instanceof Number number)) {
      return value;
    }
    return switch (wanted) {
      case NUMERIC ->
          value instanceof Long whole
              ? BigDecimal.valueOf(whole)
              : new BigDecimal(number.toString());
      case REAL -> (double) number.floatValue();
      case DOUBLE -> number.doubleValue();
      default -> number.longValue();
    };
  }
}
