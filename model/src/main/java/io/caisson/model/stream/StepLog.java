package io.caisson.model.stream;

import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.StreamDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.column.Column;
import io.caisson.column.Columns;
import io.caisson.column.LongColumn;
import io.caisson.model.keyspace.DatabaseKeyspace;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What materialized views gained and lost, step by step, for the subscriptions that follow them. It
 * lies where a stream of the view's number would lie, and is read as one; a step is written under
 * the version that it brought the view to. Thread-safe.
 *
 * <pre>
 * (view, 0, incarnation, version) → block   $after  $at    $weight  columns of the view…
 *                                           1000    12:31  −1       'a', 1
 *                                           1000    12:31  +1       'a', 2
 * </pre>
 *
 * {@code $after} is the version that the step began behind: nobody can go on in the middle of one.
 * {@code $at} is when it was written, by which it grows old.
 */
public final class StepLog {
  /** Position of the column that says behind which version the step began. */
  public static final int AFTER = 0;

  /** Position of the column that says when it was written, in microseconds. */
  public static final int AT = 1;

  /** Position of the column that holds the weight. */
  public static final int WEIGHT = 2;

  /** How many columns there are before those of the view. */
  public static final int LEADING = 3;

  /** About how many bytes of blocks are removed at once. */
  private static final int PAGE_BYTES = 512 << 10;

  private static final SqlType NUMBER = SqlType.of(TypeKind.BIGINT).withNullable(false);
  private static final List<ColumnDefinition> LEADING_COLUMNS =
      List.of(
          new ColumnDefinition("$after", NUMBER),
          new ColumnDefinition("$at", NUMBER),
          new ColumnDefinition("$weight", NUMBER));

  private final LogKeys keys;
  private final RawBlocks blocks;
  private final BoundsStore bounds;

  /** The steps of a database's views. */
  public StepLog(DatabaseKeyspace keyspace) {
    keys = new LogKeys(keyspace);
    blocks = new RawBlocks(keys);
    bounds = new BoundsStore(keyspace);
  }

  /** The log of a view as a stream that {@link LogReader} reads. */
  public static StreamDefinition layout(ViewDefinition view) {
    var columns = new ArrayList<>(LEADING_COLUMNS);
    view.columns()
        .forEach(c -> columns.add(new ColumnDefinition(c.name(), c.type().withNullable(true))));
    return new StreamDefinition(
        view.id(),
        view.name(),
        columns,
        null,
        List.of(),
        1,
        Map.of(),
        List.of(),
        OptionalLong.empty());
  }

  /**
   * A step as blocks.
   *
   * @param after behind which version it began
   * @param at what time it is, in microseconds
   * @param rows what came and went
   * @param weights how often each row came, or went where negative
   */
  public static List<byte[]> encode(long after, long at, Columns rows, long[] weights) {
    int size = rows.size();
    var columns = new ArrayList<Column>();
    columns.add(constant(after, size));
    columns.add(constant(at, size));
    columns.add(new LongColumn(weights, null, size));
    columns.addAll(rows.columns());
    var encoded = new ArrayList<byte[]>();
    new BlockCutter(IntStream.range(0, size).toArray(), (block, count) -> encoded.add(block))
        .cut(new Columns(columns, size));
    return encoded;
  }

  private static LongColumn constant(long value, int size) {
    long[] values = new long[size];
    Arrays.fill(values, value);
    return new LongColumn(values, null, size);
  }

  /**
   * Writes a block of a step.
   *
   * @param view the view's layout
   * @param version the version that the step brought the view to
   * @param number which of the step's blocks it is, from 0
   */
  public void put(
      Transaction transaction, StreamDefinition view, long version, int number, byte[] block) {
    var position = new LogPosition(version, number >>> Short.SIZE, number & 0xFFFF);
    transaction.set(keys.at(view, 0, position), block);
  }

  /** Begins a log anew behind a version: what there was of one before is gone. */
  public void begin(Transaction transaction, StreamDefinition view, long version) {
    transaction.clear(keys.after(view, 0, LogPosition.START), keys.end(view, 0));
    bounds.setRemoved(transaction, view, 0, LogPosition.endOf(version));
  }

  /** Clears what lies behind a version, as a process leaves it that dies while it writes. */
  public void clearBehind(Transaction transaction, StreamDefinition view, long version) {
    transaction.clear(keys.after(view, 0, LogPosition.endOf(version)), keys.end(view, 0));
  }

  /** About how many bytes of a log, also that of a stream, lie behind a version. */
  public long bytesBehind(ReadTransaction transaction, StreamDefinition log, long version) {
    LogPosition after = LogPosition.endOf(version);
    long bytes = 0;
    for (int shard = 0; shard < log.shards(); shard++) {
      bytes +=
          transaction
              .getEstimatedRangeSizeBytes(keys.after(log, shard, after), keys.end(log, shard))
              .join();
    }
    return bytes;
  }

  /**
   * A block that may be removed.
   *
   * @param version the version of its step
   * @param at when it was written
   * @param first whether no older one is left
   */
  public record Old(long version, long at, boolean first) {}

  /** Whether {@link #trim} would remove anything. */
  public boolean due(ReadTransaction transaction, StreamDefinition view, Predicate<Old> goes) {
    return !page(transaction, view, 1, goes).isEmpty();
  }

  /**
   * Removes a page of the oldest steps.
   *
   * @param goes whether a block may be removed, asked for the oldest ones first
   * @return whether it has removed anything
   */
  public boolean trim(Transaction transaction, StreamDefinition view, Predicate<Old> goes) {
    List<RawBlocks.Entry> page = page(transaction, view, PAGE_BYTES, goes);
    if (page.isEmpty()) {
      return false;
    }
    LogPosition last = page.get(page.size() - 1).position();
    transaction.clear(keys.after(view, 0, LogPosition.START), keys.after(view, 0, last));
    bounds.setRemoved(transaction, view, 0, last);
    return true;
  }

  private List<RawBlocks.Entry> page(
      ReadTransaction transaction, StreamDefinition view, int budget, Predicate<Old> goes) {
    LogPosition removed = bounds.read(transaction, view).join().removed()[0];
    var page = new ArrayList<RawBlocks.Entry>();
    for (RawBlocks.Entry entry :
        blocks.read(transaction, view, 0, removed, Long.MAX_VALUE, budget)) {
      long at = ((LongColumn) entry.block().column(AT)).value(0);
      if (!goes.test(new Old(entry.position().version(), at, page.isEmpty()))) {
        break;
      }
      page.add(entry);
    }
    return page;
  }
}
