package io.caisson.model.run;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.StreamingMode;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.subspace.Subspace;
import com.apple.foundationdb.tuple.Tuple;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.codec.ByteReader;
import io.caisson.model.codec.ByteWriter;
import io.caisson.model.codec.Corruption;
import io.caisson.model.keyspace.DatabaseKeyspace;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * Manifests of views. Replacing one reads it first, in the same transaction: of two workers that
 * think they keep a view, only the one that took it over last can commit. Thread-safe.
 *
 * <pre>
 * (view, part) → the bytes below, cut into parts of 90 KB
 *
 * format (1) = 1 | owner (16) | CRC32C of the body (4) | body
 * </pre>
 */
public final class ManifestStore {
  private static final int FORMAT = 1;
  private static final int PART_BYTES = 90 << 10;

  private final Subspace state;

  /** The manifests of a database's views. */
  public ManifestStore(DatabaseKeyspace keyspace) {
    this.state = keyspace.state();
  }

  /** The manifest of a view, or empty where it has none yet. */
  public Optional<Manifest> read(ReadTransaction transaction, long view) {
    List<KeyValue> parts =
        transaction
            .getRange(
                state.range(Tuple.from(view)),
                ReadTransaction.ROW_LIMIT_UNLIMITED,
                false,
                StreamingMode.WANT_ALL)
            .asList()
            .join();
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    var bytes = new ByteWriter();
    parts.forEach(part -> bytes.putBytes(part.getValue(), 0, part.getValue().length));
    return Optional.of(decode(view, bytes.toBytes()));
  }

  /**
   * Makes a worker the owner of a view's manifest, whoever it was before; an empty manifest where
   * there is none. The former owner's transactions fail from now on.
   *
   * @return the manifest as it stands
   */
  public Manifest takeOver(Transaction transaction, long view, UUID owner) {
    byte[] body = read(transaction, view).map(Manifest::body).orElse(new byte[0]);
    var manifest = new Manifest(owner, body);
    write(transaction, view, manifest);
    return manifest;
  }

  /**
   * Replaces a view's manifest.
   *
   * @throws CaissonException OBJECT_IN_USE, if its owner is no longer the given one;
   *     UNDEFINED_OBJECT, if it has none
   */
  public void replace(Transaction transaction, long view, Manifest manifest) {
    checkOwner(transaction, view, manifest.owner());
    write(transaction, view, manifest);
  }

  /**
   * Fails unless a worker still owns a view, and keeps it so until the transaction is committed.
   *
   * @throws CaissonException OBJECT_IN_USE, if another does; UNDEFINED_OBJECT, if it was dropped
   */
  public void checkOwner(Transaction transaction, long view, UUID owner) {
    Optional<Manifest> current = read(transaction, view);
    if (current.isEmpty()) {
      throw new CaissonException(SqlState.UNDEFINED_OBJECT, "the view was dropped");
    }
    if (!current.get().owner().equals(owner)) {
      throw new CaissonException(
              SqlState.OBJECT_IN_USE, "View " + view + " is kept by another worker now")
          .withHint("This worker was too slow; it must not go on with it.");
    }
  }

  private void write(Transaction transaction, long view, Manifest manifest) {
    var out = new ByteWriter();
    out.putByte(FORMAT);
    out.putLong(manifest.owner().getMostSignificantBits());
    out.putLong(manifest.owner().getLeastSignificantBits());
    out.putInt(checksum(manifest.body()));
    out.putBytes(manifest.body(), 0, manifest.body().length);
    byte[] bytes = out.toBytes();
    transaction.clear(state.range(Tuple.from(view)));
    for (int start = 0; start < bytes.length; start += PART_BYTES) {
      byte[] part = Arrays.copyOfRange(bytes, start, Math.min(bytes.length, start + PART_BYTES));
      transaction.set(state.pack(Tuple.from(view, start / PART_BYTES)), part);
    }
  }

  private static Manifest decode(long view, byte[] bytes) {
    try {
      var in = new ByteReader(bytes);
      int format = in.readByte();
      if (format != FORMAT) {
        throw new IllegalArgumentException("unknown format " + format);
      }
      UUID owner = new UUID(in.readLong(), in.readLong());
      int expected = in.readInt();
      byte[] body = Arrays.copyOfRange(bytes, in.position(), bytes.length);
      if (checksum(body) != expected) {
        throw new IllegalArgumentException("its checksum does not match");
      }
      return new Manifest(owner, body);
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw Corruption.of("The manifest of view " + view, String.valueOf(e.getMessage()), e);
    }
  }

  private static int checksum(byte[] body) {
    var checksum = new CRC32C();
    checksum.update(body);
    return (int) checksum.getValue();
  }
}
