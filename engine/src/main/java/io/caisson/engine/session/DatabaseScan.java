package io.caisson.engine.session;

import com.apple.foundationdb.ReadTransaction;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.LateRowsDefinition;
import io.caisson.catalog.StreamDefinition;
import io.caisson.catalog.TableDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.column.Columns;
import io.caisson.engine.view.StreamSlice;
import io.caisson.engine.view.ViewSnapshot;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.table.KeyRange;
import io.caisson.sql.run.ColumnCondition;
import io.caisson.sql.run.ScanRequest;
import io.caisson.sql.run.ScanSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * All objects of a database as they stood at one store version: streams page by page (what was
 * appended by then does not change), tables through one transaction at that version, views from
 * their snapshots. For one thread.
 */
final class DatabaseScan implements ScanSource {
  private final SessionServices.Stores stores;
  private final long version;
  private final Supplier<ReadTransaction> transaction;
  private final Map<Long, ViewSnapshot> views;
  private final Cancellation cancellation;
  private final ZoneId timeZone;

  /**
   * A scan.
   *
   * @param stores the data
   * @param version the store version
   * @param transaction begins, once, the transaction at that version through which tables are read
   * @param views the views at that version, by id
   * @param cancellation ends it
   * @param timeZone the session's time zone
   */
  DatabaseScan(
      SessionServices.Stores stores,
      long version,
      Supplier<ReadTransaction> transaction,
      Map<Long, ViewSnapshot> views,
      Cancellation cancellation,
      ZoneId timeZone) {
    this.timeZone = timeZone;
    this.stores = stores;
    this.version = version;
    this.transaction = transaction;
    this.views = views;
    this.cancellation = cancellation;
  }

  @Override
  public Iterator<Columns> scan(CatalogObject object, ScanRequest request) {
    Iterator<Columns> whole;
    if (object instanceof StreamDefinition stream) {
      whole = new StreamRows(stream);
    } else if (object instanceof TableDefinition table) {
      var part = new KeyRange(leading(table.primaryKey(), request), null, null);
      whole = stores.tables().scan(transaction.get(), table, part);
    } else if (object instanceof ViewDefinition view) {
      whole = snapshot(view).scan(leading(positions(view.columns().size()), request));
    } else if (object instanceof LateRowsDefinition late) {
      whole = snapshot(late.view()).scanLate(leading(positions(late.columns().size()), request));
    } else {
      throw new CaissonException(
              SqlState.WRONG_OBJECT_TYPE,
              "\"" + object.name() + "\" has no columns that SQL could read")
          .withHint("query it through the Java API");
    }
    return new Narrowed(whole, request.columns());
  }

  @Override
  public ZoneId timeZone() {
    return timeZone;
  }

  private ViewSnapshot snapshot(ViewDefinition view) {
    ViewSnapshot snapshot = views.get(view.id());
    if (snapshot == null) {
      throw new CaissonException(
          SqlState.INTERNAL_ERROR, "no snapshot of view \"" + view.name() + "\"");
    }
    return snapshot;
  }

  private static List<Integer> positions(int columns) {
    var positions = new ArrayList<Integer>();
    for (int i = 0; i < columns; i++) {
      positions.add(i);
    }
    return positions;
  }

  /** The values that the request requires of the first key columns. */
  private static List<Object> leading(List<Integer> key, ScanRequest request) {
    var values = new ArrayList<Object>();
    for (int column : key) {
      Optional<Object> value =
          request.conditions().stream()
              .filter(
                  c -> c.column() == column && c.comparison() == ColumnCondition.Comparison.EQUAL)
              .map(ColumnCondition::value)
              .findFirst();
      if (value.isEmpty()) {
        break;
      }
      values.add(value.get());
    }
    return values;
  }

  /** The rows of a stream up to the scan's version, slice by slice. */
  private final class StreamRows implements Iterator<Columns> {
    private final StreamDefinition stream;
    private Iterator<StreamSlice.Block> blocks = List.<StreamSlice.Block>of().iterator();
    private long reached;

    StreamRows(StreamDefinition stream) {
      this.stream = stream;
    }

    @Override
    public boolean hasNext() {
      while (!blocks.hasNext() && reached < version) {
        cancellation.check();
        StreamSlice slice = stores.streams().read(stream, reached, version);
        reached = slice.through();
        blocks = slice.blocks().iterator();
      }
      return blocks.hasNext();
    }

    @Override
    public Columns next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return blocks.next().rows();
    }
  }

  /** Only the columns that were asked for. */
  private final class Narrowed implements Iterator<Columns> {
    private final Iterator<Columns> whole;
    private final int[] columns;

    Narrowed(Iterator<Columns> whole, int[] columns) {
      this.whole = whole;
      this.columns = columns;
    }

    @Override
    public boolean hasNext() {
      cancellation.check();
      return whole.hasNext();
    }

    @Override
    public Columns next() {
      Columns rows = whole.next();
      var wanted = new ArrayList<io.caisson.column.Column>(columns.length);
      for (int column : columns) {
        wanted.add(rows.column(column));
      }
      return new Columns(wanted, rows.size());
    }
  }
}
