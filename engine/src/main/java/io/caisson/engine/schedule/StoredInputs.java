package io.caisson.engine.schedule;

import com.apple.foundationdb.ReadTransaction;
import io.caisson.catalog.BucketDefinition;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.CollectionDefinition;
import io.caisson.catalog.RecordTableDefinition;
import io.caisson.catalog.StreamDefinition;
import io.caisson.catalog.TableDefinition;
import io.caisson.column.BytesColumn;
import io.caisson.column.Columns;
import io.caisson.engine.view.RowPage;
import io.caisson.engine.view.StreamSlice;
import io.caisson.model.change.RelationPage;
import io.caisson.model.document.DocumentRows;
import io.caisson.model.keyvalue.BucketRows;
import io.caisson.model.record.RecordRows;
import io.caisson.model.stream.TickStore;
import io.caisson.model.table.KeyRange;
import io.caisson.model.table.TableStore;
import io.caisson.model.transaction.TransactionRunner;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What views read, from the store, each piece in transactions of its own. Thread-safe. */
public final class StoredInputs implements InputSource {
  /** How many bytes of a table a step of a back-fill takes in, about. */
  private static final int PAGE_BYTES = 512 << 10;

  /** Where the key stands of what is no table: ids of documents and records, keys of entries. */
  private static final int KEY = 0;

  private final StoredStreams streams;
  private final Relations relations;
  private final TickStore ticks;
  private final TransactionRunner runner;

  /**
   * What keeps rows that may change.
   *
   * @param tables tables
   * @param documents collections
   * @param records tables without a schema
   * @param buckets buckets
   */
  public record Relations(
      TableStore tables, DocumentRows documents, RecordRows records, BucketRows buckets) {}

  /**
   * The inputs of a database's views.
   *
   * @param streams its streams
   * @param relations its tables and what is like them
   * @param ticks which version was when
   * @param runner runs the transactions
   */
  public StoredInputs(
      StoredStreams streams, Relations relations, TickStore ticks, TransactionRunner runner) {
    this.streams = streams;
    this.relations = relations;
    this.ticks = ticks;
    this.runner = runner;
  }

  @Override
  public long readVersion() {
    return runner.read(transaction -> transaction.getReadVersion().join());
  }

  @Override
  public StreamSlice read(StreamDefinition stream, long after, long through) {
    return streams.read(stream, after, through);
  }

  @Override
  public RowPage page(CatalogObject table, byte @Nullable [] after) {
    return runner.read(
        transaction -> {
          long version = transaction.getReadVersion().join();
          RelationPage page = page(transaction.snapshot(), table, after);
          return new RowPage(version, page.rows(), page.next());
        });
  }

  private RelationPage page(
      ReadTransaction transaction, CatalogObject relation, byte @Nullable [] after) {
    if (relation instanceof TableDefinition table) {
      return relations.tables().page(transaction, table, KeyRange.ALL, after, PAGE_BYTES);
    }
    if (relation instanceof CollectionDefinition collection) {
      return relations.documents().page(transaction, collection, after, PAGE_BYTES);
    }
    if (relation instanceof RecordTableDefinition records) {
      return relations.records().page(transaction, records, after, PAGE_BYTES);
    }
    return relations.buckets().page(transaction, (BucketDefinition) relation, after, PAGE_BYTES);
  }

  @Override
  public long timeOf(long version) {
    return runner.read(transaction -> ticks.timeOf(transaction.snapshot(), version)).orElse(0);
  }

  @Override
  public byte[] key(CatalogObject relation, Columns rows, int row) {
    if (relation instanceof TableDefinition table) {
      return relations.tables().key(table, rows, row);
    }
    var keys = (BytesColumn) rows.column(KEY);
    int start = keys.start(row);
    return Arrays.copyOfRange(keys.bytes(), start, start + keys.length(row));
  }

  @Override
  public Columns logged(CatalogObject relation, Columns logged) {
    return relation instanceof RecordTableDefinition records
        ? relations.records().logged(records, logged)
        : logged;
  }
}
