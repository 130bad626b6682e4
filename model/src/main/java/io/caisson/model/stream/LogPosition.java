package io.caisson.model.stream;

import com.apple.foundationdb.tuple.Versionstamp;
import java.nio.ByteBuffer;
import java.util.Comparator;

/**
 * A place in a stream: the versionstamp that the store gave a block's transaction, and the block's
 * number within that transaction. No two blocks of a database share one, so positions order all
 * shards of all its streams. Immutable.
 *
 * @param version the commit's version
 * @param batch the transaction's number within the version, 0 to 65,535
 * @param user the block's number within the transaction, 0 to 65,535
 */
public record LogPosition(long version, int batch, int user) implements Comparable<LogPosition> {
  /** Before everything. */
  public static final LogPosition START = endOf(-1);

  /** How many bytes a position takes. */
  public static final int BYTES = 12;

  private static final int LARGEST_SHORT = 0xFFFF;
  private static final Comparator<LogPosition> ORDER =
      Comparator.comparingLong(LogPosition::version)
          .thenComparingInt(LogPosition::batch)
          .thenComparingInt(LogPosition::user);

  /** The last place of a version: everything up to and including the version. */
  public static LogPosition endOf(long version) {
    return new LogPosition(version, LARGEST_SHORT, LARGEST_SHORT);
  }

  /** Whether this is the last place of its version. */
  public boolean endsVersion() {
    return batch == LARGEST_SHORT && user == LARGEST_SHORT;
  }

  static LogPosition of(Versionstamp stamp) {
    return fromBytes(stamp.getBytes());
  }

  Versionstamp toVersionstamp() {
    return Versionstamp.fromBytes(toBytes());
  }

  /** The position as bytes that sort as positions do (for versions that are not negative). */
  public byte[] toBytes() {
    return ByteBuffer.allocate(BYTES)
        .putLong(version)
        .putShort((short) batch)
        .putShort((short) user)
        .array();
  }

  /** The position of what {@link #toBytes} returned. */
  public static LogPosition fromBytes(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    return new LogPosition(
        in.getLong(), in.getShort() & LARGEST_SHORT, in.getShort() & LARGEST_SHORT);
  }

  @Override
  public int compareTo(LogPosition other) {
    return ORDER.compare(this, other);
  }
}
