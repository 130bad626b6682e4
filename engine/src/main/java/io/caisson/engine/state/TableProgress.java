package io.caisson.engine.state;

/**
 * How far the back-fill of a table has come. Immutable; the key is not copied.
 *
 * @param key behind which key it goes on; empty where it is complete
 * @param rows how many rows it has read
 */
public record TableProgress(byte[] key, long rows) {
  private static final byte[] END = {};

  /** All has been read. */
  public static TableProgress complete(long rows) {
    return new TableProgress(END, rows);
  }

  /** Whether all has been read. */
  public boolean complete() {
    return key.length == 0;
  }
}
