package io.caisson.model.stream;

import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.subspace.Subspace;
import io.caisson.catalog.AddedColumn;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.RecordTableDefinition;
import io.caisson.catalog.StreamDefinition;
import io.caisson.column.Column;
import io.caisson.column.ColumnBuilder;
import io.caisson.column.Columns;
import io.caisson.column.LongColumn;
import io.caisson.model.keyspace.DatabaseKeyspace;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What tables and the like gained and lost, for the standing queries that read them: rows with a
 * weight of +1 or −1, written in the transaction of the change, in the order of commits. Kept only
 * while a view reads the relation, and only until the views have taken it in. Thread-safe.
 *
 * <p>It lies where a stream of the relation's number would lie, and is read as one: its {@link
 * #layout} has the weight first, then the relation's columns in the order of their numbers, so that
 * a column that is added comes behind the last. Of a table without a schema it has the id of a
 * record, and the record as it is kept.
 *
 * <pre>
 * users (id, name)    UPDATE users SET name = 'b' WHERE id = 1
 *
 * (users, 0, incarnation, versionstamp) → block   −1  1  'a'
 *                                                 +1  1  'b'
 * </pre>
 */
public final class DeltaLog {
  /** Position of the column that holds the weight. */
  public static final int WEIGHT = 0;

  private static final byte[] ONE = {1, 0, 0, 0, 0, 0, 0, 0};
  private static final ColumnDefinition WEIGHT_COLUMN =
      new ColumnDefinition("$weight", SqlType.of(TypeKind.BIGINT).withNullable(false));

  private static final List<ColumnDefinition> RECORDS =
      List.of(
          new ColumnDefinition("_id", SqlType.of(TypeKind.TEXT)),
          new ColumnDefinition("record", SqlType.of(TypeKind.BYTEA)));

  private final LogKeys keys;
  private final BoundsStore bounds;
  private final Subspace pulses;

  /** The logs of a database. */
  public DeltaLog(DatabaseKeyspace keyspace) {
    this.keys = new LogKeys(keyspace);
    this.bounds = new BoundsStore(keyspace);
    this.pulses = keyspace.pulses();
  }

  /** The log of a relation as a stream that {@link LogReader} reads. */
  public static StreamDefinition layout(CatalogObject relation) {
    List<ColumnDefinition> stored = stored(relation);
    var columns = new ArrayList<ColumnDefinition>();
    var added = new ArrayList<AddedColumn>();
    columns.add(WEIGHT_COLUMN);
    for (int position : order(relation)) {
      ColumnDefinition column = stored.get(position);
      columns.add(new ColumnDefinition(column.name(), column.type().withNullable(true)));
      added.add(new AddedColumn(0, physical(column.missing())));
    }
    return new StreamDefinition(
        relation.id(),
        relation.name(),
        columns,
        null,
        List.of(),
        1,
        Map.of(),
        added,
        OptionalLong.empty());
  }

  private static @Nullable Object physical(@Nullable Object missing) {
    if (missing instanceof ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      return bytes;
    }
    return missing;
  }

  /** The columns that are stored: of a table without a schema the records as they are kept. */
  private static List<ColumnDefinition> stored(CatalogObject relation) {
    return relation instanceof RecordTableDefinition ? RECORDS : relation.columns();
  }

  /**
   * For each column of the log behind the weight, the position of the relation's column.
   *
   * @param relation the relation
   */
  public static int[] order(CatalogObject relation) {
    List<ColumnDefinition> stored = stored(relation);
    return IntStream.range(0, stored.size())
        .boxed()
        .sorted(Comparator.comparingInt(position -> stored.get(position).id()))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /**
   * Notes a change.
   *
   * @param transaction the one that makes it
   * @param relation what is changed
   * @param lost the rows that are gone, as they were read
   * @param gained the rows that came, as they will be read
   */
  public void append(
      Transaction transaction, CatalogObject relation, Columns lost, Columns gained) {
    int size = lost.size() + gained.size();
    if (size == 0) {
      return;
    }
    var columns = new ArrayList<Column>();
    long[] weights = new long[size];
    Arrays.fill(weights, 0, lost.size(), -1);
    Arrays.fill(weights, lost.size(), size, 1);
    columns.add(new LongColumn(weights, null, size));
    for (int position : order(relation)) {
      columns.add(joined(position, lost, gained));
    }
    StreamDefinition layout = layout(relation);
    int[] places = IntStream.range(0, size).toArray();
    new BlockCutter(
            places,
            (block, count) ->
                transaction.mutate(
                    MutationType.SET_VERSIONSTAMPED_KEY,
                    keys.next(layout, 0, UserVersions.next(transaction)),
                    block))
        .cut(new Columns(columns, size));
    transaction.mutate(MutationType.ADD, pulses.pack(relation.id()), ONE);
  }

  private static Column joined(int position, Columns lost, Columns gained) {
    if (lost.size() == 0) {
      return gained.column(position);
    }
    if (gained.size() == 0) {
      return lost.column(position);
    }
    var builder = new ColumnBuilder(lost.column(position).physical());
    for (Columns side : List.of(lost, gained)) {
      for (int row = 0; row < side.size(); row++) {
        builder.addFrom(side.column(position), row);
      }
    }
    return builder.build();
  }

  /** Whether there is anything up to a version. */
  public boolean reaches(ReadTransaction transaction, CatalogObject relation, long version) {
    StreamDefinition layout = layout(relation);
    return !transaction
        .getRange(
            keys.after(layout, 0, LogPosition.START),
            keys.after(layout, 0, LogPosition.endOf(version)),
            1)
        .asList()
        .join()
        .isEmpty();
  }

  /** Forgets what every view has taken in: all up to a version. */
  public void trim(Transaction transaction, CatalogObject relation, long version) {
    StreamDefinition layout = layout(relation);
    LogPosition last = LogPosition.endOf(version);
    transaction.clear(keys.after(layout, 0, LogPosition.START), keys.after(layout, 0, last));
    bounds.setRemoved(transaction, layout, 0, last);
  }
}
