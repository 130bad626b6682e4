package io.caisson.model.table;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.Range;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.StreamingMode;
import com.apple.foundationdb.async.AsyncIterator;
import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Rows read by the primary key: single keys all at once, ranges one after the other. For one
 * thread.
 */
final class TableScan implements Iterator<Columns> {
  /** About how many bytes a chunk holds. */
  static final int CHUNK_BYTES = 256 << 10;

  private static final int GETS_AT_ONCE = 100;

  private final ReadTransaction transaction;
  private final RowLayout layout;
  private final Iterator<KeyRange> parts;
  private final boolean reverse;
  private final Queue<Get> gets = new ArrayDeque<>();
  private long left;
  private @Nullable AsyncIterator<KeyValue> range;
  private @Nullable KeyValue ahead;

  /** A row that was asked for. */
  private record Get(byte[] key, CompletableFuture<byte[]> value) {}

  TableScan(ReadTransaction transaction, RowLayout layout, TableRead read) {
    this.transaction = transaction;
    this.layout = layout;
    this.parts = parts(read);
    this.reverse = read.reverse();
    this.left = read.limit() == 0 ? Long.MAX_VALUE : read.limit();
  }

  /** The parts in the order in which they are read. */
  static Iterator<KeyRange> parts(TableRead read) {
    if (!read.reverse()) {
      return read.parts().iterator();
    }
    var reversed = new ArrayDeque<KeyRange>();
    read.parts().forEach(reversed::addFirst);
    return reversed.iterator();
  }

  /** The entries of a range, at most as many as are left to read. */
  static AsyncIterator<KeyValue> entries(
      ReadTransaction transaction, Range range, long left, boolean reverse) {
    boolean few = left < Integer.MAX_VALUE;
    return transaction
        .getRange(
            range.begin,
            range.end,
            few ? (int) left : ReadTransaction.ROW_LIMIT_UNLIMITED,
            reverse,
            few ? StreamingMode.WANT_ALL : StreamingMode.SERIAL)
        .iterator();
  }

  @Override
  public boolean hasNext() {
    while (ahead == null && left > 0) {
      if (!gets.isEmpty()) {
        Get get = gets.remove();
        byte[] value = get.value().join();
        ahead = value == null ? null : new KeyValue(get.key(), value);
      } else if (range != null && range.hasNext()) {
        ahead = range.next();
      } else if (parts.hasNext()) {
        begin();
      } else {
        return false;
      }
    }
    return ahead != null;
  }

  /** Begins with the next parts: a range, or as many single keys as come together. */
  private void begin() {
    range = null;
    while (parts.hasNext() && gets.size() < GETS_AT_ONCE) {
      KeyRange part = parts.next();
      if (part.prefix().size() < layout.table().primaryKey().size()) {
        range = entries(transaction, layout.keys().range(part), left, reverse);
        return;
      }
      byte[] key = layout.keys().of(part.prefix());
      gets.add(new Get(key, transaction.get(key)));
    }
  }

  @Override
  public Columns next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    ColumnsBuilder builder = layout.builder();
    long bytes = 0;
    while (bytes < CHUNK_BYTES && hasNext()) {
      KeyValue entry = ahead;
      if (entry == null) {
        break;
      }
      ahead = null;
      left--;
      layout.decode(entry, builder);
      bytes += entry.getKey().length + entry.getValue().length;
    }
    return builder.build();
  }
}
