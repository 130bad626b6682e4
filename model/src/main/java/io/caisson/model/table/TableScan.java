package io.caisson.model.table;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.Range;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.StreamingMode;
import com.apple.foundationdb.async.AsyncIterator;
import com.apple.foundationdb.tuple.ByteArrayUtil;
import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Rows by the primary key: single keys all at once, ranges one after the other. For one thread. */
final class TableScan implements TableCursor {
  /** About how many bytes a chunk holds. */
  static final int CHUNK_BYTES = 256 << 10;

  private static final int GETS_AT_ONCE = 100;

  private final ReadTransaction transaction;
  private final RowLayout layout;
  private final List<KeyRange> parts;
  private final boolean reverse;
  private final Queue<Get> gets = new ArrayDeque<>();
  private int nextPart;
  private byte @Nullable [] resumeBehind;
  private Position position;
  private @Nullable AsyncIterator<KeyValue> range;
  private @Nullable Found ahead;

  /** A row that was asked for, and of which part it is the only one. */
  private record Get(int part, byte[] key, CompletableFuture<byte[]> value) {}

  /** A row that was read, and where the read is behind it. */
  private record Found(KeyValue entry, int part, byte @Nullable [] last) {}

  TableScan(ReadTransaction transaction, RowLayout layout, TableRead read, Position from) {
    this.transaction = transaction;
    this.layout = narrowed(layout, read);
    this.parts = parts(read);
    this.reverse = read.reverse();
    this.position = from;
    this.nextPart = from.part();
    this.resumeBehind = from.last();
  }

  /** The layout for what is read of the columns. */
  static RowLayout narrowed(RowLayout layout, TableRead read) {
    int[] columns = read.columns();
    return columns == null ? layout : layout.narrowed(columns);
  }

  /** The parts in the order in which they are read. */
  static List<KeyRange> parts(TableRead read) {
    var parts = new ArrayList<>(read.parts());
    if (read.reverse()) {
      Collections.reverse(parts);
    }
    return parts;
  }

  /** What is left of a range behind a key, in the direction of the read. */
  static Range behind(Range range, byte @Nullable [] key, boolean reverse) {
    if (key == null) {
      return range;
    }
    return reverse
        ? new Range(range.begin, key)
        : new Range(ByteArrayUtil.join(key, new byte[1]), range.end);
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
  public Position position() {
    return position;
  }

  @Override
  public boolean hasNext() {
    while (ahead == null && position.left() > 0) {
      if (!gets.isEmpty()) {
        Get get = gets.remove();
        byte[] value = get.value().join();
        ahead =
            value == null ? null : new Found(new KeyValue(get.key(), value), get.part() + 1, null);
      } else if (range != null && range.hasNext()) {
        KeyValue entry = range.next();
        ahead = new Found(entry, nextPart - 1, entry.getKey());
      } else if (nextPart < parts.size()) {
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
    while (nextPart < parts.size() && gets.size() < GETS_AT_ONCE) {
      KeyRange part = parts.get(nextPart);
      if (part.prefix().size() < layout.table().primaryKey().size()) {
        if (gets.isEmpty()) {
          Range keys = behind(layout.keys().range(part), resumeBehind, reverse);
          range = entries(transaction, keys, position.left(), reverse);
          nextPart++;
        }
        resumeBehind = null;
        return;
      }
      byte[] key = layout.keys().of(part.prefix());
      gets.add(new Get(nextPart, key, transaction.get(key)));
      nextPart++;
    }
  }

  @Override
  public Columns next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    ColumnsBuilder builder = layout.builder();
    long bytes = 0;
    int rows = 0;
    while (bytes < CHUNK_BYTES && hasNext()) {
      Found found = ahead;
      if (found == null) {
        break;
      }
      ahead = null;
      position = new Position(found.part(), found.last(), position.left() - 1);
      layout.decode(found.entry(), builder);
      rows++;
      bytes += found.entry().getKey().length + found.entry().getValue().length;
    }
    return layout.build(builder, rows);
  }
}
