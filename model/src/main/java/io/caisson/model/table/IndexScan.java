package io.caisson.model.table;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.ReadTransaction;
import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.model.codec.Corruption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;

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
  private final IndexEntries entries;

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
    this.entries = new IndexEntries(transaction, index, read, from);
  }

  @Override
  public Position position() {
    return entries.position();
  }

  @Override
  public boolean hasNext() {
    return entries.hasNext();
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
      KeyValue entry = entries.next();
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

  private Columns fetched() {
    List<byte[]> keys = new ArrayList<>();
    List<CompletableFuture<byte[]>> values = new ArrayList<>();
    while (keys.size() < ROWS_AT_ONCE && hasNext()) {
      byte[] key = index.rowKey(entries.next().getKey());
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
