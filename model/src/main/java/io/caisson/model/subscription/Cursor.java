package io.caisson.model.subscription;

/**
 * How far a subscription has come. Immutable.
 *
 * @param snapshot whether it begins with a snapshot, of which nothing was acknowledged yet
 * @param version up to which version changes were acknowledged, or of which version the snapshot is
 *     that was read last
 */
public record Cursor(boolean snapshot, long version) {
  /** A snapshot is wanted, and none was read so far. */
  public static final Cursor FRESH = new Cursor(true, Long.MAX_VALUE);

  /** All changes up to a version have been acknowledged. */
  public static Cursor at(long version) {
    return new Cursor(false, version);
  }

  /** A snapshot of a version is being read. */
  public static Cursor reading(long version) {
    return new Cursor(true, version);
  }
}
