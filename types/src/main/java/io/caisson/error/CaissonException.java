package io.caisson.error;

import org.jspecify.annotations.Nullable;

/**
 * The one exception family above the store: a {@link SqlState}, a message, and where they help a
 * position in the statement and a hint that says what to do. Immutable; the {@code with…} methods
 * return changed copies.
 */
public final class CaissonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final SqlState state;
  private final @Nullable Position position;
  private final @Nullable String hint;

  /** An error with a message only. */
  public CaissonException(SqlState state, String message) {
    this(state, message, null, null, null);
  }

  /** An error that another one caused. */
  public CaissonException(SqlState state, String message, @Nullable Throwable cause) {
    this(state, message, null, null, cause);
  }

  private CaissonException(
      SqlState state,
      String message,
      @Nullable Position position,
      @Nullable String hint,
      @Nullable Throwable cause) {
    super(message, cause);
    this.state = state;
    this.position = position;
    this.hint = hint;
  }

  /** The same error with advice on what to do. */
  public CaissonException withHint(String newHint) {
    return copy(getMessage(), position, newHint);
  }

  /** The same error at a place in the statement. */
  public CaissonException withPosition(@Nullable Position newPosition) {
    return copy(getMessage(), newPosition, hint);
  }

  private CaissonException copy(
      @Nullable String message, @Nullable Position newPosition, @Nullable String newHint) {
    var copy =
        new CaissonException(state, String.valueOf(message), newPosition, newHint, getCause());
    copy.setStackTrace(getStackTrace());
    return copy;
  }

  /** Which error it is. */
  public SqlState state() {
    return state;
  }

  /** Where in the statement, or null where the error has no place. */
  public @Nullable Position position() {
    return position;
  }

  /** What to do about it, or null. */
  public @Nullable String hint() {
    return hint;
  }
}
