package io.caisson.engine.session;

import com.apple.foundationdb.FDBException;
import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.CollectionDefinition;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.KeyedObject;
import io.caisson.catalog.StreamDefinition;
import io.caisson.catalog.SystemTableDefinition;
import io.caisson.catalog.TableDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.catalog.ViewPart;
import io.caisson.catalog.system.SystemTables;
import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.engine.row.ValueWriter;
import io.caisson.engine.view.ViewSnapshot;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.table.TableRead;
import io.caisson.model.transaction.StoreErrors;
import io.caisson.sql.run.ScanRequest;
import io.caisson.sql.run.ScanSource;
import io.caisson.type.SqlType;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All objects of a database as they stood at one store version: streams page by page (what was
 * appended by then does not change) and behind it what the transaction appended itself; tables,
 * collections, buckets and records page by page at that version as long as the store keeps it;
 * views from their snapshots. For one thread.
 */
final class DatabaseScan implements ScanSource {
  private final SessionServices.Stores stores;
  private final Catalog catalog;
  private final long version;
  private final TableReads tables;
  private final Map<Long, ViewSnapshot> views;
  private final Cancellation cancellation;
  private final ZoneId timeZone;
  private final long memory;
  private final BlockCounter blocks = new BlockCounter();

  /**
   * A scan.
   *
   * @param stores the data
   * @param catalog the definitions
   * @param version the store version
   * @param tables reads tables
   * @param views the views at that version, by id
   * @param cancellation ends it
   * @param memory how many bytes of rows the statement may hold at once
   * @param timeZone the session's time zone
   */
  DatabaseScan(
      SessionServices.Stores stores,
      Catalog catalog,
      long version,
      TableReads tables,
      Map<Long, ViewSnapshot> views,
      Cancellation cancellation,
      long memory,
      ZoneId timeZone) {
    this.timeZone = timeZone;
    this.stores = stores;
    this.catalog = catalog;
    this.version = version;
    this.tables = tables;
    this.views = views;
    this.cancellation = cancellation;
    this.memory = memory;
  }

  @Override
  public void check() {
    cancellation.check();
  }

  @Override
  public long memory() {
    return memory;
  }

  @Override
  public Iterator<Columns> scan(CatalogObject object, ScanRequest request) {
    return translated(() -> rows(object, request));
  }

  /** What goes wrong in the store, in our words: the query's runtime knows no others. */
  private static <T> T translated(Supplier<T> step) {
    try {
      return step.get();
    } catch (CompletionException | FDBException e) {
      throw StoreErrors.translate(e);
    }
  }

  private Iterator<Columns> rows(CatalogObject object, ScanRequest request) {
    if (object instanceof StreamDefinition stream) {
      var stored =
          new StreamBlocks(stores.streams(), stream, request, version, cancellation, blocks);
      return new Behind(
          stored, new Narrowed(tables.appended(stream).iterator(), request.columns()));
    }
    Iterator<Columns> whole;
    if (object instanceof TableDefinition table) {
      TableRead read = ReadPaths.of(request).ofColumns(request.columns());
      return new Checked(
          new TablePages(
              tables, read, (from, position) -> stores.tables().scan(from, table, read, position)));
    }
    if (object instanceof CollectionDefinition collection && request.path() != null) {
      TableRead read = ReadPaths.of(request);
      whole =
          new TablePages(
              tables,
              read,
              (from, position) -> stores.documents().scan(from, collection, read, position));
    } else if (object instanceof KeyedObject keyed) {
      whole = new ObjectPages(stores, tables, keyed, request);
    } else if (object instanceof ViewDefinition view) {
      whole = ViewPaths.scan(snapshot(view), request);
    } else if (object instanceof ViewPart part) {
      whole = ViewPaths.scan(snapshot(part.view()).of(part), part, request);
    } else if (object instanceof SystemTableDefinition system) {
      whole = List.of(rows(system)).iterator();
    } else {
      throw new IllegalStateException("nothing reads a " + object.kind());
    }
    return new Narrowed(whole, request.columns());
  }

  @Override
  public ZoneId timeZone() {
    return timeZone;
  }

  private Columns rows(SystemTableDefinition system) {
    List<SqlType> types = system.columns().stream().map(ColumnDefinition::type).toList();
    var builder = new ColumnsBuilder(types);
    for (@Nullable Object[] row : SystemTables.of(system).rows(catalog, stores.live())) {
      for (int i = 0; i < types.size(); i++) {
        ValueWriter.add(builder.column(i), types.get(i), row[i]);
      }
    }
    return builder.build();
  }

  /** How many blocks of streams were read so far, and how many passed over. */
  BlockCounter blocks() {
    return blocks;
  }

  private ViewSnapshot snapshot(ViewDefinition view) {
    ViewSnapshot snapshot = views.get(view.id());
    if (snapshot == null) {
      throw new CaissonException(
          SqlState.INTERNAL_ERROR, "no snapshot of view \"" + view.name() + "\"");
    }
    return snapshot;
  }

  /** The rows of one source, then those of another. */
  private static final class Behind implements Iterator<Columns> {
    private final Iterator<Columns> first;
    private final Iterator<Columns> second;

    Behind(Iterator<Columns> first, Iterator<Columns> second) {
      this.first = first;
      this.second = second;
    }

    @Override
    public boolean hasNext() {
      return translated(first::hasNext) || second.hasNext();
    }

    @Override
    public Columns next() {
      return translated(first::hasNext) ? translated(first::next) : second.next();
    }
  }

  /** Rows that are read until the statement is cancelled. */
  private final class Checked implements Iterator<Columns> {
    private final Iterator<Columns> rows;

    Checked(Iterator<Columns> rows) {
      this.rows = rows;
    }

    @Override
    public boolean hasNext() {
      cancellation.check();
      return translated(rows::hasNext);
    }

    @Override
    public Columns next() {
      return translated(rows::next);
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
      return translated(whole::hasNext);
    }

    @Override
    public Columns next() {
      Columns rows = translated(whole::next);
      var wanted = new ArrayList<io.caisson.column.Column>(columns.length);
      for (int column : columns) {
        wanted.add(rows.column(column));
      }
      return new Columns(wanted, rows.size());
    }
  }
}
