package io.caisson.model.stream;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.StreamingMode;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.subspace.Subspace;
import com.apple.foundationdb.tuple.Tuple;
import io.caisson.model.keyspace.DatabaseKeyspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What each producer appended last. Thread-safe.
 *
 * <pre>
 * (stream, producer) → (sequence, payload), as a tuple
 * </pre>
 */
public final class ProducerStore {
  private final Subspace producers;

  /** The producers of a database. */
  public ProducerStore(DatabaseKeyspace keyspace) {
    this.producers = keyspace.producers();
  }

  /** A producer's last append to a stream, or empty where there was none. */
  public Optional<Producer> last(ReadTransaction transaction, long stream, String producer) {
    byte[] value = transaction.get(producers.pack(Tuple.from(stream, producer))).join();
    return value == null ? Optional.empty() : Optional.of(decode(producer, value));
  }

  /** The last appends of all producers of a stream. */
  public List<Producer> all(ReadTransaction transaction, long stream) {
    var found = new ArrayList<Producer>();
    for (KeyValue entry :
        transaction
            .getRange(
                producers.range(Tuple.from(stream)),
                ReadTransaction.ROW_LIMIT_UNLIMITED,
                false,
                StreamingMode.WANT_ALL)
            .asList()
            .join()) {
      found.add(decode(producers.unpack(entry.getKey()).getString(1), entry.getValue()));
    }
    return found;
  }

  /** Notes an append, unless it was there before. Returns whether it is new. */
  boolean advance(Transaction transaction, long stream, Producer producer) {
    Optional<Producer> last = last(transaction, stream, producer.id());
    if (last.isPresent() && producer.sequence() <= last.get().sequence()) {
      return false;
    }
    transaction.set(
        producers.pack(Tuple.from(stream, producer.id())),
        Tuple.from(producer.sequence(), producer.payload()).pack());
    return true;
  }

  private static Producer decode(String id, byte[] value) {
    Tuple tuple = Tuple.fromBytes(value);
    return new Producer(id, tuple.getLong(0), tuple.getBytes(1));
  }
}
