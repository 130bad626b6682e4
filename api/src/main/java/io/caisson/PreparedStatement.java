package io.caisson;

import io.caisson.error.CaissonException;
import org.jspecify.annotations.Nullable;

/**
 * A statement with places for values, planned once and run often. It belongs to its session and is,
 * like it, for one thread at a time. It is planned anew by itself when definitions have changed.
 */
public interface PreparedStatement {
  /** The statement's text. */
  String text();

  /** How many values it takes. */
  int parameters();

  /**
   * Runs it.
   *
   * @param parameters a value for each place: of the class that {@link
   *     io.caisson.type.TypeKind#javaClass()} names for the type of what it is compared with or
   *     assigned to, or one that SQL would convert to it; null for NULL
   * @return the answer, as {@link Session#execute(String, Object...)} gives it
   * @throws CaissonException 42P02 when there are fewer or more values than places, 22P02, 22003 or
   *     42804 when a value does not fit, or whatever goes wrong in the statement
   */
  Result execute(@Nullable Object... parameters);
}
