package io.caisson.model.table;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.Range;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.async.AsyncIterator;
import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.model.codec.Corruption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Rows read by an index: out of its entries where they hold what is wanted, else the rows that they
 * stand for, many at once. For one thread.
 */
final class IndexScan implements TableCursor {
  private static final int ROWS_AT_ONCE = 200;

  private final ReadTransaction transaction;
  private final RowLayout rows;
  private final RowLayout fetched;
  private final IndexLayout index;
  private final TableRead read;
  private final List<KeyRange> parts;
  private int nextPart;
  private byte @Nullable [] resumeBehind;
  private Position position;
  private @Nullable AsyncIterator<KeyValue> range;

  IndexScan(
      ReadTransaction transaction,
      RowLayout rows,
      IndexLayout index,
      TableRead read,
      Position from) {
    this.transaction = transaction;
    this.rows = rows;
    this.fetched = TableScan.narrowed(rows, read);
    this.index = index;
    this.read = read;
    this.parts = TableScan.parts(read);
    this.position = from;
    this.nextPart = from.part();
    this.resumeBehind = from.last();
  }

  @Override
  public Position position() {
    return position;
  }

  @Override
  public boolean hasNext() {
    while (position.left() > 0) {
      if (range != null && range.hasNext()) {
        return true;
      }
      if (nextPart >= parts.size()) {
        return false;
      }
      Range keys = TableScan.behind(index.range(parts.get(nextPart)), resumeBehind, read.reverse());
      range = TableScan.entries(transaction, keys, position.left(), read.reverse());
      resumeBehind = null;
      nextPart++;
    }
    return false;
  }

  @Override
  public Columns next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return read.covered() ? covered() : fetched();
  }

  private Columns covered() {
    ColumnsBuilder builder = rows.builder();
    int count = 0;
    long bytes = 0;
    while (bytes < TableScan.CHUNK_BYTES && hasNext()) {
      KeyValue entry = take();
      index.decode(entry, builder);
      count++;
      bytes += entry.getKey().length + entry.getValue().length;
    }
    Columns whole = rows.build(builder, count);
    int[] columns = read.columns();
    return columns == null
        ? whole
        : new Columns(Arrays.stream(columns).mapToObj(whole::column).toList(), count);
  }

  private KeyValue take() {
    AsyncIterator<KeyValue> entries = range;
    if (entries == null) {
      throw new NoSuchElementException();
    }
    KeyValue entry = entries.next();
    position = new Position(nextPart - 1, entry.getKey(), position.left() - 1);
    return entry;
  }

  private Columns fetched() {
    List<byte[]> keys = new ArrayList<>();
    List<CompletableFuture<byte[]>> values = new ArrayList<>();
    while (keys.size() < ROWS_AT_ONCE && hasNext()) {
      byte[] key = index.rowKey(take().getKey());
      keys.add(key);
      values.add(transaction.get(key));
    }
    ColumnsBuilder builder = fetched.builder();
    for (int i = 0; i < keys.size(); i++) {
      byte[] value = values.get(i).join();
      if (value == null) {
        throw Corruption.of(
            rows.place(keys.get(i)),
            "it is not there, but index \"" + index.index().name() + "\" has an entry for it",
            null);
      }
      fetched.decode(new KeyValue(keys.get(i), value), builder);
    }
    return fetched.build(builder, keys.size());
  }
}
