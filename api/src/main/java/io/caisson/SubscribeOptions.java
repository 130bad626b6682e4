package io.caisson;

import org.jspecify.annotations.Nullable;

/**
 * How something is followed. Immutable.
 *
 * @param snapshot whether the rows that are there come first; a subscription that has a name knows
 *     that itself
 * @param after the token behind which it goes on, or null for none; then no snapshot comes
 */
public record SubscribeOptions(boolean snapshot, @Nullable String after) {
  /** The rows that are there, and every change after them. */
  public static SubscribeOptions withSnapshot() {
    return new SubscribeOptions(true, null);
  }

  /** Every change from now on. */
  public static SubscribeOptions fromNow() {
    return new SubscribeOptions(false, null);
  }

  /**
   * Every change behind a token.
   *
   * @param token the token of a batch
   */
  public static SubscribeOptions behind(String token) {
    return new SubscribeOptions(false, token);
  }
}
