package io.caisson.model.table;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.Range;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.async.AsyncIterator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The entries of an index that a read goes by, part by part. For one thread. */
final class IndexEntries implements Iterator<KeyValue> {
  private final ReadTransaction transaction;
  private final IndexLayout index;
  private final boolean reverse;
  private final List<KeyRange> parts;
  private int nextPart;
  private byte @Nullable [] resumeBehind;
  private TableCursor.Position position;
  private @Nullable AsyncIterator<KeyValue> range;

  IndexEntries(
      ReadTransaction transaction, IndexLayout index, TableRead read, TableCursor.Position from) {
    this.transaction = transaction;
    this.index = index;
    this.reverse = read.reverse();
    this.parts = TableScan.parts(read);
    this.position = from;
    this.nextPart = from.part();
    this.resumeBehind = from.last();
  }

  /** Behind which entry the next one comes. */
  TableCursor.Position position() {
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
      Range keys = TableScan.behind(index.range(parts.get(nextPart)), resumeBehind, reverse);
      range = TableScan.entries(transaction, keys, position.left(), reverse);
      resumeBehind = null;
      nextPart++;
    }
    return false;
  }

  @Override
  public KeyValue next() {
    AsyncIterator<KeyValue> entries = hasNext() ? range : null;
    if (entries == null) {
      throw new NoSuchElementException();
    }
    KeyValue entry = entries.next();
    position = new TableCursor.Position(nextPart - 1, entry.getKey(), position.left() - 1);
    return entry;
  }
}
