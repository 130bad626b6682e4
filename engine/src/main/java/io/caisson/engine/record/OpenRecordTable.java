package io.caisson.engine.record;

import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import io.caisson.Filter;
import io.caisson.RecordQuery;
import io.caisson.RecordTable;
import io.caisson.catalog.RecordTableDefinition;
import io.caisson.engine.filter.Conditions;
import io.caisson.engine.scope.Scope;
import io.caisson.model.record.RecordId;
import io.caisson.model.record.RecordPage;
import io.caisson.model.record.RecordStore;
import io.caisson.model.record.StoredRecord;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A table without a schema whose changes go where its scope says. As thread-safe as that. */
@SuppressWarnings("NullAway") // class files lose that the fields' values may be null
final class OpenRecordTable implements RecordTable {
  private static final int PAGE_BYTES = 512 << 10;

  private final RecordTables tables;
  private final RecordTableDefinition definition;
  private final Scope scope;

  OpenRecordTable(RecordTables tables, RecordTableDefinition definition, Scope scope) {
    this.tables = tables;
    this.definition = definition;
    this.scope = scope;
  }

  private RecordStore store() {
    return tables.store();
  }

  Scope scope() {
    return scope;
  }

  Iterator<StoredRecord> scan(ReadTransaction transaction) {
    return store().scan(transaction, definition);
  }

  @Override
  public String name() {
    return definition.name();
  }

  @Override
  public void insert(String recordType, Map<String, ? extends @Nullable Object> fields) {
    RecordId id = tables.ids().next();
    RecordId unused =
        scope.change(
            transaction -> {
              store().insert(transaction, definition, id, recordType, fields);
              return id;
            });
  }

  @Override
  public RecordQuery select(String... fields) {
    return new OpenRecordQuery(this, List.of(fields));
  }

  @Override
  public long count() {
    return select().count();
  }

  @Override
  public long delete(Filter condition) {
    return change(
        condition,
        (transaction, record) -> {
          boolean unused = store().delete(transaction, definition, record.id());
        });
  }

  @Override
  public long update(Filter condition, Map<String, ? extends @Nullable Object> changes) {
    return change(
        condition,
        (transaction, record) -> {
          var fields = new LinkedHashMap<String, @Nullable Object>(record.fields());
          fields.putAll(changes);
          boolean unused =
              store()
                  .update(
                      transaction,
                      definition,
                      new StoredRecord(record.id(), record.type(), fields));
        });
  }

  /** How many records of a page were changed, and which was its last, unless it was the last. */
  private record Changed(int records, @Nullable RecordId last) {}

  private long change(Filter condition, BiConsumer<Transaction, StoredRecord> change) {
    Predicate<Map<String, @Nullable Object>> test = Conditions.of(condition);
    long changed = 0;
    RecordId after = null;
    do {
      RecordId from = after;
      Changed page = scope.change(tr -> changePage(tr, from, test, change));
      changed += page.records();
      after = page.last();
    } while (after != null);
    return changed;
  }

  private Changed changePage(
      Transaction transaction,
      @Nullable RecordId after,
      Predicate<Map<String, @Nullable Object>> test,
      BiConsumer<Transaction, StoredRecord> change) {
    RecordPage page = store().page(transaction, definition, after, PAGE_BYTES);
    int changed = 0;
    for (StoredRecord record : page.records()) {
      if (test.test(record.fields())) {
        change.accept(transaction, record);
        changed++;
      }
    }
    boolean last = page.last() || page.records().isEmpty();
    return new Changed(changed, last ? null : page.records().get(page.records().size() - 1).id());
  }
}
