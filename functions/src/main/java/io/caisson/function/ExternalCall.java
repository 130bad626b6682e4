package io.caisson.function;

import io.caisson.error.CaissonException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a method that is not one of ours is called. Immutable.
 *
 * @param arguments for each argument the public static method that makes a Java value of its
 *     physical one, where one is needed
 * @param result the public static method that makes a physical value of its result, where one is
 *     needed
 * @param immutable whether it gives the same for the same arguments, always
 * @param mayBeNull whether it may give null, which is NULL
 * @param missing why it can't be called, or null where it can
 */
public record ExternalCall(
    List<Optional<Method>> arguments,
    Optional<Method> result,
    boolean immutable,
    boolean mayBeNull,
    @Nullable CaissonException missing) {
  /** Copies the list. */
  public ExternalCall {
    arguments = List.copyOf(arguments);
  }
}
