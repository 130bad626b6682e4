package io.caisson.engine.record;

import io.caisson.RecordQuery;
import io.caisson.RecordTable;
import io.caisson.catalog.RecordTableDefinition;
import io.caisson.model.record.RecordId;
import io.caisson.model.record.RecordIds;
import io.caisson.model.record.RecordStore;
import io.caisson.model.record.StoredRecord;
import io.caisson.model.transaction.TransactionRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The record tables of a database. Thread-safe, as are the tables. */
public final class RecordTables {
  private final TransactionRunner runner;
  private final RecordStore store;
  private final RecordIds ids;

  /** The record tables of a database. */
  public RecordTables(TransactionRunner runner, RecordStore store, RecordIds ids) {
    this.runner = runner;
    this.store = store;
    this.ids = ids;
  }

  /** The table of a definition. */
  public RecordTable open(RecordTableDefinition definition) {
    return new OpenTable(definition);
  }

  private final class OpenTable implements RecordTable {
    private final RecordTableDefinition definition;

    OpenTable(RecordTableDefinition definition) {
      this.definition = definition;
    }

    @Override
    public String name() {
      return definition.name();
    }

    @Override
    public void insert(String recordType, Map<String, ? extends @Nullable Object> fields) {
      RecordId id = ids.next();
      runner.run(
          transaction -> {
            store.insert(transaction, definition, id, recordType, fields);
            return id;
          });
    }

    @Override
    public RecordQuery select(String... fields) {
      return new InMemoryRecordQuery(this::records, List.of(fields));
    }

    private Stream<StoredRecord> records() {
      return runner
          .read(
              transaction -> {
                var found = new ArrayList<StoredRecord>();
                store.scan(transaction.snapshot(), definition).forEachRemaining(found::add);
                return found;
              })
          .stream();
    }
  }
}
