package io.caisson.model.transaction;

import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.subspace.Subspace;
import com.apple.foundationdb.tuple.Tuple;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * A key that a transaction writes beside its own changes, so that afterwards one can tell whether
 * it committed, and when. The key is used again by the next transaction: a marker costs one small
 * write and nothing is left to clear but one key for each thread that was ever at work. For one
 * thread at a time.
 *
 * <pre>
 * key:   markers (born in microseconds, runner, slot)
 * value: use (8 bytes) | version of the commit (10 bytes, filled in by the store)
 * </pre>
 */
final class CommitMarker {
  private static final int USE_BYTES = 8;
  private static final int STAMP_BYTES = 10;

  private final byte[] key;
  private final long bornMicros;
  private long use;

  CommitMarker(Subspace markers, long bornMicros, long runner, long slot) {
    this.key = markers.pack(Tuple.from(bornMicros, runner, slot));
    this.bornMicros = bornMicros;
  }

  long bornMicros() {
    return bornMicros;
  }

  byte[] key() {
    return key;
  }

  /** Begins the next use: what was committed before no longer counts. */
  void beginUse() {
    use++;
  }

  /**
   * Marks a transaction. The read conflict keeps an earlier attempt, still on its way to the store,
   * from committing after this one.
   */
  void mark(Transaction transaction) {
    transaction.addReadConflictKey(key);
    byte[] value =
        ByteBuffer.allocate(USE_BYTES + STAMP_BYTES + Integer.BYTES)
            .putLong(use)
            .position(USE_BYTES + STAMP_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(USE_BYTES)
            .array();
    transaction.mutate(MutationType.SET_VERSIONSTAMPED_VALUE, key, value);
  }

  /** Writes that no attempt of this use has committed; one that is on its way conflicts then. */
  void erase(Transaction transaction) {
    transaction.set(key, new byte[0]);
  }

  /** The version at which an earlier attempt of this use committed; empty where none did. */
  OptionalLong committedVersion(Transaction transaction) {
    byte[] value = transaction.get(key).join();
    if (value == null || value.length != USE_BYTES + STAMP_BYTES) {
      return OptionalLong.empty();
    }
    long committedUse = ByteBuffer.wrap(value).getLong();
    byte[] stamp = Arrays.copyOfRange(value, USE_BYTES, USE_BYTES + STAMP_BYTES);
    return committedUse == use
        ? OptionalLong.of(ByteBuffer.wrap(stamp).getLong())
        : OptionalLong.empty();
  }
}
